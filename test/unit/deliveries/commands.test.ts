import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  dismiss,
  keepIds,
  place,
  retryNow,
  saved,
  send,
  undoDismiss,
  withdraw,
} from '../../../lib/deliveries/deliveries';
import { cardId } from '../../../lib/destinations/destination';
import { closeDatabase, rows } from '../../../lib/storage/database';
import type { Delivery, SeenDashboard } from '../../../lib/storage/rows';
import { capture, delivery as someDelivery, workspace } from '../health/rows';
import { justBeforeChange } from '../just-before';

/** What a person may ask of a delivery, over true rows and a browser that is played. The network does not answer. */

const FINGERPRINT = 'sha256:0123456789abcdef';
const TOKEN = 'x'.repeat(40);
const tab = { id: 7, url: 'https://app.upstackdata.com/pixel/event-destinations', windowId: 1 };

let calls: string[];
/** What was put into the page, and what the page says of it. */
let placed: unknown[];
let page: unknown;
let tabs: { id: number; url: string }[];

beforeEach(async () => {
  calls = [];
  placed = [];
  page = { ok: true };
  tabs = [tab];
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: (_name: string, task: () => unknown) => task() },
  });
  vi.stubGlobal('fetch', async (url: string) => {
    calls.push(url);
    throw new TypeError('There is no network here');
  });
  Object.assign(fakeBrowser.permissions, { contains: async () => true });
  Object.assign(fakeBrowser.tabs, { query: async () => tabs, update: async () => undefined });
  Object.assign(fakeBrowser.windows, { update: async () => undefined });
  Object.assign(fakeBrowser, {
    scripting: {
      executeScript: async ({ args }: { args: unknown[] }) => {
        placed.push(args);
        return [{ result: page }];
      },
    },
  });
  const kept = { value: TOKEN, expiresAt: Date.now() + 60_000 };
  await fakeBrowser.storage.session.set({ [`secret:${FINGERPRINT}`]: kept });
});
afterEach(() => closeDatabase({ remove: true }));

const put = async (changes: Partial<Delivery> = {}): Promise<string> => {
  const { savedAt: _savedAt, destinationId: _id, ...unsaved } = someDelivery();
  await rows.put('deliveries', { ...unsaved, route: 'dashboard', ...changes });
  return unsaved.id;
};
const theDelivery = () => rows.get('deliveries', 'd1');
const waits = { state: 'waiting', until: Date.now() + 600_000, problem: { kind: 'timeout' } } as const;
const theirs = { state: 'person', turn: { step: 'save', cards: 0 } } as const;

const shown = (changes: Partial<SeenDashboard> = {}) =>
  rows.put('dashboards', { v: 1, tabId: 7, page: 'p', cards: [], at: Date.now(), ...changes });

describe('“Try again now”', () => {
  it('does not wait any longer', async () => {
    await rows.put('workspaces', workspace({ route: 'dashboard' }));
    const id = await put(waits);
    expect(await retryNow(id)).toEqual({ ok: true, id });
    await vi.waitFor(async () => expect(await theDelivery()).toMatchObject({ state: 'person' }));
  });

  it('begins anew what was theirs, and leaves alone what goes on by itself', async () => {
    await rows.put('workspaces', workspace({ route: 'dashboard' }));
    const id = await put({ ...theirs, turn: { step: 'unfit', faults: [] } });
    expect(await retryNow(id)).toEqual({ ok: true, id });
    await vi.waitFor(async () => expect(await theDelivery()).toMatchObject({ turn: { step: 'open' } }));
    await put({ state: 'verifying', savedAt: Date.now(), destinationId: 'dst_1' });
    const before = await theDelivery();
    expect(await retryNow(id)).toEqual({ ok: true, id });
    expect(await theDelivery()).toEqual(before);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await retryNow('nobody')).toEqual({ ok: false, code: 'gone' });
  });
});

