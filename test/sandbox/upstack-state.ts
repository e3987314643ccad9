import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { PlatformId } from './ad-accounts';

/** What the played Upstack remembers, and how it shows it. Tokens live in this memory and are never shown. */

export type Scope = 'destinations:read' | 'destinations:write';
export type HealthState = 'healthy' | 'unhealthy' | 'degraded' | 'pending' | 'paused';
export const reasonCodes = [
  'token_invalid',
  'account_mismatch',
  'pixel_not_found',
  'config_incomplete',
  'payload_rejected',
  'rate_limited',
  'platform_unavailable',
  'no_recent_events',
  'unknown',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export interface HeldKey {
  value: string;
  scopes: Set<Scope>;
  revoked: boolean;
  expiresAt?: number;
  /** GET account is Upstack's own and may be closed to a key that reads destinations. */
  readsAccount: boolean;
}

export interface HeldWorkspace {
  /** Workspaces of one account share `stillUsedBy`. */
  accountName: string;
  /** UUID of the Upstack pixel. */
  pixelId: string;
  keys: HeldKey[];
  /** What the store's own pixel delivers to Upstack, to be passed on. */
  store: 'flowing' | 'partlyFailing' | 'malformed' | 'silent';
  destinations: HeldDestination[];
}

interface HeldToken {
  value: string;
  label: string | null;
  savedAt: number;
  /** A live event was accepted with it. */
  delivered: boolean;
}

export interface HeldHealth {
  state: HealthState;
  since: number;
  lastCheckedAt: number | null;
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  consecutiveFailures: number;
  reason: { code: ReasonCode; message: string; httpStatus?: number; platformCode?: string | null } | null;
  window: { seconds: number; attempted: number; delivered: number; failed: number };
}

export interface HeldDestination {
  id: string;
  /** A platform played here, or any other word: such a destination is shown and left alone. */
  type: string;
  name: string;
  enabled: boolean;
  config: Record<string, string>;
  token: HeldToken | undefined;
  previous: { token: HeldToken; replacedAt: number } | undefined;
  health: HeldHealth;
  /** Health stays pending for the settling time from here. */
  settlesFrom: number;
  /** Counts writes; the ETag. */
  version: number;
  createdAt: number;
  updatedAt: number;
  /** Said instead of the truth while it is set. */
  forced?: { state: HealthState; reasonCode?: ReasonCode };
}

const iso = (time: number): string => new Date(time).toISOString();
const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time));

