import { destinationKey, isIll, isPlatformTrouble, MISSES_UNTIL_TOLD } from '../destinations/destination';
import { isMuted } from '../destinations/mutes';
import { isKeyTrouble } from '../storage/key-trouble';
import type { AlertBook, Delivery, Destination, Notice, Settings, Workspace } from '../storage/rows';
import { DAY, HOUR } from '../terms/time';
import { nameOf } from './name-of';
import { isEarly, isLate, WATCH_TIME } from './pace';
import { isPaused, isQuiet } from './quiet';

/**
 * Which alerts are due, decided from rows alone. An illness is told once, when it is confirmed; its end only if it was
 * told itself. What the person muted, what is within the five minutes after a send, and what is nobody's fault (the
 * network, Upstack, the platform) is not told. Pure.
 */

/** More changes than this within the window, and it keeps switching. */
const MOST_CHANGES = 3;
const SWITCHING_WINDOW = 6 * HOUR;
/** The end of a send is news for so long. */
const NEWS = HOUR;

export const emptyBook: AlertBook = {
  v: 1,
  id: 'alerts',
  told: {},
  changes: {},
  switching: {},
  deliveries: {},
  keys: {},
  held: [],
  pending: [],
};

export interface AlertRows {
  destinations: readonly Destination[];
  workspaces: readonly Workspace[];
  deliveries: readonly Delivery[];
  settings: Settings;
  book: AlertBook;
}

/** What is switched off, or no longer there, is not expected to be healthy. */
const isInUse = ({ enabled, goneAt, health }: Destination): boolean =>
  enabled && goneAt === undefined && health.state !== 'paused';

const isActionable = (destination: Destination): boolean => {
  const { incidentAt, state, reason } = destination.health;
  return isInUse(destination) && incidentAt !== undefined && isIll(state) && !isPlatformTrouble(reason);
};

/** Several of a kind in one round are one notice. */
const grouped = (notices: readonly Notice[], kind: 'ill' | 'recovered', many: Notice['kind']): Notice[] => {
  const same = notices.filter((notice) => notice.kind === kind);
  if (same.length < 2) return [...notices];
  const workspaces = new Set(same.map(({ about = '' }) => about.split('/')[0]));
  return [
    { kind: many, count: same.length, more: workspaces.size },
    ...notices.filter((notice) => notice.kind !== kind),
  ];
};

/** What quiet hours have kept back, as one. An illness that came and went in them is told as its end. */
const digestOf = (held: readonly Notice[], destinations: readonly Destination[]): Notice[] => {
  const about = (...kinds: Notice['kind'][]) =>
    new Set(held.flatMap((notice) => (kinds.includes(notice.kind) ? (notice.about ?? []) : [])));
  const isIllNow = (key: string) =>
    destinations.some((row) => row.key === key && row.goneAt === undefined && isIll(row.health.state));
  const told = [...about('ill', 'late', 'switching', 'recovered')];
  const ill = told.filter(isIllNow).length;
  const keys = about('keyRefused', 'keyMissing').size;
  const more = told.length - ill;
  return ill + keys + more === 0 ? [] : [{ kind: 'digest', count: ill + keys, more }];
};

/** Drops what has become too old to matter, so that the book does not grow. */
const tidied = (book: AlertBook, destinations: readonly Destination[], now: number): AlertBook => {
  const known = new Set(destinations.map(({ key }) => key));
  const only = <T>(record: Record<string, T>, keep: (value: T, key: string) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([key, value]) => keep(value, key)));
  return {
    ...book,
    told: only(book.told, (_told, key) => known.has(key)),
    changes: only(
      Object.fromEntries(
        Object.entries(book.changes).map(([key, times]) => [
          key,
          times.filter((at) => now - at < SWITCHING_WINDOW && at <= now),
        ]),
      ),
      (times, key) => times.length > 0 && known.has(key),
    ),
    switching: only(book.switching, (until) => until > now && until - now <= SWITCHING_WINDOW),
    deliveries: only(book.deliveries, (at) => now - at < DAY),
  };
};

