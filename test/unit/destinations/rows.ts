import type {
  Capture,
  CapturedToken,
  Delivery,
  Destination,
  SeenPage,
  Workspace,
} from '../../../lib/storage/rows';

/** Rows in their plainest form, to be changed by a test where it matters. */

export const NOW = Date.UTC(2026, 10, 22, 9);
export const PIXEL = 'a2_abcdefghijkl';
export const OTHER_PIXEL = 'a2_zyxwvutsrqpo';
export const NEW = 'sha256:aaaaaaaaaaaaaaaa';
export const OLD = 'sha256:bbbbbbbbbbbbbbbb';

export const token = (changes: Partial<CapturedToken> = {}): CapturedToken => ({
  fingerprint: NEW,
  mask: '••••••••k9Qd',
  length: 812,
  verdict: { level: 'good', code: 'good' },
  removed: [],
  provenance: 'gesture',
  warnings: [],
  seenAt: NOW,
  ...changes,
});

export const capture = (changes: Partial<Capture> = {}, pixelId = PIXEL): Capture => ({
  v: 1,
  id: 'c1',
  platform: 'reddit',
  origin: 'page',
  account: 'abcdefghijkl',
  createdAt: NOW,
  expiresAt: NOW + 60 * 60_000,
  tokens: [token()],
  chosen: NEW,
  ids: { pixelId: { candidates: [], value: pixelId, byPerson: false, conflict: false } },
  ticks: { checked: false, generated: false, others: false },
  state: 'open',
  ...changes,
});

export const workspace = (id = 'w1', changes: Partial<Workspace> = {}): Workspace => ({
  v: 1,
  id,
  name: `Name of ${id}`,
  pixelId: '00000000-0000-4000-8000-000000000001',
  route: 'api',
  remember: true,
  keyMask: '••••••••',
  createdAt: NOW,
  state: 'connected',
  testedAt: NOW,
  active: false,
  poll: { nextAt: NOW, misses: 0, lastAnsweredAt: NOW },
  ...changes,
});

export const destination = (changes: Partial<Destination> = {}): Destination => {
  const { workspaceId = 'w1', id = 'd1' } = changes;
  return {
    v: 1,
    key: `${workspaceId}/${id}`,
    id,
    workspaceId,
    type: 'reddit',
    name: `Name of ${id}`,
    enabled: true,
    config: { pixelId: PIXEL },
    token: { isSet: true, fingerprint: OLD },
    health: { state: 'healthy', confirmedAt: NOW },
    ...changes,
  };
};

export const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  id: 'x1',
  captureId: 'c1',
  workspaceId: 'w1',
  route: 'api',
  job: 'rotate',
  platform: 'reddit',
  config: { pixelId: PIXEL },
  fingerprint: NEW,
  mask: '••••••••k9Qd',
  verdict: 'good',
  destinationId: 'd1',
  idempotencyKey: 'k',
  createdAt: NOW,
  state: 'settled',
  attempt: 1,
  ambiguous: false,
  savedAt: NOW,
  outcome: 'healthy',
  ...changes,
});

export const page = (changes: Partial<SeenPage> = {}): SeenPage => ({
  v: 1,
  tabId: 7,
  platform: 'reddit',
  page: 'document',
  ids: [],
  at: NOW,
  ...changes,
});
