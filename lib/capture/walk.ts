import { clock } from './clock';
import {
  contains,
  elementsNamed,
  firstElementOf,
  hasChildren,
  isConnected,
  isElement,
  nameOf,
  nextElementOf,
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
  /** When it was come upon. */
  since: number;
  question: number;
  /** The elements that the question is put to, and the next of them. */
  list?: ArrayLike<Element> | undefined;
  at: number;
  /** Something was found of what is few. */
  hasAny?: boolean;
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
const FRAMES = ['iframe', 'frame'];

/** What pages are made of. Of the hosts among them those that hold something have mostly no shadow root. */
const PLAIN = 'div,span';
/** What is many on pages: besides those and fields, what is no frame and no host. Most of all comes first. */
const MANY_ANYWHERE = `${PLAIN},td,input,a,tr,b,i,li,button,svg,path,img,ul,label,option,script,style,th,br,strong,select`;
/** The rest is few. In an order in which the engine has an early answer for most. */
const FEW_ANYWHERE = `:not(${MANY_ANYWHERE}),:empty:is(${PLAIN})`;
const WORTH_ASKING = `${PLAIN},${FIELDS},${FEW_ANYWHERE}`;

/** With more text or more elements than this one waits before it is asked. */
const LONG = 4000;
const MANY = 300;
/**
 * How long, in ms: so long for its size, but longer than the least only where such come again and again, and are gone
 * before they are asked, or have nothing of what is few.
 */
const SHORT_PATIENCE = 100;
const AGAIN = 1000;
const LONG_PATIENCE = 800;
const SIZE_PER_MS = 40;
/** Of what is larger, what is none of many inputs is asked for with the rest: to seek it goes through all elements. */
const HUGE = 20_000;
/** So many fields are asked at once. */
const FEW = 200;
/** Up to so many elements are gone through one by one: to begin a query costs as much. */
const SMALL = 12;

/** What is many in what is large waits so much longer, in ms, and anew, up to this, when a large part of it is new. */
const LATE = 800;
const LATEST = 4000;

/** So many between two looks at the clock. */
const STRIDE = 32;

/** The top and all beneath. Undefined where that is more than a few. */
const familyOf = (top: Element): Element[] | undefined => {
  const family = [top];
  for (const element of family) {
    for (let child = firstElementOf(element); child; child = nextElementOf(child)) {
      if (family.push(child) > SMALL) return undefined;
    }
  }
  return family;
};

const meetHost = (element: Element, finds: Finds): boolean => {
  const shadow = shadowRootOf(element);
  if (shadow) finds.root(shadow);
  return shadow !== null;
};

/** Whether it is any of it. */
export const meet = (element: Element, finds: Finds): boolean => {
  if (meetHost(element, finds)) return true;
  const name = nameOf(element);
  const inner = FRAMES.includes(name) && sameOriginDocumentOf(element);
  if (inner) finds.root(inner);
  else if (FIELDS.includes(name)) finds.field(element);
  else if (name.includes('-') || (HOSTS.has(name) && !hasChildren(element))) finds.hopeful(element);
  else return false;
  return true;
};

/** What is asked of what is large, and of whom: first of those that are few, the others when it has stood for long. */
const QUESTIONS = [
  { selector: FEW_ANYWHERE, ask: meet },
  { selector: FIELDS.join(), ask: meet },
  { selector: PLAIN, ask: meetHost },
];

export const openWalk = (finds: Finds): Walk => {
  const tops: Opening[] = [];
  const large: Large[] = [];
  let patience = SHORT_PATIENCE;
  let lastLarge = 0;

  const put = (one: Large): void => {
    large.push(one);
    large.sort((sooner, later) => sooner.from - later.from);
  };

  const putNew = (top: Top, from: number): void => put({ top, from, since: clock(), question: 0, at: 0 });

  const wasInVain = (): void => {
    patience = Math.min(patience * 2, LONG_PATIENCE);
  };

  const askFields = (top: Top, size = 0): void => {
    for (const name of size > HUGE ? ['input'] : ['input', 'textarea']) {
      const fields = elementsNamed(top, name);
      if (fields.item(FEW)) continue; // an index would have the engine count them all first
      for (const field of Array.from(fields)) finds.field(field);
    }
  };

  const open = ({ top, size }: Opening): void => {
    if (!isConnected(top)) return;
    if (isElement(top)) {
      const family = familyOf(top);
      if (family) {
        for (const element of family) meet(element, finds);
        return;
      }
      meet(top, finds);
    }
    if (size <= LONG) {
      const list = queryAll(top, WORTH_ASKING);
      if (list.length <= MANY) {
        for (const element of list) meet(element, finds);
        return;
      }
    }
    const now = clock();
    if (now - lastLarge > AGAIN) patience = SHORT_PATIENCE;
    lastLarge = now;
    const wait = Math.max(SHORT_PATIENCE, Math.min(size / SIZE_PER_MS, patience));
    for (const one of large) {
      if (one.question > 0 && !one.list && isElement(one.top) && contains(one.top, top)) {
        one.from = Math.min(now + LATE, one.since + LATEST);
      }
    }
    putNew(top, now + wait);
    askFields(top, size);
  };

  const begin = (end: number): void => {
    for (let opened = 0; tops.length > 0; opened += 1) {
      if (opened % STRIDE === STRIDE - 1 && clock() > end) return;
      open(tops.shift() as Opening);
    }
  };

  /** Asks some more of it. False where there is no more to be asked. */
  const askMore = (one: Large): boolean => {
    const question = QUESTIONS[one.question];
    if (!question || !isConnected(one.top)) return false;
    one.list ??= queryAll(one.top, question.selector);
    const to = Math.min(one.at + STRIDE, one.list.length);
    for (; one.at < to; one.at += 1) {
      if (question.ask(one.list[one.at] as Element, finds)) one.hasAny = true;
    }
    if (to < one.list.length) return true;
    one.question += 1;
    one.list = undefined;
    one.at = 0;
    if (one.question > 1) return true;
    large.shift();
    if (!one.hasAny) wasInVain();
    // The rest may be waiting from the last time.
    one.from = clock() + LATE;
    if (!large.some(({ top }) => top === one.top)) put(one);
    return true;
  };

  return {
    askFields,
    add: (top, size) => {
      tops.push({ top, size });
    },
    round(roots) {
      if (large[0]?.from === 0) return false;
      for (const top of roots) putNew(top, 0);
      return true;
    },
    begin,
    goOn(end) {
      begin(end);
      for (let now = clock(); now < end; now = clock()) {
        const [one] = large;
        if (!one || one.from > now) return;
        if (askMore(one)) continue;
        large.shift();
        if (one.question === 0) wasInVain();
      }
    },
    nextAt: () => (tops.length > 0 ? 0 : large[0]?.from),
  };
};
