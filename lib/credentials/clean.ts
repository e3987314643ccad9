/** Format characters without a width, which pages and editors slip into long words: soft hyphens, joiners, marks. */
export const INVISIBLE = /\p{Cf}/gu;

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

/** Anything but visible ASCII. Most of what is judged has none of it, and then one look spares five. */
const BEYOND_PLAIN = /[^!-~]/;

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

const unquoted = (text: string): string => {
  const closing = QUOTES[text.charAt(0)];
  return closing !== undefined && text.length > 1 && text.endsWith(closing) ? text.slice(1, -1) : text;
};

/** What a person meant to paste: none of this is ever part of a credential, so taking it away is no guess. */
export const clean = (text: string): Cleaned => {
  const removed: Removed[] = [];
  let value = text;
  const step = (code: Removed, next: string): void => {
    if (next !== value && !removed.includes(code)) removed.push(code);
    value = next;
  };

  if (BEYOND_PLAIN.test(value)) {
    step('zeroWidth', value.replace(INVISIBLE, ''));
    step('lineBreaks', value.replace(/[\n\r\u0085\u2028\u2029]/g, ''));
    step('whitespace', value.replace(/\s/g, ''));
    step('compatibility', value.normalize('NFKC'));
    step('whitespace', value.replace(/\s/g, '')); // some characters unfold into a blank and a mark
  }
  step('quotes', unquoted(value));
  step('bearer', value.replace(/^(?:authorization:)?bearer:?/i, ''));
  step('quotes', unquoted(value));
  return { value, removed };
};