export const fingerprintOf = (token: string): string =>
  `sha256:${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;

const hintOf = (token: string): string => `${token.slice(0, 4)}…${token.slice(-4)}`;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** When the platform made the token, in ms, if it is of a shape that tells. */
export const issuedAtOf = (type: string, token: string): number | undefined => {
  try {
    if (type === 'reddit') {
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
        iat?: number;
        scp?: string;
      };
      inflateSync(Buffer.from(claims.scp ?? '', 'base64url')); // a token without scopes is not one of theirs
      return claims.iat === undefined ? undefined : Math.round(claims.iat * 1000);
    }
    if (type === 'pinterest' && /^pina_[A-Z2-7]{96}$/.test(token)) {
      const bits = [...token.slice(5)].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0'));
      const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
      return Buffer.from(bytes).readUIntLE(14, 6);
    }
  } catch {
    // An unfamiliar shape is nothing to fail over: the platform decides.
  }
  return undefined;
};

export const newKey = (scopes: readonly Scope[] = ['destinations:write']): HeldKey => ({
  value: `upstack_${randomBytes(24).toString('base64url')}`,
  scopes: new Set(scopes),
  revoked: false,
  readsAccount: true,
});

export const newWorkspace = (accountName: string): HeldWorkspace => ({
  accountName,
  pixelId: randomUUID(),
  keys: [newKey()],
  store: 'flowing',
  destinations: [],
});

const pendingHealth = (now: number): HeldHealth => ({
  state: 'pending',
  since: now,
  lastCheckedAt: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  consecutiveFailures: 0,
  reason: null,
  window: { seconds: 300, attempted: 0, delivered: 0, failed: 0 },
});

export interface DestinationSeed {
  type: string;
  name?: string;
  config: Record<string, string>;
  token: string;
  label?: string | null;
}

export const newDestination = (seed: DestinationSeed, now: number): HeldDestination => ({
  id: `dst_${randomBytes(9).toString('hex')}`,
  type: seed.type,
  name: seed.name ?? `${seed.type.charAt(0).toUpperCase()}${seed.type.slice(1)}`,
  enabled: true,
  config: { ...seed.config },
  token: { value: seed.token, label: seed.label ?? null, savedAt: now, delivered: false },
  previous: undefined,
  health: pendingHealth(now),
  settlesFrom: now,
  version: 1,
  createdAt: now,
  updatedAt: now,
});

/** The id that the platform's event API is called with. */
export const targetOf = (type: PlatformId, config: Record<string, string>): string | undefined =>
  type === 'reddit' ? config.pixelId : config.tagId && config.advertiserId;

/** Two destinations with the same ids are one. */
export const sameIds = (one: HeldDestination, type: string, config: Record<string, string>): boolean =>
  one.type === type &&
  (type === 'reddit'
    ? one.config.pixelId === config.pixelId
    : one.config.tagId === config.tagId && one.config.advertiserId === config.advertiserId);

/** A strong validator: of what a client can write, not of health, which changes by itself. */
export const etagOf = (destination: HeldDestination): string => `"${destination.id}.${destination.version}"`;

/** `siblings`: every destination of the account, for who else still uses the old token. */
export const showDestination = (
  destination: HeldDestination,
  siblings: readonly HeldDestination[],
): Record<string, unknown> => {
  const { token, previous, health } = destination;
  const stillUsedBy = siblings
    .filter((one) => one !== destination && previous && one.token?.value === previous.token.value)
    .map((one) => one.id);
  const issuedAt = token && issuedAtOf(destination.type, token.value);
  return {
    id: destination.id,
    etag: etagOf(destination),
    type: destination.type,
    name: destination.name,
    enabled: destination.enabled,
    config: destination.config,
    credentials: {
      accessToken: token
        ? {
            isSet: true,
            issuedAt: issuedAt === undefined ? null : iso(issuedAt),
            hint: hintOf(token.value),
            fingerprint: fingerprintOf(token.value),
            label: token.label,
            updatedAt: iso(token.savedAt),
            updatedBy: 'API key',
            previous: previous
              ? {
                  hint: hintOf(previous.token.value),
                  label: previous.token.label,
                  fingerprint: fingerprintOf(previous.token.value),
                  replacedAt: iso(previous.replacedAt),
                  safeToRevoke: token.delivered && stillUsedBy.length === 0,
                  stillUsedBy,
                }
              : null,
          }
        : { isSet: false },
    },
    health: {
      state: health.state,
      reasonCode: health.reason?.code ?? null,
      since: iso(health.since),
      lastCheckedAt: isoOrNull(health.lastCheckedAt),
    },
    dashboardUrl: `https://app.upstackdata.com/pixel/event-destinations/${destination.id}`,
    createdAt: iso(destination.createdAt),
    updatedAt: iso(destination.updatedAt),
  };
};

export const showHealth = ({ id, type, health }: HeldDestination): Record<string, unknown> => ({
  destinationId: id,
  type,
  state: health.state,
  since: iso(health.since),
  lastCheckedAt: isoOrNull(health.lastCheckedAt),
  lastSuccessAt: isoOrNull(health.lastSuccessAt),
  lastFailureAt: isoOrNull(health.lastFailureAt),
  consecutiveFailures: health.consecutiveFailures,
  reason: health.reason,
  window: health.window,
});

const PASSING = new Set([
  'checkedAt',
  'lastCheckedAt',
  'lastSuccessAt',
  'lastFailureAt',
  'consecutiveFailures',
  'window',
]);

/** A weak validator of what a client acts on: the times of the latest check are left out. */
export const weakEtag = (value: unknown): string => {
  const lasting = JSON.stringify(value, (key, inner: unknown) => (PASSING.has(key) ? undefined : inner));
  return `W/"${createHash('sha256').update(lasting).digest('base64url').slice(0, 22)}"`;
};
