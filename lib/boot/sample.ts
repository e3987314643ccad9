import { beginSample, endSample, isSample, rows, sampleSince } from '../storage/database';
import { readSettings } from '../storage/settings';
import { announceSwitch } from '../storage/signal';
import { HOUR } from '../terms/time';
import { lookAtOpenTabs } from '../vault/look';
import { holdsSecret } from '../vault/sweep';
import { inTurn } from '../vault/turn';
import { dropSecret, listSecrets } from '../vault/vault';
import { forgetLeaving } from '../workspaces/leaving';
import { writeSampleRows } from './sample-rows';

/**
 * Sample data: the whole product without an account. They lie in a database of their own, which takes the place of the
 * person's (see storage/database), and the calls about them are answered by `upstack/sample`. So everything else works
 * on them without knowing of them, and the person's own rows and secrets are out of reach meanwhile. These rest, so it
 * ends by itself: with the browser, after an hour, and as soon as a token shows on a real page.
 */

const LONGEST = HOUR;

/** Lets what is under way come to its end: what was read from one database must not be written to the other. */
const whenCalm = async <T>(work: () => Promise<T>): Promise<T> => {
  const polls = (await rows.all('workspaces')).map(({ id }) => `poll ${id}`).sort();
  const locked = ['deliveries', 'send', ...polls, 'alerts'].reduceRight<() => Promise<T>>(
    (inner, name) => () => navigator.locks.request(name, inner) as Promise<T>,
    () => inTurn(work),
  );
  return locked();
};

/** Something of the person's own is on its way, and would stand still meanwhile. */
const isBusy = async (): Promise<boolean> => {
  const [deliveries, workspaces, bulkAdds] = await Promise.all([
    rows.all('deliveries'),
    rows.all('workspaces'),
    rows.all('bulkAdds'),
  ]);
  return (
    deliveries.some(({ state }) => state !== 'settled') ||
    workspaces.some(({ state }) => state === 'connecting') ||
    bulkAdds.some(({ endedAt }) => endedAt === undefined) ||
    holdsSecret()
  );
};

export const enterSample = async (): Promise<{ ok: true } | { ok: false; code: 'busy' }> => {
  if (await isSample()) return { ok: true };
  const settings = await readSettings();
  const now = Date.now();
  const entered = await whenCalm(async () => {
    if (await isBusy()) return false;
    // Nobody would come back for their keys meanwhile.
    await forgetLeaving();
    await beginSample(now);
    return true;
  });
  if (!entered) return { ok: false, code: 'busy' };
  await writeSampleRows(settings, now);
  announceSwitch();
  return { ok: true };
};

/** The person's own again, with whatever has come to stand on their pages meanwhile. */
export const leaveSample = async (): Promise<{ ok: true }> => {
  if (!(await isSample())) return { ok: true };
  await whenCalm(async () => {
    for (const { fingerprint } of await listSecrets()) await dropSecret(fingerprint);
    await endSample();
  });
  announceSwitch();
  await lookAtOpenTabs();
  return { ok: true };
};

/** Nobody's own workspaces rest for longer than that. */
export const leaveOldSample = async (): Promise<void> => {
  const since = await sampleSince();
  if (since !== undefined && Math.abs(Date.now() - since) > LONGEST) await leaveSample();
};

/** Keeps what is real out of the sample: done only with the person's own data in force. */
export const notInSample =
  <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
  async (...given: A): Promise<R | { ok: false; code: 'sample' }> =>
    (await isSample()) ? { ok: false, code: 'sample' } : work(...given);
