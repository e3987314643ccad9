import type { Destination, HealthReason, HealthState } from '../storage/rows';

/** Partly failing counts as failing, in the badge and in alerts. */
export const isIll = (state: HealthState): boolean => state === 'unhealthy' || state === 'degraded';

/** The platform's own trouble: it passes by itself, and nothing of ours would change it. */
export const isPlatformTrouble = (reason: HealthReason | undefined): boolean =>
  reason?.code === 'platform_unavailable' || reason?.code === 'rate_limited';

/** Rounds in a row without an answer until "could not check" is said. */
export const MISSES_UNTIL_TOLD = 3;

/** "Platform · name", unless the name says the platform itself, as the names do that we give, or there is none. */
export const fullName = (platform: string, name = ''): string =>
  name.startsWith(platform) ? name : [platform, name].filter(Boolean).join(' · ');

/** Ids are Upstack's, and may be the same in two workspaces. */
export const destinationKey = (workspaceId: string, id: string): Destination['key'] => `${workspaceId}/${id}`;

/**
 * A name for what the dashboard shows as a card, which tells no id: the same card has the same one each time. Cards of
 * one platform with one name cannot be told apart, and are one.
 */
export const cardId = (platform: string, name: string): Destination['id'] => {
  let hash = 0xcbf29ce484222325n; // FNV-1a, 64 bits: a short name, not a proof
  for (const byte of new TextEncoder().encode(name)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `card.${platform}.${hash.toString(36)}`;
};

/** Its ids stand in the dashboard's form, which nobody has opened for us yet. */
export const hasUnknownIds = ({ seenAt, config }: Destination): boolean =>
  seenAt !== undefined && Object.keys(config).length === 0;
