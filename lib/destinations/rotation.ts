import type { Platform, RotationReason } from '../platforms/definition';
import type { Capture, CapturedToken, Delivery, Destination, ValidationStep } from '../storage/rows';

/** Replacing the token of a destination: why, with which, and how far it has come. Pure. */

/** Reasons to rotate, in the guide's words. One is suggested only where the token is proven bad. */
export const rotationReasons = (
  platform: Platform,
  destination?: Destination,
): { reason: RotationReason; suggested: boolean }[] => {
  const isRefused = destination?.health.reason?.code === 'token_invalid';
  return platform.rotation.map((reason) => ({
    reason,
    suggested: isRefused && reason === 'authentication',
  }));
};

export interface Freshness {
  code: 'newer' | 'older';
  issuedAt: number;
  inUseIssuedAt: number;
}

/** Which of the two was made first, where both tell it. */
export const freshnessOf = (
  token: Pick<CapturedToken, 'issuedAt' | 'fingerprint'>,
  { token: inUse }: Destination,
): Freshness | undefined => {
  const { issuedAt, fingerprint } = token;
  const inUseIssuedAt = inUse.issuedAt;
  if (issuedAt === undefined || inUseIssuedAt === undefined || inUse.fingerprint === fingerprint) {
    return undefined;
  }
  // Upstack tells whole seconds, the token may tell less.
  const ahead = Math.floor(issuedAt / 1000) - Math.floor(inUseIssuedAt / 1000);
  return ahead === 0 ? undefined : { code: ahead > 0 ? 'newer' : 'older', issuedAt, inUseIssuedAt };
};

const sameValues = (
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean => Object.keys({ ...one, ...other }).every((field) => one[field] === other[field]);

/** The person has said that this destination's ids are to become just these. */
export const isConfirmed = (
  { confirmed }: Capture,
  { key, config }: Destination,
  to: Readonly<Record<string, string>>,
): boolean => confirmed?.key === key && sameValues(confirmed.from, config) && sameValues(confirmed.to, to);

/**
 * A rotation that changes the ids too, between its two calls. `changingIds`: on its way. `idsRefused`: Upstack did
 * not change them, see the delivery's problem; `delivery.retryNow` tries again, `delivery.keepIds` leaves it at that.
 */
export const halfwayOf = ({
  state,
  tokenSavedAt,
  savedAt,
}: Delivery): 'changingIds' | 'idsRefused' | undefined => {
  if (tokenSavedAt === undefined || savedAt !== undefined || state === 'settled') return undefined;
  return state === 'person' ? 'idsRefused' : 'changingIds';
};

/** The step at which Upstack's own test of a token ended. */
export const failedStep = (steps: readonly ValidationStep[] = []): ValidationStep | undefined =>
  steps.find(({ status }) => status === 'failed');
