import type { Snapshot, Surroundings } from '../../components/popup-state';
import { NO_ROWS } from '../../components/rows-context';
import type { CommandAnswer } from '../../lib/messages/commands';
import type { ReasonCode } from '../../lib/platforms/definition';
import type {
  BulkAdd,
  Capture,
  CapturedToken,
  Delivery,
  Destination,
  HealthState,
  HistoryEntry,
  IdField,
  LeavingWorkspace,
  OpenGuide,
  Problem,
  SeenPage,
  Settings,
  Turn,
  Workspace,
} from '../../lib/storage/rows';
import { usualSettings } from '../../lib/storage/settings';
import { type Colour, colours } from '../../lib/terms/colours';
import { DAY, HOUR, MINUTE, SECOND } from '../../lib/terms/time';

/** Every state of the pages as typed rows: what the component tests ask, and what the gallery draws. */

export const NOW = Date.UTC(2026, 10, 21, 14, 2, 30);

export const workspace = (changes: Partial<Workspace> = {}): Workspace => ({
  v: 1,
  id: 'w1',
  name: 'Acme Outdoors',
  pixelId: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  route: 'api',
  remember: true,
  keyMask: '••••••••7dQx',
  createdAt: NOW - 72 * HOUR,
  state: 'connected',
  testedAt: NOW - 2 * MINUTE,
  active: true,
  colour: 'blue',
  poll: { nextAt: NOW + 10 * MINUTE, misses: 0, lastAnsweredAt: NOW - 2 * MINUTE },
  ...changes,
});

/** A first connection that is under way, or did not come about. */
const attempt = (problem?: Problem): Workspace => {
  const { testedAt: _testedAt, ...row } = workspace({ active: false });
  return problem ? { ...row, state: 'failed', problem } : { ...row, state: 'connecting' };
};

const token = (changes: Partial<CapturedToken> = {}): CapturedToken => ({
  fingerprint: 'sha256:00000000000000a1',
  mask: '••••••••k9Qd',
  length: 812,
  issuedAt: NOW - 3 * MINUTE,
  verdict: { level: 'good', code: 'good', facts: { length: 812 } },
  removed: [],
  provenance: 'gesture',
  warnings: [],
  seenAt: NOW - 2 * MINUTE,
  ...changes,
});

const id = (value?: string, changes: Partial<IdField> = {}): IdField => ({
  candidates: value ? [{ value, reasons: [{ code: 'address' }], selected: false }] : [],
  ...(value ? { value } : {}),
  byPerson: false,
  conflict: false,
  ...changes,
});

export const PIXEL = 'a2_f7k2m9x4q1zt';
const OTHER_PIXEL = 'a2_f7k2h3x4q1zt';
export const TAG = '2612345678901';
const ADVERTISER = '549876543210';

/** Without a chosen token. */
const undecided = ({ chosen: _chosen, ...capture }: Capture): Capture => capture;

export const redditCapture = (changes: Partial<Capture> = {}): Capture => ({
  v: 1,
  id: 'c1',
  platform: 'reddit',
  origin: 'page',
  tabId: 7,
  page: 'p1',
  account: PIXEL,
  createdAt: NOW - 2 * MINUTE,
  expiresAt: NOW + 43 * MINUTE,
  tokens: [token()],
  chosen: 'sha256:00000000000000a1',
  ids: { pixelId: id(PIXEL) },
  ticks: { checked: false, generated: false, others: false },
  state: 'open',
  ...changes,
});

const key = (changes: Partial<CapturedToken> = {}): CapturedToken =>
  token({
    length: 101,
    mask: '••••••••UAAA',
    verdict: { level: 'good', code: 'good', facts: { length: 101 } },
    ...changes,
  });

const pinterestCapture = (changes: Partial<Capture> = {}): Capture =>
  redditCapture({
    id: 'c2',
    platform: 'pinterest',
    account: ADVERTISER,
    tokens: [key()],
    ids: { tagId: id(TAG), advertiserId: id(ADVERTISER) },
    ...changes,
  });

export const destination = (changes: Partial<Destination> = {}): Destination => ({
  v: 1,
  key: 'w1/d1',
  id: 'd1',
  workspaceId: 'w1',
  type: 'reddit',
  name: 'Acme US',
  enabled: true,
  config: { pixelId: PIXEL },
  token: { isSet: true, fingerprint: 'sha256:00000000000000b2' },
  health: { state: 'healthy', confirmedAt: NOW - 2 * MINUTE, lastCheckedAt: NOW - 2 * MINUTE },
  ...changes,
});

const ill = (
  code: ReasonCode,
  state: HealthState = 'unhealthy',
  changes: Partial<Destination> = {},
): Destination =>
  destination({
    health: { state, reason: { code }, confirmedAt: NOW - MINUTE, illSince: NOW - 5 * HOUR },
    ...changes,
  });

export const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  id: 'x1',
  captureId: 'c1',
  workspaceId: 'w1',
  route: 'api',
  job: 'create',
  platform: 'reddit',
  config: { pixelId: PIXEL },
  fingerprint: 'sha256:00000000000000a1',
  mask: '••••••••k9Qd',
  name: `Reddit · ${PIXEL}`,
  idempotencyKey: 'k1',
  createdAt: NOW - 72 * SECOND,
  state: 'sending',
  attempt: 1,
  ambiguous: false,
  ...changes,
});

