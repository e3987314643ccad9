import { isIll, isPlatformTrouble } from '../lib/destinations/destination';
import { reminderOf } from '../lib/destinations/reminder';
import { isLive } from '../lib/storage/live';
import type {
  AccountChoice,
  BulkAdd,
  Capture,
  CapturedToken,
  Delivery,
  Destination,
  OpenGuide,
  QuarantinedRow,
  SeenPage,
  Workspace,
} from '../lib/storage/rows';
import { canUndo, UNDO_TIME } from '../lib/storage/undo-time';
import { MINUTE } from '../lib/terms/time';

/**
 * What the popup shows, decided in one pure place: rows and surroundings in, an ordered list of cards out. The first
 * card is the state of the popup: it has the focus and the one main button.
 */

/** The rows that pages of ours watch. */
export interface Snapshot {
  captures: readonly Capture[];
  deliveries: readonly Delivery[];
  destinations: readonly Destination[];
  workspaces: readonly Workspace[];
  pages: readonly SeenPage[];
  accountChoices: readonly AccountChoice[];
  guides: readonly OpenGuide[];
  bulkAdds: readonly BulkAdd[];
  quarantine: readonly QuarantinedRow[];
}

export interface Surroundings {
  now: number;
  online: boolean;
  /** The tab that the popup was opened for; none when it was opened as a page of its own. */
  tabId?: number | undefined;
  /** Of that tab, where the browser tells it: on ad pages. */
  origin?: string | undefined;
  /** Match patterns of needed hosts that the browser keeps the extension away from. */
  sitesOff?: readonly string[];
}

/** What is said of a destination. Never `healthy` unless somebody looked lately. */
export type Status =
  | 'healthy'
  | 'unhealthy'
  | 'degraded'
  /** The platform's own: it passes by itself. */
  | 'platformTrouble'
  | 'pending'
  | 'paused'
  | 'unknown'
  | 'couldNotCheck'
  | 'gone';

/** A destination as the person is told of it. */
export interface Watched {
  destination: Destination;
  workspace?: Workspace | undefined;
  status: Status;
}

/** A token that is gone without having been sent. */
export interface Loss {
  from: 'capture' | 'delivery';
  id: string;
  platform: string;
  /**
   * `unsaved`: it was handed over to the person, and was not seen to be saved. `uncertain`: it was sent, and nobody is
   * left to ask what became of it.
   */
  why: 'lost' | 'expired' | 'unsaved' | 'uncertain';
  mask?: string | undefined;
}

/** What was stored and cannot be read any more, by store. */
export interface Damage {
  from: 'storage';
  id: 'storage';
  stores: readonly string[];
}

/** What the person has put away, and may take back until then. */
export interface PutAway {
  from: 'discard' | Loss['from'] | 'destination' | Damage['from'];
  id: string;
  until: number;
  platform?: string;
}

export type CardState =
  /** Everything below is made up. */
  | { kind: 'sample' }
  | { kind: 'offline' }
  | ({ kind: 'undo' } & PutAway)
  /** `rejected`: the last send of this capture, which Upstack did not take. */
  | { kind: 'review'; capture: Capture; rejected?: Delivery | undefined }
  /** `attempt`: a first connection that is under way or has failed. */
  | { kind: 'connect'; attempt?: Workspace | undefined }
  /** `waiting`: a send goes on once the key works again. */
  | { kind: 'keyTrouble'; workspace: Workspace; waiting: boolean }
  | { kind: 'siteAccess'; patterns: readonly string[] }
  /** Too many to be mended here one by one. */
  | { kind: 'keyTroubles'; workspaces: readonly Workspace[] }
  | { kind: 'tombstone'; loss: Loss | Damage }
  | { kind: 'delivery'; delivery: Delivery; watched?: Watched | undefined }
  /** To a token of this platform. `lost`: one of this very account was in memory and is gone. */
  | { kind: 'guide'; platform: string; page?: SeenPage | undefined; lost: boolean }
  /** The old token is to be deleted in the ad console. */
  | { kind: 'reminder'; destination: Destination }
  | { kind: 'destinations'; watched: readonly Watched[] }
  /** `origin`: of the page beside, of which nothing was heard. */
  | ({ kind: 'start' } & Pick<Surroundings, 'origin' | 'tabId'>);

