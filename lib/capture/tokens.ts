import { clean } from '../credentials/clean';
import type { Match, SecretReading } from '../platforms/definition';
import { FIELDS, fieldValueOf, isDocument, isElement, parentOf, queryAll, textOf } from './dom';
import { isStrangers } from './strangers';
import { type Container, legible, piecesOf, places, readText } from './text';
import { areTextsVisible, isElementVisible, isLowContrast } from './visible';

/** A whole secret that a person can see at this moment. */
export interface FoundToken {
  kind: string;
  value: string;
  warnings: string[];
}

export interface Found {
  tokens: FoundToken[];
  /**
   * Places where a value begins that is not whole, or cannot be seen, yet: still being typed, fading in, folded
   * away. They are looked at again.
   */
  unsettled: Container[];
  /** One of them is whole and only waits to be shown. */
  folded: boolean;
}

/** A value is sought in an element that holds its start and in at most so many above it. */
const MAX_CLIMB = 6;
/** More text than this around a start is no longer one value. */
const MAX_AROUND = 6000;
const MAX_FIELD = 20_000;

/** Whether a text may hold the start of a secret. Native search; nothing else runs on most pages. */
const mayHold = (text: string, kinds: readonly SecretReading[]): boolean => {
  for (const { prefix } of kinds) {
    if (text.includes(prefix)) return true;
  }
  return SPLITTER.test(text) && kinds.some(({ prefix }) => legible(text).includes(prefix));
};

/** Soft hyphens and zero-width characters, which may stand inside a prefix. */
const SPLITTER = /[\u00AD\u200B-\u200D\u2060\uFEFF]/;

/** Looks at a container and everything beneath it, but not into shadow roots and frames (see roots). */
export const findTokens = (container: Container, kinds: readonly SecretReading[], found: Found): void => {
  if (mayHold(textOf(container), kinds)) {
    for (const place of places(container, (text) => mayHold(text, kinds))) findAround(place, kinds, found);
  }
  if (isElement(container)) findInField(container, kinds, found);
  for (const field of queryAll(container, FIELDS)) findInField(field, kinds, found);
};

/** Climbs from where a value begins until what is shown there holds a whole one. */
export const findAround = (place: Container, kinds: readonly SecretReading[], found: Found): void => {
  let element: Container = place;
  for (let climbed = 0; climbed <= MAX_CLIMB; climbed += 1) {
    if (textOf(element).length > MAX_AROUND && climbed > 0) break;
    const reading = readText(element);
    let any = false;
    for (const kind of kinds) {
      for (const match of matchesIn(reading.text, kind)) {
        const pieces = piecesOf(reading, match.start, match.end);
        const first = pieces[0]?.element;
        if (!first || !areTextsVisible(pieces) || isStrangers(first)) continue;
        any = true;
        found.tokens.push({ kind: kind.id, value: match.value, warnings: warningsAt(first) });
      }
    }
    if (any) return;
    found.folded ||= kinds.some((kind) => matchesIn(legible(textOf(element)), kind).length > 0);
    const parent = parentOf(element);
    if (!parent || isDocument(parent)) break;
    element = parent as Container;
  }
  found.unsettled.push(place);
};

export const findInField = (field: Element, kinds: readonly SecretReading[], found: Found): void => {
  const value = fieldValueOf(field);
  if (!value || value.length > MAX_FIELD || !mayHold(value, kinds)) return;
  for (const kind of kinds) {
    for (const match of matchesIn(legible(value), kind)) {
      if (isStrangers(field)) continue;
      if (!isElementVisible(field)) {
        found.unsettled.push(field);
        found.folded = true;
      } else {
        found.tokens.push({ kind: kind.id, value: match.value, warnings: warningsAt(field) });
      }
    }
  }
};

const warningsAt = (element: Element): string[] => (isLowContrast(element) ? ['lowContrast'] : []);

const matchesIn = (text: string, kind: SecretReading): readonly Match[] => {
  if (!text.includes(kind.prefix)) return [];
  const whole = kind.find(text);
  return whole.length > 0 ? whole : findWrapped(text, kind);
};

/** Shorter pieces between blanks are words, not lines of a wrapped value. */
const MIN_LINE = 16;

/**
 * A value broken into lines, as in a text area or a preformatted block. Blanks are only looked past where all pieces
 * are long, or else the words after a cut value would be taken for its end.
 */
const findWrapped = (text: string, kind: SecretReading): Match[] => {
  const start = text.indexOf(kind.prefix);
  const lines = text.slice(start, start + kind.maxLength * 2).split(/\s+/);
  const length = lines[0]?.length ?? 0;
  if (length < MIN_LINE || lines.length < 2) return [];
  let joined = '';
  for (const [index, line] of lines.entries()) {
    joined += line;
    const isLast = line.length !== length;
    if (!isLast && index < lines.length - 1) continue;
    // Two lines could be a cut value and a word: then the second one must be long as well.
    if (line.length > length || (index < 2 && line.length < MIN_LINE)) return [];
    const [match] = kind.find(clean(joined).value);
    return match ? [{ value: match.value, start, end: start + match.value.length + index }] : [];
  }
  return [];
};