const page = (changes: Partial<SeenPage> = {}): SeenPage => ({
  v: 1,
  tabId: 7,
  platform: 'reddit',
  page: 'p1',
  account: PIXEL,
  screen: 'eventsManager',
  ids: [{ kind: 'pixelId', value: PIXEL, reasons: [{ code: 'address' }], selected: true }],
  at: NOW,
  ...changes,
});

const openGuide = (changes: Partial<OpenGuide> = {}): OpenGuide => ({
  v: 1,
  platform: 'reddit',
  job: 'create',
  startedAt: NOW - 5 * MINUTE,
  ...changes,
});

const connected: Snapshot = { ...NO_ROWS, workspaces: [workspace()] };
const around: Surroundings = { now: NOW, online: true, tabId: 7 };
const sent = redditCapture({ state: 'sent' });

/**
 * What a person does first, in their order: keys of the texts of buttons and summaries, or selectors, which begin with
 * `[`; with ` := ` and a value where something is typed or chosen.
 */
type Presses = readonly string[];

export interface PopupFixture {
  press?: Presses;
  /** In the side panel: the destination that is open, by its key. */
  opened?: string;
  /** Oldest first. */
  history?: readonly HistoryEntry[];
  settings?: Settings;
  /** The version that the person had before an update. */
  versionSeen?: string;
  rows: Snapshot;
  around: Surroundings;
  alive?: boolean;
}

const popup = (rows: Partial<Snapshot>, changes: Partial<Surroundings> = {}): PopupFixture => ({
  rows: { ...connected, ...rows },
  around: { ...around, ...changes },
});

const reviewed = (capture: Capture, rows: Partial<Snapshot> = {}): PopupFixture =>
  popup({ captures: [capture], ...rows });

const sending = (changes: Partial<Delivery>, rows: Partial<Snapshot> = {}): PopupFixture =>
  popup({ captures: [sent], deliveries: [delivery(changes)], ...rows });

/** What Upstack has tried of a token that is good. */
const tested = (['format', 'authenticate', 'account_match', 'test_event'] as const).map((name) => ({
  name,
  status: 'passed' as const,
}));

const missingKey = workspace({ state: 'keyMissing', problem: { kind: 'keyMissing' }, remember: false });
const refusedKey = workspace({ state: 'keyRefused', problem: { kind: 'keyRefused', status: 401 } });

/** Without a key: Upstack's own form is filled, and the person saves it. */
const byForm = workspace({ route: 'dashboard', pixelId: '', keyMask: '' });
/** Of sample data. */
const made = workspace({ name: 'Sample client 1', keyMask: '••••••••', sample: true });

const turn = (step: Turn, changes: Partial<Delivery> = {}, rows: Partial<Snapshot> = {}): PopupFixture =>
  sending({ route: 'dashboard', state: 'person', turn: step, ...changes }, { workspaces: [byForm], ...rows });

const cut = { level: 'bad', code: 'cut', facts: { length: 612, expected: 812 } } as const;

const many: Destination[] = [
  ill('token_invalid'),
  ill('account_mismatch', 'degraded', { key: 'w1/d2', id: 'd2', type: 'pinterest', name: 'Bolt Shoes' }),
  destination({ key: 'w1/d3', id: 'd3', name: 'Cedar Home', health: { state: 'pending', confirmedAt: NOW } }),
  destination({ key: 'w1/d4', id: 'd4', name: 'Dune Travel', enabled: false }),
  ...Array.from({ length: 23 }, (_, n) =>
    destination({
      key: `w1/h${n}`,
      id: `h${n}`,
      name: `Shop ${n + 1}`,
      type: n % 2 ? 'pinterest' : 'reddit',
    }),
  ),
];

/** The destination of the ready capture, with an older token. */
const inUse = (token: Partial<Destination['token']> = {}): Destination =>
  destination({ token: { isSet: true, fingerprint: 'sha256:00000000000000b2', ...token } });

const REPLACED = NOW - 10 * MINUTE;

/** Healthy with a new token, and what is known of the old one. */
const replaced = (
  previous: { label?: undefined; safeToRevoke?: boolean; stillUsedBy?: string[] } = {},
  changes: Partial<Destination> = {},
): Destination => {
  const { label, ...rest } = { label: 'Upstack Data', ...previous };
  return destination({
    token: {
      isSet: true,
      fingerprint: 'sha256:00000000000000a1',
      label: 'Upstack Data (rotated 2026-11-21)',
      previous: {
        mask: '••••••••Zp3w',
        replacedAt: REPLACED,
        safeToRevoke: true,
        stillUsedBy: [],
        ...(label === undefined ? {} : { label }),
        ...rest,
      },
    },
    ...changes,
  });
};

const two = [workspace(), workspace({ id: 'w2', name: 'Bolt Shoes', active: false, colour: 'orange' })];

const fifty = Array.from({ length: 50 }, (_, n) =>
  workspace({
    id: `w${n + 1}`,
    name: `Client ${n + 1}`,
    active: n === 0,
    colour: colours[n % colours.length] as Colour,
  }),
);