/** So many keys can be replaced in the popup, which has room for no more. */
const MENDED_HERE = 2;
/** A verified send is news for so long; after that its destination tells. */
const NEWS = 60 * MINUTE;
/** So many rounds without an answer, or so many paces without a word (the computer slept): what is known is old. */
const PATIENCE = 3;
const USUAL_PACE = 15 * MINUTE;

const isStale = ({ health, seenAt }: Destination, { route, poll }: Workspace, now: number): boolean => {
  // What the dashboard showed of others says nothing of this one.
  if (route === 'dashboard') return now - (seenAt ?? health.confirmedAt) > PATIENCE * USUAL_PACE;
  const { misses, lastAnsweredAt = 0, paceSeconds = 0 } = poll;
  const silence = now - Math.max(health.confirmedAt, lastAnsweredAt);
  return misses >= PATIENCE || silence > PATIENCE * Math.max(paceSeconds * 1000, USUAL_PACE);
};

export const statusOf = (
  destination: Destination,
  workspace: Workspace | undefined,
  { now, online }: Surroundings,
): Status => {
  if (destination.goneAt !== undefined) return 'gone';
  const needsNetwork = workspace?.route !== 'dashboard';
  if ((needsNetwork && !online) || workspace?.state !== 'connected' || isStale(destination, workspace, now)) {
    return 'couldNotCheck';
  }
  if (!destination.enabled) return 'paused';
  const { state, reason } = destination.health;
  return isIll(state) && isPlatformTrouble(reason) ? 'platformTrouble' : state;
};

export const isTrouble = (status: Status): boolean => status === 'unhealthy' || status === 'degraded';

/** Trouble first, then what is open, then what is well. */
const urgency: readonly Status[] = [
  'unhealthy',
  'degraded',
  'platformTrouble',
  'gone',
  'couldNotCheck',
  'unknown',
  'pending',
  'paused',
  'healthy',
];

export const byUrgency = (one: Watched, other: Watched): number =>
  urgency.indexOf(one.status) - urgency.indexOf(other.status) ||
  one.destination.name.localeCompare(other.destination.name);

const newestFirst = (one: { createdAt: number }, other: { createdAt: number }): number =>
  other.createdAt - one.createdAt;

/** The captures in review: those of the person's own tab first, then the most recent. */
const inReview = (captures: readonly Capture[], tabId: number | undefined): Capture[] => {
  const isHere = (capture: Capture): number => Number(tabId !== undefined && capture.tabId === tabId);
  return captures
    .filter(({ state }) => state === 'open')
    .sort((one, other) => isHere(other) - isHere(one) || newestFirst(one, other));
};

const isLossOf = (row: Delivery): row is Delivery & { outcome: 'lost' | 'expired' } =>
  row.outcome === 'lost' || row.outcome === 'expired';

/** Ends that leave something to do or to know. Losses have cards of their own. */
const toldByACard: readonly Delivery['outcome'][] = ['unhealthy', 'rejected', 'superseded'];

/** Deliveries with something to say: on their way, or ended and neither seen nor overtaken by a later one. */
const speaking = (deliveries: readonly Delivery[], now: number): Delivery[] => {
  const later = new Set<string>();
  return [...deliveries].sort(newestFirst).filter((delivery) => {
    const subjects = [delivery.captureId, ...(delivery.destinationId ? [delivery.destinationId] : [])];
    const isOvertaken = subjects.some((subject) => later.has(subject));
    for (const subject of subjects) later.add(subject);
    if (delivery.state !== 'settled') return true;
    if (delivery.dismissed || isOvertaken) return false;
    if (delivery.outcome === 'healthy') return now - (delivery.settledAt ?? 0) < NEWS;
    return toldByACard.some((outcome) => outcome === delivery.outcome);
  });
};

/** The token that would be sent; none while there are several and none is chosen. */
export const chosenToken = ({ tokens, chosen }: Capture): CapturedToken | undefined =>
  tokens.find(({ fingerprint }) => fingerprint === chosen);

const isLostCapture = ({ state }: Capture): boolean => state === 'lost' || state === 'expired';

