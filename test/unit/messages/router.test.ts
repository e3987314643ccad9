import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Command, CommandAnswer } from '../../../lib/messages/commands';
import type { Sender } from '../../../lib/messages/gate';
import {
  type CaptureOffer,
  type DashboardStatus,
  type PageMarks,
  type PageStatus,
  reportLimits,
} from '../../../lib/messages/reports';
import { type CommandTable, createRouter, type ReportTable, type Router } from '../../../lib/messages/router';
import { parseCommand, parseDashboardStatus, parseReport } from '../../../lib/messages/schemas';
import { platforms } from '../../../lib/platforms/index';

const dashboardOrigin = 'https://app.upstackdata.com';
const self = { id: 'our-id', baseUrl: 'chrome-extension://our-id/', dashboardOrigin };
const [platform] = platforms;
const url = `${platform?.origins[0]}/x`;
const fromConsole: Sender = {
  id: self.id,
  url,
  origin: new URL(url).origin,
  frameId: 0,
  tab: { id: 7, url },
};
const dashboardUrl = `${dashboardOrigin}/pixel/event-destinations`;
const fromDashboard: Sender = {
  ...fromConsole,
  url: dashboardUrl,
  origin: dashboardOrigin,
  tab: { id: 7, url: dashboardUrl },
};
const fromOurs: Sender = { id: self.id, url: `${self.baseUrl}popup.html` };
const stranger: Sender = { ...fromConsole, id: 'other-id' };

const offer: CaptureOffer = {
  type: 'capture.offer',
  platform: platform?.id ?? '',
  page: 'document-1',
  account: 'account',
  tokens: [{ kind: 'conversionToken', value: 'a token', gesture: true, warnings: ['lowContrast'] }],
  ids: [{ kind: 'pixelId', value: 'x', reasons: [{ code: 'label', label: 'Pixel ID' }], selected: false }],
};
const status: PageStatus = {
  type: 'page.status',
  platform: offer.platform,
  page: 'document-1',
  screen: 'events',
  ids: [],
};
const marks: PageMarks = {
  type: 'page.marks',
  platform: offer.platform,
  page: 'document-1',
  landmarks: ['tokenList'],
  names: ['Upstack Data'],
};

/** One of each. The compiler says if one is missing. */
const everyCommand: { [T in Command['type']]: Extract<Command, { type: T }> } = {
  ping: { type: 'ping' },
  'capture.draft': { type: 'capture.draft', platform: 'p' },
  'capture.readAgain': { type: 'capture.readAgain', tabId: 7 },
  'capture.paste': { type: 'capture.paste', captureId: 'c', kind: 'k', value: '  any\nthing ' },
  'capture.setId': { type: 'capture.setId', captureId: 'c', kind: 'k', value: '' },
  'capture.swapIds': { type: 'capture.swapIds', captureId: 'c' },
  'capture.chooseToken': {
    type: 'capture.chooseToken',
    captureId: 'c',
    fingerprint: 'sha256:0123456789abcdef',
  },
  'capture.tick': { type: 'capture.tick', captureId: 'c', tick: 'checked', on: true },
  'capture.chooseDestination': {
    type: 'capture.chooseDestination',
    captureId: 'c',
    workspaceId: 'w',
    destination: 'new',
  },
  'capture.confirmIds': {
    type: 'capture.confirmIds',
    captureId: 'c',
    workspaceId: 'w',
    destination: 'd',
    on: true,
  },
  'capture.discard': { type: 'capture.discard', captureId: 'c' },
  'capture.undoDiscard': { type: 'capture.undoDiscard', captureId: 'c' },
  'capture.undoDismiss': { type: 'capture.undoDismiss', captureId: 'c' },
  'capture.dismiss': { type: 'capture.dismiss', captureId: 'c' },
  'delivery.send': { type: 'delivery.send', captureId: 'c' },
  'delivery.retryNow': { type: 'delivery.retryNow', deliveryId: 'd' },
  'delivery.undoDismiss': { type: 'delivery.undoDismiss', deliveryId: 'd' },
  'delivery.dismiss': { type: 'delivery.dismiss', deliveryId: 'd' },
  'delivery.keepIds': { type: 'delivery.keepIds', deliveryId: 'd' },
  'delivery.place': { type: 'delivery.place', deliveryId: 'd', kind: 'k' },
  'delivery.saved': { type: 'delivery.saved', deliveryId: 'd' },
  'delivery.withdraw': { type: 'delivery.withdraw', deliveryId: 'd' },
  'workspace.useDashboard': { type: 'workspace.useDashboard', name: '' },
  'workspace.connect': {
    type: 'workspace.connect',
    apiKey: 'k',
    pixelId: 'p',
    name: '',
    remember: true,
  },
  'workspace.replaceKey': { type: 'workspace.replaceKey', workspaceId: 'w', apiKey: 'k' },
  'workspace.rename': { type: 'workspace.rename', workspaceId: 'w', name: 'n' },
  'workspace.recolour': { type: 'workspace.recolour', workspaceId: 'w', colour: 'grey' },
  'workspace.test': { type: 'workspace.test', workspaceId: 'w' },
  'workspace.undoDisconnect': { type: 'workspace.undoDisconnect', workspaceId: 'w' },
  'workspace.disconnect': { type: 'workspace.disconnect', workspaceId: 'w', force: false },
  'workspace.activate': { type: 'workspace.activate', workspaceId: 'w' },
  'workspace.addMany': { type: 'workspace.addMany', text: 'name,key,pixel', remember: true },
  'workspace.dismissMany': { type: 'workspace.dismissMany', bulkId: 'b' },
  'account.choose': { type: 'account.choose', account: 'p/a', destination: 'd' },
  'account.forget': { type: 'account.forget', account: 'p/a' },
  'reminder.done': { type: 'reminder.done', workspaceId: 'w', destinationId: 'd' },
  'reminder.later': { type: 'reminder.later', workspaceId: 'w', destinationId: 'd' },
  'destination.dismiss': { type: 'destination.dismiss', key: 'w/d' },
  'destination.undoDismiss': { type: 'destination.undoDismiss', key: 'w/d' },
  'destination.mute': { type: 'destination.mute', keys: ['w/d'], span: 'hour' },
  'sample.enter': { type: 'sample.enter' },
  'sample.leave': { type: 'sample.leave' },
  'settings.change': { type: 'settings.change', change: { look: 'dark' } },
  'alerts.pause': { type: 'alerts.pause', on: true },
  'quarantine.undoDismiss': { type: 'quarantine.undoDismiss' },
  'quarantine.dismiss': { type: 'quarantine.dismiss' },
  'everything.delete': { type: 'everything.delete', force: false },
  'health.checkAll': { type: 'health.checkAll' },
  'guide.start': {
    type: 'guide.start',
    platform: 'p',
    job: 'rotate',
    workspaceId: 'w',
    destinationId: 'd',
    reason: 'exposed',
  },
  'guide.stop': { type: 'guide.stop', platform: 'p' },
  'guide.follow': { type: 'guide.follow', tabId: 7 },
  'health.checkNow': { type: 'health.checkNow', workspaceId: 'w', destinationId: 'd' },
};

