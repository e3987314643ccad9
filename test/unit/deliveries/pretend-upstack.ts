import type { Secret } from '../../../lib/credentials/secret';
import type { Problem } from '../../../lib/storage/rows';
import type { Answer, Saved, UpstackClient } from '../../../lib/upstack/client';
import type { Listing, RemoteDestination } from '../../../lib/upstack/decode';

/** How one write ends. `natural` is what the contract says; the others are troubles on top of it. */
export const OUTCOMES = [
  'natural',
  'resetBefore',
  'resetAfter',
  'timeoutAfter',
  'lateApply',
  'garbledAfter',
  'unavailableBefore',
  'unavailableAfter',
  'rateLimited',
  'keyRefused',
  'scopeMissing',
  'rejected',
  'invalidRequest',
  'stale',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface UpstackTraits {
  /** Same key, same answer. */
  honoursKey: boolean;
  /** Refuses a second destination with the same ids. */
  refusesTwins: boolean;
}

type Client = Pick<
  UpstackClient,
  'createDestination' | 'rotateAccessToken' | 'patchDestination' | 'listDestinations' | 'getDestination'
>;

const refused = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });
const good = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

/**
 * An Upstack in memory, as seen through the client. It keeps what was applied; `outcomes` are taken one for each
 * write, then all is natural.
 */
export const pretendUpstack = (traits: UpstackTraits, now: () => number) => {
  const destinations = new Map<string, RemoteDestination>();
  const answers = new Map<string, Answer<Saved>>();
  /** Applied only when their time has come, though the call ended long ago. */
  let late: { at: number; apply: () => void }[] = [];
  const outcomes: Outcome[] = [];
  /** Of every write: when, of which token, and a create's Idempotency-Key. */
  const writes: { at: number; fingerprint: string; key?: string }[] = [];
  const patches: Readonly<Record<string, string>>[] = [];
  let version = 0;
  let created = 0;

  const settleLate = (until = now()): void => {
    const due = late.filter(({ at }) => at <= until);
    late = late.filter(({ at }) => at > until);
    for (const { apply } of due) apply();
  };

  const write = (apply: () => Answer<Saved>): Answer<Saved> => {
    const outcome = outcomes.shift() ?? 'natural';
    switch (outcome) {
      case 'natural':
        return apply();
      case 'resetBefore':
        return refused({ kind: 'unreachable' });
      case 'resetAfter':
        apply();
        return refused({ kind: 'unreachable' });
      case 'timeoutAfter':
        apply();
        return refused({ kind: 'timeout' });
      case 'lateApply':
        late.push({ at: now() + 2_500, apply });
        return refused({ kind: 'unreachable' });
      case 'garbledAfter':
        apply();
        return refused({ kind: 'garbled', status: 200 });
      case 'unavailableBefore':
        return refused({ kind: 'unavailable', status: 503, retryAt: now() + 7_000 });
      case 'unavailableAfter':
        apply();
        return refused({ kind: 'unavailable', status: 502 });
      case 'rateLimited':
        return refused({ kind: 'rateLimited', status: 429, retryAt: now() + 20_000 });
      case 'rejected':
        return refused({ kind: 'rejected', status: 422, steps: [{ name: 'test_event', status: 'failed' }] });
      default:
        return refused({ kind: outcome });
    }
  };

  const client: Client = {
    listDestinations: async () => {
      settleLate();
      return good<Listing>({ destinations: [...destinations.values()], unreadable: 0 });
    },
    getDestination: async (_access, id) => {
      settleLate();
      const destination = destinations.get(id);
      return destination ? good({ destination }) : refused({ kind: 'notFound', status: 404 });
    },
    createDestination: async (_access, { type, config, token }, key) => {
      settleLate();
      const fingerprint = await token.fingerprint();
      writes.push({ at: now(), fingerprint, key });
      return write(() => {
        const before = traits.honoursKey ? answers.get(key) : undefined;
        if (before) return before;
        const twin = [...destinations.values()].find(
          (one) => JSON.stringify(one.config) === JSON.stringify(config),
        );
        if (twin && traits.refusesTwins) {
          return refused({ kind: 'exists', status: 409, existingId: twin.id });
        }
        created += 1;
        version += 1;
        const destination: RemoteDestination = {
          id: `dst_${created}`,
          type,
          name: 'made',
          enabled: true,
          config,
          token: { isSet: true, fingerprint },
          etag: `"${version}"`,
          health: { state: 'pending' },
        };
        destinations.set(destination.id, destination);
        const answer = good({ destination });
        answers.set(key, answer);
        return answer;
      });
    },
    rotateAccessToken: async (_access, id, etag, token: Secret) => {
      settleLate();
      const fingerprint = await token.fingerprint();
      writes.push({ at: now(), fingerprint });
      return write(() => {
        const before = destinations.get(id);
        if (!before) return refused({ kind: 'notFound', status: 404 });
        if (before.etag !== etag) return refused({ kind: 'stale', status: 412 });
        version += 1;
        const destination: RemoteDestination = {
          ...before,
          token: { isSet: true, fingerprint },
          etag: `"${version}"`,
          health: { state: 'pending' },
        };
        destinations.set(id, destination);
        return good({ destination });
      });
    },
    patchDestination: async (_access, id, etag, { config = {} }) => {
      settleLate();
      patches.push(config);
      return write(() => {
        const before = destinations.get(id);
        if (!before) return refused({ kind: 'notFound', status: 404 });
        if (before.etag !== etag) return refused({ kind: 'stale', status: 412 });
        version += 1;
        const destination: RemoteDestination = {
          ...before,
          config: { ...before.config, ...config },
          etag: `"${version}"`,
        };
        destinations.set(id, destination);
        return good({ destination });
      });
    },
  };

  return {
    client,
    destinations,
    outcomes,
    writes,
    patches,
    /** What may still come, comes now. */
    settleAllLate: () => settleLate(Number.POSITIVE_INFINITY),
  };
};

export type PretendUpstack = ReturnType<typeof pretendUpstack>;
