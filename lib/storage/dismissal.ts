import { type Key, rows } from './database';
import type { Rows } from './rows';
import { canUndo } from './undo-time';
import { without } from './without';

/** What was told, and put away by the person, who may take that back for a while. */

type Telling = 'captures' | 'deliveries' | 'destinations' | 'quarantine';

/** Puts a row away if there is nothing left to wait for. Gives it as it is afterwards. */
export const dismiss = <S extends Telling>(
  store: S,
  key: Key<S>,
  isOver: (row: Rows[S]) => boolean,
): Promise<Rows[S] | undefined> =>
  rows.change(store, key, (row) =>
    isOver(row) && !row.dismissed ? { ...row, dismissed: true, dismissedAt: Date.now() } : undefined,
  );

/** Says whether it is back. What was put away longer ago, or not by the person, stays where it is. */
export const undoDismiss = async <S extends Telling>(store: S, key: Key<S>): Promise<boolean> => {
  let isBack = false;
  await rows.change(store, key, (row) => {
    isBack = canUndo(row.dismissedAt, Date.now());
    return isBack ? (without(row, 'dismissed', 'dismissedAt') as typeof row) : undefined;
  });
  return isBack;
};

/** The person has read what could not be read. It stays in quarantine, since a later version may be able to. */
export const dismissQuarantine = async (): Promise<void> => {
  for (const { store, key, at } of await rows.all('quarantine')) {
    await dismiss('quarantine', [store, key, at], () => true);
  }
};

export const undoDismissQuarantine = async (): Promise<void> => {
  for (const { store, key, at } of await rows.all('quarantine')) {
    await undoDismiss('quarantine', [store, key, at]);
  }
};
