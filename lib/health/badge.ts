import { isIll, isPlatformTrouble, MISSES_UNTIL_TOLD } from '../destinations/destination';
import { isMuted } from '../destinations/mutes';
import { platformOf } from '../platforms/index';
import type { Capture, Delivery, Destination, Settings, Workspace } from '../storage/rows';
import { DAY } from '../terms/time';
import { nameOf } from './name-of';
import { isEarly } from './pace';
import { isPaused, isQuiet } from './quiet';

/** What the badge is made of. */
export interface BadgeRows {
  captures: readonly Capture[];
  deliveries: readonly Delivery[];
  destinations: readonly Destination[];
  workspaces: readonly Workspace[];
  settings: Settings;
}

/** The tooltip says in words what the badge says in a sign. Times are ms since 1970. */
export type Tooltip =
  | { key: 'badge.new' }
  | { key: 'badge.ill'; count: number; name: string }
  | {
      key: 'badge.keyRefused' | 'badge.keyMissing' | 'badge.scopeMissing' | 'badge.pixelMismatch';
      name: string;
    }
  | { key: 'badge.platform'; count: number; name: string }
  | { key: 'badge.siteAccess' }
  | { key: 'badge.sending' | 'badge.verifying' | 'badge.late' | 'badge.persons' | 'badge.look'; name: string }
  | { key: 'badge.couldNotCheck'; since: number }
  | { key: 'badge.neverChecked' }
  | { key: 'badge.healthy'; count: number; checkedAt: number }
  | { key: 'badge.paused'; until: number }
  | { key: 'badge.quiet' };

export type Tone = 'news' | 'ill' | 'key' | 'platform' | 'grey' | 'none';

export interface Badge {
  text: string;
  tone: Tone;
  tooltip: Tooltip;
}

const KEY_TROUBLE = {
  keyRefused: 'badge.keyRefused',
  keyMissing: 'badge.keyMissing',
  scopeMissing: 'badge.scopeMissing',
  pixelMismatch: 'badge.pixelMismatch',
} as const;

/** Three rounds went by without an answer; or a day did, in which the browser was closed or the computer slept. */
const couldNotCheck = ({ poll }: Workspace, now: number): boolean =>
  poll.misses >= MISSES_UNTIL_TOLD || now - (poll.lastAnsweredAt ?? now) > DAY;

const isIncident = ({ enabled, health }: Destination): boolean =>
  enabled && health.incidentAt !== undefined && isIll(health.state);

/** Not the destination's fault, and nothing to do: so it looks different, and comes after what there is to do. */
const platformBadge = (destinations: readonly Destination[]): Badge | undefined => {
  const waiting = destinations.filter((row) => isIncident(row) && isPlatformTrouble(row.health.reason));
  const [first] = waiting;
  if (!first) return undefined;
  const name = platformOf(first.type)?.name ?? first.type;
  return {
    text: 'WAIT',
    tone: 'platform',
    tooltip: { key: 'badge.platform', count: waiting.length, name },
  };
};

const illBadge = (destinations: readonly Destination[]): Badge | undefined => {
  const ill = destinations.filter((row) => isIncident(row) && !isPlatformTrouble(row.health.reason));
  const [first] = ill.sort((one, other) => (one.health.incidentAt ?? 0) - (other.health.incidentAt ?? 0));
  if (!first) return undefined;
  const text = `!${ill.length > 99 ? '99+' : ill.length}`;
  return { text, tone: 'ill', tooltip: { key: 'badge.ill', count: ill.length, name: nameOf(first) } };
};

const keyBadge = (workspaces: readonly Workspace[], siteAccess: boolean): Badge | undefined => {
  for (const { state, name } of workspaces) {
    const key = KEY_TROUBLE[state as keyof typeof KEY_TROUBLE];
    if (key) return { text: 'KEY', tone: 'key', tooltip: { key, name } };
  }
  return siteAccess ? undefined : { text: 'KEY', tone: 'key', tooltip: { key: 'badge.siteAccess' } };
};

