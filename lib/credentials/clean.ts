import { INVISIBLE } from './invisible';

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '„': '“',
  '‘': '’',
  '‚': '‘',
  '«': '»',
  '»': '«',
  '‹': '›',
};

/** What was taken away. The text is `removed.<code>`. */
export type Removed =
  | 'compatibility'
  | 'zeroWidth'
  | 'lineBreaks'
  | 'whitespace'
  | 'quotes'
  | 'bearer'
  /** A word beside the value that was copied along, such as a button's label (see verdict). */
  | 'glued';

export interface Cleaned {
  value: string;
  removed: Removed[];
}

/** Most of what is judged is visible ASCII alone, or with spaces, and then one look spares the rest. */
const BEYOND_PLAIN = /[^!-~]/;
const BEYOND_SPACES = /[^ -~]/;

/** What a code unit is, for which a table is asked, since a row of comparisons costs more than all the rest. */
const BEYOND = 1;
/** Chinese, Yi and Korean: never a part of a credential, nor do they unfold into one. */
const FOREIGN = 2;
/** Half of a character that may be any of these. */
const HALF = 4;
const NO_WIDTH = 8;
const BREAK = 16;
const BLANK = 32;

const MARKS = new Uint8Array(0x10000)
  .fill(BEYOND, 0, 0x21)
  .fill(BEYOND, 0x7f)
  .fill(FOREIGN, 0x3400, 0xa48d)
  .fill(FOREIGN, 0xac00, 0xd7a4)
  .fill(HALF, 0xd800, 0xe000)
  .fill(NO_WIDTH, 0x600, 0x606)
  .fill(NO_WIDTH, 0x200b, 0x2010)
  .fill(NO_WIDTH, 0x202a, 0x202f)
  .fill(NO_WIDTH, 0x2060, 0x2065)
  .fill(NO_WIDTH, 0x2066, 0x2070)
  .fill(NO_WIDTH, 0xfff9, 0xfffc)
  .fill(BLANK, 0x2000, 0x200b);
for (const unit of [0xad, 0x61c, 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x180e, 0xfeff]) MARKS[unit] = NO_WIDTH;
for (const unit of [0x0a, 0x0d, 0x85, 0x2028, 0x2029]) MARKS[unit] = BREAK;
for (const unit of [0x09, 0x0b, 0x0c, 0x20, 0xa0, 0x1680, 0x202f, 0x205f, 0x3000]) MARKS[unit] = BLANK;

const without = (text: string, pattern: RegExp, code: Removed, removed: Removed[]): string => {
  const value = text.replace(pattern, '');
  if (value.length < text.length && !removed.includes(code)) removed.push(code);
  return value;
};

const markAt = (text: string, at: number): number => MARKS[text.charCodeAt(at)] as number; // each has one

/** So many characters, evenly spread, are asked whether a long text is foreign. */
const SAMPLE = 16;

/** Of what is mostly foreign nothing is to be expected, and to unfold it costs the most. */
const isForeign = (text: string): boolean => {
  const step = Math.ceil(text.length / SAMPLE);
  let foreign = 0;
  for (let at = 0; at < text.length; at += step) foreign += markAt(text, at) & FOREIGN;
  return foreign > text.length / step;
};

/** Without what has no width and what is blank, and unfolded: of these only what one pass has come upon. */
const plain = (text: string, removed: Removed[]): string => {
  if (!BEYOND_SPACES.test(text)) {
    removed.push('whitespace');
    return text.replaceAll(' ', '');
  }
  if (isForeign(text)) return text;
  let marks = 0;
  for (let at = 0; at < text.length; at += 1) marks |= markAt(text, at);
  let value = text;
  if (marks & (NO_WIDTH | HALF)) value = without(value, INVISIBLE, 'zeroWidth', removed);
  if (marks & BREAK) value = without(value, /[\n\r\u0085\u2028\u2029]/g, 'lineBreaks', removed);
  if (marks & BLANK) value = without(value, /\s/g, 'whitespace', removed);
  if (!(marks & (BEYOND | HALF))) return value;
  const unfolded = value.normalize('NFKC');
  if (unfolded !== value) removed.push('compatibility');
  return without(unfolded, /\s/g, 'whitespace', removed); // some characters unfold into a blank and a mark
};

const unquoted = (text: string, removed: Removed[]): string => {
  const closing = QUOTES[text.charAt(0)];
  if (closing === undefined || text.length === 1 || !text.endsWith(closing)) return text;
  if (!removed.includes('quotes')) removed.push('quotes');
  return text.slice(1, -1);
};

const BEARER = /^(?:authorization:)?bearer:?/i;

/** What a person meant to paste: none of this is ever part of a credential, so taking it away is no guess. */
export const clean = (text: string): Cleaned => {
  const removed: Removed[] = [];
  const value = unquoted(BEYOND_PLAIN.test(text) ? plain(text, removed) : text, removed);
  return { value: unquoted(without(value, BEARER, 'bearer', removed), removed), removed };
};