const twoHundred = fifty.flatMap(({ id: workspaceId, name }, n) =>
  ['EU', 'US', 'UK', 'CA'].map((region, m) =>
    (n === 7 && m === 1 ? ill.bind(undefined, 'token_invalid', 'unhealthy') : destination)({
      key: `${workspaceId}/d${m}`,
      id: `d${m}`,
      workspaceId,
      type: m % 2 ? 'pinterest' : 'reddit',
      name: `${name} ${region}`,
      config: m % 2 ? { tagId: TAG, advertiserId: ADVERTISER } : { pixelId: OTHER_PIXEL },
    }),
  ),
);

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenversand-Österreich-Premium';

/** More than anybody has had so far. */
const thousands = fifty.flatMap(({ id: workspaceId, name }, n) =>
  Array.from({ length: 60 }, (_, m) =>
    (n % 10 === 7 && m === 1 ? ill.bind(undefined, 'token_invalid', 'unhealthy') : destination)({
      key: `${workspaceId}/d${m}`,
      id: `d${m}`,
      workspaceId,
      type: m % 2 ? 'pinterest' : 'reddit',
      name: `${name} shop ${m + 1}`,
    }),
  ),
);

export const popups = {
  notConnected: popup({ workspaces: [] }, { tabId: 1 }),
  notConnectedWithCapture: reviewed(redditCapture(), { workspaces: [] }),
  connecting: popup({ workspaces: [attempt()] }),
  connectRefused: popup({
    workspaces: [attempt({ kind: 'keyRefused', status: 401, requestId: 'req_7Hk2' })],
  }),
  connectSlip: popup({ workspaces: [attempt({ kind: 'invalidRequest', pointers: ['/apiKey'] })] }),
  wrongSite: popup({}, { tabId: 1 }),
  wrongSiteHealthy: popup({ destinations: [destination()] }, { tabId: 1 }),
  rightSite: popup({ pages: [page()] }),
  unread: popup({}, { origin: 'https://ads.reddit.com' }),
  tokenPage: popup({ pages: [page({ screen: 'conversionTokens' })] }),
  tokenHidden: popup({
    pages: [page({ screen: 'conversionTokens' })],
    captures: [redditCapture({ state: 'expired', dismissed: true })],
  }),
  draft: reviewed(undecided(redditCapture({ origin: 'paste', tokens: [], ids: { pixelId: id() } }))),
  pasteRefused: reviewed(
    redditCapture({
      origin: 'paste',
      tokens: [],
      ids: { pixelId: id() },
      refused: { kind: 'conversionToken', verdict: cut, removed: ['lineBreaks'], at: NOW },
    }),
  ),
  incomplete: reviewed(redditCapture({ ids: { pixelId: id() } })),
  twoPixels: reviewed(
    redditCapture({
      ids: {
        pixelId: {
          candidates: [
            { value: PIXEL, reasons: [{ code: 'address' }], selected: false },
            { value: OTHER_PIXEL, reasons: [{ code: 'label', label: 'Pixel ID' }], selected: false },
          ],
          byPerson: false,
          conflict: true,
        },
      },
    }),
  ),
  doubt: reviewed(
    redditCapture({
      tokens: [
        token({
          verdict: { level: 'doubt', code: 'unusualLength', facts: { length: 990 } },
          length: 990,
          removed: ['lineBreaks', 'quotes'],
          provenance: 'present',
          issuedAt: NOW - 50 * HOUR,
        }),
      ],
    }),
  ),
  cutToken: reviewed(redditCapture({ tokens: [token({ verdict: cut, length: 612 })] })),
  severalTokens: reviewed(
    undecided(
      redditCapture({
        tokens: [
          token(),
          token({ fingerprint: 'sha256:00000000000000a2', mask: '••••••••Zp3w', issuedAt: NOW - HOUR }),
        ],
      }),
    ),
  ),
  ready: reviewed(redditCapture()),
  readyPinterest: reviewed(pinterestCapture()),
  readyToReplace: reviewed(redditCapture(), { destinations: [destination()] }),
  lastMinutes: reviewed(redditCapture({ expiresAt: NOW + 4.5 * MINUTE })),
  swapped: reviewed(pinterestCapture({ ids: { tagId: id(ADVERTISER), advertiserId: id(TAG) } })),
  mismatch: reviewed(redditCapture({ workspaceId: 'w1', destination: 'd1' }), {
    destinations: [destination({ config: { pixelId: OTHER_PIXEL } })],
  }),
  alreadyInUse: reviewed(redditCapture(), {
    destinations: [destination({ token: { isSet: true, fingerprint: 'sha256:00000000000000a1' } })],
  }),
  severalWorkspaces: reviewed(redditCapture(), {
    workspaces: [workspace(), workspace({ id: 'w2', name: 'Bolt Shoes', active: false, colour: 'orange' })],
    destinations: [
      destination(),
      destination({ key: 'w2/d9', id: 'd9', workspaceId: 'w2', name: 'Bolt EU' }),
    ],
  }),
  rejected: reviewed(redditCapture(), {
    deliveries: [
      delivery({
        state: 'settled',
        outcome: 'rejected',
        settledAt: NOW - MINUTE,
        problem: {
          kind: 'rejected',
          status: 422,
          requestId: 'req_7Hk2',
          steps: [
            { name: 'format', status: 'passed' },
            { name: 'authenticate', status: 'failed', code: 'token_invalid' },
          ],
        },
      }),
    ],
  }),
  exists: reviewed(redditCapture(), {
    deliveries: [
      delivery({
        state: 'settled',
        outcome: 'rejected',
        settledAt: NOW - MINUTE,
        problem: { kind: 'exists', status: 409, existingId: 'd1' },
      }),
    ],
  }),
  undo: popup({ captures: [redditCapture({ state: 'discarding', discardAt: NOW + 8 * SECOND })] }),
  dismissed: popup({
    captures: [redditCapture({ state: 'lost', dismissed: true, dismissedAt: NOW - 2 * SECOND })],
  }),
  updated: { ...popup({ destinations: [destination()] }), versionSeen: '0.0.0-before' },
  twoCaptures: popup({ captures: [redditCapture(), pinterestCapture({ createdAt: NOW })] }),
  sending: sending({ state: 'sending' }),
  verifying: sending(
    { state: 'verifying', savedAt: NOW - 72 * SECOND, destinationId: 'd1', steps: [...tested] },
    { destinations: [destination({ health: { state: 'pending', confirmedAt: NOW } })] },
  ),
  verifyingPinterest: sending(
    {
      state: 'verifying',
      platform: 'pinterest',
      config: { tagId: TAG, advertiserId: ADVERTISER },
      savedAt: NOW - 72 * SECOND,
      destinationId: 'd1',
      steps: [...tested, { name: 'tag_id', status: 'not_verifiable' }],
    },
    {
      destinations: [
        destination({
          type: 'pinterest',
          config: { tagId: TAG, advertiserId: ADVERTISER },
          health: { state: 'pending', confirmedAt: NOW },
        }),
      ],
    },
  ),
  verifyingLate: sending(
    { state: 'verifying', savedAt: NOW - 7 * MINUTE, destinationId: 'd1' },
    { destinations: [destination({ health: { state: 'pending', confirmedAt: NOW } })] },
  ),
  waiting: sending({
    state: 'waiting',
    until: NOW + 3 * MINUTE,
    problem: { kind: 'unavailable', status: 503 },
  }),
  waitingOffline: {
    ...sending({ state: 'waiting', until: NOW + 3 * MINUTE, problem: { kind: 'offline' } }),
    around: { ...around, online: false },
  },
  needsKey: sending(
    { state: 'needsKey', problem: { kind: 'keyRefused', status: 401 } },
    { workspaces: [refusedKey] },
  ),
  justHealthy: sending(
    {
      state: 'settled',
      outcome: 'healthy',
      savedAt: NOW - 160 * SECOND,
      settledAt: NOW - 60 * SECOND,
      destinationId: 'd1',
    },
    { destinations: [destination()] },
  ),
  sentUnhealthy: sending(
    {
      state: 'settled',
      outcome: 'unhealthy',
      savedAt: NOW - 6 * MINUTE,
      settledAt: NOW,
      destinationId: 'd1',
    },
    { destinations: [ill('account_mismatch')] },
  ),
  superseded: sending({ state: 'settled', outcome: 'superseded', settledAt: NOW }),
  tombstoneLost: popup({ captures: [redditCapture({ state: 'lost', endedAt: NOW })] }),
  tombstoneExpired: popup({
    deliveries: [delivery({ state: 'settled', outcome: 'expired', settledAt: NOW })],
  }),
  unreadable: popup({
    destinations: [destination()],
    quarantine: ['captures', 'settings', 'destinations', 'destinations', 'guides'].map((store, n) => ({
      store,
      key: String(n),
      at: NOW,
      raw: null,
    })),
  }),
  vanished: popup({
    workspaces: [],
    quarantine: [{ store: 'database', key: 'vanished', at: NOW, raw: undefined }],
  }),
  healthy: popup({ destinations: [destination()] }),
  healthyRotating: { ...popup({ destinations: [destination()] }), press: ['rotation.open'] },
  recovered: popup({
    destinations: [
      destination({
        health: {
          state: 'healthy',
          confirmedAt: NOW - 2 * MINUTE,
          recovered: { at: NOW - HOUR, after: 130 * MINUTE },
        },
      }),
    ],
  }),
  unhealthy: popup({ destinations: [ill('token_invalid')] }),
  degraded: popup({ destinations: [ill('payload_rejected', 'degraded')] }),
  couldNotCheck: popup({
    destinations: [destination({ health: { state: 'healthy', confirmedAt: NOW - 3 * HOUR } })],
    workspaces: [workspace({ poll: { nextAt: NOW, misses: 3, lastAnsweredAt: NOW - 3 * HOUR } })],
  }),
  unknownWord: popup({ destinations: [destination({ health: { state: 'unknown', confirmedAt: NOW } })] }),
  gone: popup({ destinations: [destination({ goneAt: NOW })] }),
  several: popup({ destinations: many }),
  severalFixing: { ...popup({ destinations: many }), press: ['destination.fix'] },
  severalNotFound: { ...popup({ destinations: many }), press: ['[type="search"] := nobody'] },
  severalUnfolded: { ...popup({ destinations: many }), press: ['destination.healthy'] },
  keyRefused: popup({ workspaces: [refusedKey], destinations: [destination()] }),
  keyMissing: popup({ workspaces: [missingKey], destinations: [destination()] }),
  keysRefused: popup({
    workspaces: fifty.map((row, n) => (n < 9 ? { ...row, state: 'keyRefused' as const } : row)),
  }),
  scopeMissing: popup({ workspaces: [workspace({ state: 'scopeMissing' })] }),
  offline: popup({ destinations: [destination()] }, { online: false }),
  rotateNewer: reviewed(redditCapture(), {
    destinations: [
      inUse({ issuedAt: NOW - 400 * HOUR }),
      destination({ key: 'w1/d2', id: 'd2', name: 'Acme Canada', config: { pixelId: OTHER_PIXEL } }),
    ],
  }),
  rotateOlder: reviewed(redditCapture(), { destinations: [inUse({ issuedAt: NOW - MINUTE })] }),
  rotateRefused: reviewed(redditCapture(), {
    destinations: [inUse()],
    deliveries: [
      delivery({
        job: 'rotate',
        destinationId: 'd1',
        state: 'settled',
        outcome: 'rejected',
        settledAt: NOW - MINUTE,
        problem: {
          kind: 'rejected',
          status: 422,
          requestId: 'req_7Hk2',
          steps: [
            { name: 'format', status: 'passed' },
            { name: 'authenticate', status: 'failed', code: 'token_invalid' },
          ],
        },
      }),
    ],
  }),
  mismatchConfirmed: reviewed(
    redditCapture({
      workspaceId: 'w1',
      destination: 'd1',
      confirmed: { key: 'w1/d1', from: { pixelId: OTHER_PIXEL }, to: { pixelId: PIXEL } },
    }),
    { destinations: [destination({ config: { pixelId: OTHER_PIXEL } })] },
  ),
  otherClient: reviewed(redditCapture({ workspaceId: 'w1', destination: 'd1' }), {
    workspaces: two,
    destinations: [
      destination({ config: { pixelId: OTHER_PIXEL } }),
      destination({ key: 'w2/d9', id: 'd9', workspaceId: 'w2', name: 'Bolt EU' }),
    ],
  }),
  matchedByIds: reviewed(redditCapture(), {
    workspaces: two,
    destinations: [destination({ key: 'w2/d9', id: 'd9', workspaceId: 'w2', name: 'Bolt EU' })],
  }),
  whichWorkspace: reviewed(redditCapture(), {
    workspaces: fifty,
    accountChoices: [
      { v: 1, key: 'reddit/a2_other', workspaceId: 'w31', destination: 'new', at: NOW - HOUR },
    ],
  }),
  others: reviewed(
    redditCapture({
      ticks: { checked: false, generated: false, others: true },
      sent: [{ key: 'w1/d1', replaced: 'sha256:00000000000000b2' }],
    }),
    {
      destinations: [
        destination({ token: { isSet: true, fingerprint: 'sha256:00000000000000a1' } }),
        destination({ key: 'w1/d2', id: 'd2', name: 'Acme Canada', config: { pixelId: OTHER_PIXEL } }),
      ],
    },
  ),
  changingIds: sending({
    job: 'rotate',
    state: 'sending',
    from: { pixelId: OTHER_PIXEL },
    tokenSavedAt: NOW - 5 * SECOND,
    destinationId: 'd1',
  }),
  idsRefused: sending(
    {
      job: 'rotate',
      state: 'person',
      from: { pixelId: OTHER_PIXEL },
      tokenSavedAt: NOW - 20 * SECOND,
      destinationId: 'd1',
      problem: { kind: 'invalidRequest', status: 400, requestId: 'req_7Hk2' },
    },
    { destinations: [destination({ config: { pixelId: OTHER_PIXEL } })] },
  ),
  reminderKeep: popup({ destinations: [replaced({ safeToRevoke: false, stillUsedBy: ['d2'] })] }),
  reminderDue: popup({ destinations: [replaced()] }),
  reminderUnnamed: popup({
    destinations: [
      replaced(
        { label: undefined },
        { type: 'pinterest', config: { tagId: TAG, advertiserId: ADVERTISER }, name: 'Bolt Shoes' },
      ),
    ],
  }),
  reminderDone: popup({
    destinations: [
      replaced({}, { reminder: { replacedAt: REPLACED, later: 0, nextAt: NOW, doneAt: NOW - MINUTE } }),
    ],
  }),
  unhealthyMismatch: popup({
    destinations: [
      ill('account_mismatch', 'unhealthy', {
        check: {
          startedAt: NOW - 20 * SECOND,
          endedAt: NOW - 15 * SECOND,
          passed: false,
          steps: [
            { name: 'format', status: 'passed' },
            { name: 'authenticate', status: 'passed' },
            { name: 'account_match', status: 'failed', code: 'account_mismatch' },
            { name: 'test_event', status: 'skipped' },
          ],
        },
      }),
    ],
  }),
  platformTrouble: popup({ destinations: [ill('platform_unavailable')] }),
  upstackSilent: popup({
    destinations: [destination({ health: { state: 'healthy', confirmedAt: NOW - 3 * HOUR } })],
    workspaces: [
      workspace({
        poll: {
          nextAt: NOW,
          misses: 3,
          lastAnsweredAt: NOW - 3 * HOUR,
          problem: { kind: 'unavailable', status: 503 },
        },
      }),
    ],
  }),
  agency: popup({ workspaces: fifty, destinations: twoHundred }, { tabId: 1 }),
  thousands: popup({ workspaces: fifty, destinations: thousands }, { tabId: 1 }),
  guideElsewhere: popup({ guides: [openGuide()] }, { tabId: 1 }),
  guideRotate: popup({
    destinations: [ill('token_invalid')],
    guides: [openGuide({ job: 'rotate', workspaceId: 'w1', destinationId: 'd1', reason: 'authentication' })],
    pages: [page({ screen: 'conversionTokens', landmarks: ['nameDialog', 'tokenList'] })],
  }),
  guideFiveTokens: popup({ pages: [page({ screen: 'conversionTokens', landmarks: ['tokenLimit'] })] }),
  guideNoAdmin: popup({ pages: [page({ screen: 'conversionTokens', landmarks: ['noRole'] })] }),
  siteAccess: popup(
    { destinations: [destination()] },
    { sitesOff: ['https://ads.reddit.com/*', 'https://api.upstackdata.com/*'] },
  ),
  formReady: reviewed(redditCapture(), { workspaces: [byForm] }),
  turnAllow: turn({ step: 'allow' }),
  turnOpen: turn({ step: 'open' }),
  turnOpenCard: turn(
    { step: 'open' },
    { job: 'rotate', destinationId: 'd1' },
    { destinations: [destination({ seenAt: NOW - HOUR })] },
  ),
  turnUnfit: turn({
    step: 'unfit',
    faults: [
      { code: 'missing', kind: 'pixelId' },
      { code: 'covered', kind: 'conversionToken' },
    ],
  }),
  turnSave: turn({ step: 'save' }),
  turnPressed: turn({ step: 'save', pressed: true }),
  formHealthy: popup({ workspaces: [byForm], destinations: [destination({ seenAt: NOW - 2 * MINUTE })] }),
  sample: reviewed(redditCapture(), { workspaces: [made] }),
  sampleList: popup({ workspaces: [made], destinations: many }),
  dead: { ...popup({ destinations: [destination()] }), alive: false },
  deadWithToken: { ...reviewed(redditCapture()), alive: false },
  longNames: popup({
    workspaces: [workspace({ name: 'Donaudampfschifffahrtsgesellschaft Süd-Ost Outdoor & Freizeit' })],
    destinations: [destination({ name: LONG })],
  }),
} as const satisfies Record<string, PopupFixture>;

