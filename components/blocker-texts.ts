import type { Blocker } from '../lib/destinations/review';
import type { Platform } from '../lib/platforms/definition';
import { labelOf } from './credential-texts';
import { sentence } from './texts';

/** What a sentence about a blocker names. */
export const factsOf = (platform: Platform, blocker: Blocker): Record<string, string> => {
  if (blocker.code === 'otherClient') return { ...blocker };
  if ('kinds' in blocker) {
    const [one, other] = blocker.kinds;
    return { one: labelOf(platform, one), other: labelOf(platform, other) };
  }
  if ('kind' in blocker) return { label: labelOf(platform, blocker.kind) };
  return { platform: platform.name };
};

/** Why Send is not enabled. */
export const blockerText = (platform: Platform, blocker: Blocker): string =>
  blocker.code === 'otherClient'
    ? sentence('rotation.otherClient', factsOf(platform, blocker))
    : sentence(`blocker.${blocker.code}`, factsOf(platform, blocker));
