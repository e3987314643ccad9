import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeClick, judgeSender, originOf, type Sender } from '../../../lib/messages/gate';
import { platforms } from '../../../lib/platforms/index';

const dashboardOrigin = 'https://app.upstackdata.com';
const self = { id: 'our-id', baseUrl: 'chrome-extension://our-id/', dashboardOrigin };
const origins = platforms.flatMap((platform) => platform.origins);
const [console_ = ''] = origins;

const fromConsole: Sender = {
  id: self.id,
  origin: console_,
  url: `${console_}/account/a/dashboard`,
  frameId: 0,
  documentLifecycle: 'active',
  tab: { id: 7, url: `${console_}/account/a/dashboard` },
};
const fromDashboard: Sender = {
  ...fromConsole,
  origin: dashboardOrigin,
  url: `${dashboardOrigin}/pixel/event-destinations`,
  tab: { id: 7, url: `${dashboardOrigin}/pixel/event-destinations` },
};
const fromOurs: Sender = {
  id: self.id,
  origin: 'chrome-extension://our-id',
  url: 'chrome-extension://our-id/popup.html',
};

describe('lets through', () => {
  test.each(origins)('the top frame of %s', (origin) => {
    const url = `${origin}/any`;
    expect(judgeSender({ ...fromConsole, origin, url, tab: { id: 7, url } }, self)).toEqual({
      from: 'console',
      tabId: 7,
      platform: platforms.find((platform) => platform.origins.includes(origin))?.id,
    });
  });

  test("the top frame of Upstack's dashboard, as what it is", () => {
    expect(judgeSender(fromDashboard, self)).toEqual({ from: 'dashboard', tabId: 7 });
  });

  test('the first tab of all', () => {
    expect(judgeSender({ ...fromConsole, tab: { id: 0, url: fromConsole.url } }, self)).toMatchObject({
      tabId: 0,
    });
  });

  test('a browser that stamps neither origin nor lifecycle', () => {
    const { origin: _origin, documentLifecycle: _lifecycle, ...bare } = fromConsole;
    expect(judgeSender(bare, self).from).toBe('console');
    expect(judgeSender({ id: self.id, url: fromOurs.url }, self).from).toBe('ours');
  });

  test('our pages, in a popup and in a tab', () => {
    expect(judgeSender(fromOurs, self)).toEqual({ from: 'ours' });
    const tab = { id: 9, url: 'chrome-extension://our-id/options.html' };
    expect(judgeSender({ ...fromOurs, frameId: 0, tab }, self)).toEqual({ from: 'ours' });
    const firefox = { ...self, baseUrl: 'moz-extension://1b2c/' };
    const url = 'moz-extension://1b2c/popup.html';
    expect(judgeSender({ id: self.id, origin: 'moz-extension://1b2c', url }, firefox).from).toBe('ours');
  });
});

test('an address without a host has no origin', () => {
  expect(originOf('https://ads.example:8443/path')).toBe('https://ads.example:8443');
  for (const address of ['data:text/html,x', 'about:srcdoc', 'file:///etc/hosts', 'nonsense', '', undefined])
    expect(originOf(address)).toBeUndefined();
});

describe('takes for a stranger', () => {
  const host = new URL(console_).host;
  const wrong: Record<string, Sender> = {
    'another extension': { ...fromConsole, id: 'other-id' },
    'a sender without id': { ...fromConsole, id: undefined },
    'a sandboxed frame': { ...fromConsole, origin: 'null' },
    'a frame in the page': { ...fromConsole, frameId: 3 },
    'a sender without frame': { ...fromConsole, frameId: undefined },
    'a frame that a stranger holds': { ...fromConsole, tab: { id: 7, url: 'https://evil.example/' } },
    'a sender without tab': { ...fromConsole, tab: undefined },
    'a tab without address': { ...fromConsole, tab: { id: 7 } },
    'a tab without number': { ...fromConsole, tab: { id: -1, url: fromConsole.url } },
    'a page in the back/forward cache': { ...fromConsole, documentLifecycle: 'cached' },
    'a page that is prerendered': { ...fromConsole, documentLifecycle: 'prerender' },
    'an address of another origin': { ...fromConsole, url: 'https://evil.example/' },
    'a frame in our page': { ...fromOurs, frameId: 2 },
    'an origin that is only like ours': { ...fromOurs, origin: 'chrome-extension://our-id.evil' },
    'our address under a foreign origin': { ...fromOurs, origin: 'https://evil.example' },
    'our origin under a foreign address': { ...fromOurs, url: 'https://evil.example/' },
    nobody: {},
  };
  test.each(Object.keys(wrong))('%s', (name) => {
    expect(judgeSender(wrong[name] ?? {}, self)).toEqual({ from: 'stranger' });
  });

  test.each([
    `https://${host}:9999`,
    `https://${host}.`,
    `https://${host}.evil.example`,
    `https://evil.${host}`,
    `https://${host.replace('.', '-')}`,
    `http://${host}`,
    `https://${host.toUpperCase()}x`,
    `https://${host.replace('a', 'а')}`, // Cyrillic
    `blob:https://${host}`,
    `view-source:https://${host}`,
    `filesystem:https://${host}`,
    `data:text/html,https://${host}`,
    'about:srcdoc',
    'null',
    '',
  ])('the origin %s', (origin) => {
    const url = `${origin}/path`;
    for (const stamped of [origin, originOf(url)]) {
      const sender = { ...fromConsole, origin: stamped, url, tab: { id: 7, url } };
      expect(judgeSender(sender, self)).toEqual({ from: 'stranger' });
    }
  });

  test.each([
    `${dashboardOrigin}:9999`,
    `${dashboardOrigin}.`,
    `${dashboardOrigin}.evil.example`,
    dashboardOrigin.replace('https', 'http'),
    dashboardOrigin.replace('app.', 'app-'),
    dashboardOrigin.replace('app.', ''),
    dashboardOrigin.replace('app.', 'evil.app.'),
  ])('the origin %s, which is only like the dashboard', (origin) => {
    const url = `${origin}/pixel/event-destinations`;
    expect(judgeSender({ ...fromDashboard, origin, url, tab: { id: 7, url } }, self)).toEqual({
      from: 'stranger',
    });
    expect(judgeSender({ ...fromDashboard, tab: { id: 7, url } }, self)).toEqual({ from: 'stranger' });
  });
});