const entry = (
  ago: number,
  what: HistoryEntry['what'],
  changes: Partial<HistoryEntry> = {},
): HistoryEntry => ({
  v: 1,
  id: `${what}.${ago}.${changes.destinationId ?? ''}`,
  at: NOW - ago,
  workspaceId: 'w1',
  destinationId: 'd1',
  what,
  ...changes,
});
const turned = (ago: number, from: string, to: string, destinationId = 'd1'): HistoryEntry =>
  entry(ago, 'health', {
    destinationId,
    facts: { from, to, ...(to === 'unhealthy' ? { reason: 'token_invalid' } : {}) },
  });

/** A month with a bad day, a blip, a week on which the computer slept, and what was done about it. */
const history: readonly HistoryEntry[] = [
  ...many.map(({ id }) => entry(40 * DAY, 'health', { destinationId: id, facts: { to: 'healthy' } })),
  entry(26 * DAY, 'couldNotCheck', { facts: { problem: 'asleep', since: NOW - 26 * DAY } }),
  entry(23 * DAY, 'checkedAgain'),
  turned(12 * DAY, 'healthy', 'unhealthy'),
  entry(12 * DAY - 2 * HOUR, 'muted', { facts: { until: NOW - 11 * DAY } }),
  entry(11 * DAY - HOUR, 'rotated', { facts: { mask: '••••••••k9Qd' } }),
  turned(11 * DAY - 2 * HOUR, 'unhealthy', 'healthy'),
  turned(4 * DAY, 'healthy', 'unhealthy', 'h1'),
  turned(4 * DAY - 20 * MINUTE, 'unhealthy', 'healthy', 'h1'),
  turned(5 * HOUR, 'healthy', 'unhealthy'),
].sort((one, other) => one.at - other.at);

