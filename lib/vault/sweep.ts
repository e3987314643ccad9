import { rows } from '../storage/database';
import { isLive } from '../storage/live';
import type { Capture, Delivery } from '../storage/rows';
import { canUndo, UNDO_TIME } from '../storage/undo-time';
import { DAY, MINUTE } from '../terms/time';
import { ended, opened, withTokens } from './changes';
import { dropUnneeded, isUnsent, neededFingerprints, secretLife } from './keeping';
import { isTabOpen } from './pages';
import { inTurn } from './turn';
import { dropSecret, keepSecret, listSecrets, readSecret } from './vault';

/**
 * Brings captures and secrets together again after whatever happened: time ran out, the browser was closed, the
 * extension was updated, a worker was killed between two writes. Asked at every wake and whenever something is due;
 * asked twice, it does nothing the second time.
 */

/** A report that was not answered is sent again soon, while its page is open; after this it will not come any more. */
const ARRIVAL_TIME = MINUTE;
/** An ended capture is remembered, so that its token is not taken again from a page that still shows it. */
const MEMORY = DAY;

/** When something falls due for a live capture by the passing of time alone. */
const dueAt = (capture: Capture): number => {
  if (capture.state === 'discarding') return capture.discardAt ?? 0;
  if (capture.state === 'arriving') return Math.min(capture.createdAt + ARRIVAL_TIME, capture.expiresAt);
  return capture.expiresAt;
};

const end = async (capture: Capture, state: Capture['state'], now: number): Promise<void> => {
  await rows.change('captures', capture.id, (row) => (isLive(row) ? ended(row, state, now) : undefined));
};

/** The secret goes first: a row without one is ended by the next sweep, a secret without a row is an orphan. */
const endAndDrop = async (capture: Capture, state: Capture['state'], now: number): Promise<void> => {
  await dropUnneeded(capture);
  await end(capture, state, now);
};

const open = async (capture: Capture): Promise<void> => {
  await rows.change('captures', capture.id, (row) => (row.state === capture.state ? opened(row) : undefined));
};

/** A live capture against the secrets that are there. */
const sweepLive = async (capture: Capture, alive: ReadonlySet<string>, now: number): Promise<void> => {
  const { state, tokens } = capture;
  if (state === 'discarding') {
    // Without its secrets there is nothing to bring back: the worker died as it ended, and the clock was put back since.
    const isGone = tokens.length > 0 && !tokens.some(({ fingerprint }) => alive.has(fingerprint));
    if (isGone || dueAt(capture) <= now) await endAndDrop(capture, 'discarded', now);
    return;
  }
  if (capture.expiresAt <= now) {
    // A review without a token had nothing to lose, so there is nothing to tell.
    return endAndDrop(capture, tokens.length === 0 ? 'discarded' : 'expired', now);
  }
  const left = tokens.filter(({ fingerprint }) => alive.has(fingerprint));
  if (left.length === tokens.length) {
    // All was kept; only the last write, and the answer, did not come about.
    if (state === 'arriving') await open(capture);
    return;
  }
  if (state === 'arriving' && dueAt(capture) > now && (await isTabOpen(capture.tabId))) return;
  if (left.length === 0) return end(capture, 'lost', now);
  const chosen = left.length === 1 ? left[0]?.fingerprint : capture.chosen;
  const life = await secretLife();
  await rows.change('captures', capture.id, (row) => ({
    ...withTokens(row, left, left.find(({ fingerprint }) => fingerprint === chosen)?.fingerprint),
    expiresAt: Math.max(...left.map(({ seenAt }) => seenAt)) + life,
  }));
};

/** The worker may have died between the row of a delivery and that of its capture, in either order. */
const agreeWithDeliveries = async (
  capture: Capture,
  deliveries: readonly Delivery[],
  now: number,
): Promise<void> => {
  const own = deliveries.filter(({ captureId }) => captureId === capture.id);
  if (capture.state === 'sent' && own.length === 0) await open(capture);
  if (capture.state === 'open' && own.some(isUnsent)) {
    await rows.change('captures', capture.id, (row) =>
      row.state === 'open' ? ended(row, 'sent', now) : undefined,
    );
  }
};

/**
 * Where the clock was put back, or the person has chosen less, an end lies further ahead than any life lasts: it comes
 * one life from now. The row first: of two ends that differ, since a worker died in between, that of the row must come
 * sooner, or a token whose time is over would be told as lost.
 */
const keepToItsLife = async (now: number): Promise<void> => {
  const latest = now + (await secretLife());
  for (const { id, expiresAt, discardAt = 0 } of await rows.all('captures')) {
    if (expiresAt > latest) await rows.change('captures', id, (row) => ({ ...row, expiresAt: latest }));
    const undone = now + UNDO_TIME;
    if (discardAt > undone) await rows.change('captures', id, (row) => ({ ...row, discardAt: undone }));
  }
  for (const { fingerprint, expiresAt } of await listSecrets()) {
    const secret = expiresAt > latest ? await readSecret(fingerprint) : undefined;
    if (secret) await keepSecret(fingerprint, secret, latest);
  }
};

/** Ended, told, and long enough ago that no page shows its token any more. */
const isForgettable = (capture: Capture, deliveries: readonly Delivery[], now: number): boolean => {
  if (isLive(capture) || (capture.endedAt ?? capture.createdAt) + MEMORY > now) return false;
  if (canUndo(capture.dismissedAt, now)) return false;
  const told = capture.dismissed || capture.state === 'discarded' || capture.state === 'sent';
  return told && !deliveries.some((one) => one.captureId === capture.id && isUnsent(one));
};

/** Ends what is over, drops what is not needed, tells what was lost. */
export const sweep = (): Promise<void> =>
  inTurn(async () => {
    const now = Date.now();
    const deliveries = await rows.all('deliveries');
    for (const capture of await rows.all('captures')) await agreeWithDeliveries(capture, deliveries, now);

    await keepToItsLife(now);
    const secrets = await listSecrets();
    const alive = new Set(
      secrets.filter(({ expiresAt }) => expiresAt > now).map(({ fingerprint }) => fingerprint),
    );
    for (const capture of await rows.all('captures')) {
      if (isLive(capture)) await sweepLive(capture, alive, now);
      else if (isForgettable(capture, deliveries, now)) await rows.remove('captures', capture.id);
    }

    const needed = neededFingerprints(await rows.all('captures'), await rows.all('deliveries'));
    for (const { fingerprint } of secrets) {
      if (!alive.has(fingerprint) || !needed.has(fingerprint)) await dropSecret(fingerprint);
    }
  });

/** True while a secret is held, for whatever reason. */
export const holdsSecret = async (): Promise<boolean> => (await listSecrets()).length > 0;

/** When the next sweep has something to do by the passing of time; undefined if nothing waits. */
export const nextDue = async (): Promise<number | undefined> => {
  const waiting = (await rows.all('captures')).filter(
    (capture) => isLive(capture) && (capture.tokens.length > 0 || capture.state === 'discarding'),
  );
  const times = [...waiting.map(dueAt), ...(await listSecrets()).map(({ expiresAt }) => expiresAt)];
  return times.length === 0 ? undefined : Math.min(...times);
};
