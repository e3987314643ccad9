import type { Match, SecretReading } from '../platforms/definition';

/** The search for secrets in a text, whatever page it stands on: pure, and first of all native. */

/** Zero-width characters and marks of direction, which may stand inside a prefix, as a soft hyphen may. */
const RARE = '\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF';
const SPLITTER = `[\\u00AD${RARE}]`;
/** Without the soft hyphen, which is sought apart: then the engine answers at once for all texts of Western letters. */
const RARE_SPLITTER = new RegExp(`[${RARE}]`);

/** What to search texts for: native, and all that runs on most pages. */
export interface Search {
  kinds: readonly SecretReading[];
  mayHold(text: string): boolean;
}

export const searchFor = (kinds: readonly SecretReading[]): Search => {
  const prefixes = kinds.map(({ prefix }) => prefix);
  const split = new RegExp(prefixes.map((prefix) => [...prefix].join(`${SPLITTER}*`)).join('|'));
  return {
    kinds,
    mayHold: (text) =>
      prefixes.some((prefix) => text.includes(prefix)) ||
      ((text.includes('\u00AD') || RARE_SPLITTER.test(text)) && split.test(text)),
  };
};

/** More than a whole value, however it is broken up. */
const MAX_BEGINNING = 2200;
const MAX_BEGINNINGS = 40;

/** All that begins like a secret in a text. Undefined where that is too much to be compared. */
export const beginningsIn = (text: string, { kinds }: Search): string | undefined => {
  const found: string[] = [];
  for (const { prefix } of kinds) {
    for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, at + 1)) {
      if (found.push(text.slice(at, at + MAX_BEGINNING)) > MAX_BEGINNINGS) return undefined;
    }
  }
  return found.length > 0 ? found.join('\n') : undefined;
};

/** All whole values of a kind. */
export const matchesIn = (text: string, kind: SecretReading): readonly Match[] => {
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
    const [match] = kind.find(joined);
    return match ? [{ value: match.value, start, end: start + match.value.length + index }] : [];
  }
  return [];
};
