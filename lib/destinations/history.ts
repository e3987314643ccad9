import type { Destination, HistoryEntry, Workspace } from '../storage/rows';
import { DAY, MINUTE } from '../terms/time';
import { isIll } from './destination';

/**
 * What the log of changes says about a time: pictures and numbers are made of the same, so they cannot disagree.
 * Pure. Times are ms since 1970, spans are ms.
 */

/** So many rounds without a word, at their usual pace or the one that Upstack has asked for. */
const SILENT_ROUNDS = 3;
const USUAL_ROUND = 15 * MINUTE;

/** Longer than this without an answer, and what was known is old. */
export const patienceWith = (workspace: Pick<Workspace, 'poll'> | undefined): number =>
  SILENT_ROUNDS * Math.max(USUAL_ROUND, (workspace?.poll.paceSeconds ?? 0) * 1000);

export type HealthWord = 'healthy' | 'ill' | 'unchecked';

/** A time during which nothing changed. */
export interface Stretch {
  from: number;
  to: number;
  word: HealthWord;
  /** With `ill`: what Upstack gave as the cause when it began. */
  reason?: string;
}

/** A part of a picture: how much of it was how. */
export interface Slot {
  from: number;
  to: number;
  healthy: number;
  ill: number;
  unchecked: number;
  /** The longest illness in it. */
  worst?: Stretch;
}

const wordOf = (state: unknown): HealthWord =>
  state === 'healthy' ? 'healthy' : isIll(state as 'unhealthy') ? 'ill' : 'unchecked';

const byTime = (one: HistoryEntry, other: HistoryEntry): number => one.at - other.at;

/** Since when it was not known: that is noticed only some rounds later. */
const blindFrom = ({ at, facts }: HistoryEntry): number =>
  typeof facts?.since === 'number' ? Math.min(at, facts.since) : at;

type Told = Pick<Destination, 'id' | 'workspaceId'>;

const sorted = new WeakMap<readonly HistoryEntry[], ReadonlyMap<string, readonly HistoryEntry[]>>();

/** A log by what its entries are about. Sorted once: a list asks for each of its hundreds, again and again. */
const byDestination = (log: readonly HistoryEntry[]): ReadonlyMap<string, readonly HistoryEntry[]> => {
  const known = sorted.get(log);
  if (known) return known;
  const piles = new Map<string, HistoryEntry[]>();
  for (const entry of log) {
    const about = `${entry.workspaceId}/${entry.destinationId ?? ''}`;
    const pile = piles.get(about);
    if (pile) pile.push(entry);
    else piles.set(about, [entry]);
  }
  sorted.set(log, piles);
  return piles;
};

/** What a log has of a destination itself, and of its workspace as a whole. Oldest first. */
export const entriesAbout = (log: readonly HistoryEntry[], { id, workspaceId }: Told): HistoryEntry[] => {
  const piles = byDestination(log);
  return [`${workspaceId}/`, `${workspaceId}/${id}`].flatMap((about) => piles.get(about) ?? []).sort(byTime);
};

/** Until when the last word holds: as long as somebody has asked lately, else until they last did. */
export const knownUntil = (
  { health, seenAt }: Destination,
  workspace: Workspace | undefined,
  now: number,
): number => {
  const asked = Math.max(
    health.confirmedAt,
    seenAt ?? 0,
    workspace?.route === 'api' ? (workspace.poll.lastAnsweredAt ?? 0) : 0,
  );
  return now - asked > patienceWith(workspace) ? asked : now;
};

/** The whole of a time as stretches, without gaps. After `until` nothing is known. */
export const stretchesOf = (
  entries: readonly HistoryEntry[],
  told: Told,
  { from, to, until }: { from: number; to: number; until: number },
): Stretch[] => {
  const own = entriesAbout(entries, told);
  const first = own.find(({ what }) => what === 'health');
  let word = wordOf(first?.facts?.from);
  let reason: string | undefined;
  let blind = false;
  const stretches: Stretch[] = [];
  let begun = from;

  const close = (at: number): void => {
    const end = Math.min(Math.max(at, from), to);
    if (end <= begun) return;
    const shown = blind ? 'unchecked' : word;
    const last = stretches.at(-1);
    if (last && last.word === shown && last.reason === (shown === 'ill' ? reason : undefined)) last.to = end;
    else {
      const cause = shown === 'ill' && reason !== undefined ? { reason } : {};
      stretches.push({ from: begun, to: end, word: shown, ...cause });
    }
    begun = end;
  };
  /** What was believed of a time turns out not to have been known. */
  const reopenAt = (at: number): void => {
    while (begun > Math.max(at, from)) {
      const last = stretches.at(-1);
      if (!last) break;
      if (last.from >= at) stretches.pop();
      else last.to = at;
      begun = stretches.at(-1)?.to ?? from;
    }
  };

  for (const entry of own) {
    switch (entry.what) {
      case 'health':
        close(entry.at);
        word = wordOf(entry.facts?.to);
        reason = typeof entry.facts?.reason === 'string' ? entry.facts.reason : undefined;
        break;
      case 'couldNotCheck':
        close(blindFrom(entry));
        reopenAt(blindFrom(entry));
        blind = true;
        break;
      case 'checkedAgain':
        close(entry.at);
        blind = false;
        break;
      case 'gone':
      case 'disconnected':
        close(entry.at);
        word = 'unchecked';
        break;
    }
  }
  close(Math.min(until, to));
  reopenAt(until);
  blind = true;
  close(to);
  return stretches;
};

