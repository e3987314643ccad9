import { isElement, isText, nameOf, queryAll, renderedParentOf, rootsOf } from '../capture/dom';
import { isElementVisible } from '../capture/visible';
import type { SeenCard } from '../storage/rows';
import type { FormDefinition } from './definition';
import { renderedAll, renderedChildrenOf, renderedText } from './tree';

/** The destination cards that the dashboard shows, each known by the word of its health. */

/** The first two are the guides'. Any other word is none of a card's. */
const WORDS: Readonly<Record<string, SeenCard['state']>> = {
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  pending: 'pending',
  checking: 'pending',
  validating: 'pending',
  unknown: 'unknown',
};

const MOST = 60;
const LONGEST_NAME = 100;
const HEADING = 'h1, h2, h3, h4, h5, h6, [role=heading]';

const wordOf = (element: Element): SeenCard['state'] | undefined => {
  let text = '';
  for (const child of renderedChildrenOf(element)) if (isText(child)) text += child.data;
  return WORDS[
    text
      .trim()
      .replace(/[.…]{1,3}$/, '')
      .toLowerCase()
  ];
};

interface Badge {
  element: Element;
  state: SeenCard['state'];
}

/** Every place where a word of health stands by itself. */
const badgesOf = (): Badge[] => {
  const badges: Badge[] = [];
  for (const root of rootsOf()) {
    for (const holder of queryAll(root, ':not(script, style, option, input, textarea)')) {
      const state = wordOf(holder);
      // A slot has no box of its own.
      const element = nameOf(holder) === 'slot' ? renderedParentOf(holder) : holder;
      if (state && element && isElementVisible(element) && badges.length < MOST) {
        badges.push({ element, state });
      }
    }
  }
  // A slot's text is its parent's as well: the innermost is the badge.
  return badges.filter(
    ({ element }) => !badges.some((other) => other.element !== element && isWithin(other.element, element)),
  );
};

const isWithin = (element: Element, ancestor: Element): boolean => {
  for (let at: Element | undefined = element; at; at = renderedParentOf(at)) if (at === ancestor) return true;
  return false;
};

const named = (text: string, definitions: readonly FormDefinition[]): FormDefinition[] =>
  definitions.filter(({ name }) =>
    new RegExp(`(^|[^\\p{L}\\p{N}])${name}($|[^\\p{L}\\p{N}])`, 'iu').test(text),
  );

/** Climbs from the word to the first thing that names a platform. What holds a second word is a list, not a card. */
const cardAround = (
  badge: Badge,
  badges: readonly Badge[],
  definitions: readonly FormDefinition[],
): SeenCard | undefined => {
  for (let at = renderedParentOf(badge.element); at; at = renderedParentOf(at)) {
    const here: Element = at;
    if (badges.some((other) => other !== badge && isWithin(other.element, here))) return undefined;
    const [definition, ...others] = named(renderedText(here), definitions);
    if (!definition) continue;
    if (others.length > 0) return undefined;
    const heading = renderedAll(here, HEADING)
      .filter((element) => isElement(element))
      .map(renderedText)
      .find(Boolean);
    const name = (heading ?? definition.name).slice(0, LONGEST_NAME);
    return { platform: definition.platform, name, state: badge.state };
  }
  return undefined;
};

export const readCards = (definitions: readonly FormDefinition[]): SeenCard[] => {
  const badges = badgesOf();
  return badges.flatMap((badge) => cardAround(badge, badges, definitions) ?? []);
};
