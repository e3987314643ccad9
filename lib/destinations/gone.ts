import { dismiss, undoDismiss } from '../storage/dismissal';

/** Destinations that are no longer at Upstack: told until the person has read it, remembered as long as their history. */

type Taken = { ok: true } | { ok: false; code: 'gone' };

export const dismissGone = async (key: string): Promise<Taken> => {
  const row = await dismiss('destinations', key, ({ goneAt }) => goneAt !== undefined);
  return row?.dismissed ? { ok: true } : { ok: false, code: 'gone' };
};

export const undoDismissGone = async (key: string): Promise<Taken> =>
  (await undoDismiss('destinations', key)) ? { ok: true } : { ok: false, code: 'gone' };
