import {
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
}

/** What is large, and how far it has been asked. */
interface Large {
  top: Top;
  /** Not before. Zero for a part of a round. */
  from: number;
  question: number;
  /** The elements that the question is put to, and the next of them. */
  list?: ArrayLike<Element> | undefined;
  at: number;
}

export interface Walk {
  /** A value that is shown may stand in one of its fields. Of a kind that is many none is asked: it is of figures. */
  askFields(top: Top): void;
  /** `size`: length of its text. */
  add(top: Top, size: number): void;
  /** Asks everything once more. False, and nothing is done, while that is under way. */
  round(roots: Iterable<Root>): boolean;
  /** Asks what is new, but of what is large only its fields, if they are few. `end` by `performance.now()`. */
  begin(end: number): void;
  /** Goes on with what is large and has stood for a while. */
  goOn(end: number): void;
  /** When there is something to go on with. Undefined when all is done. */
  nextAt(): number | undefined;
}

/** What may have a shadow root besides custom elements (https://dom.spec.whatwg.org/#valid-shadow-host-name). */
const HOSTS = new Set(
  'div span p section article main aside header footer nav body blockquote h1 h2 h3 h4 h5 h6'.split(' '),
);

const FIELDS = ['input', 'textarea', 'select'];

/** What pages are made of. Of the hosts among them those that hold something have mostly no shadow root. */
const PLAIN = 'div,span';
/** Of the rest, what is no frame and no host. */
const NEVER = 'td,a,li,tr,b,i,button,svg,path,img,ul,label,option,script,style,th,br,strong';
/** Fields and plain hosts are many, the rest is few. In an order in which the engine has an early answer for most. */
const FEW_ANYWHERE = `div:empty,span:empty,:not(${PLAIN},${NEVER},${FIELDS})`;
const WORTH_ASKING = `${PLAIN},${FIELDS},${FEW_ANYWHERE}`;

/** With more text or more elements than this one waits before it is asked. */
const LONG = 4000;
const MANY = 300;
/** How long, in ms: so long for its size, but longer than the least only where such are replaced again and again. */
const SHORT_PATIENCE = 100;
const LONG_PATIENCE = 800;
const SIZE_PER_MS = 40;
/** So many fields are asked at once. */
const FEW = 200;

/** What is many in what is large waits so much longer, in ms. */
const LATE = 800;

/** So many between two looks at the clock. */
const STRIDE = 32;

const meetHost = (element: Element, finds: Finds): boolean => {
  const shadow = shadowRootOf(element);
  if (shadow) finds.root(shadow);
  return shadow !== null;
};

/** In an order in which most elements, which are none of it, are asked the fewest questions. */
export const meet = (element: Element, finds: Finds): void => {
  if (meetHost(element, finds)) return;
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

/** What is asked of what is large, and of whom: first of those that are few, the others when it has stood for long. */
const QUESTIONS = [
  { selector: FEW_ANYWHERE, ask: meet },
  { selector: FIELDS.join(), ask: meet },
  { selector: PLAIN, ask: meetHost },
];

export const openWalk = (finds: Finds): Walk => {
  const tops: Opening[] = [];
  let large: Large[] = [];
  let patience = SHORT_PATIENCE;

  const put = (...more: Large[]): void => {
    large = [...large, ...more].sort((one, other) => one.from - other.from);
  };

  const askFields = (top: Top): void => {
    for (const name of FIELDS) {
      const fields = elementsNamed(top, name);
      if (fields.item(FEW)) continue; // an index would have the engine count them all first
      for (const field of Array.from(fields)) meet(field, finds);
    }
  };

  const open = ({ top, size }: Opening): void => {
    if (!isConnected(top)) return;
    if (isElement(top)) meet(top, finds);
    if (size <= LONG) {
      const list = queryAll(top, WORTH_ASKING);
      if (list.length <= MANY) {
        for (const element of list) meet(element, finds);
        return;
      }
    }
    const wait = Math.max(SHORT_PATIENCE, Math.min(size / SIZE_PER_MS, patience));
    put({ top, from: performance.now() + wait, question: 0, at: 0 });
    askFields(top);
  };

  const begin = (end: number): void => {
    for (let opened = 0; tops.length > 0; opened += 1) {
      if (opened % STRIDE === STRIDE - 1 && performance.now() > end) return;
      open(tops.shift() as Opening);
    }
  };

  /** Asks some more of it. False where there is no more to be asked. */
  const askMore = (one: Large): boolean => {
    const question = QUESTIONS[one.question];
    if (!question || !isConnected(one.top)) return false;
    one.list ??= queryAll(one.top, question.selector);
    const to = Math.min(one.at + STRIDE, one.list.length);
    for (; one.at < to; one.at += 1) question.ask(one.list[one.at] as Element, finds);
    if (to < one.list.length) return true;
    one.question += 1;
    one.list = undefined;
    one.at = 0;
    if (one.question > 1) return true;
    large.shift();
    patience = SHORT_PATIENCE;
    // The rest may be waiting from the last time.
    if (!large.some(({ top }) => top === one.top)) put({ ...one, from: performance.now() + LATE });
    return true;
  };

  return {
    askFields,
    add: (top, size) => {
      tops.push({ top, size });
    },
    round(roots) {
      if (large[0]?.from === 0) return false;
      put(...Array.from(roots, (top) => ({ top, from: 0, question: 0, at: 0 })));
      return true;
    },
    begin,
    goOn(end) {
      begin(end);
      for (let now = performance.now(); now < end; now = performance.now()) {
        const [one] = large;
        if (!one || one.from > now) return;
        if (askMore(one)) continue;
        large.shift();
        if (one.question === 0) patience = Math.min(patience * 2, LONG_PATIENCE);
      }
    },
    nextAt: () => (tops.length > 0 ? 0 : large[0]?.from),
  };
};
