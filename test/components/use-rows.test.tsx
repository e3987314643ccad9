import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { watched } from '../../components/first-look';
import type { Snapshot } from '../../components/popup-state';
import { useRows } from '../../components/use-rows';
import { stored } from '../../lib/storage/database';
import { announce, type StoreName } from '../../lib/storage/signal';

/** Reads that end when the test says so, each with one row that names it. */

let under: { store: StoreName; end: (row: string) => void; fail: () => void }[] = [];

const empty = Object.fromEntries(watched.map((store) => [store, []])) as unknown as Snapshot;

const endRead = async (store: StoreName, row: string) => {
  const at = under.findIndex((one) => one.store === store);
  const [read] = under.splice(at, 1);
  await act(async () => read?.end(row));
};

const changed = async (...stores: StoreName[]) => {
  const wanted = under.length + stores.length;
  for (const store of stores) announce(store);
  await vi.waitFor(() => expect(under).toHaveLength(wanted));
};

const drawn = async () => {
  const { result } = renderHook(() => useRows(empty));
  for (const store of watched) await endRead(store, 'first');
  return result;
};

beforeEach(() => {
  under = [];
  vi.spyOn(stored, 'all').mockImplementation(
    (store) =>
      new Promise((done, fail) => {
        under.push({ store, end: (row) => done([row] as never), fail: () => fail(new Error('unreadable')) });
      }),
  );
});

test('what changes together is drawn together, however long each read takes', async () => {
  const result = await drawn();
  await changed('deliveries', 'captures');
  await endRead('captures', 'sent');
  expect(result.current.captures).toEqual(['first']);
  await endRead('deliveries', 'new');
  expect(result.current).toMatchObject({ captures: ['sent'], deliveries: ['new'] });
});

test('an older read does not overwrite a newer one', async () => {
  const result = await drawn();
  await changed('captures', 'captures');
  const [older] = under;
  under.shift();
  await endRead('captures', 'newer');
  await act(async () => older?.end('older'));
  expect(result.current.captures).toEqual(['newer']);
});

test('a store that cannot be read stays as it is, and holds up no other', async () => {
  const result = await drawn();
  await changed('captures', 'deliveries');
  const [failing] = under.splice(0, 1);
  await act(async () => failing?.fail());
  await endRead('deliveries', 'new');
  expect(result.current).toMatchObject({ captures: ['first'], deliveries: ['new'] });
});

test('where change follows change, what was read does not wait for long', async () => {
  const result = await drawn();
  let now = 1;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  await changed('captures', 'destinations');
  await endRead('captures', 'seen');
  await changed('destinations');
  now = 150;
  await endRead('destinations', 'one');
  expect(result.current.captures).toEqual(['first']);
  await changed('destinations');
  now = 250;
  await endRead('destinations', 'two');
  expect(result.current.captures).toEqual(['seen']);
});