export const decide = (
  { destinations, workspaces, deliveries, settings, book: before }: AlertRows,
  popupOpen: boolean,
  now: number,
): AlertBook => {
  const book = tidied(structuredClone(before), destinations, now);
  if (!settings.alerts) return { ...emptyBook, deliveries: book.deliveries, keys: book.keys };

  const paused = isPaused(settings, now);
  const notices: Notice[] = [];

  /** A change that would be told: the fourth within six hours is told as "keeps switching", and then it is quiet. */
  const tell = (notice: Notice & { about: string }): void => {
    const { about: key, name = '' } = notice;
    const changes = [...(book.changes[key] ?? []), now];
    book.changes[key] = changes;
    if (book.switching[key] !== undefined) return;
    if (changes.length <= MOST_CHANGES) notices.push(notice);
    else {
      book.switching[key] = now + SWITCHING_WINDOW;
      notices.push({ kind: 'switching', about: key, name });
    }
  };

  const answers = (workspaceId: string): boolean =>
    workspaces.some(
      ({ id, state, poll }) => id === workspaceId && state === 'connected' && poll.misses < MISSES_UNTIL_TOLD,
    );
  const keyOf = ({ workspaceId, destinationId = '' }: Delivery) => destinationKey(workspaceId, destinationId);

  // Sends first: one that is late is the illness of its destination, and that is not told a second time.
  for (const delivery of deliveries) {
    const { id, route, outcome, savedAt, settledAt = now } = delivery;
    const destination = destinations.find(({ key }) => key === keyOf(delivery));
    if (savedAt === undefined || route !== 'api' || !destination || book.deliveries[id] !== undefined)
      continue;
    const key = destination.key;
    const isOverdue =
      isInUse(destination) &&
      ((outcome === 'unhealthy' && now - savedAt >= WATCH_TIME) || isLate(delivery, now));
    if (outcome === 'healthy') {
      book.deliveries[id] = now;
      const isNews = now - settledAt < NEWS && settledAt - savedAt <= WATCH_TIME;
      if (isNews && !popupOpen && !paused && !isMuted(destination, now)) {
        notices.push({ kind: 'verified', about: key, name: nameOf(destination) });
      }
    } else if (isOverdue && now - savedAt < NEWS && answers(destination.workspaceId)) {
      if (paused || isMuted(destination, now)) continue;
      book.deliveries[id] = now;
      if (book.told[key]) continue;
      book.told[key] = { since: savedAt };
      tell({ kind: 'late', about: key, name: nameOf(destination) });
    }
  }

  for (const destination of destinations) {
    const { key, workspaceId, health } = destination;
    if (!answers(workspaceId)) continue;
    const silent = paused || isMuted(destination, now);
    const name = nameOf(destination);
    const told = book.told[key];
    if (isActionable(destination)) {
      const inGrace = deliveries.some((delivery) => keyOf(delivery) === key && isEarly(delivery, now));
      const isTold =
        told !== undefined && (told.incidentAt === undefined || told.incidentAt === health.incidentAt);
      if (isTold || silent || inGrace || book.switching[key] !== undefined) continue;
      book.told[key] = { incidentAt: health.incidentAt ?? now, since: health.illSince ?? now };
      tell({ kind: 'ill', about: key, name });
    } else if (told && health.state === 'healthy') {
      delete book.told[key];
      if (!silent) tell({ kind: 'recovered', about: key, name, span: Math.max(0, now - told.since) });
    }
  }

  for (const { id, name, state } of workspaces) {
    if (paused || !isKeyTrouble(state)) continue;
    if (now - (book.keys[id] ?? 0) < DAY) continue;
    book.keys[id] = now;
    notices.push({ kind: state === 'keyMissing' ? state : 'keyRefused', about: id, name });
  }

  if (isQuiet(settings, now)) return { ...book, held: [...book.held, ...notices] };
  const digest = digestOf(book.held, destinations);
  const shown = grouped(grouped(notices, 'ill', 'illMany'), 'recovered', 'recoveredMany');
  return { ...book, held: [], pending: [...book.pending, ...digest, ...shown] };
};