/** Cuts stretches at the edges, and sums up what lies between each two. */
export const slotsOf = (stretches: readonly Stretch[], edges: readonly number[]): Slot[] =>
  edges.slice(1).map((to, index) => {
    const from = edges[index] ?? to;
    const slot: Slot = { from, to, healthy: 0, ill: 0, unchecked: 0 };
    for (const stretch of stretches) {
      const begin = Math.max(from, stretch.from);
      const end = Math.min(to, stretch.to);
      if (end <= begin) continue;
      slot[stretch.word] += end - begin;
      const isWorst =
        !slot.worst || end - begin > Math.min(to, slot.worst.to) - Math.max(from, slot.worst.from);
      if (stretch.word === 'ill' && isWorst) slot.worst = stretch;
    }
    return slot;
  });

/** Midnights of the person's own calendar, the last of them today's, and now. */
export const dayEdges = (now: number, days: number): number[] => {
  const midnight = (back: number): number => {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - back).getTime();
  };
  return [...Array.from({ length: days }, (_, index) => midnight(days - 1 - index)), now];
};

export const halfHourEdges = (now: number, count: number): number[] =>
  Array.from({ length: count + 1 }, (_, index) => now - (count - index) * 30 * MINUTE);

/** Several of the same times as one, such as all destinations of a workspace. */
export const together = (rows: readonly (readonly Slot[])[]): Slot[] =>
  (rows[0] ?? []).map((first, index) => {
    const at = rows.flatMap((row) => row[index] ?? []);
    const sum = (word: HealthWord): number => at.reduce((total, slot) => total + slot[word], 0);
    const [worst] = at
      .flatMap((slot) => slot.worst ?? [])
      .sort((one, other) => other.to - other.from - (one.to - one.from));
    return {
      from: first.from,
      to: first.to,
      healthy: sum('healthy'),
      ill: sum('ill'),
      unchecked: sum('unchecked'),
      ...(worst ? { worst } : {}),
    };
  });

/** How a slot looks: `partly` is drawn shorter, `ill` in full. A blip never looks like a bad day. */
export const lookOf = ({ healthy, ill }: Slot): 'healthy' | 'partly' | 'ill' | 'unchecked' => {
  if (healthy + ill === 0) return 'unchecked';
  if (ill === 0) return 'healthy';
  return ill > healthy ? 'ill' : 'partly';
};

/** Per cent of the time that was checked, rounded down to a tenth, so that 100 means all of it. */
export const healthyShare = (slots: readonly Slot[]): number | undefined => {
  const healthy = slots.reduce((sum, slot) => sum + slot.healthy, 0);
  const checked = slots.reduce((sum, slot) => sum + slot.ill, healthy);
  return checked === 0 ? undefined : Math.floor((1000 * healthy) / checked) / 10;
};

export const KEPT_FOR = 90 * DAY;

/**
 * Entries that may go: older than 90 days, but for the one of each destination that says how the 90 days began, and
 * that of each workspace which says whether it was answered then.
 */
export const outdated = (entries: readonly HistoryEntry[], now: number): HistoryEntry[] => {
  const old = entries.filter(({ at }) => at < now - KEPT_FOR).sort(byTime);
  const begins = new Map<string, HistoryEntry>();
  for (const entry of old) {
    const about = `${entry.workspaceId}/${entry.destinationId ?? ''}`;
    if (entry.what === 'health' || entry.what === 'checkedAgain' || entry.what === 'couldNotCheck') {
      begins.set(about, entry);
    }
    // What is over began nothing.
    if (entry.what === 'gone') begins.delete(about);
    if (entry.what === 'disconnected') {
      for (const key of begins.keys()) if (key.startsWith(`${entry.workspaceId}/`)) begins.delete(key);
    }
  }
  const kept = new Set(begins.values());
  return old.filter((entry) => !kept.has(entry));
};
