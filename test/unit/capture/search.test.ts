import { describe, expect, it } from 'vitest';
import { beginningsIn, matchesIn, searchFor } from '../../../lib/capture/search';
import type { SecretReading } from '../../../lib/platforms/definition';
import { platforms } from '../../../lib/platforms/index';
import { pinterestKey, redditConversionToken } from '../../sandbox/tokens';

const secretsOf = (id: string): SecretReading[] =>
  platforms
    .filter((platform) => platform.id === id)
    .flatMap(({ kinds }) => kinds.filter((kind) => kind.secret));

const values: Record<string, () => string> = { reddit: redditConversionToken, pinterest: pinterestKey };

describe.each(Object.keys(values))('the search for secrets of %s', (id) => {
  const search = searchFor(secretsOf(id));
  const value = values[id]?.() ?? '';

  it('sees a value in a text', () => {
    expect(search.mayHold(`Token: ${value}Copy`)).toBe(true);
  });

  it.each([
    ['soft hyphens', '\u00AD'],
    ['zero-width spaces', '\u200B'],
    ['word joiners', '\u2060'],
  ])('sees a value whose characters are split by %s', (_name, splitter) => {
    expect(search.mayHold([...value].join(splitter))).toBe(true);
  });

  it('sees nothing in texts without a beginning, whatever invisible characters they hold', () => {
    expect(search.mayHold('Kon\u00ADver\u00ADsi\u00ADo\u00ADnen 👩\u200D💻')).toBe(false);
    expect(search.mayHold('')).toBe(false);
  });

  it('tells texts apart by all that begins like a value in them', () => {
    const text = `Name ${value} Copy`;
    expect(beginningsIn(text, search)).toBe(beginningsIn(`Another name ${value} Copy`, search));
    expect(beginningsIn(text, search)).not.toBe(beginningsIn(`${text} ${value}`, search));
    expect(beginningsIn(`${value.slice(0, -1)}`, search)).not.toBe(beginningsIn(value, search));
    expect(beginningsIn('nothing', search)).toBeUndefined();
  });

  it('does not compare what is too much to be compared', () => {
    expect(beginningsIn(`${value} `.repeat(100), search)).toBeUndefined();
  });

  const [kind] = secretsOf(id);
  const lines = (size: number): string => value.match(new RegExp(`.{1,${size}}`, 'g'))?.join('\n') ?? '';

  it('takes a value that is broken into lines of one length', () => {
    expect(matchesIn(`Token: ${lines(64)}`, kind as SecretReading).map((match) => match.value)).toEqual([
      value,
    ]);
  });

  it('does not take the words after a cut value for its end', () => {
    expect(matchesIn(`${value.slice(0, -4)} Show again`, kind as SecretReading)).toEqual([]);
    expect(matchesIn(`${value.slice(0, -4)}\nCopy`, kind as SecretReading)).toEqual([]);
  });
});