const optionalOf: Partial<Record<Command['type'], readonly string[]>> = {
  'account.choose': ['destination'],
  'health.checkNow': ['destinationId'],
  'guide.start': ['workspaceId', 'destinationId', 'reason'],
};

let ran: string[];
let router: Router;
let reports: ReportTable;
let commands: CommandTable;
let dashboard: Parameters<typeof createRouter>[1]['dashboard'];

beforeEach(() => {
  ran = [];
  const take = async ({ type }: { type: string }) => {
    ran.push(type);
    return { ok: true as const };
  };
  reports = { 'capture.offer': take, 'page.status': take, 'page.marks': take };
  commands = Object.fromEntries(
    Object.keys(everyCommand).map((type) => [type, take]),
  ) as unknown as CommandTable;
  dashboard = { 'dashboard.status': take };
  router = createRouter(self, { reports, dashboard, commands });
});

const seen: DashboardStatus = {
  type: 'dashboard.status',
  page: 'document-1',
  form: { platform: 'p', filled: false, faults: [{ code: 'missing', kind: 'k' }] },
  cards: [{ platform: 'p', name: 'Any', state: 'healthy' }],
};

/** What the sender hears; `silence` if nobody means to answer. */
const say = (message: unknown, sender: Sender): Promise<unknown> =>
  new Promise((resolve) => {
    if (router.onMessage(message, sender, resolve) !== true) resolve('silence');
  });

