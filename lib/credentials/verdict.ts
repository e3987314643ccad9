import type { CredentialKind, Verdict } from '../platforms/definition';
import { clean, type Removed } from './clean';

export interface Judged {
  value: string;
  removed: Removed[];
  verdict: Verdict;
}

/** How much longer than the kind's longest value a paste may be and still be cleaned: blanks, quotes, labels. */
const SLACK = 1000;

const tooLong = (length: number): Verdict => ({ level: 'bad', code: 'tooLong', facts: { length } });

/**
 * Cleans a value and says what is to be said of it. Pure and synchronous: the capture script, a paste and the
 * background ask the same question and get the same answer. Length is looked at first, so no input is too large.
 */
export const judge = (kind: CredentialKind, raw: string): Judged => {
  if (raw.length > kind.maxLength + SLACK) return { value: '', removed: [], verdict: tooLong(raw.length) };

  const { value: cleaned, removed } = clean(raw);
  const value = whole(kind, cleaned);
  if (value !== cleaned) removed.push('glued');
  return { value, removed, verdict: verdictOf(kind, value) };
};

const verdictOf = (kind: CredentialKind, value: string): Verdict => {
  if (value === '') return { level: 'bad', code: 'empty' };
  if (value.length > kind.maxLength) return tooLong(value.length);
  for (const rule of kind.rules) {
    const verdict = rule(value);
    if (verdict) return verdict;
  }
  throw new Error(`No rule of ${kind.id} answered`);
};

/** A secret is cut out of what was copied along with it, if there is exactly one. */
const whole = (kind: CredentialKind, text: string): string => {
  if (!kind.secret || text.length > kind.maxLength || !text.includes(kind.prefix)) return text;
  const [first, ...others] = kind.find(text);
  return first && others.length === 0 ? first.value : text;
};
