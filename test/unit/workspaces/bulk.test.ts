import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { closeDatabase, rows } from '../../../lib/storage/database';
import type { BulkAdd } from '../../../lib/storage/rows';
import { addMany, dismissMany, endDeadBulks } from '../../../lib/workspaces/bulk';
import { keyOf } from '../../../lib/workspaces/workspaces';
import { createLocks } from '../locks';
import { json, problem } from '../upstack/network';

const key = (name: string): string => ['upstack', `${name}0123456789`].join('_');
const pixel = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

beforeEach(() => {
  vi.stubGlobal('navigator', { onLine: true, locks: createLocks() });
  vi.spyOn(browser.runtime, 'getPlatformInfo').mockResolvedValue({} as never);
  vi.stubGlobal('fetch', async (_url: string, init: { headers: Record<string, string> }) =>
    init.headers['x-api-key'] === key('revoked')
      ? problem(401, 'key_invalid')
      : json({ destinations: [], nextCursor: null }),
  );
});

afterEach(async () => {
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

const pasted = async (text: string): Promise<BulkAdd> => {
  const { taken, done } = await addMany(text, true);
  await done;
  const row = taken.ok ? await rows.get('bulkAdds', taken.id) : undefined;
  if (!row) throw new Error('Not taken');
  return row;
};

const TWENTY = Array.from({ length: 20 }, (_, n) => `Client ${n},${key(`k${n}`)},${pixel(n)}`);

it('adds twenty and refuses one, with its line and reason', async () => {
  const row = await pasted(
    [...TWENTY.slice(0, 7), `Left,${key('revoked')},${pixel(99)}`, ...TWENTY.slice(7)].join('\n'),
  );
  expect(row).toMatchObject({
    lines: 21,
    added: 20,
    refused: [{ line: 8, name: 'Left', code: 'keyRefused' }],
  });
  expect(row.endedAt).toBeDefined();
  const workspaces = await rows.all('workspaces');
  expect(workspaces).toHaveLength(20);
  expect(workspaces.every(({ state }) => state === 'connected')).toBe(true);
  expect(workspaces.filter(({ active }) => active)).toHaveLength(1);
  const third = workspaces.find(({ name }) => name === 'Client 3');
  expect((await keyOf(third?.id ?? ''))?.reveal()).toBe(key('k3'));
});

it('refuses what is connected already, and leaves its key', async () => {
  await pasted(TWENTY[0] ?? '');
  const again = await pasted(`Other name,${key('other')},${pixel(0)}`);
  expect(again).toMatchObject({ added: 0, refused: [{ code: 'alreadyConnected' }] });
  const [only] = await rows.all('workspaces');
  expect(only?.name).toBe('Client 0');
  expect((await keyOf(only?.id ?? ''))?.reveal()).toBe(key('k0'));
});

it('keeps no key in any row', async () => {
  await pasted(
    [...TWENTY, `Left,${key('revoked')},${pixel(99)}`, `${key('slip')},Name,${pixel(98)}`].join('\n'),
  );
  const all = JSON.stringify([
    await rows.all('bulkAdds'),
    await rows.all('workspaces'),
    await rows.all('history'),
  ]);
  expect(all).toContain('Client 3');
  expect(all).not.toContain('upstack_');
});

it('takes nothing that says nothing, and forgets what was seen', async () => {
  expect((await addMany('name,key,pixel\n', true)).taken).toEqual({ ok: false, code: 'invalid' });
  const row = await pasted(TWENTY[0] ?? '');
  await dismissMany(row.id);
  expect(await rows.all('bulkAdds')).toEqual([]);
});

it('ends what a dead worker left, without a word about lines that were not tried', async () => {
  const open: BulkAdd = { v: 1, id: 'b', startedAt: 0, lines: 3, added: 1, refused: [] };
  await rows.put('bulkAdds', open);
  await endDeadBulks(2 * 60_000);
  expect((await rows.get('bulkAdds', 'b'))?.endedAt).toBeUndefined();
  await endDeadBulks(4 * 60_000);
  expect(await rows.get('bulkAdds', 'b')).toEqual({ ...open, endedAt: 4 * 60_000 });
});
