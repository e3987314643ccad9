import { beforeEach, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Secret } from '../../../lib/credentials/secret';
import type { CaptureOffer, PageStatus, SeenId } from '../../../lib/messages/reports';
import { checkRowsWith, closeDatabase, rows } from '../../../lib/storage/database';
import type { Capture, Delivery } from '../../../lib/storage/rows';
import { isSoundRow } from '../../../lib/storage/schemas';
import { listSecrets } from '../../../lib/vault/vault';

/** What tests of the vault tell their stories with. */

export const START = Date.UTC(2026, 10, 22, 9);

/** An empty database, a clock that stands still, and the schemas that the background has. */
export const freshStart = (): void => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: START });
    checkRowsWith(isSoundRow);
    await closeDatabase({ remove: true });
    openTabs(7);
  });
};

type Tabs = Awaited<ReturnType<typeof fakeBrowser.tabs.query>>;

/** All tabs that are open from now on. Those of the stories are in the seventh, unless they say otherwise. */
export const openTabs = (...ids: number[]): void => {
  vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue(ids.map((id) => ({ id })) as Tabs);
};

export const later = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms);
};

export const id = (kind: string, value: string, rest: Partial<SeenId> = {}): SeenId => ({
  kind,
  value,
  reasons: [{ code: 'label', label: 'Pixel ID' }],
  selected: false,
  ...rest,
});

export const offerOf = (token: string, rest: Partial<CaptureOffer> = {}): CaptureOffer => ({
  type: 'capture.offer',
  platform: 'reddit',
  page: 'document-1',
  account: 'a2_accountone11',
  tokens: [{ kind: 'conversionToken', value: token, gesture: true, warnings: [] }],
  ids: [],
  ...rest,
});

export const statusOf = (ids: SeenId[], rest: Partial<PageStatus> = {}): PageStatus => ({
  type: 'page.status',
  platform: 'reddit',
  page: 'document-1',
  account: 'a2_accountone11',
  ids,
  ...rest,
});

export const captures = async (): Promise<Capture[]> =>
  (await rows.all('captures')).sort((one, other) => one.createdAt - other.createdAt);

/** The only capture there is. */
export const theCapture = async (): Promise<Capture> => {
  const [only, ...others] = await captures();
  if (!only || others.length > 0) throw new Error(`There are ${others.length + (only ? 1 : 0)} captures.`);
  return only;
};

export const held = async (): Promise<string[]> =>
  (await listSecrets()).map(({ fingerprint }) => fingerprint).sort();

export const fingerprintOf = (token: string): Promise<string> => Secret.of(token).fingerprint();

export const deliveryOf = (capture: Capture, rest: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  id: crypto.randomUUID(),
  captureId: capture.id,
  workspaceId: 'workspace',
  route: 'api',
  job: 'create',
  platform: capture.platform,
  config: {},
  fingerprint: capture.chosen ?? '',
  mask: '••••',
  idempotencyKey: crypto.randomUUID(),
  createdAt: Date.now(),
  state: 'queued',
  attempt: 0,
  ambiguous: false,
  ...rest,
});
