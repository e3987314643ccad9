import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/credentials/verdict';
import type { CredentialKind } from '../../../lib/platforms/definition';
import { platforms } from '../../../lib/platforms/index';

const kinds = platforms.flatMap(({ name, kinds: own }) =>
  own.map((kind): [string, CredentialKind] => [`${name} ${kind.label}`, kind]),
);

describe.each(kinds)('judging a %s', (_name, kind) => {
  it('calls nothing empty', () => {
    for (const text of ['', '  ', '\u200b\n']) {
      expect(judge(kind, text)).toMatchObject({ value: '', verdict: { level: 'bad', code: 'empty' } });
    }
  });

  it('answers what is too long by its length alone', () => {
    const { verdict, value } = judge(kind, 'x'.repeat(kind.maxLength + 1));
    expect(verdict).toEqual({ level: 'bad', code: 'tooLong', facts: { length: kind.maxLength + 1 } });
    expect(value.length).toBe(kind.maxLength + 1);
  });

  it('answers ten million characters within a millisecond, keeping none of them', () => {
    const huge = '2'.repeat(10_000_000);
    // The quickest of many: the machine may be busy, but what reads ten million characters is never that quick.
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now();
      judge(kind, huge);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(1);
    const { verdict, value } = judge(kind, huge);
    expect(verdict.code).toBe('tooLong');
    expect(value).toBe('');
  });
});

it('says so if no rule of a kind answers', () => {
  const [, kind] = kinds[0] ?? [];
  if (!kind) throw new Error('No kind to test with');
  expect(() => judge({ ...kind, rules: [] }, 'x')).toThrow('No rule');
});

describe('what was copied along', () => {
  /** Marks of which each is a whole value: as plain a secret as there can be. */
  const find = (text: string) =>
    [...text.matchAll(/<\d+>/g)].map(({ 0: value, index }) => ({
      value,
      start: index,
      end: index + value.length,
    }));
  const [, real] = kinds.find(([, kind]) => kind.secret) ?? [];
  if (!real?.secret) throw new Error('No kind to test with');
  const plain: CredentialKind = {
    ...real,
    find,
    prefix: '<',
    maxLength: 20,
    rules: [() => ({ level: 'good', code: 'good' })],
  };

  it('is cut off, and said', () => {
    expect(judge(plain, 'Copy<123>Done')).toMatchObject({ value: '<123>', removed: ['glued'] });
    expect(judge(plain, '<123>')).toMatchObject({ value: '<123>', removed: [] });
  });

  it('stays where there are two values, or none, since neither is to be guessed', () => {
    for (const text of ['<1>or<2>', 'none'])
      expect(judge(plain, text)).toMatchObject({ value: text, removed: [] });
  });

  it('is looked for in nothing that is too long, and in no id', () => {
    const whole = `<${'1'.repeat(18)}>`;
    expect(judge(plain, `${whole}x`)).toMatchObject({ value: `${whole}x`, verdict: { code: 'tooLong' } });
    expect(judge(plain, whole)).toMatchObject({ value: whole, verdict: { code: 'good' } });
    const tight = `${'x'.repeat(15)}<123>`;
    expect(judge(plain, tight)).toMatchObject({ value: '<123>', removed: ['glued'] });
    const id = { ...plain, secret: false } as unknown as CredentialKind;
    expect(judge(id, 'Copy<123>')).toMatchObject({ value: 'Copy<123>', removed: [] });
  });

  it('may be a thousand blanks, and not one more', () => {
    const blanks = ' '.repeat(1000 + 20 - 5);
    expect(judge(plain, `<123>${blanks}`)).toMatchObject({ value: '<123>', removed: ['whitespace'] });
    expect(judge(plain, `<123>${blanks} `)).toEqual({
      value: '',
      removed: [],
      verdict: { level: 'bad', code: 'tooLong', facts: { length: 1021 } },
    });
  });
});
