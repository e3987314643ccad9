import { KEPT_FOR, outdated } from '../destinations/history';
import { rows } from '../storage/database';
import type { Delivery, Destination } from '../storage/rows';
import { DAY } from '../terms/time';

let forgotAt = 0;

/** Settled, all of it done, and told: a loss that nobody has read yet stays, however old. */
const isForgettable = (
  { state, followUp, outcome, dismissed, settledAt, createdAt }: Delivery,
  until: number,
): boolean => {
  const isRead = dismissed || (outcome !== 'lost' && outcome !== 'expired');
  return state === 'settled' && !followUp && isRead && (settledAt ?? createdAt) < until;
};

const isLongGone = ({ goneAt }: Destination, until: number): boolean =>
  goneAt !== undefined && goneAt < until;

/** What is over goes back 90 days: the log, deliveries, destinations. Looked at once a day, and by every worker once. */
export const forgetOld = async (): Promise<void> => {
  const now = Date.now();
  if (Math.abs(now - forgotAt) < DAY) return;
  const until = now - KEPT_FOR;
  for (const { id } of outdated(await rows.all('history'), now)) await rows.remove('history', id);
  for (const row of await rows.all('deliveries')) {
    if (isForgettable(row, until)) await rows.remove('deliveries', row.id);
  }
  for (const row of await rows.all('destinations')) {
    if (isLongGone(row, until)) await rows.remove('destinations', row.key);
  }
  forgotAt = now;
};
