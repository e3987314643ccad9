import { isPlatformTrouble } from '../destinations/destination';
import { isKeyTrouble } from '../storage/key-trouble';
import type { Delivery, Destination, Problem, Workspace } from '../storage/rows';
import { HOUR, MINUTE, SECOND } from '../terms/time';
import { CONFIRM_AFTER } from './incident';

/** While a new token is expected to turn healthy. */
export const WATCH_PACE = 30 * SECOND;
/** How long after a save. The guides promise Healthy within it. */
export const WATCH_TIME = 5 * MINUTE;

/** Saved so lately that it may still turn healthy in time. A time that lies ahead is from before the clock was put back. */
export const isEarly = ({ savedAt }: Pick<Delivery, 'savedAt'>, now: number): boolean =>
  savedAt !== undefined && savedAt <= now && now - savedAt < WATCH_TIME;

/** Saved, and not healthy in the time that was promised. */
export const isLate = ({ state, savedAt }: Pick<Delivery, 'state' | 'savedAt'>, now: number): boolean =>
  state === 'verifying' && savedAt !== undefined && now - savedAt >= WATCH_TIME;

/** The contract's least, and the most that we let a server ask for. */
const LEAST = 30 * SECOND;
const MOST = 60 * MINUTE;
const USUAL = 5 * MINUTE;

/** A round that is further away was set by a clock that has been put back since. */
const TOO_FAR = 2 * HOUR;

/** Nothing will change before a person has brought another key, but Upstack may have been wrong. */
const WITHOUT_KEY = 15 * MINUTE;
/** Costs no call while it lasts. */
const OFFLINE = MINUTE;

/**
 * What still holds calls back: Upstack has named a time in its last answer, and neither a person nor a send comes before
 * it. A time that is further away than Upstack may name was set by a clock that has been put back since.
 */
export const heldBackBy = ({ poll: { problem } }: Workspace, now: number): Problem | undefined => {
  const ahead = (problem?.retryAt ?? now) - now;
  return ahead > 0 && ahead <= MOST ? problem : undefined;
};

/** From when on a workspace is due. */
export const dueAt = (workspace: Workspace, now: number): number =>
  Math.max(workspace.poll.nextAt, heldBackBy(workspace, now)?.retryAt ?? 0);

/** Whether a workspace wants a round now; what was never connected, or is not asked by API, does not. */
export const isDue = (workspace: Workspace, now: number): boolean => {
  const { testedAt, route, poll } = workspace;
  if (testedAt === undefined || route !== 'api') return false;
  return dueAt(workspace, now) <= now || (poll.nextAt > now + TOO_FAR && !heldBackBy(workspace, now));
};

/** Later by up to a fifth, so that installs that met once do not meet again. */
const spread = (ms: number, random: () => number): number => Math.round(ms * (1 + 0.2 * random()));

const usual = ({ poll }: Workspace): number =>
  Math.min(MOST, Math.max(LEAST, poll.paceSeconds === undefined ? USUAL : poll.paceSeconds * SECOND));

/**
 * When to ask next after an answer. `isFirst`: of a workspace that has just been connected, whose round is put anywhere
 * within a pace, so that many who began together do not go on together.
 */
export const afterAnswer = (
  workspace: Workspace,
  destinations: readonly Destination[],
  isWatched: boolean,
  now: number,
  random: () => number,
  isFirst = false,
): number => {
  if (isWatched) return now + WATCH_PACE;
  // Where a platform is down, everyone learns of it at once, and nobody has to know sooner whether it is confirmed.
  const unsure = destinations.some(
    ({ health }) =>
      health.illSince !== undefined && health.incidentAt === undefined && !isPlatformTrouble(health.reason),
  );
  if (isFirst && !unsure) {
    const within = Math.round(random() * spread(usual(workspace), random));
    return now + (within < LEAST ? within + spread(usual(workspace), random) : within);
  }
  // A first bad word is either confirmed soon or was nothing.
  const pace = unsure ? Math.min(usual(workspace), CONFIRM_AFTER + SECOND) : usual(workspace);
  return now + spread(pace, random);
};

/**
 * When to ask next after a round without an answer: never sooner than after one, since all who miss it would come
 * back sooner together; and when the server has named a time, at the first of one's own rounds after it. So rounds stay
 * as far apart from everybody else's as they were, whatever the server's trouble.
 */
export const afterMiss = (
  workspace: Workspace,
  { kind, retryAt = 0 }: Problem,
  isWatched: boolean,
  now: number,
  random: () => number,
): number => {
  if (kind === 'offline') return now + OFFLINE;
  const pace = isKeyTrouble(kind) ? WITHOUT_KEY : isWatched ? WATCH_PACE : usual(workspace);
  let next = now + spread(pace, random);
  while (next < retryAt) next += spread(pace, random);
  return next;
};
