import {
  childCountOf,
  elementsNamed,
  hasChildren,
  isConnected,
  isElement,
  nameOf,
  queryAll,
  type Root,
  sameOriginDocumentOf,
  shadowRootOf,
} from './dom';

/**
 * Asks what is new, element by element and each once, for what no text tells: fields, open shadow roots and frames of
 * the same origin. To ask an element costs more than to read all the text beneath it, so the engine picks those that
 * are worth it, and where they are many they wait: what is gone by then is never asked.
 */

export interface Finds {
  field(field: Element): void;
  root(root: Root): void;
  /**
   * An element that may still grow a shadow root: a custom one, whose definition may be late, and an empty one, to
   * which a component may attach one after it has been rendered.
   */
  hopeful(element: Element): void;
}

type Top = Element | Root;

interface Opening {
  top: Top;
  size: number;
  again: boolean;
}

export interface Walk {
  /** `size`: length of its text. `again`: it was asked before, so it is in no hurry and still there. */
  add(top: Top, size: number, again?: boolean): void;
  /** Asks what is new, but of what is large only its fields, if they are few. `end` by `performance.now()`. */
  begin(end: number): void;
  /** Goes on with what is large and has stood for a while. */
  goOn(end: number): void;
  /** When there is something to go on with. Undefined when all is done. */
  nextAt(): number | undefined;
  /** Something large is left. */
  isLong(): boolean;
}

/** What may have a shadow root besides custom elements (https://dom.spec.whatwg.org/#valid-shadow-host-name). */
const HOSTS = new Set(
  'div span p section article main aside header footer nav body blockquote h1 h2 h3 h4 h5 h6'.split(' '),
);

const FIELDS = ['input', 'textarea', 'select'];

/** What pages are made of that is no field, no frame and no host: the engine leaves them out. */
const NEVER = 'td,a,li,tr,b,i,button,svg,path,img,ul,label,option,script,style,th,br,strong';
const WORTH_ASKING = `div,span,input,:not(${NEVER})`;

/** With more text or more elements than this one waits before it is asked. */
const LONG = 4000;
const MANY = 300;
/** How long, in ms: so long for its size, but longer than the least only where such are replaced again and again. */
const SHORT_PATIENCE = 100;
const LONG_PATIENCE = 800;
const SIZE_PER_MS = 40;
/** So many fields are asked at once. */
const FEW = 200;

/** So many between two looks at the clock. */
const STRIDE = 32;

/** In an order in which most elements, which are none of it, are asked the fewest questions. */
export const meet = (element: Element, finds: Finds): void => {
  const shadow = shadowRootOf(element);
  if (shadow) {
    finds.root(shadow);
    return;
  }
  const name = nameOf(element);
  if (HOSTS.has(name)) {
    if (!hasChildren(element)) finds.hopeful(element);
  } else if (FIELDS.includes(name)) {
    finds.field(element);
  } else if (name.includes('-')) {
    finds.hopeful(element);
  } else if (name === 'iframe' || name === 'frame') {
    const inner = sameOriginDocumentOf(element);
    if (inner) finds.root(inner);
  }
};

export const openWalk = (finds: Finds): Walk => {
  const tops: Opening[] = [];
  const large: { top: Top; from: number; list?: ArrayLike<Element>; at: number }[] = [];
  let patience = SHORT_PATIENCE;

  const ask = (list: ArrayLike<Element>, from = 0, to = list.length): void => {
    for (let at = from; at < to; at += 1) meet(list[at] as Element, finds);
  };

  const open = ({ top, size, again }: Opening): void => {
    if (!isConnected(top)) return;
    if (isElement(top)) {
      meet(top, finds);
      if (childCountOf(top) === 0) return;
    }
    const list = again || size > LONG ? undefined : queryAll(top, WORTH_ASKING);
    if (list && list.length <= MANY) {
      ask(list);
      return;
    }
    const wait = Math.max(SHORT_PATIENCE, Math.min(size / SIZE_PER_MS, patience));
    large.push({ top, from: again ? 0 : performance.now() + wait, at: 0, ...(list && { list }) });
    large.sort((one, other) => one.from - other.from);
    if (again) return;
    // A value that is shown may stand in one of its fields; more of them are a table of figures.
    for (const name of FIELDS) {
      const fields = elementsNamed(top, name);
      if (fields.item(FEW)) return; // an index would have the engine count them all first
      ask(fields);
    }
  };

  const begin = (end: number): void => {
    for (let opened = 0; tops.length > 0; opened += 1) {
      if (opened % STRIDE === STRIDE - 1 && performance.now() > end) return;
      open(tops.shift() as Opening);
    }
  };

  return {
    add: (top, size, again = false) => {
      tops.push({ top, size, again });
    },
    begin,
    goOn(end) {
      begin(end);
      for (let now = performance.now(); now < end; now = performance.now()) {
        const [one] = large;
        if (!one || one.from > now) return;
        const isGone = !isConnected(one.top);
        one.list ??= isGone ? [] : queryAll(one.top, WORTH_ASKING);
        const to = isGone ? one.at : Math.min(one.at + STRIDE, one.list.length);
        ask(one.list, one.at, to);
        one.at = to;
        if (!isGone && to < one.list.length) continue;
        large.shift();
        patience = isGone ? Math.min(patience * 2, LONG_PATIENCE) : SHORT_PATIENCE;
      }
    },
    isLong: () => large.length > 0,
    nextAt: () => (tops.length > 0 ? 0 : large[0]?.from),
  };
};