/** Each of thousands has been ill once, and a few of them keep switching. */
const longHistory: readonly HistoryEntry[] = thousands
  .flatMap(({ workspaceId, id: destinationId }, n) => {
    const at = (day: number) => NOW - day * DAY - (n % 97) * MINUTE;
    const told = (day: number, facts: HistoryEntry['facts']): HistoryEntry => ({
      v: 1,
      id: `${workspaceId}.${destinationId}.${day}`,
      at: at(day),
      workspaceId,
      destinationId,
      what: 'health',
      ...(facts ? { facts } : {}),
    });
    return [
      told(80, { to: 'healthy' }),
      told(n % 60, { from: 'healthy', to: 'unhealthy', reason: 'token_invalid' }),
      told((n % 60) - 0.2, { from: 'unhealthy', to: 'healthy' }),
    ];
  })
  .filter(({ at }) => at <= NOW)
  .sort((one, other) => one.at - other.at);

const ofOne = history.filter(({ destinationId = 'd1' }) => destinationId === 'd1');
const ofOneHealthy = ofOne.slice(0, -1);

/** What the picture of a lone destination in the popup is drawn from. */
export const historyOf = ({ rows: { destinations } }: PopupFixture): readonly HistoryEntry[] =>
  destinations.some(({ health }) => health.state !== 'healthy') ? ofOne : ofOneHealthy;

