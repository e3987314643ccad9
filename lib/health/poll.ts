import { drain } from '../deliveries/deliveries';
import { MISSES_UNTIL_TOLD } from '../destinations/destination';
import { patienceWith } from '../destinations/history';
import { healthFacts, logChange } from '../destinations/log';
import { refreshDestinations } from '../destinations/refresh';
import { wantsNews } from '../destinations/reminder';
import { rows } from '../storage/database';
import type { Destination, Problem, Workspace } from '../storage/rows';
import { upstack } from '../upstack/client';
import type { RemoteHealth } from '../upstack/decode';
import { endDeadBulks } from '../workspaces/bulk';
import { accessOf, endDeadAttempts, isOfOldKey, NO_KEY, noteProblem } from '../workspaces/workspaces';
import { checked } from './incident';
import { afterAnswer, afterMiss, heldBackBy, isDue, isEarly, isLate } from './pace';

/**
 * Asks Upstack how its destinations are: one call for a workspace and round. What is learned goes into the rows, and
 * from there to the popup and the badge. A round without an answer changes nobody's health.
 */

/** So many workspaces are asked at a time. */
const AT_ONCE = 4;

const destinationsOf = async (workspaceId: string): Promise<Destination[]> =>
  (await rows.all('destinations')).filter(
    (row) => row.workspaceId === workspaceId && row.goneAt === undefined,
  );

/** Writes down one check of one destination, and its change as a change. True if there was one. */
const note = async ({ key }: Destination, told: RemoteHealth, now: number): Promise<boolean> => {
  let before: Destination | undefined;
  const after = await rows.change('destinations', key, (row) => {
    before = row;
    const { mute, ...next } = { ...row, health: checked(row.health, told, now) };
    // "Until it is healthy" has come about.
    const isOver = mute && mute.until === undefined && next.health.state === 'healthy';
    return mute && !isOver ? { ...next, mute } : next;
  });
  if (!before || !after || before.health.state === after.health.state) return false;
  await logChange(after, 'health', now, { from: before.health.state, ...healthFacts(after.health) });
  return true;
};

/** The guides promise Healthy within five minutes of a save, so that long it is looked at closely. */
const isWatched = async (workspaceId: string, now: number): Promise<boolean> =>
  (await rows.all('deliveries')).some((row) => row.workspaceId === workspaceId && isEarly(row, now));

/** "Not modified" leaves out when Upstack looked, and that is what a rotation is waiting to hear. */
const needsTimes = async (workspaceId: string): Promise<boolean> =>
  (await rows.all('deliveries')).some(
    (row) => row.workspaceId === workspaceId && row.state === 'verifying' && row.checkedBefore !== undefined,
  );

const missed = async (workspaceId: string, problem: Problem): Promise<void> => {
  await noteProblem(workspaceId, problem);
  const now = Date.now();
  const watched = await isWatched(workspaceId, now);
  const row = await rows.change('workspaces', workspaceId, (workspace) => {
    if (isOfOldKey(workspace, problem)) return undefined;
    const misses = workspace.poll.misses + 1;
    const nextAt = afterMiss(workspace, problem, watched, now, Math.random);
    return { ...workspace, poll: { ...workspace.poll, misses, nextAt, problem } };
  });
  if (row?.poll.misses !== MISSES_UNTIL_TOLD || isOfOldKey(row, problem)) return;
  await rows.put('history', {
    v: 1,
    id: `${workspaceId}.couldNotCheck.${now}`,
    at: now,
    workspaceId,
    what: 'couldNotCheck',
    facts: { problem: problem.kind, since: row.poll.lastAnsweredAt ?? now },
  });
};

/** The end of a time without answers, whether it was noticed then or only now: the computer may have slept. */
const noteAnswer = async ({ id: workspaceId, poll }: Workspace, now: number): Promise<void> => {
  const since = poll.lastAnsweredAt ?? now;
  const noticed = poll.misses >= MISSES_UNTIL_TOLD;
  const silentAt = since + patienceWith({ poll });
  if (!noticed && silentAt > now) return;
  if (!noticed) {
    await rows.put('history', {
      v: 1,
      id: `${workspaceId}.couldNotCheck.${silentAt}`,
      at: silentAt,
      workspaceId,
      what: 'couldNotCheck',
      facts: { problem: 'asleep', since },
    });
  }
  await rows.put('history', {
    v: 1,
    id: `${workspaceId}.checkedAgain.${now}`,
    at: now,
    workspaceId,
    what: 'checkedAgain',
  });
};

