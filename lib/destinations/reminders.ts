import { rows } from '../storage/database';
import type { Destination, Reminder } from '../storage/rows';
import { destinationKey } from './destination';
import { isSeenGone, putOff, reminderOf, settled } from './reminder';
import { isListOf, isOfItsAccount } from './token-list';

/** What the person answers to the reminder of the old token, and what a list of tokens answers for them. */

type Taken = { ok: true } | { ok: false; code: 'gone' };

const remember = async (
  key: string,
  next: (destination: Destination, now: number) => Reminder | undefined,
): Promise<Destination | undefined> => {
  const now = Date.now();
  let taken = false;
  const after = await rows.change('destinations', key, (row) => {
    const reminder = next(row, now);
    taken = reminder !== undefined;
    return reminder && { ...row, reminder };
  });
  return taken ? after : undefined;
};

const noteDeleted = async ({ key, workspaceId, id, reminder }: Destination): Promise<void> => {
  await rows.put('history', {
    v: 1,
    id: `${key}.oldTokenDeleted.${reminder?.replacedAt ?? 0}`,
    at: reminder?.doneAt ?? Date.now(),
    workspaceId,
    destinationId: id,
    what: 'oldTokenDeleted',
  });
};

/** The person says that the old token is deleted. */
export const oldTokenDeleted = async (workspaceId: string, destinationId: string): Promise<Taken> => {
  const after = await remember(destinationKey(workspaceId, destinationId), settled);
  if (!after) return { ok: false, code: 'gone' };
  await noteDeleted(after);
  return { ok: true };
};

export const remindLater = async (workspaceId: string, destinationId: string): Promise<Taken> => {
  const after = await remember(destinationKey(workspaceId, destinationId), putOff);
  return after ? { ok: true } : { ok: false, code: 'gone' };
};

/** True if tokens are listed in this tab, and somebody has use for what is listed. */
export const wantsTokenList = async (tabId: number): Promise<boolean> => {
  const page = await rows.get('pages', tabId);
  return page !== undefined && isListOf(page, await rows.all('destinations'));
};

/** Pages list tokens by names of ours: whoever waits to hear that one of them is gone, hears it. */
export const readTokenLists = async (): Promise<void> => {
  const pages = (await rows.all('pages')).filter(({ names = [] }) => names.length > 0);
  if (pages.length === 0) return;
  const now = Date.now();
  for (const row of await rows.all('destinations')) {
    if (!['due', 'resting'].includes(reminderOf(row, now)?.state ?? '')) continue;
    if (!pages.some((page) => isOfItsAccount(row, page) && isSeenGone(row, page.names ?? []))) continue;
    const after = await remember(row.key, settled);
    if (after) await noteDeleted(after);
  }
};
