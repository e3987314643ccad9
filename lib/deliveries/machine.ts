import { isIll } from '../destinations/destination';
import { isKeyTrouble } from '../storage/key-trouble';
import type { Delivery, Destination, Problem, ProblemKind, Turn, ValidationStep } from '../storage/rows';
import type { RemoteDestination } from '../upstack/decode';

/**
 * The life of a delivery: a row and what happened to it give the next row, or undefined where that cannot happen in
 * its state. Nothing leads out of `settled`. Pure: `drain.ts` makes things happen.
 *
 *   queued ──begun──▶ sending ──saved──▶ verifying ──verified──▶ settled (healthy, unhealthy, superseded, unwatched)
 *     ▲                  │ refused
 *     │ absent           ▼
 *     └──── waiting, needsKey, person ──▶ settled (rejected, superseded, withdrawn, expired, lost)
 *
 * A rotation that changes the ids as well (`from`) goes round twice: once saved, its token is (`tokenSavedAt`), and it
 * is queued again for the ids. If those are refused it waits for the person, since half of it is done.
 *
 * `ambiguous` is set before each call and taken away by an answer that proves that nothing was applied. While it is
 * set, the server is asked before anything is sent again: it may have applied the call, and may ignore our key.
 */
export type DeliveryEvent =
  /** The call is about to be made. The row is written first. */
  | { type: 'begun' }
  /** It is at Upstack, as the answer to our call or to our question shows. */
  | { type: 'saved'; destination: RemoteDestination; steps?: ValidationStep[] }
  /** The call ended otherwise. `retryAt`: when to try again if that is the thing to do. */
  | { type: 'refused'; problem: Problem; retryAt: number }
  /** Asked, at that time: it was not there. The answer may have been long under way. */
  | { type: 'absent'; askedAt: number; etag?: string }
  /** Asked, at that time: something else is there, or nothing to put it into. */
  | { type: 'taken'; problem: Problem; askedAt: number }
  /** It goes on when the person has done something. */
  | { type: 'turn'; turn: Turn }
  /** They will not. */
  | { type: 'withdrawn' }
  /** The token is replaced, and the ids are to stay as they are. */
  | { type: 'idsKept' }
  /** The question itself failed. */
  | { type: 'unasked'; problem: Problem; retryAt: number }
  /** A newer token for the same destination takes precedence. */
  | { type: 'superseded' }
  | { type: 'secretGone'; expired: boolean }
  /** Its workspace is no more: nothing can be sent or asked. */
  | { type: 'abandoned' }
  /** A new key, or a person who does not want to wait. */
  | { type: 'resumed' }
  | { type: 'verified'; outcome: 'healthy' | 'unhealthy'; problem?: Problem };

/**
 * A call that was cut off may still be at work on the server. What was asked within this time after it was cut off proves
 * nothing, however late the answer comes, so the question is put once more.
 */
export const GRACE = 3_000;

/** A destination that has not been seen healthy for so long is not watched any longer. */
export const WATCH_LIMIT = 24 * 60 * 60_000;

/** How long a new token has for its first checks before illness is believed: two checks, a minute apart. */
const CONFIRMED_AFTER = 90_000;

/** Ends that leave open whether the server has applied the call. */
const AMBIGUOUS: readonly ProblemKind[] = [
  'offline',
  'unreachable',
  'timeout',
  'unavailable',
  'garbled',
  'tooLarge',
];

/** Not saved yet, and not given up. */
export const isUnsaved = ({ state }: Delivery): boolean => state !== 'verifying' && state !== 'settled';

/** The row without what belonged to the state it leaves. */
const leaving = ({ until: _until, turn: _turn, problem: _problem, ...row }: Delivery): Delivery => row;

const settled = (
  row: Delivery,
  outcome: NonNullable<Delivery['outcome']>,
  now: number,
  problem?: Problem,
): Delivery => ({
  ...leaving(row),
  state: 'settled',
  outcome,
  settledAt: now,
  ambiguous: false,
  // What follows from having been saved was begun at that time, and must not be done to the capture's next delivery.
  ...(row.savedAt === undefined ? { followUp: true as const } : {}),
  ...(problem ? { problem } : {}),
  ...(problem?.steps ? { steps: problem.steps } : {}),
});

const waiting = (row: Delivery, until: number, problem: Problem, ambiguous: boolean): Delivery => ({
  ...leaving(row),
  state: 'waiting',
  until,
  problem,
  ambiguous,
});

const needsKey = (row: Delivery, problem: Problem, ambiguous: boolean): Delivery => ({
  ...leaving(row),
  state: 'needsKey',
  problem,
  ambiguous,
});