describe('“It is saved”', () => {
  it('counts for a delivery that was theirs, under the name of the card that is there', async () => {
    await rows.put('workspaces', workspace({ route: 'dashboard' }));
    await rows.put('captures', capture({ state: 'sent', expiresAt: Date.now() + 60_000 }));
    const id = await put(theirs);
    await shown({ cards: [{ platform: 'reddit', name: 'Mine', state: 'pending' }] });
    expect(await saved(id)).toEqual({ ok: true, id });
    const destinationId = cardId('reddit', 'Mine');
    expect(await theDelivery()).toMatchObject({ state: 'verifying', destinationId });
    expect(await rows.all('destinations')).toMatchObject([{ id: destinationId, name: 'Mine' }]);
    expect(await fakeBrowser.storage.session.get(null)).toEqual({});
  });

  it('counts without any card, under the name that it was to have', async () => {
    await rows.put('workspaces', workspace({ route: 'dashboard' }));
    const id = await put({ ...theirs, name: 'Reddit · a2_x' });
    expect(await saved(id)).toEqual({ ok: true, id });
    expect(await rows.all('destinations')).toMatchObject([{ name: 'Reddit · a2_x' }]);
  });

  it('of a rotation counts under the name that the destination has', async () => {
    const destinationId = cardId('reddit', 'Known');
    await rows.put('workspaces', workspace({ route: 'dashboard' }));
    const health = { state: 'healthy', confirmedAt: 1 } as const;
    const known = { workspaceId: 'w1', type: 'reddit', name: 'Known', enabled: true, config: {}, health };
    await rows.put('destinations', {
      v: 1,
      key: `w1/${destinationId}`,
      id: destinationId,
      token: { isSet: true },
      ...known,
    });
    const id = await put({ ...theirs, job: 'rotate', destinationId });
    expect(await saved(id)).toEqual({ ok: true, id });
    expect(await rows.all('destinations')).toMatchObject([
      { name: 'Known', token: { fingerprint: FINGERPRINT } },
    ]);
  });

  it.each([
    ['that nobody knows', undefined],
    ['that waits for something else', waits],
    ['through the API, where Upstack says so itself', { ...theirs, route: 'api' }],
  ] as const)('does not count for a delivery %s', async (_which, changes) => {
    if (changes) await put(changes);
    const before = await theDelivery();
    expect(await saved('d1')).toEqual({ ok: false, code: 'gone' });
    expect(await theDelivery()).toEqual(before);
  });
});

it('“It is saved” adds nothing to what they have taken back in another window just then', async () => {
  await rows.put('workspaces', workspace({ route: 'dashboard' }));
  const id = await put(theirs);
  justBeforeChange(() => withdraw(id));
  expect(await saved(id)).toEqual({ ok: true, id });
  expect(await theDelivery()).toMatchObject({ outcome: 'withdrawn' });
});

describe('“I will not do it”', () => {
  it('takes back what was theirs, and nothing else', async () => {
    await rows.put('workspaces', workspace({ route: 'dashboard' }));
    const id = await put(theirs);
    expect(await withdraw(id)).toEqual({ ok: true, id });
    expect(await theDelivery()).toMatchObject({ outcome: 'withdrawn', dismissed: true });
    await put(waits);
    expect(await withdraw(id)).toEqual({ ok: false, code: 'gone' });
    expect(await withdraw('nobody')).toEqual({ ok: false, code: 'gone' });
  });
});

describe('“Leave the ids”', () => {
  it('ends a rotation whose ids were refused, and nothing else', async () => {
    await rows.put('workspaces', workspace());
    const from = { pixelId: 'a2_000000000000' };
    const id = await put({
      state: 'person',
      route: 'api',
      job: 'rotate',
      from,
      tokenSavedAt: Date.now(),
      destinationId: 'dst_1',
      problem: { kind: 'invalidRequest' },
    });
    expect(await keepIds(id)).toEqual({ ok: true, id });
    expect(await theDelivery()).toMatchObject({ state: 'verifying', idsKept: true, config: from });
    await put(theirs);
    expect(await keepIds(id)).toEqual({ ok: false, code: 'gone' });
    expect(await keepIds('nobody')).toEqual({ ok: false, code: 'gone' });
  });
});

