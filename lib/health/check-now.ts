import { drain } from '../deliveries/deliveries';
import { showDashboard } from '../deliveries/routes/dashboard-tab';
import { destinationKey } from '../destinations/destination';
import { refreshDestinations } from '../destinations/refresh';
import { rows } from '../storage/database';
import type { Destination, Workspace } from '../storage/rows';
import { type Access, upstack } from '../upstack/client';
import { accessOf } from '../workspaces/workspaces';
import { heldBackBy } from './pace';
import { poll } from './poll';

/** A person waits for this. */
const LIMIT = 10_000;

/** Held while a test is under way, and let go of when its worker dies. */
const lockOf = (key: Destination['key']): string => `check ${key}`;

/** What the test says is kept with the destination, from its begin on, for whoever looks. */
const tryOut = async (access: Access, workspace: Workspace, destinationId: string): Promise<void> => {
  const key = destinationKey(workspace.id, destinationId);
  const startedAt = Date.now();
  const problem = heldBackBy(workspace, startedAt);
  if (problem) {
    const check = { startedAt, endedAt: startedAt, problem };
    await rows.change('destinations', key, (row) => ({ ...row, check }));
    return;
  }
  await navigator.locks.request(lockOf(key), async () => {
    await rows.change('destinations', key, (row) => ({ ...row, check: { startedAt } }));
    const answer = await upstack.validateDestination(access, destinationId, crypto.randomUUID(), LIMIT / 2);
    const outcome = answer.ok
      ? { passed: answer.value.passed, steps: answer.value.steps }
      : { problem: answer.problem };
    await rows.change('destinations', key, (row) =>
      row.check?.startedAt === startedAt
        ? { ...row, check: { startedAt, endedAt: Date.now(), ...outcome } }
        : undefined,
    );
    // The list says whether it is gone; its health may be told as before for a while.
    if (!answer.ok && answer.problem.kind === 'notFound') await refreshDestinations(workspace.id);
  });
};

/** A test whose worker died is not still on its way. */
export const endDeadChecks = async (): Promise<void> => {
  for (const { key, check } of await rows.all('destinations')) {
    if (!check || check.endedAt !== undefined) continue;
    await navigator.locks.request(lockOf(key), { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const ended = { endedAt: Date.now(), problem: { kind: 'timeout' } } as const;
      await rows.change('destinations', key, (row) =>
        row.check?.startedAt === check.startedAt && row.check.endedAt === undefined
          ? { ...row, check: { ...row.check, ...ended } }
          : undefined,
      );
    });
  }
};

/** A look at every workspace that can be asked. */
export const checkAll = async (): Promise<void> => {
  const asked = (await rows.all('workspaces')).filter(
    ({ testedAt, route }) => testedAt !== undefined && route === 'api',
  );
  for (const { id } of asked) await checkNow(id);
};

/**
 * Has Upstack try a destination with a test event, and looks at the health of its workspace right away. What comes
 * of it is in the rows; a test that could not be made changes nothing, and where Upstack has asked to wait, nothing is
 * asked but said.
 */
export const checkNow = async (
  workspaceId: string,
  destinationId?: string,
): Promise<{ ok: true } | { ok: false; code: 'gone' }> => {
  const workspace = await rows.get('workspaces', workspaceId);
  if (!workspace) return { ok: false, code: 'gone' };
  // Nobody answers on this route but the dashboard itself, when it is in front of the person.
  if (workspace.route === 'dashboard') {
    await showDashboard();
    return { ok: true };
  }
  const until = Date.now() + LIMIT;
  const access = destinationId === undefined ? undefined : await accessOf(workspaceId);
  if (access && destinationId !== undefined) await tryOut(access, workspace, destinationId);
  await poll(workspaceId, Math.max(1_000, until - Date.now()));
  await drain();
  return { ok: true };
};
