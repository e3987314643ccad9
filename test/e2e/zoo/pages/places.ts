import type { Hiding, Words } from '../case';
import { type Drawn, holderByLibrary } from './screen';

/**
 * The places that no library has a component for, built by hand: values torn over several nodes, shadow roots,
 * frames, the browser's own dialogs, and every way of being there unseen.
 */

/** A value that was built: what to change when another text is due, and what to ask whether it can be seen. */
export interface Built {
  /** The element in which the value stands. */
  element: Element;
  setText(text: string): void;
  /** Undoes the hiding. */
  reveal(): void;
}

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text = '',
  doc: Document = document,
): HTMLElementTagNameMap[Tag] => {
  const element = doc.createElement(tag);
  if (text !== '') element.textContent = text;
  return element;
};

/** Pieces of uneven length, as a library that wraps or highlights makes them. */
const pieces = (text: string, size: number): string[] => {
  const found: string[] = [];
  for (let start = 0, step = size; start < text.length; start += step, step = size + (start % 7)) {
    found.push(text.slice(start, start + size + (start % 7)));
  }
  const joined = found.join('');
  return joined === text ? found : [text.slice(0, size), text.slice(size)];
};

interface Shape {
  element: Element;
  setText(text: string): void;
}

const rebuilt = (element: Element, fill: (text: string) => (Node | string)[], text: string): Shape => {
  const setText = (next: string): void => element.replaceChildren(...fill(next));
  setText(text);
  return { element, setText };
};

const control = <Element extends HTMLInputElement | HTMLTextAreaElement>(
  element: Element,
  text: string,
): Shape => {
  // As a property: no attribute and no text of the document holds it.
  element.value = text;
  element.style.width = '20em';
  return {
    element,
    setText: (next) => {
      element.value = next;
    },
  };
};

const between =
  (separator: () => Node | string) =>
  (text: string): (Node | string)[] =>
    pieces(text, 40).flatMap((piece, index) => (index === 0 ? [piece] : [separator(), piece]));

const shapeOf = ({ form, text }: Drawn, words: Words, doc: Document): Shape => {
  const input = (type: string): HTMLInputElement => {
    const element = make('input', '', doc);
    element.type = type;
    element.setAttribute('aria-label', words.tokenLabel);
    return element;
  };
  switch (form) {
    case 'input': {
      const element = input('text');
      element.readOnly = true;
      return control(element, text);
    }
    case 'disabledInput': {
      const element = input('text');
      element.disabled = true;
      return control(element, text);
    }
    case 'searchInput':
      return control(input('search'), text);
    case 'area': {
      const element = make('textarea', '', doc);
      element.readOnly = true;
      return control(element, text);
    }
    case 'password': {
      const element = input('password');
      const shape = control(element, text);
      const wrapper = make('div', '', doc);
      const show = make('button', words.show, doc);
      show.type = 'button';
      show.addEventListener('click', () => {
        element.type = 'text';
      });
      wrapper.append(element, show);
      return { element: wrapper, setText: shape.setText };
    }
    case 'spans':
      return rebuilt(
        make('div', '', doc),
        (next) => pieces(next, 9).map((piece) => make('span', piece, doc)),
        text,
      );
    case 'wbr':
      return rebuilt(
        make('p', '', doc),
        between(() => make('wbr', '', doc)),
        text,
      );
    case 'softHyphens':
      return rebuilt(
        make('p', '', doc),
        between(() => '\u00ad'),
        text,
      );
    case 'zeroWidth':
      return rebuilt(
        make('p', '', doc),
        between(() => '\u200b'),
        text,
      );
    case 'brokenLines':
      return rebuilt(
        make('p', '', doc),
        between(() => make('br', '', doc)),
        text,
      );
    case 'gluedButton':
      return rebuilt(
        make('div', '', doc),
        (next) => [
          make('span', next, doc),
          make('button', words.generate, doc),
          make('button', words.copy, doc),
        ],
        text,
      );
    case 'gluedLabel':
      return rebuilt(
        make('div', '', doc),
        (next) => [make('b', words.tokenLabel, doc), doc.createTextNode(next), make('i', words.copy, doc)],
        text,
      );
    case 'pre':
      return rebuilt(make('pre', '', doc), (next) => [`\n  ${next}\n`], text);
    case 'code':
      return rebuilt(make('code', '', doc), (next) => [next], text);
    case 'editable': {
      const element = make('div', '', doc);
      element.contentEditable = 'true';
      return rebuilt(element, (next) => [next], text);
    }
    case 'svg': {
      const svg = doc.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('width', '600');
      svg.setAttribute('height', '30');
      const line = doc.createElementNS('http://www.w3.org/2000/svg', 'text');
      line.setAttribute('y', '20');
      line.textContent = text;
      svg.append(line);
      return {
        element: svg,
        setText: (next) => {
          line.textContent = next;
        },
      };
    }
    case 'ellipsis': {
      const element = make('div', '', doc);
      element.style.cssText = 'width: 16em; overflow: hidden; white-space: nowrap; text-overflow: ellipsis';
      return rebuilt(element, (next) => [next], text);
    }
    case 'ellipsisSpans': {
      const element = make('div', '', doc);
      element.style.cssText = 'width: 16em; overflow: hidden; white-space: nowrap; text-overflow: ellipsis';
      return rebuilt(element, (next) => pieces(next, 9).map((piece) => make('span', piece, doc)), text);
    }
    case 'text': {
      // One text node that lives on, so that a change of text is a change of its data.
      const node = doc.createTextNode(text);
      const element = make('span', '', doc);
      element.append(node);
      return {
        element,
        setText: (next) => {
          node.data = next;
        },
      };
    }
  }
};