describe('one value by hand', () => {
  it('goes into the field that they have chosen: the token, or an id', async () => {
    const id = await put(theirs);
    await shown();
    expect(await place(id, 'conversionToken')).toEqual({ ok: true, id });
    expect(await place(id, 'pixelId')).toEqual({ ok: true, id });
    expect(placed).toEqual([
      [TOKEN, true],
      ['a2_abcdefghijkl', false],
    ]);
  });

  it.each([
    ['the page refuses it', { ok: false, faults: [{ code: 'closed' }] }, [tab]],
    ['the page does not answer', undefined, [tab]],
    ['the tab has gone elsewhere', { ok: true }, [{ id: 7, url: 'https://evil.example/' }]],
    ['the tab is closed', { ok: true }, []],
  ])('is not ready where %s', async (_what, says, open) => {
    const id = await put(theirs);
    await shown();
    page = says;
    tabs = open;
    expect(await place(id, 'conversionToken')).toEqual({ ok: false, code: 'notReady' });
  });

  it('is not ready where no dashboard was seen, or it has no such value', async () => {
    const id = await put(theirs);
    expect(await place(id, 'conversionToken')).toEqual({ ok: false, code: 'notReady' });
    await shown();
    expect(await place(id, 'nothing')).toEqual({ ok: false, code: 'notReady' });
    expect(placed).toEqual([]);
  });

  it('is gone with the secret, and is not theirs through the API or in another state', async () => {
    expect(await place('nobody', 'conversionToken')).toEqual({ ok: false, code: 'gone' });
    await put(waits);
    expect(await place('d1', 'conversionToken')).toEqual({ ok: false, code: 'gone' });
    await put({ ...theirs, route: 'api' });
    expect(await place('d1', 'conversionToken')).toEqual({ ok: false, code: 'notReady' });
    await put(theirs);
    await fakeBrowser.storage.session.clear();
    expect(await place('d1', 'conversionToken')).toEqual({ ok: false, code: 'gone' });
    expect(placed).toEqual([]);
  });
});

describe('“Got it”', () => {
  it('is taken for an end, and for nothing that goes on', async () => {
    const id = await put({ state: 'settled', outcome: 'rejected', settledAt: 1 });
    expect(await dismiss(id)).toEqual({ ok: true, id });
    expect((await theDelivery())?.dismissed).toBe(true);
    await put(waits);
    expect(await dismiss(id)).toEqual({ ok: false, code: 'busy' });
    expect(await dismiss('nobody')).toEqual({ ok: false, code: 'gone' });
  });

  it('is taken back within ten seconds, and not what nobody has put away', async () => {
    const now = 50_000;
    vi.useFakeTimers({ now, toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const ended = { state: 'settled', outcome: 'lost', settledAt: 1 } as const;
    const id = await put(ended);
    const before = await theDelivery();
    expect(await undoDismiss(id)).toEqual({ ok: false, code: 'gone' });
    await dismiss(id);
    vi.setSystemTime(now + 9_999);
    expect(await undoDismiss(id)).toEqual({ ok: true, id });
    expect(await theDelivery()).toEqual(before);
    await dismiss(id);
    vi.setSystemTime(now + 19_999);
    expect(await undoDismiss(id)).toEqual({ ok: false, code: 'gone' });
    expect(await theDelivery()).toMatchObject({ dismissed: true });
    // Ended by a withdrawal, which leads elsewhere.
    await put({ ...ended, outcome: 'withdrawn', dismissed: true });
    expect(await undoDismiss(id)).toEqual({ ok: false, code: 'gone' });
  });
});

it('nothing is sent of a capture that is not there', async () => {
  expect(await send('nobody')).toEqual({ ok: false, code: 'gone' });
  expect(calls).toEqual([]);
});
