import { rows } from '../storage/database';
import type { Destination, HistoryEntry } from '../storage/rows';
import { isIll } from './destination';

/** Logs what changed about a destination. Told twice of the same moment, it is one entry. */
export const logChange = (
  { key, id, workspaceId }: Pick<Destination, 'key' | 'id' | 'workspaceId'>,
  what: HistoryEntry['what'],
  at: number,
  facts?: HistoryEntry['facts'],
): Promise<void> =>
  rows.put('history', {
    v: 1,
    id: `${key}.${what}.${at}`,
    at,
    workspaceId,
    destinationId: id,
    what,
    ...(facts ? { facts } : {}),
  });

/** How it is, and of an illness why. */
export const healthFacts = ({ state, reason }: Destination['health']): { to: string; reason?: string } => ({
  to: state,
  ...(isIll(state) && reason ? { reason: reason.code } : {}),
});