describe('two tables', () => {
  test.each(Object.values(everyCommand))(
    '$type: our pages may, consoles and strangers may not',
    async (message) => {
      expect(await say(message, fromConsole)).toEqual({ ok: false, code: 'refused' });
      expect(await say(message, stranger)).toBe('silence');
      expect(ran).toEqual([]);
      expect(await say(message, fromOurs)).toEqual({ ok: true });
      expect(ran).toEqual([message.type]);
    },
  );

  test.each([offer, status, marks])(
    '$type: consoles may, our pages and strangers may not',
    async (message) => {
      expect(await say(message, fromOurs)).toEqual({ ok: false, code: 'invalid' });
      expect(await say(message, stranger)).toBe('silence');
      expect(ran).toEqual([]);
      expect(await say(message, fromConsole)).toEqual({ ok: true });
      expect(ran).toEqual([message.type]);
    },
  );

  test('what the dashboard shows: its own origin may say it, nobody else may, and it may say nothing else', async () => {
    expect(await say(seen, fromConsole)).toEqual({ ok: false, code: 'invalid' });
    expect(await say(seen, fromOurs)).toEqual({ ok: false, code: 'invalid' });
    expect(await say(seen, stranger)).toBe('silence');
    for (const message of [offer, status, marks, ...Object.values(everyCommand)]) {
      expect(await say(message, fromDashboard)).toEqual({ ok: false, code: 'invalid' });
    }
    expect(await say({ ...seen, value: 'x' }, fromDashboard)).toEqual({ ok: false, code: 'invalid' });
    expect(ran).toEqual([]);
    expect(await say(seen, fromDashboard)).toEqual({ ok: true });
    expect(ran).toEqual(['dashboard.status']);
  });

  test('a report is of the platform whose page sends it', async () => {
    for (const platform of ['nowhere', platforms[1]?.id ?? 'x']) {
      for (const report of [offer, status, marks]) {
        expect(await say({ ...report, platform }, fromConsole)).toEqual({ ok: false, code: 'invalid' });
      }
    }
    expect(ran).toEqual([]);
  });

  test('a content script hears nothing but a word', async () => {
    reports['capture.offer'] = async () => ({ ok: true, id: 'secret' }) as never;
    reports['page.status'] = async () => ({ ok: false, code: 'again', rows: [1] }) as never;
    expect(await say(offer, fromConsole)).toEqual({ ok: true });
    expect(await say(status, fromConsole)).toEqual({ ok: false, code: 'again' });
  });

  test('a bug is told by the name of the message alone', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const bug = async () => {
      throw new Error('a token');
    };
    reports['capture.offer'] = bug;
    dashboard['dashboard.status'] = bug;
    commands['capture.paste'] = bug;
    expect(await say(offer, fromConsole)).toEqual({ ok: false, code: 'again' });
    expect(await say(seen, fromDashboard)).toEqual({ ok: false, code: 'again' });
    expect(await say(everyCommand['capture.paste'], fromOurs)).toEqual({ ok: false, code: 'failed' });
    expect(told.mock.calls).toEqual([
      ['Upstack Capture: capture.offer failed'],
      ['Upstack Capture: dashboard.status failed'],
      ['Upstack Capture: capture.paste failed'],
    ]);
  });
});

