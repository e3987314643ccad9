import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkRowsWith, closeDatabase, emptyDatabase, rows } from '../../../lib/storage/database';
import { isSoundRow } from '../../../lib/storage/schemas';
import type { StoreName } from '../../../lib/storage/signal';
import { sequence } from '../../sequence';
import { type AnyRow, anyRow, type Damage, damagesOf, isSingle, keyNameOf, stores } from './any-row';

/** `npm run soak -- damage` tries every one. */
const DAMAGES = Number(process.env.DAMAGED_ROWS ?? 600);

/** Past our own door, as a broken disk would. */
const write = async (store: StoreName, raw: readonly AnyRow[]): Promise<void> => {
  await rows.all('history'); // makes the stores
  const database = await openDB('upstack-capture');
  const transaction = database.transaction(store, 'readwrite');
  for (const row of raw) void transaction.store.put(row);
  await transaction.done;
  database.close();
};

beforeEach(async () => {
  checkRowsWith(isSoundRow);
  await closeDatabase({ remove: true });
});

/** Rows of quarantine have no quarantine of their own: what cannot be read there stays, and is passed over. */
const watched = stores.filter((store) => store !== 'quarantine');

/** Some of all damages of a store, in an order that can be repeated; each under a key of its own. */
const someDamages = (store: StoreName, most: number): Damage[] => {
  const random = sequence(20_261_122);
  const all = damagesOf(store, anyRow(store, 0));
  const chosen = all
    .map((damage) => ({ damage, order: random() }))
    .sort((one, other) => one.order - other.order)
    .slice(0, most)
    .map(({ damage }) => damage);
  if (isSingle(store)) return chosen;
  const key = keyNameOf(store);
  return chosen.map(({ what, row }, n) => ({ what, row: { ...row, [key]: anyRow(store, n + 10)[key] } }));
};

const share = Math.ceil(DAMAGES / watched.length);

describe(`${share} damages of each kind of row`, { timeout: 60_000 + DAMAGES * 100 }, () => {
  it.each(watched)(
    '%s: what can be read is read, what cannot is put aside as it was, and told',
    async (store) => {
      const damages = someDamages(store, share);
      const sound = isSingle(store) ? [] : [anyRow(store, 1), anyRow(store, 2)];
      // Where there is but one row, it is damaged anew each time.
      const heaps = isSingle(store) ? damages.map((damage) => [damage]) : [damages];
      let refused = 0;
      for (const heap of heaps) {
        await emptyDatabase();
        await write(store, [...sound, ...heap.map(({ row }) => row)]);
        const bad = heap.filter(({ row }) => !isSoundRow(store, row)).map(({ row }) => row);
        const good = heap.filter(({ row }) => isSoundRow(store, row)).map(({ row }) => row);
        refused += bad.length;

        const read: unknown[] = await rows.all(store);
        expect(read).toHaveLength(sound.length + good.length);
        for (const row of [...sound, ...good]) expect(read).toContainEqual(row);
        const aside = await rows.all('quarantine');
        expect(aside).toHaveLength(bad.length);
        const name = keyNameOf(store);
        for (const row of bad) {
          const kept = aside.find(({ key }) => key === String(row[name]));
          expect(kept).toMatchObject({ store });
          expect(kept?.raw).toEqual(row);
        }
        // Asked again, nothing is moved a second time.
        expect(await rows.all(store)).toEqual(read);
        expect(await rows.all('quarantine')).toEqual(aside);
      }
      // The control: most of it was damage indeed.
      expect(refused).toBeGreaterThan(damages.length / 2);
    },
  );
});

it('a row made from its schema is sound, in every store', () => {
  for (const store of stores) expect(isSoundRow(store, anyRow(store, 1)), store).toBe(true);
});

it('a row of a newer version is not read in any store, nor changed by a write', async () => {
  for (const store of watched) {
    const newer = { ...anyRow(store, 1), v: 2 };
    await write(store, [newer]);
    const key = newer[keyNameOf(store) as keyof typeof newer] as never;
    expect(await rows.change(store, key, (row) => row)).toBeUndefined();
    expect(await rows.all(store)).toEqual([]);
  }
  expect((await rows.all('quarantine')).map(({ store }) => store).sort()).toEqual([...watched].sort());
});
