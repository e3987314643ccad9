import { deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { browser } from 'wxt/browser';
import type { QuarantinedRow, Rows } from './rows';
import { announce, type StoreName } from './signal';

/**
 * The rows of `rows.ts` in IndexedDB. Only the background writes; pages of ours read and watch (see signal). The
 * background has every row checked by its schema (`checkRowsWith`), and what is refused moves to `quarantine`, so
 * pages trust what they read and carry no schema library.
 */

/** A change here is a new migration. */
const keyPaths = {
  captures: 'id',
  deliveries: 'id',
  destinations: 'key',
  workspaces: 'id',
  leaving: 'id',
  history: 'id',
  pages: 'tabId',
  dashboards: 'tabId',
  accountChoices: 'key',
  guides: 'platform',
  bulkAdds: 'id',
  settings: 'id',
  alerts: 'id',
  quarantine: ['store', 'key', 'at'],
} as const satisfies Record<StoreName, string | readonly string[]>;

const allStores = Object.keys(keyPaths) as StoreName[];

/** Besides the rows: what we know about the database itself. */
const MARKS = 'marks';

export type Key<S extends StoreName> = S extends 'pages' | 'dashboards'
  ? number
  : S extends 'quarantine'
    ? IDBValidKey
    : string;

const OWN = 'upstack-capture';
/** Sample data lie in a database of their own, so that nothing of them and nothing of the person's can mix. */
const SAMPLE = 'upstack-capture-sample';
/** In the person's own database: since when the sample's is the one in force. */
const SAMPLE_SINCE = 'sampleSince';
const FLAG = 'databaseMade';
/** How many writes there have been: in the database beside each of them, and a moment later in `storage.local`. */
const WRITES = 'writes';
const strict = { durability: 'strict' } as const;

/** One entry a version, in order, never edited once it has shipped. */
const migrations: readonly ((database: IDBPDatabase) => void)[] = [
  (database) => {
    const { leaving: _later, ...first } = keyPaths;
    for (const [store, keyPath] of Object.entries(first)) {
      database.createObjectStore(store, { keyPath: typeof keyPath === 'string' ? keyPath : [...keyPath] });
    }
    database.createObjectStore(MARKS);
  },
  (database) => {
    database.createObjectStore('leaving', { keyPath: keyPaths.leaving });
  },
];

let opened: Promise<IDBPDatabase> | undefined;

const openOne = (name: string): Promise<IDBPDatabase> =>
  openDB(name, migrations.length, {
    upgrade: (db, oldVersion) => {
      for (const migrate of migrations.slice(oldVersion)) migrate(db);
    },
    // A newer version of us waits for this context to let go.
    blocking: (_current, _blocked, event) => {
      opened = undefined;
      (event.target as IDBDatabase).close();
    },
    terminated: () => {
      opened = undefined;
    },
  });

/** The database in force: the one place that knows that there are two. */
const openInForce = async (): Promise<IDBPDatabase> => {
  const own = await openOne(OWN);
  if ((await own.get(MARKS, SAMPLE_SINCE)) === undefined) return own;
  own.close();
  return openOne(SAMPLE);
};

/** A connection that failed or was closed is forgotten, so that the next call tries again. */
const database = (): Promise<IDBPDatabase> => {
  opened ??= openInForce().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
};

/** Closes the connection; `remove` deletes every row as well. */
export const closeDatabase = async ({ remove = false } = {}): Promise<void> => {
  const closing = opened;
  opened = undefined;
  (await closing?.catch(() => undefined))?.close();
  if (remove) await Promise.all([deleteDB(OWN), deleteDB(SAMPLE)]);
};

/** Says whether a stored value is a sound row of its store. */
export type RowCheck = (store: StoreName, row: unknown) => boolean;

/** All that a page of ours asks: a row of the version it knows. */
const looksLikeRow: RowCheck = (store, row) =>
  typeof row === 'object' && row !== null && (store === 'quarantine' || (row as { v?: unknown }).v === 1);

let schemaCheck: RowCheck | undefined;

/** The background hands in the schemas here, before its first read. From then on bad rows are quarantined. */
export const checkRowsWith = (check: RowCheck): void => {
  schemaCheck = check;
};

const isSound: RowCheck = (store, row) =>
  looksLikeRow(store, row) && (schemaCheck === undefined || schemaCheck(store, row));

/** Copies to quarantine what lies under a key, and takes it out of the way if the browser can read it at all. */
const quarantine = async (store: StoreName, key: IDBValidKey): Promise<void> => {
  // Only who has the schemas may decide, and only the background has them.
  if (schemaCheck === undefined || store === 'quarantine') return;
  const read = await readRaw(store, key);
  if ('raw' in read && (read.raw === undefined || isSound(store, read.raw))) return;
  const transaction = (await database()).transaction([store, 'quarantine'], 'readwrite', strict);
  const told = await transaction
    .objectStore('quarantine')
    .getAllKeys(IDBKeyRange.bound([store, String(key)], [store, String(key), []]));
  if ('raw' in read || told.length === 0) {
    const kept: QuarantinedRow = {
      store,
      key: String(key),
      at: Date.now(),
      raw: 'raw' in read ? read.raw : undefined,
    };
    await transaction.objectStore('quarantine').put(kept);
  }
  if ('raw' in read) await transaction.objectStore(store).delete(key);
  await transaction.done;
  announce(store);
  announce('quarantine');
};

/** One row, or word that the browser cannot read what lies there. */
const readRaw = async (
  store: StoreName,
  key: IDBValidKey,
): Promise<{ raw: unknown } | { unreadable: true }> => {
  const open = await database();
  try {
    return { raw: await open.get(store, key) };
  } catch {
    return { unreadable: true };
  }
};

const get = async <S extends StoreName>(store: S, key: Key<S>): Promise<Rows[S] | undefined> => {
  const read = await readRaw(store, key);
  if ('raw' in read && read.raw === undefined) return undefined;
  if ('raw' in read && isSound(store, read.raw)) return read.raw as Rows[S];
  await quarantine(store, key);
  return undefined;
};

const all = async <S extends StoreName>(store: S): Promise<Rows[S][]> => {
  const open = await database();
  const together: unknown[] | undefined = await open.getAll(store).catch(() => undefined);
  if (together?.every((row) => isSound(store, row))) return together as Rows[S][];
  // One bad row fails them all, so each is read alone.
  const keys = await open.getAllKeys(store);
  const singly = await Promise.all(keys.map((key) => get(store, key as Key<S>)));
  return singly.filter((row) => row !== undefined);
};

/** Every row of several stores as they stood at one moment. */
const together = async <S extends StoreName>(
  stores: readonly S[],
): Promise<{ [Store in S]: Rows[Store][] }> => {
  const transaction = (await database()).transaction(stores);
  transaction.done.catch(() => undefined); // told by the reads
  const read = await Promise.all(
    stores.map((store): Promise<unknown[]> => transaction.objectStore(store).getAll()),
  ).catch(() => undefined);
  const isWhole = read?.every((found, index) => found.every((row) => isSound(stores[index] as S, row)));
  // One bad row fails them all, so each store is read alone.
  const lists = isWhole ? read : await Promise.all(stores.map((store) => all(store)));
  return Object.fromEntries(stores.map((store, index) => [store, lists?.[index]])) as {
    [Store in S]: Rows[Store][];
  };
};

type Writing = IDBPTransaction<unknown, string[], 'readwrite'>;

const beginWrite = async (...stores: StoreName[]): Promise<Writing> =>
  (await database()).transaction([...stores, MARKS], 'readwrite', strict);

/** Ends a transaction in which something was written. */
const endWrite = async (transaction: Writing): Promise<void> => {
  const marks = transaction.objectStore(MARKS);
  const writes = Number(await marks.get(WRITES)) + 1 || 1;
  await marks.put(writes, WRITES);
  await transaction.done;
  if (transaction.db.name === OWN) {
    // Nobody waits for it: it only ever has to be behind.
    browser.storage.local.set({ [WRITES]: writes }).catch(() => undefined);
  }
};

/** Found by the test of whoever wrote it, rather than by the person as a row in quarantine. */
const refuseUnsound = async (transaction: Writing, store: StoreName): Promise<never> => {
  transaction.abort();
  await transaction.done.catch(() => undefined);
  throw new Error(`A row for ${store} is not what its schema says.`);
};

const put = async <S extends StoreName>(store: S, row: Rows[S]): Promise<void> => {
  const transaction = await beginWrite(store);
  if (!isSound(store, row)) return refuseUnsound(transaction, store);
  await transaction.objectStore(store).put(row);
  await endWrite(transaction);
  announce(store);
};

/**
 * Reads and writes one row in one transaction: a compare-and-set. The callback must be synchronous; `undefined`
 * leaves the row as it is. Gives the row as it is afterwards.
 */
const change = async <S extends StoreName>(
  store: S,
  key: Key<S>,
  next: (row: Rows[S]) => Rows[S] | undefined,
): Promise<Rows[S] | undefined> => {
  if ((await get(store, key)) === undefined) return undefined;
  const transaction = await beginWrite(store);
  const before: Rows[S] | undefined = await transaction.objectStore(store).get(key);
  const after = before && next(before);
  if (after === undefined) return before;
  if (!isSound(store, after)) return refuseUnsound(transaction, store);
  await transaction.objectStore(store).put(after);
  await endWrite(transaction);
  announce(store);
  return after;
};

const remove = async <S extends StoreName>(store: S, key: Key<S>): Promise<void> => {
  const transaction = await beginWrite(store);
  await transaction.objectStore(store).delete(key);
  await endWrite(transaction);
  announce(store);
};

/** A row to be put, or one to be taken away. */
export type Write = {
  [S in StoreName]: { put: S; row: Rows[S] } | { remove: S; key: Key<S> };
}[StoreName];

/**
 * Looks at one row and writes to any stores, in one transaction: a compare-and-set over several rows. The callback must
 * be synchronous; no writes leave all as it is. Says whether anything was written.
 */
const exchange = async <S extends StoreName>(
  store: S,
  key: Key<S>,
  writesFor: (row: Rows[S]) => readonly Write[],
): Promise<boolean> => {
  if ((await get(store, key)) === undefined) return false;
  const transaction = await beginWrite(...allStores);
  const row: Rows[S] | undefined = await transaction.objectStore(store).get(key);
  const writes = row === undefined ? [] : writesFor(row);
  const unsound = writes.find((write) => 'put' in write && !isSound(write.put, write.row));
  if (unsound && 'put' in unsound) return refuseUnsound(transaction, unsound.put);
  if (writes.length === 0) return false;
  for (const write of writes) {
    if ('put' in write) await transaction.objectStore(write.put).put(write.row);
    else await transaction.objectStore(write.remove).delete(write.key);
  }
  await endWrite(transaction);
  for (const changed of new Set(writes.map((write) => ('put' in write ? write.put : write.remove)))) {
    announce(changed);
  }
  return true;
};

/** All that pages of ours may do with rows; what writes is not even in their files. */
export const stored = { get, all, together };

export const rows = { ...stored, put, change, exchange, remove };

/** Every row of every store. That there is a database stays known. */
export const emptyDatabase = async (): Promise<void> => {
  const transaction = await beginWrite(...allStores);
  for (const store of allStores) await transaction.objectStore(store).clear();
  await endWrite(transaction);
  for (const store of allStores) announce(store);
};

/**
 * Lets rows out of quarantine that the present schemas can read, such as those of a newer version that was taken
 * back for a while. A row that has come to stand under its key since then stays in front of it.
 */
export const releaseQuarantine = async (): Promise<void> => {
  for (const kept of await all('quarantine')) {
    const store = kept.store as StoreName;
    if (!(store in keyPaths) || store === 'quarantine' || !isSound(store, kept.raw)) continue;
    const transaction = (await database()).transaction([store, 'quarantine'], 'readwrite', strict);
    const rowKey = (kept.raw as Record<string, IDBValidKey>)[keyPaths[store]];
    if (rowKey === undefined || (await transaction.objectStore(store).getKey(rowKey)) !== undefined) continue;
    await transaction.objectStore(store).put(kept.raw);
    await transaction.objectStore('quarantine').delete([kept.store, kept.key, kept.at]);
    await transaction.done;
    announce(store);
    announce('quarantine');
  }
};

/**
 * The browser may throw the whole database away, or bring a profile back without it. A flag in `storage.local`
 * remembers that there was one; if the database does not know itself, its loss is told as a row in quarantine. The same
 * if it knows of fewer writes than there have been: where the end of its file is lost, the browser goes on from what is
 * before it, and says nothing.
 */
export const noticeVanished = async (): Promise<boolean> => {
  const open = await database();
  const known = await open.get(MARKS, 'born');
  const { [FLAG]: flag, [WRITES]: told } = await browser.storage.local.get([FLAG, WRITES]);
  const flagged = flag === true;
  const vanished = known === undefined && flagged;
  const isShorter = open.name === OWN && Number(told) > Number((await open.get(MARKS, WRITES)) ?? 0);
  if (vanished || isShorter) {
    const store = vanished ? 'database' : 'latest';
    await put('quarantine', { store, key: 'vanished', at: Date.now(), raw: undefined });
  }
  if (known === undefined) await open.put(MARKS, Date.now(), 'born');
  if (!flagged) await browser.storage.local.set({ [FLAG]: true });
  return vanished || isShorter;
};

/** Sample data are in force. A database that cannot be opened holds none. */
export const isSample = async (): Promise<boolean> =>
  (await database().catch(() => undefined))?.name === SAMPLE;

/** From now on every row is read from, and written to, the sample's database; the person's own is not touched. */
export const beginSample = async (now: number): Promise<void> => {
  if (await isSample()) return;
  await (await database()).put(MARKS, now, SAMPLE_SINCE);
  await closeDatabase();
  await (await database()).put(MARKS, now, 'born');
};

/** The person's own rows again, as they were left; of the sample nothing stays. */
export const endSample = async (): Promise<void> => {
  const own = await openOne(OWN);
  await own.delete(MARKS, SAMPLE_SINCE);
  own.close();
  await closeDatabase();
  await deleteDB(SAMPLE);
};

/** When sample data came into force; undefined while they are not. */
export const sampleSince = async (): Promise<number | undefined> =>
  (await isSample()) ? (await database()).get(MARKS, 'born') : undefined;