const withHistory = (
  tab: Settings['tab'],
  rows: Partial<Snapshot> = { destinations: many },
  settings: Partial<Settings> = {},
): PopupFixture => ({
  ...popup(rows, { tabId: 1 }),
  history,
  settings: { ...usualSettings, tab, ...settings },
});

export const panels = {
  panelDestinations: withHistory('destinations'),
  panelDense: withHistory('destinations', { destinations: many }, { dense: true }),
  panelMuted: withHistory('destinations', {
    destinations: [ill('token_invalid', 'unhealthy', { mute: { since: NOW - HOUR } })],
  }),
  panelNoDestinations: withHistory('destinations', {}),
  panelSelected: {
    ...withHistory('destinations'),
    press: ['[role="option"]:nth-child(1) > span', '[role="option"]:nth-child(3) > span'],
  },
  panelNoneFits: {
    ...withHistory('destinations', { destinations: [ill('token_invalid')] }),
    press: ['[role="tabpanel"] select := healthy'],
  },
  panelMutedNow: {
    ...withHistory('destinations'),
    press: ['[role="option"]:nth-child(1) > span', '[role="tabpanel"] > div:nth-of-type(2) select := hour'],
  },
  panelDestination: { ...withHistory('destinations'), opened: 'w1/d1' },
  panelFirstIllness: {
    ...withHistory('destinations'),
    history: [
      entry(14 * MINUTE, 'health', { facts: { to: 'healthy' } }),
      turned(13 * MINUTE, 'healthy', 'unhealthy'),
    ],
    opened: 'w1/d1',
  },
  panelDestinationHealthy: { ...withHistory('destinations'), opened: 'w1/h1' },
  panelThousands: {
    ...withHistory('destinations', { workspaces: fifty, destinations: thousands }),
    history: longHistory,
  },
  panelHistoryThousands: {
    ...withHistory('history', { workspaces: fifty, destinations: thousands }),
    history: longHistory,
  },
  panelLongNames: withHistory('destinations', {
    workspaces: [workspace({ name: LONG })],
    destinations: [
      ill('token_invalid', 'unhealthy', { name: LONG }),
      destination({ key: 'w1/d2', id: 'd2' }),
    ],
  }),
  panelHistoryLongNames: withHistory('history', {
    workspaces: [workspace({ name: LONG })],
    destinations: [ill('token_invalid', 'unhealthy', { name: LONG })],
  }),
  panelOffline: {
    ...withHistory('destinations'),
    around: { now: NOW, online: false, tabId: 1 },
  },
  panelDead: { ...withHistory('destinations'), alive: false },
  panelHistory: withHistory('history'),
  panelSample: withHistory('destinations', { workspaces: [made], destinations: many }),
  panelNoHistory: { ...withHistory('history'), history: [] },
  panelStart: popup({}, { tabId: 1 }),
  panelGuide: popup({ pages: [page()] }),
  panelReview: popup({ pages: [page({ screen: 'conversionTokens' })], captures: [redditCapture()] }),
  panelRotated: popup({
    destinations: [
      destination({
        token: {
          isSet: true,
          fingerprint: 'sha256:00000000000000a1',
          label: 'Upstack Data (rotated 2026-11-21)',
          previous: {
            mask: '••••••••Zp3w',
            label: 'Upstack Data',
            replacedAt: NOW - 10 * MINUTE,
            safeToRevoke: true,
            stillUsedBy: [],
          },
        },
      }),
    ],
    guides: [openGuide({ job: 'rotate', workspaceId: 'w1', destinationId: 'd1', reason: 'exposed' })],
    deliveries: [
      delivery({
        job: 'rotate',
        state: 'settled',
        outcome: 'healthy',
        createdAt: NOW - 4 * MINUTE,
        savedAt: NOW - 4 * MINUTE,
        settledAt: NOW - 2 * MINUTE,
        destinationId: 'd1',
      }),
    ],
    captures: [sent],
    pages: [page({ screen: 'conversionTokens', landmarks: ['tokenList'] })],
  }),
} as const satisfies Record<string, PopupFixture>;

