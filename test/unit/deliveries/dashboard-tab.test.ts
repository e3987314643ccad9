import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Secret } from '../../../lib/credentials/secret';
import {
  browserDashboard,
  lookAtDashboards,
  showDashboard,
  watchDashboard,
} from '../../../lib/deliveries/routes/dashboard-tab';
import { closeDatabase, rows } from '../../../lib/storage/database';

/** The browser's tabs and scripts are played; what runs inside the page is run here, over a dashboard of ours. */

interface Injection {
  target: { tabId: number };
  func?: (...args: unknown[]) => Promise<unknown>;
  args?: unknown[];
  files?: string[];
}

const DASHBOARD = 'https://app.upstackdata.com/pixel/event-destinations';
const TOKEN = 'a token of a test';

let allowed: boolean;
let tabs: { id?: number; url?: string; windowId?: number }[];
let registered: { id: string }[];
let done: string[];
let breaks: boolean;
/** What our script in the page was asked to write. */
let written: unknown[];

const there = globalThis as { upstackDashboard?: unknown };

beforeEach(() => {
  allowed = true;
  tabs = [{ id: 7, url: DASHBOARD, windowId: 1 }];
  registered = [];
  done = [];
  written = [];
  breaks = false;
  there.upstackDashboard = {
    fill: (order: unknown) => {
      written.push(order);
      return { ok: true };
    },
    place: (...order: unknown[]) => {
      written.push(order);
      return { ok: true };
    },
  };
  Object.assign(fakeBrowser.permissions, { contains: async () => allowed });
  Object.assign(fakeBrowser.tabs, {
    query: async () => tabs,
    create: async ({ url }: { url: string }) => done.push(`opened ${url}`),
    update: async (id: number) => done.push(`showed tab ${id}`),
  });
  Object.assign(fakeBrowser.windows, { update: async (id: number) => done.push(`showed window ${id}`) });
  Object.assign(fakeBrowser, {
    scripting: {
      executeScript: async ({ target, func, args = [], files }: Injection) => {
        if (breaks) throw new Error('The tab has crashed.');
        done.push(`ran ${files ?? 'a function'} in ${target.tabId}`);
        const result = await func?.(...args);
        return result === undefined ? [] : [{ result }];
      },
      getRegisteredContentScripts: async () => registered,
      registerContentScripts: async (scripts: { id: string }[]) => registered.push(...scripts),
    },
  });
});
afterEach(async () => {
  delete there.upstackDashboard;
  await closeDatabase({ remove: true });
});

const order = {
  job: 'create',
  platform: 'reddit',
  ids: { pixelId: 'a2_abcdefghijkl' },
  secretKind: 'conversionToken',
  secret: Secret.of(TOKEN),
} as const;

const UNREACHABLE = { ok: false, faults: [{ code: 'unreachable' }] };
const ELSEWHERE = { ok: false, faults: [{ code: 'elsewhere' }] };

describe('what is written into the page', () => {
  it('is every value by its kind, the token opened at this one place', async () => {
    expect(await browserDashboard.fill(7, order)).toEqual({ ok: true });
    expect(written).toEqual([
      {
        job: 'create',
        platform: 'reddit',
        values: { pixelId: 'a2_abcdefghijkl', conversionToken: TOKEN },
      },
    ]);
  });

  it('is one value by hand, with word of whether it is the token', async () => {
    expect(await browserDashboard.place(7, Secret.of(TOKEN))).toEqual({ ok: true });
    expect(await browserDashboard.place(7, 'a2_abcdefghijkl')).toEqual({ ok: true });
    expect(written).toEqual([
      [TOKEN, true],
      ['a2_abcdefghijkl', false],
    ]);
  });

  it.each([
    ['has gone to a look-alike', { id: 7, url: 'https://app.upstackdata.com.evil.example/pixel' }],
    ['has gone to another port', { id: 7, url: 'https://app.upstackdata.com:8443/pixel' }],
    ['does not say where it is', { id: 7 }],
    ['is another one', { id: 8, url: DASHBOARD }],
  ])('is nothing where the tab %s', async (_what, tab) => {
    tabs = [tab];
    expect(await browserDashboard.fill(7, order)).toEqual(ELSEWHERE);
    expect(await browserDashboard.place(7, Secret.of(TOKEN))).toEqual(ELSEWHERE);
    expect(done).toEqual([]);
  });

  it('is nothing where our script is not there, or the tab has crashed', async () => {
    delete there.upstackDashboard;
    expect(await browserDashboard.fill(7, order)).toEqual(UNREACHABLE);
    expect(await browserDashboard.place(7, Secret.of(TOKEN))).toEqual(UNREACHABLE);
    breaks = true;
    expect(await browserDashboard.fill(7, order)).toEqual(UNREACHABLE);
    expect(await browserDashboard.place(7, Secret.of(TOKEN))).toEqual(UNREACHABLE);
  });
});

describe('bringing it to the front', () => {
  it('takes the tab that was meant, else any in which it is open', async () => {
    tabs = [...tabs, { id: 8, url: DASHBOARD }];
    await showDashboard(8);
    await browserDashboard.show(99);
    expect(done).toEqual(['showed tab 8', 'showed tab 7', 'showed window 1']);
  });

  it.each([
    ['it is open nowhere', true, []],
    ['its tab has no number', true, [{ url: DASHBOARD }]],
    ['we may not see where it is', false, [{ id: 7, url: DASHBOARD }]],
  ])('opens a new one where %s', async (_why, mayLook, open) => {
    allowed = mayLook;
    tabs = open;
    await showDashboard();
    expect(done).toEqual([`opened ${DASHBOARD}`]);
  });
});

describe('our script there', () => {
  it('is put there for later, once, and now where it is open', async () => {
    tabs = [...tabs, { url: DASHBOARD }, { id: 9, url: 'https://app.upstackdata.com.evil.example/' }];
    await watchDashboard();
    await watchDashboard();
    expect(registered).toMatchObject([
      { id: 'dashboard', matches: ['https://app.upstackdata.com/*'], allFrames: false },
    ]);
    expect(done).toEqual(['ran /dashboard.js in 7']);
  });

  it('is not, without access; a tab that has crashed does not matter', async () => {
    allowed = false;
    await watchDashboard();
    await lookAtDashboards();
    expect([registered, done]).toEqual([[], []]);
    allowed = true;
    breaks = true;
    await expect(lookAtDashboards()).resolves.toBeUndefined();
  });
});

it('what it has shown is given with the newest first, and what is known by workspace', async () => {
  for (const [tabId, at] of [
    [1, 5],
    [2, 9],
  ] as const) {
    await rows.put('dashboards', { v: 1, tabId, page: 'p', cards: [], at });
  }
  expect((await browserDashboard.seen()).map(({ tabId }) => tabId)).toEqual([2, 1]);
  for (const workspaceId of ['w1', 'w2']) {
    await rows.put('destinations', {
      v: 1,
      key: `${workspaceId}/d`,
      id: 'd',
      workspaceId,
      type: 'reddit',
      name: 'Any',
      enabled: true,
      config: {},
      token: { isSet: true },
      health: { state: 'pending', confirmedAt: 1 },
    });
  }
  expect((await browserDashboard.known('w2')).map(({ key }) => key)).toEqual(['w2/d']);
  expect(Math.abs(browserDashboard.now() - Date.now())).toBeLessThan(1000);
});