/** Puts `inner` into `mount` the way the holder says, and answers where it then really stands. */
const hold = (mount: HTMLElement, subject: Drawn, words: Words, fill: (doc: Document) => Element): void => {
  const doc = mount.ownerDocument;
  switch (subject.holder) {
    case 'shadow3': {
      let place: Node = mount;
      for (let depth = 0; depth < 3; depth += 1) {
        const host = doc.createElement(depth === 1 ? 'zoo-nested' : 'div');
        place.appendChild(host);
        place = host.attachShadow({ mode: 'open' });
      }
      place.appendChild(fill(doc));
      return;
    }
    case 'slotted': {
      const host = make('div', '', doc);
      const root = host.attachShadow({ mode: 'open' });
      root.append(make('b', words.section, doc), make('slot', '', doc));
      host.append(fill(doc));
      mount.append(host);
      return;
    }
    case 'frame':
    case 'frameInFrame': {
      let inner = doc;
      let place: HTMLElement = mount;
      for (let depth = subject.holder === 'frame' ? 1 : 2; depth > 0; depth -= 1) {
        const frame = make('iframe', '', inner);
        frame.style.cssText = 'width: 90%; height: 8em';
        place.append(frame);
        const next = frame.contentDocument;
        if (!next) throw new Error('A frame without an address has no document.');
        inner = next;
        place = next.body;
      }
      place.append(fill(inner));
      return;
    }
    case 'nativeDialog': {
      const dialog = make('dialog', '', doc);
      dialog.append(make('h2', words.section, doc), fill(doc), make('button', words.close, doc));
      mount.append(dialog);
      dialog.showModal();
      return;
    }
    case 'popoverAttribute': {
      const box = make('div', '', doc);
      box.popover = 'manual';
      box.append(fill(doc));
      mount.append(box);
      box.showPopover();
      return;
    }
    case 'openDetails': {
      const details = make('details', '', doc);
      details.open = true;
      details.append(make('summary', words.section, doc), fill(doc));
      mount.append(details);
      return;
    }
    case 'scrollBox': {
      const box = make('div', '', doc);
      box.style.cssText = 'height: 120px; overflow: auto';
      const spacer = make('div', '', doc);
      spacer.style.height = '400px';
      box.append(spacer, fill(doc));
      mount.append(box);
      return;
    }
    case 'belowFold': {
      const spacer = make('div', '', doc);
      spacer.style.height = '3000px';
      mount.append(spacer, fill(doc));
      return;
    }
    default:
      mount.append(fill(doc));
  }
};

