import { bad, doubt, type Match, matchesOf, type VerdictRule } from '../definition';

/** `a2_` and 12 characters; older ones `t2_` and 4–10, which user ids look like as well. */
const A2 = /^a2_[0-9a-z]{12}$/;
const T2 = /^t2_[0-9a-z]{4,10}$/;

const SHAPE = /(?<![0-9A-Za-z_])[at]2_[0-9a-z]{4,16}(?![0-9A-Za-z_])/g;

export const findIds = (text: string): Match[] => matchesOf(text, SHAPE);

/** Only the new kind with its known length is told from a user id by its shape. */
export const needsLabel = (value: string): boolean => !A2.test(value);

const SNIPPETS = [
  /\brdt\(\s{0,9}["'`‘-”]init["'`‘-”]\s{0,9},\s{0,9}["'`‘-”]([at]2_[0-9a-z]{4,16})["'`‘-”]/g,
  /\/pixels\/([at]2_[0-9a-z]{4,16})(?![0-9A-Za-z_])/g,
];

export const findInSnippet = (text: string): Match[] =>
  SNIPPETS.flatMap((snippet) => matchesOf(text, snippet, 1));

/** The account's part of an address, with or without its prefix. Without one, and without a digit, it is a word. */
export const accountSegment = (url: URL): string | undefined =>
  /^\/accounts?\/([at]2_[0-9a-z]{4,16}|(?=[a-z]*\d)[0-9a-z]{4,16})(?:\/|$)/.exec(url.pathname)?.[1];

/** The page's own, prefixed way of writing it is preferred to our guess at the prefix. */
export const fromAddress = (url: URL, seen: readonly string[]): string | undefined => {
  const segment = accountSegment(url);
  if (segment === undefined || segment.includes('_')) return segment;
  const onPage = seen.find((value) => value.endsWith(`_${segment}`));
  if (onPage !== undefined) return onPage;
  if (segment.length === 12) return `a2_${segment}`;
  return segment.length <= 10 ? `t2_${segment}` : undefined;
};

export const pixelIdRules: readonly VerdictRule[] = [
  (value) => (value.startsWith('eyJ') ? { ...bad('token'), keep: false } : undefined),
  (value) => (A2.test(value) || T2.test(value) ? { level: 'good', code: 'good' } : undefined),
  (value) => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value) ? bad('uuid') : undefined),
  (value) => (/^[0-9A-Za-z_]{3,40}$/.test(value) ? undefined : bad('malformed')),
  (value) => (/[A-Z]/.test(value) && /^[at]2_/i.test(value) ? doubt('upperCase') : undefined),
  (value) => (/^[at]2_/.test(value) ? doubt('unusualLength', { length: value.length }) : undefined),
  () => doubt('unusualPrefix'),
];
