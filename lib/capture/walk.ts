import {
  contains,
  hasChildren,
  isConnected,
  isElement,
  nameOf,
  type Root,
  sameOriginDocumentOf,
  shadowRootOf,
  walkerOf,
} from './dom';

/**
 * Goes through what is new, element by element and each once, for what no text tells: fields, open shadow roots and
 * frames of the same origin. Asking an element costs more than all the text beneath it, so this stops when it is
 * told to and goes on where it stopped; what is gone by then is never asked.
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

export interface Walk {
  add(top: Element | Root): void;
  /** Tells whether all is done. `end` by `performance.now()`. */
  goOn(end: number): boolean;
  isDone(): boolean;
  forget(): void;
}

/** What may have a shadow root besides custom elements (https://dom.spec.whatwg.org/#valid-shadow-host-name). */
const HOSTS = new Set(
  'div span p section article main aside header footer nav body blockquote h1 h2 h3 h4 h5 h6'.split(' '),
);

/** So many elements between two looks at the clock. */
const STRIDE = 64;

export const meet = (element: Element, finds: Finds): void => {
  const name = nameOf(element);
  if (name === 'input' || name === 'textarea') {
    finds.field(element);
  } else if (name === 'iframe' || name === 'frame') {
    const inner = sameOriginDocumentOf(element);
    if (inner) finds.root(inner);
  } else {
    const custom = name.includes('-');
    if (!custom && !HOSTS.has(name)) return;
    const shadow = shadowRootOf(element);
    if (shadow) finds.root(shadow);
    else if (custom || !hasChildren(element)) finds.hopeful(element);
  }
};

export const openWalk = (finds: Finds): Walk => {
  let tops: (Element | Root)[] = [];
  let top: Element | Root | undefined;
  let walker: TreeWalker | undefined;

  const begin = (): boolean => {
    top = tops.shift();
    if (!top || !isConnected(top)) return false;
    walker = walkerOf(top);
    if (isElement(top)) meet(top, finds);
    return true;
  };

  /** What was walked may have been moved or removed meanwhile: then from its start again, if it is still there. */
  const resume = (): void => {
    if (!top || !walker || contains(top, walker.currentNode)) return;
    walker = isConnected(top) ? walkerOf(top) : undefined;
  };

  return {
    add: (one) => {
      tops.push(one);
    },
    goOn(end) {
      resume();
      for (;;) {
        if (!walker && !begin() && tops.length === 0) return true;
        for (let count = 0; walker && count < STRIDE; count += 1) {
          const node = walker.nextNode();
          if (node) meet(node as Element, finds);
          else walker = undefined;
        }
        if (performance.now() >= end) return !walker && tops.length === 0;
      }
    },
    isDone: () => !walker && tops.length === 0,
    forget() {
      tops = [];
      top = undefined;
      walker = undefined;
    },
  };
};