const answered = async (
  workspaceId: string,
  learned: { etag: string | undefined; paceSeconds: number | undefined; problem: Problem | undefined },
): Promise<void> => {
  const now = Date.now();
  const watched = await isWatched(workspaceId, now);
  const destinations = await destinationsOf(workspaceId);
  let before: Workspace | undefined;
  await rows.change('workspaces', workspaceId, (workspace) => {
    before = workspace;
    const problem = learned.problem && isOfOldKey(workspace, learned.problem) ? undefined : learned.problem;
    const { etag: _etag, problem: _problem, paceSeconds, ...poll } = workspace.poll;
    const pace = learned.paceSeconds ?? paceSeconds;
    const next: Workspace = {
      ...workspace,
      testedAt: now,
      poll: {
        ...poll,
        misses: 0,
        lastAnsweredAt: now,
        ...(learned.etag === undefined ? {} : { etag: learned.etag }),
        ...(pace === undefined ? {} : { paceSeconds: pace }),
        ...(problem === undefined ? {} : { problem }),
      },
    };
    const isFirst = poll.lastAnsweredAt === undefined;
    const own = afterAnswer(next, destinations, watched, now, Math.random, isFirst);
    // Health was told and the list refused: the next round asks for both.
    next.poll.nextAt =
      problem?.retryAt === undefined
        ? own
        : Math.max(own, afterMiss(next, problem, watched, now, Math.random));
    if (workspace.state !== 'keyRefused') return next;
    // Upstack takes the key after all. A missing scope may show only when something is written, so that stays.
    const { problem: _refusal, ...healed } = next;
    return { ...healed, state: 'connected' };
  });
  if (before) await noteAnswer(before, now);
};

/** One round for one workspace, unless Upstack has asked for none yet. */
const round = async (workspaceId: string, timeLimit?: number): Promise<void> => {
  const workspace = await rows.get('workspaces', workspaceId);
  const access = await accessOf(workspaceId);
  if (!workspace || heldBackBy(workspace, Date.now())) return;
  if (!access) return missed(workspaceId, NO_KEY);
  const isFirst = workspace.poll.lastAnsweredAt === undefined;
  const known = isFirst || (await needsTimes(workspaceId)) ? undefined : workspace.poll.etag;
  const answer = await upstack.listHealth(access, known, timeLimit);
  if (!answer.ok) return missed(workspaceId, answer.problem);

  const now = Date.now();
  const before = await destinationsOf(workspaceId);
  if (!answer.value.changed) {
    for (const row of before) await note(row, row.health, now);
    if (before.some((row) => wantsNews(row, now))) await refreshDestinations(workspaceId);
    return answered(workspaceId, { etag: known, paceSeconds: undefined, problem: undefined });
  }

  const { health, unreadable, etag, paceSeconds } = answer.value;
  let differs = isFirst;
  for (const row of before) {
    // Not in the answer: perhaps the item that could not be read, perhaps gone. Either way nobody knows.
    const told = health.get(row.id) ?? { state: 'unknown' as const };
    differs = (await note(row, told, now)) || differs || !health.has(row.id);
  }
  differs ||= before.some((row) => wantsNews(row, now));
  differs ||= [...health.keys()].some((id) => !before.some((row) => row.id === id));
  // Names, ids and tokens are not in this answer; where it shows a change, they may have changed too.
  const problem = differs ? await refreshDestinations(workspaceId) : undefined;
  const isWhole = unreadable === 0 && problem === undefined;
  // Written last: an ETag says that all it stands for has been written down.
  return answered(workspaceId, {
    etag: isWhole ? etag : undefined,
    paceSeconds,
    problem: isWhole ? undefined : (problem ?? { kind: 'garbled' }),
  });
};

/** With nobody else's round for this workspace at the same time. */
const alone = (workspaceId: string, task: () => Promise<void>): Promise<void> =>
  navigator.locks.request(`poll ${workspaceId}`, task);

/** One round for one workspace, whether or not it is due. */
export const poll = (workspaceId: string, timeLimit?: number): Promise<void> =>
  alone(workspaceId, () => round(workspaceId, timeLimit));

/** Asked once more when nobody else is at it: whoever was may just have done it. */
const pollIfDue = (workspaceId: string): Promise<void> =>
  alone(workspaceId, async () => {
    const workspace = await rows.get('workspaces', workspaceId);
    if (workspace && isDue(workspace, Date.now())) await round(workspaceId);
  });

/** Healthy was promised within five minutes; that it has not come about is said once, and goes on being watched. */
const noteLate = async (now: number): Promise<void> => {
  for (const delivery of await rows.all('deliveries')) {
    const { id, workspaceId, destinationId } = delivery;
    const entry = `${id}.late`;
    if (!isLate(delivery, now) || (await rows.get('history', entry))) continue;
    await rows.put('history', {
      v: 1,
      id: entry,
      at: now,
      workspaceId,
      ...(destinationId === undefined ? {} : { destinationId }),
      what: 'late',
    });
  }
};

/** A round for every workspace that is due. Idempotent; run at each wake. */
export const pollDue = async (): Promise<void> => {
  const now = Date.now();
  await endDeadAttempts(now);
  await endDeadBulks(now);
  const due = (await rows.all('workspaces')).filter((workspace) => isDue(workspace, now));
  for (let from = 0; from < due.length; from += AT_ONCE) {
    await Promise.all(due.slice(from, from + AT_ONCE).map(({ id }) => pollIfDue(id)));
  }
  if (due.length > 0) await drain();
  await noteLate(Date.now());
};