const deliveryBadge = (
  deliveries: readonly Delivery[],
  destinations: readonly Destination[],
  now: number,
): Badge | undefined => {
  const open = deliveries.filter(({ state }) => state !== 'settled');
  const delivery = open.find(({ savedAt }) => savedAt === undefined) ?? open[0];
  if (!delivery) return undefined;
  const { savedAt, state, route } = delivery;
  // On the dashboard's route nobody can be asked, so what was not seen is not said.
  const late = route === 'dashboard' ? 'badge.look' : 'badge.late';
  const unsaved = state === 'person' ? 'badge.persons' : 'badge.sending';
  const key = savedAt === undefined ? unsaved : isEarly(delivery, now) ? 'badge.verifying' : late;
  const destination = destinations.find(
    ({ id, workspaceId }) => id === delivery.destinationId && workspaceId === delivery.workspaceId,
  );
  const name = destination ? nameOf(destination) : (platformOf(delivery.platform)?.name ?? '');
  return { text: '…', tone: 'news', tooltip: { key, name } };
};

const missedBadge = (workspaces: readonly Workspace[], now: number): Badge | undefined => {
  const workspace = workspaces.find((one) => couldNotCheck(one, now));
  if (!workspace) return undefined;
  const since = workspace.poll.lastAnsweredAt;
  return {
    text: '?',
    tone: 'grey',
    tooltip: since === undefined ? { key: 'badge.neverChecked' } : { key: 'badge.couldNotCheck', since },
  };
};

const quietBadge = (workspaces: readonly Workspace[], destinations: readonly Destination[]): Badge => {
  const healthy = destinations.filter(({ enabled, health }) => enabled && health.state === 'healthy');
  const answers = workspaces.flatMap(({ poll }) => poll.lastAnsweredAt ?? []);
  const isAll = healthy.length > 0 && healthy.length === destinations.length && answers.length > 0;
  return {
    text: '',
    tone: 'none',
    // The oldest answer: "checked at" must be true of every one of them.
    tooltip: isAll
      ? { key: 'badge.healthy', count: healthy.length, checkedAt: Math.min(...answers) }
      : { key: 'badge.quiet' },
  };
};

/**
 * What the person wants to see of it. The tooltip keeps its words, but for a pause, which it has to explain. A captured
 * token is shown whatever they have set.
 */
const asWished = (badge: Badge, settings: Settings, now: number): Badge => {
  if (isPaused(settings, now)) {
    return { text: '', tone: 'none', tooltip: { key: 'badge.paused', until: settings.pausedUntil ?? now } };
  }
  const isSilent = settings.badge === 'none' || (settings.quietBadge && isQuiet(settings, now));
  if (isSilent) return { ...badge, text: '', tone: 'none' };
  return settings.badge === 'dot' && badge.text !== '' ? { ...badge, text: '•' } : badge;
};

/**
 * The badge of the toolbar button, worst first, and that of the tabs in which a captured token waits, which wins
 * there. Pure.
 */
export const badgeFor = (
  { captures, deliveries, destinations, workspaces, settings }: BadgeRows,
  siteAccess: boolean,
  now: number,
): { everywhere: Badge; tabs: Map<number, Badge> } => {
  const tabs = new Map<number, Badge>();
  for (const { tabId, state, tokens } of captures) {
    if (tabId === undefined || state !== 'open' || tokens.length === 0) continue;
    tabs.set(tabId, { text: 'NEW', tone: 'news', tooltip: { key: 'badge.new' } });
  }
  const proven = workspaces.filter(({ testedAt }) => testedAt !== undefined);
  // What was last known of a workspace that does not answer is not known any more, be it good or bad.
  const answering = proven.filter(
    (workspace) => workspace.state === 'connected' && !couldNotCheck(workspace, now),
  );
  const known = destinations.filter(
    (row) =>
      row.goneAt === undefined && answering.some(({ id }) => id === row.workspaceId) && !isMuted(row, now),
  );
  const worst =
    illBadge(known) ??
    keyBadge(proven, siteAccess) ??
    platformBadge(known) ??
    deliveryBadge(deliveries, destinations, now) ??
    missedBadge(proven, now) ??
    quietBadge(answering, known);
  return { everywhere: asWished(worst, settings, now), tabs };
};
