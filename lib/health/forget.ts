import { outdated } from '../destinations/history';
import { rows } from '../storage/database';

const DAY = 24 * 60 * 60_000;
let forgotAt = 0;

/** The log goes back 90 days. Looked at once a day, and by every worker once. */
export const forgetOldHistory = async (): Promise<void> => {
  const now = Date.now();
  if (Math.abs(now - forgotAt) < DAY) return;
  for (const { id } of outdated(await rows.all('history'), now)) await rows.remove('history', id);
  forgotAt = now;
};
