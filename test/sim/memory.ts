import type { Write } from '../../lib/storage/database';
import type { Capture, Delivery, Rows } from '../../lib/storage/rows';
import { isSoundRow } from '../../lib/storage/schemas';
import type { StoreName } from '../../lib/storage/signal';

/**
 * What the browser keeps for the extension, in memory: rows, and `storage.session`. One at a time, since the modules
 * under test know their stores by name; `useMemory` puts a fresh one in place. It also watches what is written.
 */

type Pass = <T>(effect: () => T) => Promise<T>;

interface Memory {
  pass: Pass;
  shown: () => number;
  stores: Map<StoreName, Map<unknown, object>>;
  session: Map<string, unknown>;
  /** Sentences. */
  breaches: string[];
  /** Off: a change is a read and a write, with room for somebody else in between. */
  compareAndSet: boolean;
  /** The clock was put back at some time, so what it showed before proves nothing. */
  isPutBack: boolean;
}

let memory: Memory;

export const useMemory = (pass: Pass, shown: () => number, compareAndSet: boolean): Memory => {
  const empty = { stores: new Map(), session: new Map(), breaches: [], isPutBack: false };
  memory = { pass, shown, compareAndSet, ...empty };
  return memory;
};

const storeOf = (store: StoreName): Map<unknown, object> => {
  const known = memory.stores.get(store);
  if (known) return known;
  const made = new Map<unknown, object>();
  memory.stores.set(store, made);
  return made;
};

export const rowsOf = <S extends StoreName>(store: S): Rows[S][] => [...storeOf(store).values()] as Rows[S][];

const keyOf = (row: object): unknown => {
  const { key, id, tabId, platform } = row as Record<string, unknown>;
  return key ?? id ?? tabId ?? platform;
};

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
};

const ENDS: readonly string[] = ['discarded', 'expired', 'lost'] satisfies Capture['state'][];

const watchCapture = (before: Capture | undefined, after: Capture): void => {
  if (before && ENDS.includes(before.state) && after.state !== before.state)
    memory.breaches.push(`I6: a capture went from ${before.state} to ${after.state}`);
};

const watchDelivery = (before: Delivery | undefined, after: Delivery): void => {
  if (before?.state === 'settled' && (after.state !== 'settled' || after.outcome !== before.outcome))
    memory.breaches.push(`I6: a delivery went from ${before.outcome} to ${after.state} ${after.outcome}`);
  if (before && before.idempotencyKey !== after.idempotencyKey)
    memory.breaches.push('a delivery changed its Idempotency-Key');
  const floor = before?.problem?.retryAt ?? 0;
  if (after.state === 'sending' && floor > memory.shown() && !memory.isPutBack)
    memory.breaches.push(`I7: sent ${floor - memory.shown()} ms before the server allowed it`);
  if (after.state === 'waiting' && (after.until ?? 0) < (after.problem?.retryAt ?? 0))
    memory.breaches.push('I7: it will be sent before the server allows it');
  const capture = storeOf('captures').get(after.captureId) as Capture | undefined;
  if (
    after.outcome === 'expired' &&
    before?.state !== 'settled' &&
    capture &&
    capture.expiresAt > memory.shown()
  )
    memory.breaches.push('told that a token expired before its hour was over');
};

/** `SIM_TRACE=1 SIM_SEED=… SIM_SCHEDULES=1`: the story of one seed, line by line. */
export const trace = (...words: unknown[]): void => {
  if (process.env.SIM_TRACE) console.log(...words.map((word) => JSON.stringify(word)));
};

const write = (store: StoreName, row: object): void => {
  trace(store, row);
  const before = storeOf(store).get(keyOf(row));
  if (!isSoundRow(store, row)) memory.breaches.push(`I8: a row of ${store} that no page could read`);
  if (store === 'captures') watchCapture(before as Capture | undefined, row as Capture);
  if (store === 'deliveries') watchDelivery(before as Delivery | undefined, row as Delivery);
  storeOf(store).set(keyOf(row), frozen(row));
};

/** In the place of `lib/storage/database`. */
export const rows = {
  get: (store: StoreName, key: unknown) => memory.pass(() => storeOf(store).get(key)),
  all: (store: StoreName) => memory.pass(() => [...storeOf(store).values()]),
  put: (store: StoreName, row: object) => memory.pass(() => write(store, row)),
  remove: (store: StoreName, key: unknown) => memory.pass(() => void storeOf(store).delete(key)),
  change: async (store: StoreName, key: unknown, next: (row: object) => object | undefined) => {
    if (!memory.compareAndSet) {
      const before = await memory.pass(() => storeOf(store).get(key));
      const after = before && next(before);
      if (after) await memory.pass(() => write(store, after));
      return after ?? before;
    }
    return memory.pass(() => {
      const before = storeOf(store).get(key);
      const after = before && next(before);
      if (after) write(store, after);
      return after ?? before;
    });
  },
  exchange: (store: StoreName, key: unknown, writesFor: (row: object) => readonly Write[]) =>
    memory.pass(() => {
      const row = storeOf(store).get(key);
      const writes = row ? writesFor(row) : [];
      for (const one of writes) {
        if ('put' in one) write(one.put, one.row);
        else storeOf(one.remove).delete(one.key);
      }
      return writes.length > 0;
    }),
};

/** In the place of `browser.storage.session`. */
export const session = {
  get: (key: string | null) =>
    memory.pass(() =>
      key === null ? Object.fromEntries(memory.session) : { [key]: memory.session.get(key) },
    ),
  set: (items: Record<string, unknown>) =>
    memory.pass(() => {
      for (const [key, item] of Object.entries(items)) memory.session.set(key, item);
      trace('keep', Object.keys(items));
    }),
  remove: (key: string) =>
    memory.pass(() => {
      trace('drop', key);
      memory.session.delete(key);
    }),
};
