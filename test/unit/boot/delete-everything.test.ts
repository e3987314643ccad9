import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteEverything } from '../../../lib/boot/delete-everything';
import { closeDatabase, noticeVanished, rows } from '../../../lib/storage/database';
import { changeSettings, readSettings, usualSettings } from '../../../lib/storage/settings';
import type { StoreName } from '../../../lib/storage/signal';
import { takeOffer } from '../../../lib/vault/captures';
import { keepKey, keyOf } from '../../../lib/workspaces/keys';
import { redditConversionToken } from '../../sandbox/tokens';
import { delivery, destination, workspace } from '../health/rows';
import { held, offerOf } from '../vault/story';

beforeEach(async () => {
  await noticeVanished();
  await rows.put('workspaces', workspace());
  await rows.put('destinations', destination());
  await changeSettings({ look: 'dark' });
  await keepKey('w1', 'remembered', true);
  await keepKey('w2', 'for the session', false);
});
afterEach(async () => {
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

const stores: StoreName[] = ['captures', 'deliveries', 'destinations', 'workspaces', 'history', 'settings'];
const left = async (): Promise<number> => {
  const counts = await Promise.all(stores.map(async (store) => (await rows.all(store)).length));
  return counts.reduce((sum, count) => sum + count, 0);
};

it('deletes rows, keys and settings, and is not taken for a loss', async () => {
  expect(await left()).toBeGreaterThan(0);
  expect(await deleteEverything(false)).toEqual({ ok: true });
  expect(await left()).toBe(0);
  expect([await keyOf('w1'), await keyOf('w2')]).toEqual([undefined, undefined]);
  expect(await readSettings()).toEqual(usualSettings);
  expect(await noticeVanished()).toBe(false);
});

it('asks first while a token waits, and takes it along when it is meant', async () => {
  await takeOffer(offerOf(redditConversionToken()), 7);
  expect(await deleteEverything(false)).toEqual({ ok: false, code: 'busy' });
  expect(await held()).toHaveLength(1);
  expect(await keyOf('w1')).toBeDefined();
  expect(await deleteEverything(true)).toEqual({ ok: true });
  expect([await left(), await held()]).toEqual([0, []]);
});

it('asks first while a send is on its way', async () => {
  await rows.put('deliveries', delivery({ state: 'waiting' }));
  expect(await deleteEverything(false)).toEqual({ ok: false, code: 'busy' });
  await rows.put('deliveries', delivery({ state: 'settled', outcome: 'healthy' }));
  expect(await deleteEverything(false)).toEqual({ ok: true });
});