/** Each loss once: a delivery tells it for its capture. */
const lossesOf = ({ captures, deliveries }: Snapshot): Loss[] => {
  const lostDeliveries = deliveries.filter(isLossOf);
  const told = new Set(lostDeliveries.map(({ captureId }) => captureId));
  return [
    ...lostDeliveries
      .filter(({ dismissed }) => !dismissed)
      .map(
        ({ id, platform, outcome, route, ambiguous, mask }): Loss => ({
          from: 'delivery',
          id,
          platform,
          why: route === 'dashboard' ? 'unsaved' : ambiguous ? 'uncertain' : outcome,
          mask,
        }),
      ),
    ...captures
      .filter((capture) => isLostCapture(capture) && capture.tokens.length > 0)
      .filter(({ id, dismissed }) => !dismissed && !told.has(id))
      .map(
        (capture): Loss => ({
          from: 'capture',
          id: capture.id,
          platform: capture.platform,
          why: capture.state === 'expired' ? 'expired' : 'lost',
          mask: chosenToken(capture)?.mask,
        }),
      ),
  ];
};

const damageOf = ({ quarantine }: Snapshot): Damage[] => {
  const stores = quarantine.flatMap(({ dismissed, store }) => (dismissed ? [] : store));
  return stores[0] ? [{ from: 'storage', id: 'storage', stores }] : [];
};

/** What can be taken back, the captures first. */
export const putAway = (
  { captures, deliveries, destinations, quarantine }: Snapshot,
  now: number,
): PutAway[] => {
  const dismissed = (from: PutAway['from'], id: string, at = 0): PutAway[] =>
    canUndo(at, now) ? [{ from, id, until: at + UNDO_TIME }] : [];
  return [
    ...captures.flatMap(({ id, platform, state, discardAt: until = 0, dismissedAt }) =>
      state === 'discarding' && until > now
        ? [{ from: 'discard' as const, id, platform, until }]
        : dismissed('capture', id, dismissedAt),
    ),
    // A success is still in sight beside its destination.
    ...deliveries.flatMap(({ id, outcome, dismissedAt }) =>
      outcome === 'healthy' ? [] : dismissed('delivery', id, dismissedAt),
    ),
    ...destinations.flatMap(({ key, dismissedAt }) => dismissed('destination', key, dismissedAt)),
    // All of it was put away at once.
    ...dismissed('storage', 'storage', Math.max(...quarantine.map(({ dismissedAt = 0 }) => dismissedAt))),
  ];
};

/** A token is in memory that a reload of ours would destroy. */
export const tokenWaits = ({ captures, deliveries }: Snapshot): boolean =>
  captures.some((capture) => isLive(capture) && capture.tokens.length > 0) ||
  deliveries.some(({ state }) => state !== 'settled' && state !== 'verifying');

/** It has worked once; everything before that is an attempt to connect. */
export const isProven = ({ testedAt }: Workspace): boolean => testedAt !== undefined;

/** All of it is made up. */
export const isSample = ({ workspaces }: Pick<Snapshot, 'workspaces'>): boolean =>
  workspaces.some(({ sample }) => sample);

/** The way to a token of this platform. */
export const guideCard = (
  platform: string,
  { captures }: Snapshot,
  page: SeenPage | undefined,
): CardState & { kind: 'guide' } => {
  const here = page?.platform === platform ? page : undefined;
  const lost = captures.some(
    (capture) =>
      isLostCapture(capture) && capture.platform === here?.platform && capture.account === here.account,
  );
  return { kind: 'guide', platform, page: here, lost };
};

const FRUITLESS: readonly Delivery['outcome'][] = ['rejected', 'superseded', 'withdrawn', 'expired', 'lost'];

/** It is on its way, or has brought a token to Upstack: more than another try would have to begin with. */
export const isFruitful = ({ outcome }: Delivery): boolean => !FRUITLESS.includes(outcome);

/** The guide that a person has asked for and that has not led to a send yet; of several, that of this page. */
const askedGuide = ({ guides, deliveries }: Snapshot, page: SeenPage | undefined): OpenGuide | undefined => {
  const asked = guides.filter(
    ({ platform, startedAt }) =>
      !deliveries.some(
        (delivery) =>
          delivery.platform === platform && delivery.createdAt >= startedAt && isFruitful(delivery),
      ),
  );
  return asked.find(({ platform }) => platform === page?.platform) ?? asked[0];
};

