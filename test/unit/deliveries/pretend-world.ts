import { Secret } from '../../../lib/credentials/secret';
import { createDrain } from '../../../lib/deliveries/drain';
import type { Route } from '../../../lib/deliveries/route';
import { createApiRoute } from '../../../lib/deliveries/routes/api';
import { createSend } from '../../../lib/deliveries/send';
import type { World } from '../../../lib/deliveries/world';
import type {
  AccountChoice,
  Capture,
  Delivery,
  Destination,
  HistoryEntry,
  Rows,
  Workspace,
} from '../../../lib/storage/rows';
import { type PretendUpstack, pretendUpstack, type UpstackTraits } from './pretend-upstack';

/** What a dying worker throws; nothing runs on after it. */
export class Kill extends Error {}

type Stores = {
  [S in
    | 'captures'
    | 'deliveries'
    | 'destinations'
    | 'workspaces'
    | 'leaving'
    | 'history'
    | 'accountChoices']: Map<string, Rows[S]>;
};

const START = Date.UTC(2026, 10, 22);

/** What outlives the worker: rows, secrets, the clock, and the server on the other side. */
export interface Ground {
  stores: Stores;
  secrets: Map<string, { secret: Secret; expiresAt: number }>;
  clock: { now: number };
  upstack: PretendUpstack;
  /** What the tests watch for: a write without a row in `sending`. */
  breaches: string[];
}

export const workspaceRow = (): Workspace => ({
  v: 1,
  id: 'w1',
  name: 'Acme',
  pixelId: '00000000-0000-4000-8000-000000000001',
  route: 'api',
  remember: true,
  keyMask: '••••1234',
  createdAt: START,
  state: 'connected',
  testedAt: START,
  active: true,
  poll: { nextAt: START, misses: 0 },
});

/** A capture that is ready to be sent, and its secret in the vault. */
export const addCapture = async (
  ground: Ground,
  id: string,
  pixelId = 'a2_abcdefghijkl',
): Promise<Capture> => {
  const secret = Secret.of(`token ${crypto.randomUUID()}`);
  const fingerprint = await secret.fingerprint();
  const now = ground.clock.now;
  const expiresAt = now + 60 * 60_000;
  const capture: Capture = {
    v: 1,
    id,
    platform: 'reddit',
    origin: 'page',
    createdAt: now,
    expiresAt,
    tokens: [
      {
        fingerprint,
        mask: secret.mask,
        length: secret.length,
        verdict: { level: 'good', code: 'good' },
        removed: [],
        provenance: 'gesture',
        warnings: [],
        seenAt: now,
      },
    ],
    chosen: fingerprint,
    ids: { pixelId: { candidates: [], value: pixelId, byPerson: true, conflict: false } },
    ticks: { checked: false, generated: false, others: false },
    state: 'open',
  };
  ground.stores.captures.set(id, capture);
  ground.secrets.set(fingerprint, { secret, expiresAt });
  return capture;
};

export const makeGround = (traits: UpstackTraits = { honoursKey: true, refusesTwins: true }): Ground => {
  const clock = { now: START };
  return {
    stores: {
      captures: new Map<string, Capture>(),
      deliveries: new Map<string, Delivery>(),
      destinations: new Map<string, Destination>(),
      workspaces: new Map<string, Workspace>([['w1', workspaceRow()]]),
      leaving: new Map(),
      history: new Map<string, HistoryEntry>(),
      accountChoices: new Map<string, AccountChoice>(),
    },
    secrets: new Map(),
    clock,
    upstack: pretendUpstack(traits, () => clock.now),
    breaches: [],
  };
};

const clone = <T>(value: T): T => structuredClone(value);

export interface Worker {
  drain: () => Promise<void>;
  send: (captureId: string) => ReturnType<ReturnType<typeof createSend>>;
  /** Awaits that this worker has come to. */
  awaits: () => number;
}

/**
 * One life of a worker over the ground. It dies at its `killAt`-th await: before an effect or after it, since each
 * call outside counts twice. From then on nothing of it has any effect.
 */