export type PopupName = keyof typeof popups;

const bulkAdd = (changes: Partial<BulkAdd>): BulkAdd => ({
  v: 1,
  id: 'b1',
  startedAt: NOW - 20 * SECOND,
  lines: 21,
  added: 20,
  refused: [{ line: 7, name: 'Bolt Shoes', code: 'keyRefused' }],
  ...changes,
});

const leaving = (changes: Partial<Workspace> = {}): LeavingWorkspace => ({
  v: 1,
  id: 'w1',
  until: NOW + 8 * SECOND,
  workspace: workspace(changes),
  destinations: [],
});

export interface SettingsFixture extends Partial<Snapshot> {
  leaving?: readonly LeavingWorkspace[];
  settings?: Settings;
  press?: Presses;
  /** How the background answers every command, unless it takes them. */
  answer?: CommandAnswer;
}

export const settings = {
  settingsEmpty: { workspaces: [] },
  settingsRefused: { workspaces: [attempt({ kind: 'scopeMissing', status: 403 })] },
  settingsConnected: { workspaces: [workspace()] },
  settingsSample: { workspaces: [made] },
  settingsKeyRefused: { workspaces: [refusedKey] },
  settingsKeyMissing: { workspaces: [missingKey] },
  settingsAdding: { workspaces: [workspace()], bulkAdds: [bulkAdd({ added: 12, refused: [] })] },
  settingsAdded: {
    workspaces: [workspace()],
    bulkAdds: [
      bulkAdd({
        endedAt: NOW,
        lines: 23,
        added: 20,
        refused: [
          { line: 7, name: 'Bolt Shoes', code: 'keyRefused' },
          { line: 9, name: '', code: 'columns' },
        ],
      }),
    ],
  },
  settingsAddOne: { workspaces: [workspace()], press: ['options.addOne'] },
  settingsAddMany: { workspaces: [workspace()], press: ['options.addMany'] },
  settingsRename: { workspaces: [workspace()], press: ['options.rename'] },
  settingsColour: { workspaces: two, press: ['options.colour'] },
  settingsAccounts: {
    workspaces: [workspace()],
    destinations: [destination(), destination({ key: 'w1/d2', id: 'd2', name: 'Acme Canada' })],
    accountChoices: [
      { v: 1, key: `reddit/${PIXEL}`, workspaceId: 'w1', destination: 'd2', at: NOW - HOUR },
      { v: 1, key: `pinterest/${ADVERTISER}`, workspaceId: 'w1', at: NOW - HOUR },
    ],
    press: ['account.heading'],
  },
  settingsReplaceKey: { workspaces: [workspace()], press: ['workspace.replaceKey'] },
  settingsDisconnect: {
    workspaces: [workspace()],
    press: ['options.disconnect'],
    answer: { ok: false, code: 'busy' },
  },
  settingsLeaving: { workspaces: [byForm], leaving: [leaving()] },
  settingsLeavingAll: { workspaces: [], leaving: [leaving({ name: LONG })] },
  settingsDelete: { workspaces: [workspace()], press: ['options.deleteAll'] },
  settingsDeleteWaiting: {
    workspaces: [workspace()],
    press: ['options.deleteAll', 'options.deleteAll'],
    answer: { ok: false, code: 'busy' },
  },
  settingsByForm: { workspaces: [byForm] },
  settingsLongNames: { workspaces: [workspace({ name: LONG })] },
  settingsMany: { workspaces: fifty },
  settingsSaved: { workspaces: [workspace()], press: ['[type="radio"]:not(:checked)'] },
  settingsNotTaken: {
    workspaces: [workspace()],
    press: ['[type="radio"]:not(:checked)'],
    answer: { ok: false, code: 'failed' },
  },
  settingsAlerts: { workspaces: [workspace()], settings: { ...usualSettings, alerts: true, quiet: true } },
} as const satisfies Record<string, SettingsFixture>;

