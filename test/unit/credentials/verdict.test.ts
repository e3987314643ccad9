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
    judge(kind, huge);
    const start = performance.now();
    const { verdict, value } = judge(kind, huge);
    expect(performance.now() - start).toBeLessThan(1);
    expect(verdict.code).toBe('tooLong');
    expect(value).toBe('');
  });
});

it('says so if no rule of a kind answers', () => {
  const [, kind] = kinds[0] ?? [];
  if (!kind) throw new Error('No kind to test with');
  expect(() => judge({ ...kind, rules: [] }, 'x')).toThrow('No rule');
});