/** Between the two calls of a rotation that changes the ids as well. */
export const isHalfway = (
  row: Delivery,
): row is Delivery & Required<Pick<Delivery, 'from' | 'tokenSavedAt'>> =>
  row.from !== undefined && row.tokenSavedAt !== undefined && row.savedAt === undefined;

/** Half of it is done and the other half refused: the person says how it goes on. */
const halfRefused = (row: Delivery, problem: Problem): Delivery => ({
  ...leaving(row),
  state: 'person',
  problem,
  ambiguous: false,
});

const afterRefusal = (row: Delivery, problem: Problem, retryAt: number, now: number): Delivery => {
  const { kind } = problem;
  if (isKeyTrouble(kind)) return needsKey(row, problem, false);
  if (kind === 'rateLimited') return waiting(row, retryAt, problem, false);
  if (AMBIGUOUS.includes(kind)) return { ...waiting(row, retryAt, problem, true), cutOffAt: now };
  // What exists may be ours, from a call whose answer was lost; a stale version may be stale by our own hand.
  if (kind === 'exists' && row.job === 'create') return waiting(row, now, problem, true);
  if (kind === 'stale') return waiting(row, row.attempt > 1 ? retryAt : now, problem, true);
  return isHalfway(row) ? halfRefused(row, problem) : settled(row, 'rejected', now, problem);
};

/**
 * When the last call was cut off. A worker that died over it did so before the question. A clock that has been put back
 * since then would make the wait as long as the jump.
 */
const lastCutOff = (row: Delivery, askedAt: number, now: number): number =>
  Math.min(row.state === 'sending' ? askedAt : (row.cutOffAt ?? 0), now);

/** The server may still be at work on what was cut off: an answer from before then proves nothing. */
const mayStillArrive = ({ ambiguous }: Delivery, cutOffAt: number, askedAt: number, now: number): boolean =>
  ambiguous && Math.min(askedAt, now) < cutOffAt + GRACE;

const askAgain = (row: Delivery, cutOffAt: number): Delivery => ({
  ...leaving(row),
  cutOffAt,
  state: 'waiting',
  until: cutOffAt + GRACE,
  ambiguous: true,
});

const afterAbsence = (
  row: Delivery,
  { askedAt, etag }: Extract<DeliveryEvent, { type: 'absent' }>,
  now: number,
): Delivery => {
  // The server said that it exists, and does not show it: sending again would be told the same.
  if (row.problem?.kind === 'exists') return settled(row, 'rejected', now, row.problem);
  const cutOffAt = lastCutOff(row, askedAt, now);
  const known = { ...row, cutOffAt, ...(etag === undefined ? {} : { etag }) };
  if (row.problem?.kind !== 'stale' && mayStillArrive(row, cutOffAt, askedAt, now)) {
    return askAgain(known, cutOffAt);
  }
  return { ...leaving(known), state: 'queued', ambiguous: false };
};

const afterTaken = (
  row: Delivery,
  { problem, askedAt }: Extract<DeliveryEvent, { type: 'taken' }>,
  now: number,
): Delivery => {
  if (isHalfway(row)) return halfRefused(row, problem);
  // Upstack may have room for two with the same ids, so a create that is still at work there may come about beside it.
  const cutOffAt = lastCutOff(row, askedAt, now);
  return row.job === 'create' && mayStillArrive(row, cutOffAt, askedAt, now)
    ? askAgain(row, cutOffAt)
    : settled(row, 'rejected', now, problem);
};

/** Its token is at Upstack, and nobody is left to watch it: nothing is lost, and there is nothing to say. */
const unwatched = (row: Delivery, now: number): Delivery => settled(row, 'unwatched', now);

const hasIds = (
  config: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean => Object.entries(wanted).every(([field, value]) => config[field] === value);

const afterSave = (
  row: Delivery,
  { id, etag, health, config }: RemoteDestination,
  steps: ValidationStep[] | undefined,
  now: number,
): Delivery => {
  // The one that was there is used up.
  const { etag: _used, ...rest } = leaving(row);
  // A rotation may leave the old token's health standing until the next check.
  const old = row.job === 'rotate' && health.state !== 'pending' ? health.lastCheckedAt : undefined;
  const next = {
    ...rest,
    ambiguous: false,
    destinationId: id,
    followUp: true as const,
    ...(etag === undefined ? {} : { etag }),
    ...(steps === undefined ? {} : { steps }),
    ...(old === undefined ? {} : { checkedBefore: old }),
  };
  const lacksIds = row.from !== undefined && row.tokenSavedAt === undefined && !hasIds(config, row.config);
  return lacksIds
    ? { ...next, state: 'queued', tokenSavedAt: now }
    : { ...next, state: 'verifying', savedAt: now };
};

const isSameTurn = (one: Turn | undefined, other: Turn): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other);

