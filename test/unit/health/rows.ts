import type { Capture, Delivery, Destination, Workspace } from '../../../lib/storage/rows';

export const NOW = Date.UTC(2026, 10, 22, 12);

export const workspace = (changes: Partial<Workspace> = {}): Workspace => ({
  v: 1,
  id: 'w1',
  name: 'Acme',
  pixelId: '00000000-0000-4000-8000-000000000001',
  route: 'api',
  remember: false,
  keyMask: '••••',
  createdAt: NOW,
  state: 'connected',
  testedAt: NOW,
  active: true,
  poll: { nextAt: NOW, misses: 0, lastAnsweredAt: NOW },
  ...changes,
});

export const destination = (
  health: Partial<Destination['health']> = {},
  changes: Partial<Destination> = {},
): Destination => ({
  v: 1,
  key: 'w1/dst_1',
  id: 'dst_1',
  workspaceId: 'w1',
  type: 'reddit',
  name: 'Acme US',
  enabled: true,
  config: { pixelId: 'a2_abcdefghijkl' },
  token: { isSet: true, fingerprint: 'sha256:0123456789abcdef' },
  health: { state: 'healthy', confirmedAt: NOW, ...health },
  ...changes,
});

export const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  id: 'd1',
  captureId: 'c1',
  workspaceId: 'w1',
  route: 'api',
  job: 'create',
  platform: 'reddit',
  config: { pixelId: 'a2_abcdefghijkl' },
  fingerprint: 'sha256:0123456789abcdef',
  mask: '••••',
  destinationId: 'dst_1',
  idempotencyKey: 'k',
  createdAt: NOW,
  state: 'verifying',
  attempt: 1,
  ambiguous: false,
  savedAt: NOW,
  ...changes,
});

export const capture = (changes: Partial<Capture> = {}): Capture => ({
  v: 1,
  id: 'c1',
  platform: 'reddit',
  origin: 'page',
  tabId: 7,
  createdAt: NOW,
  expiresAt: NOW,
  tokens: [
    {
      fingerprint: 'sha256:0123456789abcdef',
      mask: '••••',
      length: 812,
      verdict: { level: 'good', code: 'good' },
      removed: [],
      provenance: 'gesture',
      warnings: [],
      seenAt: NOW,
    },
  ],
  ids: {},
  ticks: { checked: false, generated: false, others: false },
  state: 'open',
  ...changes,
});
