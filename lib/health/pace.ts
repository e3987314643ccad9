import type { Destination, Problem, Workspace } from '../storage/rows';
import { CONFIRM_AFTER } from './incident';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** While a new token is expected to turn healthy. */
export const WATCH_PACE = 30 * SECOND;
/** How long after a save. The guides promise Healthy within it. */
export const WATCH_TIME = 5 * MINUTE;

/** Rounds in a row without an answer until "could not check" is said. */
export const MISSES_UNTIL_TOLD = 3;

/** The contract's least, and the most that we let a server ask for. */
const LEAST = 30 * SECOND;
const MOST = 60 * MINUTE;
const USUAL = 5 * MINUTE;

/** Nothing will change before a person has brought another key, but Upstack may have been wrong. */
const WITHOUT_KEY = 15 * MINUTE;
/** Costs no call while it lasts. */
const OFFLINE = MINUTE;

/** Later by up to a fifth, so that installs that met once do not meet again. */
const spread = (ms: number, random: () => number): number => Math.round(ms * (1 + 0.2 * random()));

const usual = ({ poll }: Workspace): number =>
  Math.min(MOST, Math.max(LEAST, poll.paceSeconds === undefined ? USUAL : poll.paceSeconds * SECOND));

/** When to ask next after an answer. */
export const afterAnswer = (
  workspace: Workspace,
  destinations: readonly Destination[],
  isWatched: boolean,
  now: number,
  random: () => number,
): number => {
  if (isWatched) return now + WATCH_PACE;
  const unsure = destinations.some(
    ({ health }) => health.illSince !== undefined && health.incidentAt === undefined,
  );
  // A first bad word is either confirmed soon or was nothing.
  const pace = unsure ? Math.min(usual(workspace), CONFIRM_AFTER + SECOND) : usual(workspace);
  return now + spread(pace, random);
};

/** When to ask next after a round without an answer. What the server asked for is the floor. */
export const afterMiss = (
  workspace: Workspace,
  { kind, retryAt = 0 }: Problem,
  misses: number,
  now: number,
  random: () => number,
): number => {
  if (kind === 'offline') return now + OFFLINE;
  const isKeys = kind === 'keyRefused' || kind === 'scopeMissing' || kind === 'pixelMismatch';
  const pace = isKeys ? WITHOUT_KEY : Math.min(usual(workspace), LEAST * 2 ** misses);
  // Whoever was put off until the same moment must not come back in the same moment.
  const floor = retryAt > now ? retryAt + Math.round(random() * usual(workspace)) : now;
  return Math.max(floor, now + spread(pace, random));
};
