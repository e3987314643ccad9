import { tokenNamesIn } from '../credentials/token-name';
import type { Landmark } from '../platforms/definition';
import { attributeOf, queryAll } from './dom';
import { type Container, legible, piecesOf, places, readText } from './text';
import { areTextsVisible, isElementVisible } from './visible';

/** By which words a page tells where a person is, and which names of ours it lists. Only what can be seen counts. */

interface Marks {
  /** `Landmark.id`. */
  landmarks: string[];
  /** See credentials/token-name. */
  names: string[];
}

/** A list of more is none that a person has typed names for. */
const MAX_NAMES = 20;

/** Loosely: however it is typed. As long as the text, so that places in one are places in the other. */
const loosely = (text: string): string => text.replaceAll('’', "'").toLowerCase();

const holdsAny = (text: string, words: readonly string[]): boolean => {
  const loose = loosely(legible(text));
  return words.some((word) => loose.includes(word));
};

/** Those of the words that are found in a place, wherever they can be seen in it. */
const seenIn = (place: Container, wordsOf: (text: string) => readonly string[]): string[] => {
  const reading = readText(place);
  const loose = loosely(reading.text);
  return wordsOf(reading.text).filter((word) => {
    const start = loose.indexOf(loosely(word));
    return start >= 0 && areTextsVisible(piecesOf(reading, start, start + word.length));
  });
};

/** A field may be called by nothing but the text that stands in it while it is empty. */
const asksFor = (container: Container, words: readonly string[]): boolean =>
  Array.from(queryAll(container, '[placeholder]')).some(
    (field) => holdsAny(attributeOf(field, 'placeholder') ?? '', words) && isElementVisible(field),
  );

export const findMarks = (landmarks: readonly Landmark[], containers: readonly Container[]): Marks => {
  const isSeen = ({ words }: Landmark): boolean =>
    containers.some(
      (container) =>
        places(container, (text) => holdsAny(text, words)).some(
          (place) => seenIn(place, () => words).length > 0,
        ) || asksFor(container, words),
    );
  const names = containers.flatMap((container) =>
    places(container, (text) => tokenNamesIn(legible(text)).length > 0).flatMap((place) =>
      seenIn(place, tokenNamesIn),
    ),
  );
  return {
    landmarks: landmarks.filter(isSeen).map(({ id }) => id),
    names: [...new Set(names)].slice(0, MAX_NAMES),
  };
};