/** `npm run soak` forges a million. */
const FORGED = Number(process.env.FORGED_SENDERS ?? 100_000);

test(
  `${FORGED} forged senders: only those that are stamped right in every part are let through`,
  () => {
    const places = [
      console_,
      dashboardOrigin,
      `${dashboardOrigin}.evil.example`,
      'null',
      'https://evil.example',
      `${console_}.evil.example`,
      `${console_}:8443`,
      `${console_}.`,
      'chrome-extension://our-id',
      'chrome-extension://other-id',
      'blob:https://x',
      '',
      undefined,
    ];
    const address = fc.constantFrom(...places.map((place) => place && `${place}/x?y#z`), 'not an address');
    // Genuine senders with some of their parts exchanged: nearer to the mark than parts thrown together.
    const forgery = fc.record(
      {
        id: fc.constantFrom('other-id', '', undefined, self.id),
        origin: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...places) }, fc.string()),
        url: address,
        frameId: fc.constantFrom(0, 1, -1, undefined),
        documentLifecycle: fc.constantFrom(undefined, 'active', 'prerender', 'cached', 'pending_deletion'),
        tab: fc.option(fc.record({ id: fc.constantFrom(7, -1, undefined), url: address }), {
          nil: undefined,
        }),
      },
      { requiredKeys: [] },
    );
    const sender = fc
      .tuple(fc.constantFrom(fromConsole, fromDashboard, fromOurs), forgery)
      .map(([genuine, forged]): Sender => ({ ...genuine, ...forged }));
    const passed = { console: 0, dashboard: 0, ours: 0, stranger: 0 };
    const home = { console: console_, dashboard: dashboardOrigin, ours: 'chrome-extension://our-id' };
    fc.assert(
      fc.property(sender, (forged) => {
        const { from } = judgeSender(forged, self);
        passed[from] += 1;
        if (from === 'stranger') return;
        // Told anew here, in other words than the gate's.
        expect(forged.id).toBe(self.id);
        expect([undefined, 'active']).toContain(forged.documentLifecycle);
        const place = home[from];
        expect([place, undefined]).toContain(forged.origin);
        expect(forged.url?.startsWith(`${place}/`)).toBe(true);
        if (from !== 'ours') {
          expect(forged.frameId).toBe(0);
          expect(forged.tab?.id).toBe(7);
          expect(forged.tab?.url?.startsWith(`${place}/`)).toBe(true);
        }
      }),
      { numRuns: FORGED },
    );
    // The control: the forgeries came close enough for some to be no forgeries.
    expect(passed.console).toBeGreaterThan(10);
    expect(passed.dashboard).toBeGreaterThan(10);
    expect(passed.ours).toBeGreaterThan(10);
    expect(passed.stranger).toBeGreaterThan(FORGED / 2);
  },
  60_000 + FORGED,
);

describe('a click in our menu', () => {
  const url = `${console_}/account/a`;
  const tab = { id: 7, url };
  const platform = platforms[0]?.id;

  test.each(origins)('counts in the top frame of %s', (origin) => {
    const here = `${origin}/any`;
    expect(judgeClick({ frameId: 0, pageUrl: here }, { id: 7, url: here }).from).toBe('console');
  });

  test('says which platform and tab', () => {
    expect(judgeClick({ frameId: 0, pageUrl: url }, tab)).toEqual({ from: 'console', tabId: 7, platform });
    expect(judgeClick({ frameId: 0, pageUrl: url }, { ...tab, id: 0 })).toMatchObject({ tabId: 0 });
  });

  test.each([
    ['in a frame', { frameId: 3, pageUrl: url }, tab],
    ['in a frame that is not named', { pageUrl: url }, tab],
    ['in no tab', { frameId: 0, pageUrl: url }, undefined],
    ['in a tab without a number', { frameId: 0, pageUrl: url }, { url }],
    ['in a tab that is no tab', { frameId: 0, pageUrl: url }, { id: -1, url }],
    ['on another port', { frameId: 0, pageUrl: `${console_}:9999/` }, { id: 7, url: `${console_}:9999/` }],
    ['with a dot after the host', { frameId: 0, pageUrl: `${console_}./` }, { id: 7, url: `${console_}./` }],
    ['elsewhere, and says it is here', { frameId: 0, pageUrl: url }, { id: 7, url: 'https://evil.example/' }],
    ['here, and says it is elsewhere', { frameId: 0, pageUrl: 'https://evil.example/' }, tab],
    ["in Upstack's dashboard", { frameId: 0, pageUrl: dashboardOrigin }, { id: 7, url: dashboardOrigin }],
  ])('does not count %s', (_where, click, where) => {
    expect(judgeClick(click, where)).toEqual({ from: 'stranger' });
  });
});
