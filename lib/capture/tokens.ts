import { contains, fieldValueOf, isDocument, parentOf, textOf } from './dom';
import { matchesIn, type Search } from './search';
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
/** Shorter than any secret: most fields are asked no further. */
const MIN_FIELD = 40;

/** Looks at a container whose text may hold a secret, but not into shadow roots and frames (see walk). */
export const findInText = (container: Container, search: Search, found: Found): void => {
  for (const place of places(container, search.mayHold)) findAround(place, search, found);
};

/** Climbs from where a value begins until what is shown there holds a whole one. */
export const findAround = (place: Container, { kinds }: Search, found: Found): void => {
  let element: Container = place;
  for (let climbed = 0; climbed <= MAX_CLIMB; climbed += 1) {
    if (textOf(element).length > MAX_AROUND && climbed > 0) break;
    const reading = readText(element);
    let isSettled = false;
    let isWhole = false;
    for (const kind of kinds) {
      for (const match of matchesIn(reading.text, kind)) {
        const pieces = piecesOf(reading, match.start, match.end);
        const [first] = pieces;
        if (!first || isStrangers(first.element)) continue;
        // Another one, further off, does not settle what begins here.
        const isOwn = contains(place, first.node);
        isWhole ||= isOwn;
        if (!areTextsVisible(pieces)) continue;
        isSettled ||= isOwn;
        found.tokens.push({ kind: kind.id, value: match.value, warnings: warningsAt(first.element) });
      }
    }
    if (isSettled) return;
    found.folded ||= kinds.some((kind) => matchesIn(legible(textOf(element)), kind).length > 0);
    const parent = parentOf(element);
    // What is whole and cannot be seen yet is no other thing further up; to look again soon, a look has to be cheap.
    if (isWhole || !parent || isDocument(parent)) break;
    element = parent as Container;
  }
  found.unsettled.push(place);
};

export const findInField = (field: Element, search: Search, found: Found): void => {
  const value = fieldValueOf(field, MIN_FIELD);
  if (value === undefined || value.length > MAX_FIELD || !search.mayHold(value)) return;
  for (const kind of search.kinds) {
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
