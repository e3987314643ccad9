import { tokenNamesIn } from '../credentials/token-name';
import type { PageStatus } from '../messages/reports';
import type { Platform } from '../platforms/definition';
import { childrenOf, isElement, isText, textOf } from './dom';
import { type Container, places } from './text';
import { isTextVisible } from './visible';

/**
 * Marks of the screen, for a guide whose steps tick by themselves. Asked together with the ids and on recognised
 * screens only; text is asked for as a whole, so a mark that is not there costs one search.
 */

/** What a person could see of a mark: more places than these are text about it, not the mark. */
const MAX_PLACES = 12;
/** More names than these are not a list of five. */
const MAX_NAMES = 20;
const NAME = /Upstack Data/;

const isShown = (place: Container): boolean => {
  for (const node of childrenOf(place)) {
    if (isText(node) && textOf(node).trim() && isElement(place) && isTextVisible(node, place)) return true;
  }
  return false;
};

const shownIn = (container: Container, passes: (text: string) => boolean): Container[] =>
  places(container, passes).slice(0, MAX_PLACES).filter(isShown);

const hasAny = (lower: string, words: readonly string[]): boolean =>
  words.some((word) => lower.includes(word));

export const findLandmarks = (
  { landmarks }: Pick<Platform, 'landmarks'>,
  containers: readonly Container[],
): Required<Pick<PageStatus, 'landmarks' | 'names'>> => {
  const seen = new Set<string>();
  const names = new Set<string>();
  for (const container of containers) {
    const text = textOf(container);
    const lower = text.toLowerCase();
    for (const { id, words } of landmarks) {
      if (seen.has(id) || !hasAny(lower, words)) continue;
      if (shownIn(container, (part) => hasAny(part.toLowerCase(), words)).length > 0) seen.add(id);
    }
    if (!NAME.test(text)) continue;
    for (const place of shownIn(container, (part) => NAME.test(part))) {
      for (const name of tokenNamesIn(textOf(place))) names.add(name);
    }
  }
  return { landmarks: [...seen], names: [...names].slice(0, MAX_NAMES) };
};
