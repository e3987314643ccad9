import { rows, type Write } from '../storage/database';
import { isLive } from '../storage/live';
import type { LeavingWorkspace, Workspace } from '../storage/rows';
import { UNDO_TIME } from '../storage/undo-time';
import { activate, type Taken } from './active';
import { forgetKey } from './keys';

/**
 * Disconnecting, and how it is taken back. A workspace leaves in two steps. First its row and those of its destinations
 * move to `leaving`, in one transaction: from then on nothing finds it, so nothing is asked about it or sent with it.
 * When the time to undo that is over, its key is forgotten, and then that row. A worker that dies in between finds the
 * row at its next wake and goes on from there.
 */

/** A workspace that never came about has nothing to be brought back. */
export const isAttempt = ({ testedAt }: Workspace): boolean => testedAt === undefined;

/** Where the clock was put back, the end lies further ahead than it can: then it is over, too. */
const canReturn = ({ until, final }: LeavingWorkspace, now: number): boolean =>
  !final && until > now && until <= now + UNDO_TIME;

const destinationsOf = async (workspaceId: string) =>
  (await rows.all('destinations')).filter((row) => row.workspaceId === workspaceId);

/** True while a send through this workspace is unsettled, or a captured token may be meant for it. */
const isBusy = async (workspaceId: string): Promise<boolean> => {
  const deliveries = await rows.all('deliveries');
  if (deliveries.some((row) => row.workspaceId === workspaceId && row.state !== 'settled')) return true;
  const captures = await rows.all('captures');
  return captures.some(
    (capture) =>
      isLive(capture) && capture.tokens.length > 0 && (capture.workspaceId ?? workspaceId) === workspaceId,
  );
};

/** Takes a workspace out of everything. Its key, and what was known of it, are kept for as long as there is an undo. */
export const disconnect = async (workspaceId: string, force: boolean): Promise<Taken> => {
  if (!force && (await isBusy(workspaceId))) return { ok: false, code: 'busy' };
  const destinations = await destinationsOf(workspaceId);
  const until = Date.now() + UNDO_TIME;
  const left = await rows.exchange('workspaces', workspaceId, (workspace): Write[] => [
    {
      put: 'leaving',
      row: {
        v: 1,
        id: workspaceId,
        until,
        ...(isAttempt(workspace) ? { final: true } : {}),
        workspace,
        destinations,
      },
    },
    { remove: 'workspaces', key: workspaceId },
    ...destinations.map(({ key }): Write => ({ remove: 'destinations', key })),
  ]);
  if (!left) return { ok: false, code: 'gone' };
  const others = await rows.all('workspaces');
  const next = others.find((row) => !isAttempt(row));
  if (next && !others.some(({ active }) => active)) await activate(next.id);
  await settleLeaving();
  return { ok: true, id: workspaceId };
};

/** All as it was, and due for a look at its health. */
export const undoDisconnect = async (workspaceId: string): Promise<Taken> => {
  const now = Date.now();
  let wasActive = false;
  const returned = await rows.exchange('leaving', workspaceId, (row): Write[] => {
    if (!canReturn(row, now)) return [];
    const { workspace, destinations } = row;
    wasActive = workspace.active;
    const { etag: _old, ...poll } = workspace.poll;
    return [
      { put: 'workspaces', row: { ...workspace, poll: { ...poll, nextAt: now } } },
      ...destinations.map((destination): Write => ({ put: 'destinations', row: destination })),
      { remove: 'leaving', key: workspaceId },
    ];
  });
  if (!returned) return { ok: false, code: 'gone' };
  if (wasActive) await activate(workspaceId);
  return { ok: true, id: workspaceId };
};

/** The key goes first: a row without one is ended at the next wake, a key without a row is an orphan. */
const forget = async ({ id, until, workspace }: LeavingWorkspace): Promise<void> => {
  // From here on there is no way back, even if the clock is put back.
  await rows.change('leaving', id, (row) => ({ ...row, final: true }));
  await forgetKey(id);
  // A poll that was under way may have written some down again.
  for (const { key } of await destinationsOf(id)) await rows.remove('destinations', key);
  for (const { key, workspaceId } of await rows.all('accountChoices')) {
    if (workspaceId === id) await rows.remove('accountChoices', key);
  }
  if (!isAttempt(workspace)) {
    const at = Math.min(until - UNDO_TIME, Date.now());
    const entry = `${id}.disconnected`;
    await rows.put('history', { v: 1, id: entry, at, workspaceId: id, what: 'disconnected' });
  }
  await rows.remove('leaving', id);
};

let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Forgets every workspace whose undo is over, and comes back for the others. Idempotent; run at each wake, since the
 * timer dies with the worker.
 */
export const settleLeaving = async (): Promise<void> => {
  clearTimeout(timer);
  const now = Date.now();
  const all = await rows.all('leaving');
  const waiting = all.filter((row) => canReturn(row, now));
  for (const row of all) if (!waiting.includes(row)) await forget(row);
  if (waiting.length === 0) return;
  const next = Math.min(...waiting.map(({ until }) => until));
  // One that fails is tried again at the next wake.
  timer = setTimeout(() => void settleLeaving().catch(() => undefined), next - now);
};

/** The person has made up their mind: what they do next takes the place of this one, or puts it out of reach. */
export const forgetLeaving = async (which: (workspace: Workspace) => boolean = () => true): Promise<void> => {
  for (const row of await rows.all('leaving')) if (which(row.workspace)) await forget(row);
};