/** Hides `element`, and answers what shows it again. */
const hidden = (element: HTMLElement, hiding: Hiding): (() => void) => {
  const styled = (css: string) => {
    const before = element.style.cssText;
    element.style.cssText = `${before};${css}`;
    return () => {
      element.style.cssText = before;
    };
  };
  /** Wraps the element, which is in no document yet or has a parent already. */
  const wrapped = (tag: 'div' | 'details' | 'dialog', css = ''): HTMLElement => {
    const wrapper = make(tag, '', element.ownerDocument);
    wrapper.style.cssText = css;
    element.replaceWith(wrapper);
    wrapper.append(element);
    return wrapper;
  };
  const wrapperStyled = (css: string, own = ''): (() => void) => {
    const wrapper = wrapped('div', css);
    if (own !== '') element.style.cssText += `;${own}`;
    return () => {
      wrapper.style.cssText = '';
      element.style.cssText = '';
    };
  };
  switch (hiding) {
    case 'display':
      return styled('display: none');
    case 'hiddenAttribute':
      element.hidden = true;
      return () => {
        element.hidden = false;
      };
    case 'visibility':
      return styled('visibility: hidden');
    case 'visibilityCollapse':
      return styled('visibility: collapse');
    case 'opacityZero':
      return styled('opacity: 0');
    case 'opacityAlmostZero':
      return styled('opacity: 0.004');
    case 'filterOpacity':
      return styled('filter: opacity(0)');
    case 'zeroSize':
      return styled('display: block; width: 0; height: 0; overflow: hidden');
    case 'zeroHeight':
      return styled('display: block; max-height: 0; overflow: hidden');
    case 'zeroHeightScroller':
      return styled('display: block; height: 0; overflow: auto');
    case 'zeroWidth':
      return styled('display: block; width: 0; overflow: hidden; white-space: nowrap');
    case 'onePixel':
      return styled('position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap');
    case 'clipRect':
      return styled('position: absolute; clip: rect(0, 0, 0, 0)');
    case 'clipPathInset':
      return styled('display: block; clip-path: inset(50%)');
    case 'clipPathCircle':
      return styled('display: block; clip-path: circle(0)');
    case 'offLeft':
      return styled('position: absolute; left: -20000px');
    case 'offTop':
      return styled('position: absolute; top: -20000px');
    case 'offFixed':
      return styled('position: fixed; left: 300vw; top: 0');
    case 'textIndent':
      return styled('display: block; text-indent: -20000px; overflow: hidden; white-space: nowrap');
    case 'translated':
      return styled('display: block; transform: translateX(-30000px)');
    case 'scaledToNothing':
      return styled('display: block; transform: scale(0)');
    case 'turnedAway':
      return styled('display: block; transform: rotateY(90deg)');
    case 'fontSizeZero':
      return styled('font-size: 0');
    case 'ariaHidden':
      element.setAttribute('aria-hidden', 'true');
      return () => element.removeAttribute('aria-hidden');
    case 'contentVisibility':
      return styled('display: block; content-visibility: hidden');
    case 'closedDetails': {
      const details = wrapped('details') as HTMLDetailsElement;
      return () => {
        details.open = true;
      };
    }
    case 'closedDialog': {
      const dialog = wrapped('dialog') as HTMLDialogElement;
      return () => dialog.showModal();
    }
    case 'closedPopover': {
      const box = wrapped('div');
      box.popover = 'manual';
      return () => box.showPopover();
    }
    case 'movedOutOfBox':
      return wrapperStyled(
        'position: relative; width: 200px; height: 30px; overflow: hidden',
        'position: absolute; left: 0; top: 500px',
      );
    case 'unslotted': {
      const host = wrapped('div');
      const root = host.attachShadow({ mode: 'open' });
      root.append('–');
      return () => root.replaceChildren(make('slot', '', element.ownerDocument));
    }
    case 'hiddenFrame':
    case 'hiddenHost':
      throw new Error(`${hiding} is built around the value, not upon it.`);
  }
};

/** Builds the value of a subject in its mount. */
export const buildInto = (mount: HTMLElement, subject: Drawn, words: Words): Built => {
  let shape: Shape | undefined;
  let reveal = (): void => {};
  const fill = (doc: Document): Element => {
    shape = shapeOf(subject, words, doc);
    const chain = make('div', '', doc);
    chain.style.overflowWrap = 'anywhere';
    chain.append(shape.element);
    let hiddenElement: Element = shape.element;
    for (let level = 0; level < subject.hidingLevel; level += 1) {
      const around = make('div', '', doc);
      hiddenElement.replaceWith(around);
      around.append(hiddenElement);
      hiddenElement = around;
    }
    if (subject.lowContrast)
      chain.style.cssText += 'background: rgb(250, 250, 250); color: rgb(250, 250, 250)';
    if (subject.hiding === 'hiddenFrame' || subject.hiding === 'hiddenHost') {
      const isFrame = subject.hiding === 'hiddenFrame';
      const outer = make(isFrame ? 'iframe' : 'div', '', mount.ownerDocument);
      outer.style.display = 'none';
      mount.append(outer);
      const place = isFrame
        ? (outer as HTMLIFrameElement).contentDocument?.body
        : outer.attachShadow({ mode: 'open' });
      if (!place) throw new Error('A frame without an address has no document.');
      place.append(chain);
      reveal = () => {
        outer.style.display = '';
      };
      return make('span', words.waiting, doc);
    }
    if (subject.hiding) {
      // An SVG or a text has no style of its own that counts: hide the element around it.
      if (!(hiddenElement as HTMLElement).style || hiddenElement.namespaceURI?.endsWith('svg'))
        hiddenElement = chain;
      reveal = hidden(hiddenElement as HTMLElement, subject.hiding);
    }
    return chain.parentElement ?? chain;
  };
  if (holderByLibrary(subject)) mount.append(fill(mount.ownerDocument));
  else hold(mount, subject, words, fill);
  const built = shape as Shape | undefined;
  if (!built) throw new Error('The holder was not filled.');
  return { element: built.element, setText: built.setText, reveal: () => reveal() };
};
