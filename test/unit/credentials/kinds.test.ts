import { expect, test } from 'vitest';
import { idKindsOf, idsByKind } from '../../../lib/credentials/kinds';
import { mayHold } from '../../../lib/credentials/may-hold';
import { platforms } from '../../../lib/platforms/index';

test.each(platforms)('$name: the ids that are known are given by kind, and no others', (platform) => {
  const [first, ...others] = idKindsOf(platform);
  if (!first) throw new Error('There is one.');
  expect(idsByKind(platform, { [first.field]: 'x', elsewhere: 'y' })).toEqual({ [first.id]: 'x' });
  expect(idsByKind(platform, { [first.field]: '' })).toEqual({});
  const all = Object.fromEntries([first, ...others].map(({ field, id }) => [field, `the ${id}`]));
  expect(Object.keys(idsByKind(platform, all))).toEqual([first, ...others].map(({ id }) => id));
});

test('a secret without a start of its own is sought whole, and any other by its start', () => {
  const find = (text: string) =>
    [...text.matchAll(/\d{8}/g)].map(({ 0: value, index }) => ({
      value,
      start: index,
      end: index + value.length,
    }));
  const kind = { id: 'k', secret: true, maxLength: 100, find } as const;
  expect(mayHold({ ...kind, prefix: '' }, 'no 1234567')).toBe(false);
  expect(mayHold({ ...kind, prefix: '' }, 'yes 12345678')).toBe(true);
  expect(mayHold({ ...kind, prefix: 'yes' }, 'yes 1234567')).toBe(true);
  expect(mayHold({ ...kind, prefix: 'yes' }, 'no 12345678')).toBe(false);
});
