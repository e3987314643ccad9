import { INVISIBLE } from '../credentials/invisible';
import {
  childrenOf,
  elementsOf,
  hostOf,
  isElement,
  isText,
  matches,
  nameOf,
  renderedChildrenOf,
  textOf,
} from './dom';
import { isRendered } from './visible';

/** Text that a page carries without showing it. */
const UNSHOWN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'title',
  'head',
  'iframe',
  'textarea',
  'select',
]);

/** Controls and cells stand for themselves: a label in one never continues a value that began outside of it. */
const APART = elementsOf(
  'button a summary label td th tr li dt dd option',
  'button tab row cell gridcell option',
);

/** A text node within what was read, with its place there. */
interface Piece {
  node: Text;
  element: Element;
  start: number;
  end: number;
}

export interface Reading {
  text: string;
  pieces: Piece[];
}

const HAS_INVISIBLE = /\p{Cf}/u;

/** As it is read: without the invisible characters that would split a value, and with runs of blanks as one. */
export const legible = (text: string): string =>
  (HAS_INVISIBLE.test(text) ? text.replace(INVISIBLE, '') : text).replace(/\s+/g, ' ');

export const isUnshown = (element: Element): boolean => UNSHOWN.has(nameOf(element));

/** What text stands in: an element, or a shadow root directly. */
export type Container = Element | ShadowRoot;

/** A container with all its text, which is asked for once and serves everything that is sought in it. */
export interface Shown {
  container: Container;
  text: string;
}

export const shownIn = (containers: readonly Container[]): Shown[] =>
  containers.map((container) => ({ container, text: textOf(container) }));

/** What a person reads beneath it, text nodes joined as they stand, so a value split over spans is whole. */
export const readText = (container: Container): Reading => {
  const reading: Reading = { text: '', pieces: [] };
  read(container, reading, container);
  return reading;
};

const read = (container: Container, reading: Reading, outermost: Container): void => {
  const element = isElement(container) ? container : hostOf(container);
  if (isUnshown(element) || !isRendered(element)) return;
  const apart = container !== outermost && matches(element, APART);
  if (apart) reading.text += '\n';
  for (const child of renderedChildrenOf(container)) {
    if (isText(child)) {
      const start = reading.text.length;
      reading.text += legible(textOf(child));
      reading.pieces.push({ node: child, element, start, end: reading.text.length });
    } else if (isElement(child)) {
      read(child, reading, outermost);
    }
  }
  if (apart) reading.text += '\n';
};

/** The text nodes that a stretch of the text consists of; those of blanks alone have no box to be seen. */
export const piecesOf = ({ text, pieces }: Reading, start: number, end: number): Piece[] =>
  pieces.filter(
    (piece) => piece.start < end && piece.end > start && text.slice(piece.start, piece.end).trim(),
  );

/**
 * The deepest containers, from the given one down, whose own text passes the test. Text is asked for as a whole, and only
 * branches that pass are entered, so a page in which nothing is to be found costs one question.
 */
export const places = (
  container: Container,
  passes: (text: string) => boolean,
  found: Container[] = [],
): Container[] => {
  if (isElement(container) && isUnshown(container)) return found;
  let deeper = false;
  let own = '';
  for (const child of childrenOf(container)) {
    if (isText(child)) {
      own += textOf(child);
    } else if (isElement(child) && !isUnshown(child)) {
      const text = textOf(child);
      own += text.length > LONG ? '\n' : text;
      if (passes(text)) {
        deeper = true;
        places(child, passes, found);
      }
    }
  }
  if (!deeper && passes(own)) found.push(container);
  return found;
};

/** A child with more text than this is no part of a value that is split over children. */
const LONG = 4096;