export const popupState = (rows: Snapshot, around: Surroundings): CardState[] => {
  const { captures, deliveries, destinations, pages } = rows;
  const { now, online, tabId, origin, sitesOff = [] } = around;
  const workspaces = rows.workspaces.filter(isProven);
  const shown = speaking(deliveries, now);

  const watch = (destination: Destination): Watched => {
    const workspace = workspaces.find(({ id }) => id === destination.workspaceId);
    return { destination, workspace, status: statusOf(destination, workspace, around) };
  };

  const saysOffline = shown.some(({ state, problem }) => state === 'waiting' && problem?.kind === 'offline');
  const offline: CardState[] = online || saysOffline ? [] : [{ kind: 'offline' }];

  const undo = putAway(rows, now).map((what): CardState => ({ kind: 'undo', ...what }));

  const reviews = inReview(captures, tabId).map((capture): CardState & { kind: 'review' } => ({
    kind: 'review',
    capture,
    rejected: shown.find(({ captureId, outcome }) => captureId === capture.id && outcome === 'rejected'),
  }));
  const isInReview = (captureId: string) => reviews.some(({ capture }) => capture.id === captureId);

  const refused = workspaces.filter(({ state }) => state !== 'connected');
  const connection: CardState[] = [
    ...(workspaces.length === 0 ? [{ kind: 'connect', attempt: rows.workspaces[0] } as const] : []),
    ...(refused.length > MENDED_HERE ? [{ kind: 'keyTroubles', workspaces: refused } as const] : []),
    ...(refused.length > MENDED_HERE ? [] : refused).map((workspace): CardState => {
      const waiting = shown.some(
        ({ state, workspaceId }) => state === 'needsKey' && workspaceId === workspace.id,
      );
      return { kind: 'keyTrouble', workspace, waiting };
    }),
  ];

  // After what is in review: whoever uses one platform alone may keep the other switched off.
  const access: CardState[] = sitesOff.length > 0 ? [{ kind: 'siteAccess', patterns: sitesOff }] : [];

  const tombstones = [...lossesOf(rows), ...damageOf(rows)].map(
    (loss): CardState => ({ kind: 'tombstone', loss }),
  );

  const sends = shown
    .filter(({ state, workspaceId }) => state !== 'needsKey' || !refused.some(({ id }) => id === workspaceId))
    .filter(({ outcome, captureId }) => outcome !== 'rejected' || !isInReview(captureId))
    .map((delivery): CardState & { kind: 'delivery' } => {
      const destination = destinations.find(
        ({ id, workspaceId }) => id === delivery.destinationId && workspaceId === delivery.workspaceId,
      );
      return { kind: 'delivery', delivery, watched: destination && watch(destination) };
    });
  const told = sends
    .filter(({ delivery }) => delivery.outcome !== 'rejected')
    .map(({ watched }) => watched?.destination.key);

  // The way to a token, unless there is one or something else to deal with first.
  const isFree = reviews.length + connection.length + tombstones.length + sends.length === 0;
  const page = pages.find((candidate) => candidate.tabId === tabId);
  const asked = askedGuide(rows, page);
  const isLedTo = ({ id, workspaceId }: Destination): boolean =>
    isFree && id === asked?.destinationId && workspaceId === asked.workspaceId;
  const watched = destinations
    .filter(
      (destination) => !destination.dismissed && !told.includes(destination.key) && !isLedTo(destination),
    )
    .map(watch)
    .sort(byUrgency);
  const list: CardState[] = watched.length > 0 ? [{ kind: 'destinations', watched }] : [];

  const reminders = destinations
    .filter((destination) => reminderOf(destination, now)?.state === 'due')
    .map((destination): CardState => ({ kind: 'reminder', destination }));

  const led = asked?.platform ?? page?.platform;
  const guide = led === undefined ? undefined : guideCard(led, rows, page);
  const way: CardState[] = !isFree ? [] : [guide ?? { kind: 'start', origin, tabId }];
  const isUrgent = !asked && (!page || watched.some(({ status }) => isTrouble(status)));

  const sample: CardState[] = isSample(rows) ? [{ kind: 'sample' }] : [];

  return [
    ...sample,
    ...offline,
    ...undo,
    ...reviews,
    ...access,
    ...connection,
    ...tombstones,
    ...sends,
    ...reminders,
    ...(isUrgent ? [...list, ...way] : [...way, ...list]),
  ];
};
