import { isIll } from '../destinations/destination';
import type { Destination } from '../storage/rows';
import { MINUTE } from '../terms/time';
import type { RemoteHealth } from '../upstack/decode';

type Health = Destination['health'];

/** Two checks that say ill must be at least so far apart to be believed. */
export const CONFIRM_AFTER = MINUTE;

/**
 * A destination's health after one more check. An illness becomes an incident when a second check, at least a
 * minute after the first, says so too. A check that could not tell neither confirms nor ends one. How long it was is
 * kept until the next.
 */
export const checked = (before: Health, told: RemoteHealth, now: number): Health => {
  const { illSince, incidentAt, recovered } = before;
  const next: Health = { ...told, confirmedAt: now, ...(recovered === undefined ? {} : { recovered }) };
  if (isIll(told.state)) {
    const since = illSince ?? now;
    const confirmed = incidentAt ?? (now - since >= CONFIRM_AFTER ? now : undefined);
    return { ...next, illSince: since, ...(confirmed === undefined ? {} : { incidentAt: confirmed }) };
  }
  if (illSince === undefined || incidentAt === undefined) return next;
  if (told.state === 'unknown') return { ...next, illSince, incidentAt };
  return { ...next, recovered: { at: now, after: now - illSince } };
};
