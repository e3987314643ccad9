import { rows } from '../storage/database';
import type { Workspace } from '../storage/rows';
import { type Colour, colours } from '../terms/colours';
import type { Taken } from './active';

/** The first colour that no other workspace has; once all are taken, the first of those that fewest have. */
export const freeColour = (workspaces: readonly Workspace[]): Colour => {
  const uses = (colour: Colour): number => workspaces.filter((row) => row.colour === colour).length;
  return colours.reduce((best, colour) => (uses(colour) < uses(best) ? colour : best));
};

export const recolour = async (workspaceId: string, colour: Colour): Promise<Taken> => {
  const row = await rows.change('workspaces', workspaceId, (workspace) => ({ ...workspace, colour }));
  return row ? { ok: true, id: workspaceId } : { ok: false, code: 'gone' };
};

/**
 * Workspaces of a time before there were colours get theirs, the oldest first. Not in a migration of the database: a row
 * that the browser cannot read would end that, and with it every other row; and quarantine may bring an old one later.
 */
export const colourOld = async (): Promise<void> => {
  const workspaces = await rows.all('workspaces');
  const old = workspaces
    .filter(({ colour, testedAt }) => colour === undefined && testedAt !== undefined)
    .sort((one, other) => one.createdAt - other.createdAt);
  for (const { id } of old) {
    const free = freeColour(await rows.all('workspaces'));
    await rows.change('workspaces', id, (row) => (row.colour ? undefined : { ...row, colour: free }));
  }
};
