import type { Problem } from '../../lib/storage/rows';
import type { Answer, Saved, UpstackClient } from '../../lib/upstack/client';
import type { RemoteDestination } from '../../lib/upstack/decode';
import type { Random } from '../e2e/zoo/random';

/** An Upstack in memory, as seen through the client: it keeps what was applied, whatever it answers. */

export interface Traits {
  /** Same key, same answer. */
  honoursKey: boolean;
  /** Refuses a second destination with the same ids. */
  refusesTwins: boolean;
}

export interface Clock {
  /** Ms that have truly passed. */
  passed: number;
  /** What the browser's clock shows. */
  shown: number;
}

const READ_TROUBLES = ['reset', 'timeout', 'garbled', 'unavailable', 'rateLimited'] as const;
const WRITE_TROUBLES = [
  ...READ_TROUBLES,
  'resetAfter',
  'timeoutAfter',
  'garbledAfter',
  'unavailableAfter',
  'applied late',
  'rejected',
  'scopeMissing',
] as const;

type Trouble = (typeof WRITE_TROUBLES)[number];

/** Longer than this after its call was cut off, the server applies nothing: see `GRACE` in the machine. */
const LATEST = 2_500;

const refused = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });
const good = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

type Client = Pick<
  UpstackClient,
  'createDestination' | 'rotateAccessToken' | 'patchDestination' | 'listDestinations' | 'getDestination'
>;

export const createServer = (
  traits: Traits,
  clock: Clock,
  random: Random,
  /** Lets other things happen: once before the server has the call, once before the browser has the answer. */
  pass: <T>(effect: () => T) => Promise<T>,
) => {
  const destinations = new Map<string, RemoteDestination>();
  const answers = new Map<string, Answer<Saved>>();
  /** How often each token has made a destination. */
  const made = new Map<string, number>();
  /** Every token that was ever taken. */
  const taken = new Set<string>();
  let late: { at: number; apply: () => void }[] = [];
  let version = 0;
  const state = { isOnline: true, keyIsGood: true, isCalm: false };

  const lose = (ms: number): void => {
    clock.passed += ms;
    clock.shown += ms;
  };

  const settleLate = (at = clock.passed): void => {
    const due = late.filter((one) => one.at <= at);
    late = late.filter((one) => one.at > at);
    for (const { apply } of due) apply();
  };

  const write = (
    config: Record<string, string>,
    id: string,
    fingerprint: string,
    before?: RemoteDestination,
  ) => {
    version += 1;
    taken.add(fingerprint);
    const destination: RemoteDestination = {
      name: 'made',
      enabled: true,
      ...before,
      id,
      type: 'pinterest',
      config,
      token: { isSet: true, fingerprint },
      etag: `"${version}"`,
      health: { state: 'pending' },
    };
    destinations.set(id, destination);
    return good({ destination });
  };

  const troubleIn = (troubles: readonly Trouble[]): Trouble | undefined =>
    state.isCalm || !random.chance(0.45) ? undefined : random.pick(troubles);

  /** One exchange: `apply` is what an untroubled server does. */
  const exchange = async <T>(troubles: readonly Trouble[], apply: () => Answer<T>): Promise<Answer<T>> => {
    const answer = await pass((): Answer<T> => {
      settleLate();
      if (!state.isOnline) return refused({ kind: 'offline' });
      if (!state.keyIsGood) return refused({ kind: 'keyRefused', status: 401 });
      const trouble = troubleIn(troubles);
      const retryAt = clock.shown + random.whole(1, 60) * 1_000;
      switch (trouble) {
        case undefined:
          return apply();
        case 'reset':
          return refused({ kind: 'unreachable' });
        case 'timeout':
          return refused({ kind: 'timeout' });
        case 'garbled':
          return refused({ kind: 'garbled', status: 200 });
        case 'unavailable':
          return refused({ kind: 'unavailable', status: 503, retryAt });
        case 'rateLimited':
          return refused({ kind: 'rateLimited', status: 429, retryAt });
        case 'rejected':
          return refused({ kind: 'rejected', status: 422 });
        case 'scopeMissing':
          return refused({ kind: 'scopeMissing', status: 403 });
        case 'applied late':
          late.push({ at: clock.passed + random.whole(1, LATEST), apply });
          return refused({ kind: 'unreachable' });
        case 'resetAfter':
          apply();
          return refused({ kind: 'unreachable' });
        case 'timeoutAfter':
          apply();
          return refused({ kind: 'timeout' });
        case 'garbledAfter':
          apply();
          return refused({ kind: 'garbled', status: 200 });
        case 'unavailableAfter':
          apply();
          return refused({ kind: 'unavailable', status: 502, retryAt });
      }
    });
    return pass(() => {
      // It may be long under way, and then it tells of what was so when it set out.
      if (!state.isCalm && random.chance(0.1)) lose(random.whole(1, 5_000));
      return answer;
    });
  };

  const client: Client = {
    listDestinations: () =>
      exchange(READ_TROUBLES, () => good({ destinations: [...destinations.values()], unreadable: 0 })),

    getDestination: (_access, id) =>
      exchange(READ_TROUBLES, () => {
        const destination = destinations.get(id);
        return destination ? good({ destination }) : refused({ kind: 'notFound', status: 404 });
      }),

    createDestination: async (_access, { config, token }, key) => {
      const fingerprint = await token.fingerprint();
      return exchange(WRITE_TROUBLES, () => {
        const before = traits.honoursKey ? answers.get(key) : undefined;
        if (before) return before;
        const ids = JSON.stringify(config);
        const twin = [...destinations.values()].find((one) => JSON.stringify(one.config) === ids);
        if (twin && traits.refusesTwins) return refused({ kind: 'exists', status: 409, existingId: twin.id });
        made.set(fingerprint, (made.get(fingerprint) ?? 0) + 1);
        const answer = write({ ...config }, `dst_${version + 1}`, fingerprint);
        answers.set(key, answer);
        return answer;
      });
    },

    rotateAccessToken: async (_access, id, etag, token) => {
      const fingerprint = await token.fingerprint();
      return exchange(WRITE_TROUBLES, () => {
        const before = destinations.get(id);
        if (!before) return refused({ kind: 'notFound', status: 404 });
        if (before.etag !== etag) return refused({ kind: 'stale', status: 412 });
        return write(before.config, id, fingerprint, before);
      });
    },

    patchDestination: (_access, id, etag, { config = {} }) =>
      exchange(WRITE_TROUBLES, () => {
        const before = destinations.get(id);
        if (!before) return refused({ kind: 'notFound', status: 404 });
        if (before.etag !== etag) return refused({ kind: 'stale', status: 412 });
        return write({ ...before.config, ...config }, id, before.token.fingerprint ?? '', before);
      }),
  };

  return {
    client,
    destinations,
    made,
    taken,
    state,
    /** What was cut off and may still come, comes now. */
    settleAllLate: () => settleLate(Number.POSITIVE_INFINITY),
    /** Somebody else puts a token of theirs there. */
    meddle: (): void => {
      const [one] = random.some([...destinations.values()], 1);
      if (one) write(one.config, one.id, `sha256:${version.toString(16).padStart(16, 'f')}`, one);
    },
  };
};