export const makeWorker = (
  ground: Ground,
  {
    killAt = Number.POSITIVE_INFINITY,
    random = () => 0.5,
    route = (real: Route) => real,
    later = () => undefined,
  }: {
    killAt?: number;
    random?: () => number;
    route?: (real: Route) => Route;
    later?: World['later'];
  } = {},
): Worker => {
  const { stores, secrets, clock, upstack } = ground;
  let count = 0;

  const moment = async (): Promise<void> => {
    if (count < killAt) count += 1;
    if (count >= killAt) throw new Kill();
  };
  const mortal = async <T>(effect: () => T | Promise<T>): Promise<T> => {
    await moment();
    const value = await effect();
    await moment();
    return value;
  };

  const storeOf = (store: keyof Rows): Map<string, Rows[keyof Rows]> =>
    stores[store as keyof Stores] as unknown as Map<string, Rows[keyof Rows]>;
  const keyIn = (row: Rows[keyof Rows]): string => ('key' in row ? row.key : (row as { id: string }).id);

  const rows = {
    get: (store: keyof Rows, key: string) => mortal(() => clone(storeOf(store).get(key))),
    all: (store: keyof Rows) => mortal(() => clone([...storeOf(store).values()])),
    put: (store: keyof Rows, row: Rows[keyof Rows]) =>
      mortal(() => void storeOf(store).set(keyIn(row), clone(row))),
    change: (store: keyof Rows, key: string, next: (row: unknown) => Rows[keyof Rows] | undefined) =>
      mortal(() => {
        const row = storeOf(store).get(key);
        const after = row && next(clone(row));
        if (after) storeOf(store).set(key, clone(after));
        return clone(after ?? row);
      }),
  } as unknown as World['rows'];

  const setCapture = (id: string, next: (row: Capture) => Capture | undefined): void => {
    const row = stores.captures.get(id);
    const after = row && next(row);
    if (after) stores.captures.set(id, after);
  };

  const real = createApiRoute(upstack.client, async () => ({
    key: Secret.of('upstack_test'),
    pixelId: 'pixel',
  }));
  const watched: Route = {
    ask: real.ask,
    asksFirst: real.asksFirst,
    save: async (delivery, secret) => {
      if (stores.deliveries.get(delivery.id)?.state !== 'sending') ground.breaches.push(delivery.id);
      return real.save(delivery, secret);
    },
    changeIds: async (delivery) => {
      if (stores.deliveries.get(delivery.id)?.state !== 'sending') ground.breaches.push(delivery.id);
      return (real.changeIds as NonNullable<Route['changeIds']>)(delivery);
    },
  };
  const api = route(watched);
  const changeIds = api.changeIds as NonNullable<Route['changeIds']>;

  let lock: Promise<unknown> = Promise.resolve();
  const world: World = {
    now: () => clock.now,
    random,
    newId: () => crypto.randomUUID(),
    online: () => true,
    exclusively: (_name, task) => {
      const turn = lock.then(task);
      lock = turn.catch(() => undefined);
      return turn;
    },
    later,
    rows,
    readSecret: (fingerprint) =>
      mortal(() => {
        const kept = secrets.get(fingerprint);
        return kept && kept.expiresAt > clock.now ? kept.secret : undefined;
      }),
    markSent: (captureId) =>
      mortal(() =>
        setCapture(captureId, (row) => (row.state === 'open' ? { ...row, state: 'sent' } : undefined)),
      ),
    reopen: (captureId) =>
      mortal(() =>
        setCapture(captureId, (row) => (row.state === 'sent' ? { ...row, state: 'open' } : undefined)),
      ),
    releaseSecret: (captureId, sent, isLast) =>
      mortal(() => {
        setCapture(captureId, (row) =>
          row.state === 'sent' && row.ticks.others && !isLast
            ? { ...row, state: 'open', sent: [...(row.sent ?? []), ...(sent ? [sent] : [])] }
            : undefined,
        );
        const row = stores.captures.get(captureId);
        if (row?.state === 'open') return;
        for (const token of row?.tokens ?? []) secrets.delete(token.fingerprint);
      }),
    noteProblem: (workspaceId, problem) =>
      mortal(() => {
        const row = stores.workspaces.get(workspaceId);
        const { kind } = problem;
        if (row && (kind === 'keyRefused' || kind === 'scopeMissing' || kind === 'pixelMismatch')) {
          stores.workspaces.set(workspaceId, { ...row, state: kind, problem });
        }
      }),
    storeDestination: (workspaceId, { health, ...remote }, now) =>
      mortal(() => {
        const key = `${workspaceId}/${remote.id}`;
        stores.destinations.set(key, {
          v: 1,
          key,
          workspaceId,
          ...remote,
          health: { ...health, confirmedAt: now },
        });
      }),
    refreshDestinations: () =>
      mortal(() => {
        for (const row of stores.destinations.values())
          if (!upstack.destinations.has(row.id))
            stores.destinations.set(row.key, { ...row, goneAt: row.goneAt ?? clock.now });
      }),
    routes: {
      api: {
        save: (delivery, secret) => mortal(() => api.save(delivery, secret)),
        ...(api.changeIds ? { changeIds: (delivery: Delivery) => mortal(() => changeIds(delivery)) } : {}),
        ask: (delivery, ours) => mortal(() => api.ask(delivery, ours)),
        asksFirst: api.asksFirst,
      },
      dashboard: api,
    },
  };
  return { drain: createDrain(world), send: createSend(world), awaits: () => count };
};

/** True if the worker lived through the task. */
export const survives = async (task: () => Promise<unknown>): Promise<boolean> => {
  try {
    await task();
    return true;
  } catch (error) {
    if (error instanceof Kill) return false;
    throw error;
  }
};

/** All destinations are healthy from now on, and the poll has seen it. */
const turnHealthy = ({ stores, upstack, clock }: Ground): void => {
  for (const remote of upstack.destinations.values()) {
    const { health: _health, ...told } = remote;
    const key = `w1/${remote.id}`;
    stores.destinations.set(key, {
      v: 1,
      key,
      workspaceId: 'w1',
      ...told,
      health: { state: 'healthy', lastCheckedAt: clock.now, confirmedAt: clock.now },
    });
  }
};

/**
 * Lets time pass until every delivery is settled: workers come and go (the first as given), keys are mended, health
 * is polled.
 */
export const untilSettled = async (ground: Ground, first: Worker, make: () => Worker): Promise<void> => {
  let worker = first;
  for (let wake = 0; wake < 60; wake += 1) {
    // The next one may be woken at once, when the server is still at work on what this one asked for.
    if (!(await survives(worker.drain))) {
      worker = make();
      continue;
    }
    const open = [...ground.stores.deliveries.values()].filter(
      ({ state, followUp }) => state !== 'settled' || followUp,
    );
    if (open.length === 0) return;
    if (open.some(({ state }) => state === 'needsKey')) ground.stores.workspaces.set('w1', workspaceRow());
    const ends = open.flatMap(({ until }) => until ?? []);
    ground.clock.now = Math.max(ground.clock.now + 1_000, Math.min(...ends, ground.clock.now + 30_000));
    if (open.some(({ state }) => state === 'verifying')) turnHealthy(ground);
  }
  throw new Error(`Not settled: ${JSON.stringify([...ground.stores.deliveries.values()])}`);
};