interface SettingsState {
  rows: Snapshot;
  leaving: readonly LeavingWorkspace[] | undefined;
  settings: Settings;
  press?: Presses | undefined;
  answer?: CommandAnswer | undefined;
}

export const settingsFixture = (wanted: keyof typeof settings | SettingsFixture): SettingsState => {
  const fixture: SettingsFixture = typeof wanted === 'string' ? settings[wanted] : wanted;
  const { leaving, settings: set = usualSettings, press, answer, ...rows } = fixture;
  return { rows: { ...NO_ROWS, ...rows }, leaving, settings: set, press, answer };
};

export interface WelcomeFixture extends Partial<Snapshot> {
  /** As the browser tells it; none where it cannot. */
  pinned?: boolean;
}

export const welcomes = {
  welcome: { pinned: false },
  welcomeFailed: { pinned: true, workspaces: [attempt({ kind: 'noDestinationsApi', status: 404 })] },
  welcomeByForm: { pinned: true, workspaces: [byForm] },
  welcomeSample: { pinned: false, workspaces: [made], captures: [redditCapture()] },
  welcomeReady: { pinned: true, workspaces: [workspace()], captures: [redditCapture()] },
} as const satisfies Record<string, WelcomeFixture>;

export const welcomeFixture = (
  wanted: keyof typeof welcomes | WelcomeFixture,
): { rows: Snapshot; pinned: boolean | undefined } => {
  const { pinned, ...rows } = typeof wanted === 'string' ? (welcomes[wanted] as WelcomeFixture) : wanted;
  return { rows: { ...NO_ROWS, ...rows }, pinned };
};

/** The static HTML that stands until a page has its rows, by the name of its entrypoint. */
export const skeletons = { popupLoading: 'popup', panelLoading: 'sidepanel' } as const;

/** What lies over a page: keys of the browser, and the key of the text of each. */
export const dialogs = {
  keyList: [
    { keys: 'Alt+Shift+U', text: 'keys.popup' },
    { keys: 'Alt+Shift+P', text: 'panel.open' },
  ],
} as const;

/** The names of all states, by the kind of page. */
export const states = {
  popup: [...Object.keys(popups), 'popupLoading'],
  panel: [...Object.keys(panels), 'panelLoading'],
  settings: Object.keys(settings),
  welcome: Object.keys(welcomes),
  dialog: Object.keys(dialogs),
} as const;
