import { i18n } from '#i18n';
import { samples } from '../platforms/samples';
import { rows } from '../storage/database';
import type { Destination, HistoryEntry, Settings, Workspace } from '../storage/rows';
import { DAY, HOUR, MINUTE } from '../terms/time';
import { takeOffer } from '../vault/captures';

/** The rows that sample data begin with: two clients with a month behind them, one token that waits to be sent. */

/** No tab has it. */
const NO_TAB = -1;

const workspaceOf = (number: number, now: number): Workspace => ({
  v: 1,
  id: `sample-${number}`,
  name: i18n.t('sample.workspace', { n: number }),
  pixelId: `00000000-0000-4000-8000-00000000000${number}`,
  route: 'api',
  remember: false,
  keyMask: '••••••••',
  createdAt: now - 40 * DAY,
  state: 'connected',
  testedAt: now,
  active: number === 1,
  colour: number === 1 ? 'blue' : 'orange',
  sample: true,
  poll: { nextAt: now + 5 * MINUTE, misses: 0, lastAnsweredAt: now, paceSeconds: 300 },
});

interface Made {
  workspace: number;
  /** Which platform and which of its ad accounts. */
  platform: number;
  account: number;
  region: string;
  ill?: { code: 'token_invalid' | 'account_mismatch'; since: number };
}

/** The first one that is ill is mended by the token that waits; the other one stays, with its diagnosis. */
const made: readonly Made[] = [
  { workspace: 1, platform: 0, account: 1, region: 'US' },
  { workspace: 1, platform: 0, account: 2, region: 'UK', ill: { code: 'token_invalid', since: 5 * HOUR } },
  { workspace: 1, platform: 1, account: 1, region: 'US' },
  { workspace: 2, platform: 1, account: 2, region: 'DE', ill: { code: 'account_mismatch', since: 2 * DAY } },
  { workspace: 2, platform: 0, account: 3, region: 'ES' },
];

const idOf = (index: number): string => `sample-${index + 1}`;

const destinationOf = (one: Made, index: number, now: number): Destination | undefined => {
  const sample = samples[one.platform];
  if (!sample) return undefined;
  const workspaceId = `sample-${one.workspace}`;
  const illSince = one.ill && now - one.ill.since;
  return {
    v: 1,
    key: `${workspaceId}/${idOf(index)}`,
    id: idOf(index),
    workspaceId,
    type: sample.id,
    name: i18n.t('sample.destination', { region: one.region }),
    enabled: true,
    config: { ...sample.ids(one.account) },
    token: {
      isSet: true,
      fingerprint: `sha256:${String(index + 1).padStart(16, '0')}`,
      label: 'Upstack Data',
      updatedAt: now - 40 * DAY,
    },
    etag: 'sample',
    health: {
      state: one.ill ? 'unhealthy' : 'healthy',
      ...(one.ill ? { reason: { code: one.ill.code } } : {}),
      since: illSince ?? now - 40 * DAY,
      lastCheckedAt: now,
      confirmedAt: now,
      ...(illSince === undefined ? {} : { illSince, incidentAt: illSince + MINUTE }),
    },
  };
};

const historyOf = (destinations: readonly Destination[], now: number): HistoryEntry[] => {
  const entry = (
    ago: number,
    what: HistoryEntry['what'],
    of: { workspaceId: string; id?: string },
    facts?: HistoryEntry['facts'],
  ): HistoryEntry => ({
    v: 1,
    id: [of.workspaceId, of.id, what, ago].join('/'),
    at: now - ago,
    workspaceId: of.workspaceId,
    ...(of.id === undefined ? {} : { destinationId: of.id }),
    what,
    ...(facts ? { facts } : {}),
  });
  const ill = (ago: number, of: Destination, reason: string) =>
    entry(ago, 'health', of, { from: 'healthy', to: 'unhealthy', reason });
  const well = (ago: number, of: Destination) =>
    entry(ago, 'health', of, { from: 'unhealthy', to: 'healthy' });
  const past = destinations.flatMap((one, index) => {
    const { reason, illSince } = one.health;
    return [
      entry(40 * DAY, 'sent', one, { platform: one.type, mask: '••••••••7dQx' }),
      entry(40 * DAY - MINUTE, 'health', one, { to: 'healthy' }),
      ill((12 + index) * DAY, one, 'platform_unavailable'),
      well((12 + index) * DAY - (index + 1) * HOUR, one),
      ...(reason && illSince !== undefined ? [ill(now - illSince, one, reason.code)] : []),
    ];
  });
  const [first] = destinations;
  if (!first) return past;
  const { workspaceId } = first;
  return [
    ...past,
    ill(20 * DAY, first, 'token_invalid'),
    entry(20 * DAY - HOUR, 'rotated', first, { platform: first.type, mask: '••••••••k9Qd' }),
    well(20 * DAY - HOUR - 2 * MINUTE, first),
    entry(8 * DAY, 'couldNotCheck', { workspaceId }, { problem: 'asleep', since: now - 8 * DAY }),
    entry(7 * DAY, 'checkedAgain', { workspaceId }),
  ];
};

/** As if it had just been generated on the ad page of the first one that is ill: through the door that reports take. */
const captureToken = async (now: number): Promise<void> => {
  const one = made.find(({ ill }) => ill);
  const sample = one && samples[one.platform];
  if (!sample) return;
  const kind = sample.tokenKind;
  await takeOffer(
    {
      type: 'capture.offer',
      platform: sample.id,
      page: crypto.randomUUID(),
      tokens: [{ kind, value: sample.token(now), gesture: true, warnings: [] }],
      ids: Object.entries(sample.ids(one.account)).map(([id, value]) => ({
        kind: id,
        value,
        reasons: [{ code: 'page' }],
        selected: true,
      })),
    },
    NO_TAB,
  );
  for (const { id } of await rows.all('captures')) {
    await rows.change('captures', id, ({ tabId: _none, ...row }) => row);
  }
};

/** Writes them all. `settings`: the person's own, since the look of a page is no sample. */
export const writeSampleRows = async (settings: Settings, now: number): Promise<void> => {
  for (const number of [1, 2]) await rows.put('workspaces', workspaceOf(number, now));
  const destinations = made.flatMap((one, index) => destinationOf(one, index, now) ?? []);
  for (const destination of destinations) await rows.put('destinations', destination);
  for (const entry of historyOf(destinations, now)) await rows.put('history', entry);
  await rows.put('settings', settings);
  await captureToken(now);
};
