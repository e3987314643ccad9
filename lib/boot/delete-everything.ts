import { emptyDatabase, rows } from '../storage/database';
import { holdsSecret } from '../vault/sweep';
import { dropSecret, listSecrets } from '../vault/vault';
import { forgetAllKeys } from '../workspaces/keys';

/**
 * Deletes all that we have stored in this browser. Refused with `busy` while a token or a send waits, unless the
 * person has said that they mean it. Nothing is changed at Upstack.
 */
export const deleteEverything = async (
  force: boolean,
): Promise<{ ok: true } | { ok: false; code: 'busy' }> => {
  const sends = (await rows.all('deliveries')).some(({ state }) => state !== 'settled');
  if (!force && (sends || (await holdsSecret()))) return { ok: false, code: 'busy' };
  // The rows first: whatever sees a secret without one drops it, and what dies in between leaves that to the sweep.
  await emptyDatabase();
  for (const { fingerprint } of await listSecrets()) await dropSecret(fingerprint);
  await forgetAllKeys();
  return { ok: true };
};