describe('strictness', () => {
  test('every message is let through as it is, and with one key too many it is not', () => {
    for (const message of Object.values(everyCommand)) {
      expect(parseCommand(message)).toEqual(message);
      expect(parseCommand({ ...message, extra: 1 })).toBeUndefined();
    }
    for (const message of [offer, status, marks]) {
      expect(parseReport(message)).toEqual(message);
      expect(parseReport({ ...message, extra: 1 })).toBeUndefined();
    }
    expect(parseReport({ ...offer, tokens: [{ ...offer.tokens[0], extra: 1 }] })).toBeUndefined();
    expect(parseReport({ ...offer, ids: [{ ...offer.ids[0], extra: 1 }] })).toBeUndefined();
  });

  test('a destination may have any id that Upstack gives; one that cannot be one is refused', () => {
    const check = everyCommand['health.checkNow'];
    const dismiss = everyCommand['destination.dismiss'];
    for (const id of ['dst_1', 'urn:upstack:dst/7', 'größe 1']) {
      expect(parseCommand({ ...check, destinationId: id })).toBeDefined();
      expect(parseCommand({ ...dismiss, key: `w/${id}` })).toBeDefined();
    }
    for (const id of ['', '.', '..', 'a\nb', 'x'.repeat(65)]) {
      expect(parseCommand({ ...check, destinationId: id })).toBeUndefined();
      expect(parseCommand({ ...dismiss, key: `w/${id}` })).toBeUndefined();
    }
    for (const key of ['dst_1', '/dst_1', 'w w/dst_1']) {
      expect(parseCommand({ ...dismiss, key })).toBeUndefined();
    }
  });

  test('with one key too few or of another type it is not, either', () => {
    for (const [message, parse, optional] of [
      ...Object.values(everyCommand).map(
        (command) => [command, parseCommand, optionalOf[command.type] ?? []] as const,
      ),
      [offer, parseReport, ['account']] as const,
      [status, parseReport, ['screen', 'account']] as const,
      [marks, parseReport, []] as const,
    ]) {
      for (const key of Object.keys(message)) {
        const { [key]: _left, ...rest } = message as unknown as Record<string, unknown>;
        if (!(optional as readonly string[]).includes(key))
          expect(parse(rest), `without ${key}`).toBeUndefined();
        for (const value of [null, {}, ['x'], () => 1]) {
          if (['ids', 'tokens', 'landmarks', 'names'].includes(key)) continue;
          expect(parse({ ...message, [key]: value }), `${key} as ${typeof value}`).toBeUndefined();
        }
      }
    }
  });

  test('size has a limit, to the byte, and what is no JSON is refused', () => {
    const room = reportLimits.bytes - JSON.stringify({ ...offer, tokens: [] }).length;
    const tokens = (length: number) => {
      const part = { ...offer.tokens[0], value: '' };
      const frame = JSON.stringify([part, part, part]).length - 2;
      const each = Math.floor((length - frame) / 3);
      const rest = length - frame - 2 * each;
      return [each, each, rest].map((count) => ({ ...part, value: 'x'.repeat(count) }));
    };
    expect(parseReport({ ...offer, tokens: tokens(room) })).toBeDefined();
    expect(parseReport({ ...offer, tokens: tokens(room + 1) })).toBeUndefined();
    expect(parseDashboardStatus(seen)).toEqual(seen);
    const cards = Array.from({ length: 100 }, () => ({ ...seen.cards[0], name: 'x'.repeat(100) }));
    expect(JSON.stringify(cards).length).toBeGreaterThan(reportLimits.bytes);
    expect(parseDashboardStatus({ ...seen, cards })).toBeUndefined();
    const circle: Record<string, unknown> = { ...offer };
    circle.account = circle;
    for (const message of [circle, 1n, undefined, null, 'ping', [], new Map()]) {
      expect(parseReport(message)).toBeUndefined();
      expect(parseCommand(message)).toBeUndefined();
    }
  });

  test('a kind cannot be a name that objects inherit', () => {
    for (const kind of ['__proto__', 'a b', '', 'x'.repeat(41)]) {
      expect(parseCommand({ ...everyCommand['capture.setId'], kind })).toBeUndefined();
    }
    expect(parseReport(JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(offer).slice(1)}`))).toBeUndefined();
  });
});

describe('how often', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });

  const burst = async (message: unknown, count: number, sender = fromConsole) => {
    const answers: unknown[] = [];
    for (let index = 0; index < count; index += 1) answers.push(await say(message, sender));
    return answers.filter((answer) => (answer as { ok: boolean }).ok).length;
  };

  test('ten offers a minute and tab; the rest is asked to come again', async () => {
    expect(await burst(offer, 15)).toBe(10);
    expect(await say(offer, fromConsole)).toEqual({ ok: false, code: 'again' });
    expect(await burst(offer, 1, { ...fromConsole, tab: { id: 8, url } })).toBe(1);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await burst(offer, 15)).toBe(10);
  });

  test('a page that changes all the time cannot keep a token from being heard', async () => {
    expect(await burst(status, 100)).toBe(30);
    expect(await burst(marks, 100)).toBe(30);
    expect(await burst(offer, 15)).toBe(10);
  });

  test('the dashboard is heard as often as it may be, and not more', async () => {
    const { dashboardPerMinute } = reportLimits;
    expect(await burst(seen, 2 * dashboardPerMinute, fromDashboard)).toBe(dashboardPerMinute);
    expect(await say(seen, fromDashboard)).toEqual({ ok: false, code: 'again' });
  });

  test('a clock that is put back locks nobody out, and a closed tab is forgotten', async () => {
    await burst(offer, 10);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(await burst(offer, 1)).toBe(1);
    await burst(offer, 10);
    router.forgetTab(7);
    expect(await burst(offer, 1)).toBe(1);
  });
});

test('any message from a stranger: never an answer, never an exception', () => {
  const messages = fc.oneof(
    fc.constantFrom<unknown>(offer, status, marks, ...Object.values(everyCommand)),
    fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }),
  );
  const senders = fc.constantFrom<Sender>(
    stranger,
    { ...fromConsole, frameId: 1 },
    { ...fromConsole, origin: 'null' },
    { ...fromConsole, tab: { id: 7, url: 'https://evil.example/' } },
    {},
  );
  const answer = vi.fn<(answer: CommandAnswer) => void>();
  fc.assert(
    fc.property(messages, senders, (message, sender) => {
      expect(router.onMessage(message, sender, answer as never)).toBeUndefined();
    }),
    { numRuns: 20_000 },
  );
  expect(answer).not.toHaveBeenCalled();
  expect(ran).toEqual([]);
  expect(router.onMessage(offer, fromConsole, answer as never)).toBe(true); // the control
}, 60_000);

test('any message from a console: an answer of a word, and only reports are taken', async () => {
  const messages = fc.oneof(
    fc.anything({ withBigInt: true, withNullPrototype: true }),
    fc.record({
      type: fc.constantFrom('capture.offer', 'page.status', 'page.marks', 'delivery.send'),
      ids: fc.anything(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(messages, async (message) => {
      const answer = (await say(message, fromConsole)) as { ok: boolean };
      expect(answer.ok).toBe(false);
    }),
    { numRuns: 2_000 },
  );
  expect(ran).toEqual([]);
}, 60_000);
