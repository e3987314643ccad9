import { rows } from '../storage/database';
import type { Problem } from '../storage/rows';

/** What became of a command: the rest is said by rows. */
export type Taken =
  | { ok: true; id: string }
  | { ok: false; code: 'gone' | 'invalid' | 'busy' }
  | { ok: false; code: 'problem'; problem: Problem };

/** Makes this the one workspace that is in front. */
export const activate = async (workspaceId: string): Promise<Taken> => {
  // The new one first: to have two for a moment does less harm than to have none.
  const row = await rows.change('workspaces', workspaceId, (workspace) => ({ ...workspace, active: true }));
  if (!row) return { ok: false, code: 'gone' };
  for (const other of await rows.all('workspaces')) {
    if (other.id === workspaceId || !other.active) continue;
    await rows.change('workspaces', other.id, (workspace) => ({ ...workspace, active: false }));
  }
  return { ok: true, id: workspaceId };
};
