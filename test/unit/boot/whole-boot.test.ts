import { openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { boot } from '../../../lib/boot/boot';
import { WAKE_ALARM } from '../../../lib/health/alarm';
import { checkRowsWith, closeDatabase, noticeVanished, rows } from '../../../lib/storage/database';
import { isSoundRow } from '../../../lib/storage/schemas';
import { listSecrets } from '../../../lib/vault/vault';
import { delivery, destination, workspace } from '../health/rows';
import { anyRow, damagesOf, stores } from '../storage/any-row';

/** The true steps of a wake over true rows, with a browser that is played and no network. */

let bugs: string[];
let badge: string | undefined;

beforeEach(async () => {
  bugs = [];
  badge = undefined;
  vi.spyOn(console, 'error').mockImplementation((text: string) => void bugs.push(text));
  vi.stubGlobal('navigator', {
    language: 'en-GB',
    onLine: false,
    locks: { request: (_name: string, task: () => unknown) => task() },
  });
  const nothing = async (): Promise<void> => undefined;
  Object.assign(fakeBrowser.action, {
    setBadgeText: async ({ tabId, text }: { tabId?: number; text: string }) => {
      if (tabId === undefined) badge = text;
    },
    setBadgeBackgroundColor: nothing,
    setBadgeTextColor: nothing,
    setTitle: nothing,
  });
  Object.assign(fakeBrowser, { contextMenus: { update: nothing } });
  Object.assign(fakeBrowser.permissions, { contains: async () => false });
  Object.assign(fakeBrowser.tabs, { query: async () => [] });
  checkRowsWith(isSoundRow);
  await closeDatabase({ remove: true });
  await noticeVanished();
});
afterEach(() => closeDatabase({ remove: true }));

it('goes on whatever each store holds: nothing that can be read is lost, and all else is told', async () => {
  const own = [
    workspace({ id: 'mine' }),
    destination({}, { key: 'mine/dst_1', workspaceId: 'mine' }),
  ] as const;
  await rows.put('workspaces', own[0]);
  await rows.put('destinations', own[1]);
  const database = await openDB('upstack-capture');
  let damaged = 0;
  for (const store of stores.filter((one) => one !== 'quarantine')) {
    const some = damagesOf(store, anyRow(store, 3)).filter(({ row }) => !isSoundRow(store, row));
    const [first] = some;
    if (first) await database.put(store, first.row);
    damaged += 1;
  }
  database.close();

  await boot();
  expect(bugs).toEqual([]);
  expect(await rows.all('workspaces')).toMatchObject([{ id: 'mine' }]);
  expect(await rows.all('destinations')).toMatchObject([{ key: 'mine/dst_1' }]);
  // Some stores are not read at a wake but by pages: these ask, and pages cannot move a row.
  for (const store of stores) await rows.all(store);
  expect(await rows.all('quarantine')).toHaveLength(damaged);
  expect(await fakeBrowser.alarms.get(WAKE_ALARM)).toBeDefined();
  expect(badge).toBeDefined();
});

it('drops the secret of a capture whose row cannot be read, and tells of it', async () => {
  const fingerprint = 'sha256:0123456789abcdef';
  const expiresAt = Date.now() + 60_000;
  await fakeBrowser.storage.session.set({ [`secret:${fingerprint}`]: { value: 'x'.repeat(40), expiresAt } });
  const database = await openDB('upstack-capture');
  await database.put('captures', { ...anyRow('captures', 1), v: 2 });
  database.close();
  expect(await listSecrets()).toHaveLength(1);
  await boot();
  expect(await listSecrets()).toEqual([]);
  expect(await rows.all('quarantine')).toMatchObject([{ store: 'captures' }]);
});

it('tells a step that cannot be done, and takes the others', async () => {
  Object.assign(fakeBrowser.tabs, { query: () => Promise.reject(new Error('broken')) });
  await rows.put('pages', anyRow('pages', 1) as never);
  await boot();
  expect(bugs).toEqual(['Upstack Capture: dropClosedPages failed']);
  expect(badge).toBeDefined();
});

it('takes every step for an agency with 200 destinations, and tells how long it took', async () => {
  for (let w = 0; w < 50; w += 1) {
    const id = `w${w}`;
    await rows.put('workspaces', workspace({ id, poll: { nextAt: Date.now() + 3_600_000, misses: 0 } }));
    for (let d = 0; d < 4; d += 1) {
      await rows.put('destinations', destination({}, { key: `${id}/d${d}`, id: `d${d}`, workspaceId: id }));
    }
    const settledAt = Date.now();
    await rows.put('deliveries', delivery({ id, state: 'settled', outcome: 'healthy', settledAt }));
  }
  const times: number[] = [];
  for (let run = 0; run < 40; run += 1) {
    const begun = performance.now();
    await boot();
    times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  const p95 = times[Math.floor(times.length * 0.95)] ?? Number.NaN;
  console.log(`  boot: median ${times[20]?.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
  expect(bugs).toEqual([]);
});
