import { rows } from '../storage/database';
import { isLive } from '../storage/live';
import type { Capture, Delivery } from '../storage/rows';
import { readSettings } from '../storage/settings';
import { MINUTE } from '../terms/time';
import { dropSecret } from './vault';

/** What a secret is kept for: a capture in review, or a delivery that may still have to send it. */

/** How long a secret is held at most, from when it was captured: an hour, or as the person has set it. */
export const secretLife = async (): Promise<number> => ((await readSettings()).keepMinutes ?? 60) * MINUTE;

/** Its token is not yet accepted by the API, nor given up. */
export const isUnsent = ({ state, tokenSavedAt }: Delivery): boolean =>
  state !== 'verifying' && state !== 'settled' && tokenSavedAt === undefined;

/** What follows from the end of a delivery (such as a new review) may want the secret as well. */
const needsSecret = (delivery: Delivery): boolean => isUnsent(delivery) || delivery.followUp === true;

/** Fingerprints that a live capture or an unfinished delivery still needs. */
export const neededFingerprints = (
  captures: readonly Capture[],
  deliveries: readonly Delivery[],
): Set<string> =>
  new Set([
    ...captures.filter(isLive).flatMap(({ tokens }) => tokens.map(({ fingerprint }) => fingerprint)),
    ...deliveries.filter(needsSecret).map(({ fingerprint }) => fingerprint),
  ]);

/** Drops the secrets of a capture that is over, but for one that another capture or delivery needs as well. */
export const dropUnneeded = async (capture: Capture): Promise<void> => {
  const captures = (await rows.all('captures')).filter(({ id }) => id !== capture.id);
  const deliveries = (await rows.all('deliveries')).filter(({ captureId }) => captureId !== capture.id);
  const needed = neededFingerprints(captures, deliveries);
  for (const { fingerprint } of capture.tokens) {
    if (!needed.has(fingerprint)) await dropSecret(fingerprint);
  }
};
