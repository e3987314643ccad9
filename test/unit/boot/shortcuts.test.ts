import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { onShortcut } from '../../../lib/boot/shortcuts';
import { closeDatabase, rows } from '../../../lib/storage/database';
import { keepKey } from '../../../lib/workspaces/keys';
import { destination, NOW, workspace } from '../health/rows';
import { health, json, problem, destination as told } from '../upstack/network';

/** The Upstack pixels that were asked about, by the last word of the path. */
let asked: string[];
let opened: string[];
let panel: ReturnType<typeof vi.fn>;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  asked = [];
  opened = [];
  panel = vi.fn(async () => {});
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: (_name: string, task: () => unknown) => task() },
  });
  vi.stubGlobal('fetch', async (url: string, init: { headers: Record<string, string> }) => {
    const path = new URL(url).pathname.split('/').at(-1);
    asked.push(`${init.headers['x-pixel-id']} ${path}`);
    if (path === 'event-destinations') return json({ destinations: [told()], nextCursor: null });
    if (path !== 'event-destination-health') return problem(404);
    return json({ items: [health()], checkedAt: new Date(NOW).toISOString(), pollAfterSeconds: 300 });
  });
  Object.assign(fakeBrowser, { sidePanel: { open: panel } });
  Object.assign(fakeBrowser.permissions, { contains: async () => false });
  vi.spyOn(browser.tabs, 'create').mockImplementation((async ({ url }: { url: string }) => {
    opened.push(url.slice(url.lastIndexOf('/')));
  }) as never);
});

afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

it('check-all looks at once at every workspace that can be asked, due or not, and at nothing else', async () => {
  const poll = { nextAt: NOW + 600_000, misses: 0 };
  const key = ['upstack', '0123456789abcdef'].join('_');
  for (const id of ['w1', 'w2', 'untried', 'byForm']) await keepKey(id, key, false);
  await rows.put('workspaces', workspace({ poll, pixelId: 'one' }));
  await rows.put('workspaces', workspace({ id: 'w2', poll, pixelId: 'two' }));
  const { testedAt: _never, ...untried } = workspace({ id: 'untried', poll, pixelId: 'three' });
  await rows.put('workspaces', untried);
  await rows.put('workspaces', workspace({ id: 'byForm', route: 'dashboard', poll, pixelId: 'four' }));
  await onShortcut('check-all', 1);
  const health = asked.filter((call) => call.endsWith('event-destination-health'));
  expect(health).toEqual(['one event-destination-health', 'two event-destination-health']);
  expect(asked.filter((call) => !/^(one|two) /.test(call))).toEqual([]);
  expect((await rows.all('destinations')).map(({ workspaceId }) => workspaceId)).toEqual(['w1', 'w2']);
});

it('copy-diagnosis shows what fell ill last, else what was checked last, where it can be copied', async () => {
  await onShortcut('copy-diagnosis', 1);
  expect(opened.splice(0)).toEqual(['/sidepanel.html#destinations']);

  const row = (id: string, changes: Parameters<typeof destination>[0], rest = {}) =>
    rows.put('destinations', destination(changes, { key: `w1/${id}`, id, ...rest }));
  await row('checked', { confirmedAt: NOW });
  await row('before', { confirmedAt: NOW - 1 });
  await onShortcut('copy-diagnosis', 1);
  await row('ill', { state: 'unhealthy', illSince: NOW - 500, confirmedAt: NOW - 400 });
  await row('illBefore', { state: 'unhealthy', illSince: NOW - 900 });
  await row('gone', { state: 'unhealthy', illSince: NOW }, { goneAt: NOW });
  await onShortcut('copy-diagnosis', 1);
  expect(opened).toEqual(
    ['w1/checked', 'w1/ill'].map((key) => `/sidepanel.html#destination=${encodeURIComponent(key)}`),
  );
});

it('open-panel opens it in the window of the key, without waiting for anything before', () => {
  void onShortcut('open-panel', 3);
  expect(panel).toHaveBeenCalledWith({ windowId: 3 });
});

it('any other name, and a panel without a window, do nothing', async () => {
  await onShortcut('open-panel', undefined);
  await onShortcut('_execute_action', 3);
  expect([panel.mock.calls, opened, asked]).toEqual([[], [], []]);
});