/** The next row, or undefined where the event cannot happen in this state. */
export const step = (row: Delivery, event: DeliveryEvent, now: number): Delivery | undefined => {
  if (row.state === 'settled') return undefined;
  if (row.state === 'verifying') {
    if (event.type === 'verified') return settled(row, event.outcome, now, event.problem);
    if (event.type === 'abandoned') return unwatched(row, now);
    return event.type === 'superseded' ? settled(row, 'superseded', now) : undefined;
  }
  const open = row.state === 'sending' || row.ambiguous;
  switch (event.type) {
    case 'begun':
      if (open || row.state === 'needsKey' || row.state === 'person') return undefined;
      return {
        ...leaving(row),
        state: 'sending',
        attempt: row.attempt + 1,
        attemptedAt: now,
        ambiguous: true,
      };
    case 'saved':
      return afterSave(row, event.destination, event.steps, now);
    case 'refused':
      return row.state === 'sending' ? afterRefusal(row, event.problem, event.retryAt, now) : undefined;
    case 'absent':
      return afterAbsence(row, event, now);
    case 'taken':
      return afterTaken(row, event, now);
    case 'turn':
      return isSameTurn(row.turn, event.turn)
        ? undefined
        : { ...leaving(row), state: 'person', turn: event.turn, ambiguous: false };
    case 'idsKept':
      if (row.state !== 'person' || !isHalfway(row)) return undefined;
      return {
        ...leaving(row),
        state: 'verifying',
        savedAt: row.tokenSavedAt,
        idsKept: true,
        followUp: true,
        config: row.from,
      };
    case 'withdrawn':
      if (isHalfway(row)) return undefined;
      return row.state === 'person' ? { ...settled(row, 'withdrawn', now), dismissed: true } : undefined;
    case 'unasked': {
      // A worker that died over its call did so before the question, and nobody else has written down when.
      const known = row.state === 'sending' ? { ...row, cutOffAt: now } : row;
      return isKeyTrouble(event.problem.kind)
        ? needsKey(known, event.problem, row.ambiguous)
        : { ...waiting(known, event.retryAt, event.problem, row.ambiguous), attempt: row.attempt + 1 };
    }
    case 'superseded':
      // Half done, it is finished first; unless that is not to be had.
      return open || (isHalfway(row) && row.state !== 'person') ? undefined : settled(row, 'superseded', now);
    case 'secretGone':
      // What is left to do needs no secret.
      return open || isHalfway(row) ? undefined : settled(row, event.expired ? 'expired' : 'lost', now);
    case 'abandoned':
      if (isHalfway(row)) return unwatched({ ...row, savedAt: row.tokenSavedAt }, now);
      // It may have arrived, and is not to be called unused.
      return { ...settled(row, 'lost', now, row.problem), ambiguous: open };
    case 'resumed': {
      if (row.state === 'person') return { ...leaving(row), state: 'queued' };
      if (row.state !== 'waiting' && row.state !== 'needsKey') return undefined;
      // Not even a person's impatience comes before what the server asked for.
      const until = Math.max(now, row.problem?.retryAt ?? now);
      return { ...row, state: 'waiting', until };
    }
    case 'verified':
      return undefined;
  }
};

/**
 * What the destination's health says of the token that was sent, if it says anything of it yet. One sick check does
 * not count, and neither does an answer from before the token was there.
 */
export const verdictOn = (
  row: Delivery,
  destination: Destination | undefined,
  now: number,
): Extract<DeliveryEvent, { type: 'verified' }> | undefined => {
  // A time that lies ahead is from before the clock was put back.
  const past = (time: number): number => (time > now ? 0 : time);
  const { savedAt = now, checkedBefore } = row;
  const givenUp: DeliveryEvent | undefined =
    now - savedAt > WATCH_LIMIT
      ? { type: 'verified', outcome: 'unhealthy', problem: { kind: 'timeout' } }
      : undefined;
  if (!destination) return givenUp;
  if (destination.goneAt !== undefined && destination.goneAt >= savedAt) {
    return { type: 'verified', outcome: 'unhealthy', problem: { kind: 'notFound' } };
  }
  const { state, confirmedAt, lastCheckedAt = 0, illSince = now } = destination.health;
  const isNews =
    confirmedAt >= past(savedAt) && (checkedBefore === undefined || lastCheckedAt > checkedBefore);
  if (isNews && state === 'healthy') return { type: 'verified', outcome: 'healthy' };
  if (isNews && isIll(state) && now - Math.max(past(illSince), past(savedAt)) >= CONFIRMED_AFTER) {
    return { type: 'verified', outcome: 'unhealthy' };
  }
  return givenUp;
};
