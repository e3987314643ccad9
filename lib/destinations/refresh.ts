import { rows } from '../storage/database';
import type { Destination, PreviousToken, Problem } from '../storage/rows';
import { upstack } from '../upstack/client';
import type { RemoteDestination } from '../upstack/decode';
import { accessOf, NO_KEY, noteProblem } from '../workspaces/workspaces';
import { destinationKey, isIll } from './destination';
import { healthFacts, logChange } from './log';

/** Once it is safe to delete it, nobody has to ask again. */
const toldNow = (before: Destination | undefined, told: PreviousToken, now: number): PreviousToken => {
  const known = before?.token.previous;
  const isKnown = known?.safeToRevoke === true && told.safeToRevoke && known.replacedAt === told.replacedAt;
  return isKnown ? known : { ...told, toldAt: now };
};

/** What an answer tells, in the place of what was known; how its health went on is the poll's to say. */
const merged = (
  before: Destination | undefined,
  workspaceId: string,
  { health, token: { previous, ...token }, ...told }: RemoteDestination,
  now: number,
): Destination => ({
  v: 1,
  key: destinationKey(workspaceId, told.id),
  workspaceId,
  ...told,
  token: { ...token, ...(previous ? { previous: toldNow(before, previous, now) } : {}) },
  ...(before?.reminder ? { reminder: before.reminder } : {}),
  ...(before?.check ? { check: before.check } : {}),
  ...(before?.mute ? { mute: before.mute } : {}),
  health: before?.health ?? {
    ...health,
    confirmedAt: now,
    ...(isIll(health.state) ? { illSince: now } : {}),
  },
});

/**
 * Writes one destination down as Upstack has just told it; nothing of a workspace that is no more, since the answer may
 * have been under way while it was disconnected, or everything deleted.
 */
export const storeDestination = async (
  workspaceId: string,
  remote: RemoteDestination,
  now: number,
): Promise<void> => {
  const known = await rows.change('destinations', destinationKey(workspaceId, remote.id), (before) => {
    const after = merged(before, workspaceId, remote, now);
    // Every write is told to every page, so one that changes nothing is left out.
    return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
  });
  if (known) return;
  const first = merged(undefined, workspaceId, remote, now);
  const isNew = await rows.exchange('workspaces', workspaceId, () => [{ put: 'destinations', row: first }]);
  if (isNew) await noteFirst(first, now);
};

/** The log begins with how it was found. */
export const noteFirst = (destination: Destination, now: number): Promise<void> =>
  logChange(destination, 'health', now, healthFacts(destination.health));

/**
 * Reads what a workspace has at Upstack. What was there before and is no more is marked as gone, but only if every
 * item of the list could be read: one that could not may be the one that is missing. That is told as `garbled`.
 */
export const refreshDestinations = async (workspaceId: string): Promise<Problem | undefined> => {
  const access = await accessOf(workspaceId);
  const before = (await rows.all('destinations')).filter((row) => row.workspaceId === workspaceId);
  const answer = access ? await upstack.listDestinations(access) : { ok: false as const, problem: NO_KEY };
  if (!answer.ok) {
    await noteProblem(workspaceId, answer.problem);
    return answer.problem;
  }
  const now = Date.now();
  const { destinations, unreadable } = answer.value;
  for (const remote of destinations) await storeDestination(workspaceId, remote, now);
  if (unreadable > 0) return { kind: 'garbled' };
  for (const { key, id, goneAt } of before) {
    if (goneAt !== undefined || destinations.some((remote) => remote.id === id)) continue;
    const gone = await rows.change('destinations', key, (row) => ({ ...row, goneAt: now }));
    if (gone) await logChange(gone, 'gone', now);
  }
  return undefined;
};
