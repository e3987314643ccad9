import { expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import type { Rows } from '../../../lib/storage/rows';
import { isSoundRow, type rowSchemas } from '../../../lib/storage/schemas';
import type { StoreName } from '../../../lib/storage/signal';

/** The type with `undefined` let into its optional keys, which is how the type of a schema reads. */
type Loose<T> = T extends readonly (infer Item)[]
  ? Loose<Item>[]
  : T extends object
    ? { [K in keyof T]: object extends Pick<T, K> ? Loose<T[K]> | undefined : Loose<T[K]> }
    : T;

type AcceptsEveryRow = {
  [S in StoreName]: Rows[S] extends z.input<(typeof rowSchemas)[S]> ? true : false;
};
type LeavesNothingUnchecked = {
  [S in StoreName]: z.output<(typeof rowSchemas)[S]> extends Loose<Rows[S]> ? true : false;
};

test('schemas and row types say the same (checked by the compiler)', () => {
  expectTypeOf<AcceptsEveryRow>().toEqualTypeOf<{ [S in StoreName]: true }>();
  expectTypeOf<LeavesNothingUnchecked>().toEqualTypeOf<{ [S in StoreName]: true }>();
});

test('a sound row is let through, and the same row with one wrong field is not', () => {
  const page = { v: 1, tabId: 7, platform: 'p', page: 'document', ids: [], at: 1 };
  expect(isSoundRow('pages', page)).toBe(true);
  for (const wrong of [{ v: 2 }, { tabId: '7' }, { ids: [{}] }, { at: undefined }]) {
    expect(isSoundRow('pages', { ...page, ...wrong })).toBe(false);
  }
});
