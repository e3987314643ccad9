import { openDB } from 'idb';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  beginSample,
  checkRowsWith,
  closeDatabase,
  endSample,
  noticeVanished,
  releaseQuarantine,
  rows,
} from '../../../lib/storage/database';
import { dismissQuarantine, undoDismiss, undoDismissQuarantine } from '../../../lib/storage/dismissal';
import type { HistoryEntry } from '../../../lib/storage/rows';
import { isSoundRow } from '../../../lib/storage/schemas';
import { onRowsChanged } from '../../../lib/storage/signal';

const entry = (id: string, rest: Partial<HistoryEntry> = {}): HistoryEntry => ({
  v: 1,
  id,
  at: 1,
  workspaceId: 'w',
  what: 'sent',
  ...rest,
});

/** Writes past our own door, as a broken disk or another version of us would. */
const smuggle = async (store: string, ...raw: unknown[]): Promise<void> => {
  await rows.all('history'); // makes the stores
  const database = await openDB('upstack-capture');
  for (const row of raw) await database.put(store, row);
  database.close();
};

beforeEach(async () => {
  checkRowsWith(isSoundRow);
  await closeDatabase({ remove: true });
});

describe('rows', () => {
  test('are put, read, changed and removed', async () => {
    await rows.put('history', entry('a'));
    expect(await rows.get('history', 'a')).toEqual(entry('a'));
    expect(await rows.change('history', 'a', (row) => ({ ...row, at: 2 }))).toEqual(entry('a', { at: 2 }));
    expect(await rows.change('history', 'a', () => undefined)).toEqual(entry('a', { at: 2 }));
    expect(await rows.change('history', 'nobody', (row) => row)).toBeUndefined();
    expect(await rows.all('history')).toEqual([entry('a', { at: 2 })]);
    await rows.remove('history', 'a');
    expect(await rows.all('history')).toEqual([]);
  });

  test('of several stores are read in one transaction', async () => {
    await rows.put('history', entry('a'));
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    expect(await rows.together(['history', 'captures'])).toEqual({ history: [entry('a')], captures: [] });
    expect(transaction).toHaveBeenCalledOnce();
  });

  test('read together lack a bad one and no other', async () => {
    await rows.put('history', entry('a'));
    await smuggle('history', { id: 'b', nonsense: true });
    expect(await rows.together(['history', 'captures'])).toEqual({ history: [entry('a')], captures: [] });
    expect(await rows.all('quarantine')).toMatchObject([{ store: 'history', key: 'b' }]);
  });

  test('a change is a compare-and-set: of a hundred at once none is lost', async () => {
    await rows.put('history', entry('a', { at: 0 }));
    await Promise.all(
      Array.from({ length: 100 }, () => rows.change('history', 'a', (row) => ({ ...row, at: row.at + 1 }))),
    );
    expect((await rows.get('history', 'a'))?.at).toBe(100);
  });

  test('are exchanged in one transaction: all of it, or nothing', async () => {
    await rows.put('history', entry('a'));
    const heard: string[] = [];
    const stop = onRowsChanged((store) => heard.push(store));
    const other = { v: 1, key: 'k', workspaceId: 'w', at: 1 } as const;
    const moved = await rows.exchange('history', 'a', ({ id }) => [
      { put: 'accountChoices', row: other },
      { remove: 'history', key: id },
    ]);
    expect(moved).toBe(true);
    expect(await rows.together(['history', 'accountChoices'])).toEqual({
      history: [],
      accountChoices: [other],
    });
    await vi.waitFor(() => expect(heard).toEqual(['accountChoices', 'history']));

    const put = vi.fn(() => [{ put: 'history', row: entry('b') } as const]);
    expect(await rows.exchange('history', 'a', put)).toBe(false);
    expect(put).not.toHaveBeenCalled();
    expect(await rows.exchange('accountChoices', 'k', () => [])).toBe(false);
    await expect(
      rows.exchange('accountChoices', 'k', () => [
        { remove: 'accountChoices', key: 'k' },
        { put: 'history', row: { ...entry('b'), at: 'never' as never } },
      ]),
    ).rejects.toThrow('schema');
    expect(await rows.all('accountChoices')).toEqual([other]);
    expect(heard).toHaveLength(2);
    stop();
  });

  test('of a database from before there was `leaving` are all there, and it is added', async () => {
    await closeDatabase({ remove: true });
    const old = await openDB('upstack-capture', 1, {
      upgrade: (database) => {
        for (const store of ['history', 'accountChoices', 'quarantine', 'marks'])
          database.createObjectStore(store, store === 'history' ? { keyPath: 'id' } : {});
      },
    });
    await old.put('history', entry('a'));
    old.close();
    expect(await rows.all('history')).toEqual([entry('a')]);
    expect(await rows.all('leaving')).toEqual([]);
  });

  test('are written with strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await rows.put('history', entry('a'));
    await rows.change('history', 'a', (row) => ({ ...row, at: 2 }));
    await rows.remove('history', 'a');
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes).toHaveLength(3);
    for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' });
  });

  test('that a schema refuses are not written at all', async () => {
    const wrong = { ...entry('a'), what: 'nonsense' } as unknown as HistoryEntry;
    await expect(rows.put('history', wrong)).rejects.toThrow('not what its schema says');
    await rows.put('history', entry('a'));
    await expect(rows.change('history', 'a', () => wrong)).rejects.toThrow('not what its schema says');
    expect(await rows.all('history')).toEqual([entry('a')]);
  });

  test('each write announces its store', async () => {
    const heard: string[] = [];
    const stop = onRowsChanged((store) => heard.push(store));
    await rows.put('history', entry('a'));
    await rows.change('history', 'a', () => undefined);
    await rows.remove('history', 'a');
    await vi.waitFor(() => expect(heard).toEqual(['history', 'history']));
    stop();
    await rows.put('history', entry('b'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toHaveLength(2);
  });
});

describe('a row that cannot be read', () => {
  const bad = { id: 'bad', v: 1, at: 'yesterday' };

  test('goes to quarantine as it was found, and the others are read', async () => {
    await rows.put('history', entry('a'));
    await smuggle('history', bad, { id: 'newer', v: 2 });
    expect(await rows.all('history')).toEqual([entry('a')]);
    expect(await rows.all('quarantine')).toMatchObject([
      { store: 'history', key: 'bad', raw: bad },
      { store: 'history', key: 'newer', raw: { id: 'newer', v: 2 } },
    ]);
    expect(await rows.all('history')).toEqual([entry('a')]);
    expect(await rows.all('quarantine')).toHaveLength(2);
  });

  test('is not changed', async () => {
    await smuggle('history', bad);
    const change = vi.fn();
    expect(await rows.change('history', 'bad', change)).toBeUndefined();
    expect(change).not.toHaveBeenCalled();
    expect(await rows.all('quarantine')).toMatchObject([{ raw: bad }]);
  });

  test('that was read about stays in quarantine, and a new one is told anew', async () => {
    await smuggle('history', bad);
    await rows.all('history');
    await dismissQuarantine();
    expect(await rows.all('quarantine')).toMatchObject([{ key: 'bad', raw: bad, dismissed: true }]);
    await smuggle('history', { id: 'other' });
    await rows.all('history');
    expect((await rows.all('quarantine')).map(({ key, dismissed }) => [key, dismissed])).toEqual([
      ['bad', true],
      ['other', undefined],
    ]);
  });

  test('nothing is back of a row that is not there', async () => {
    expect(await undoDismiss('captures', 'gone')).toBe(false);
  });

  test('that was read about is told again if that is taken back within ten seconds', async () => {
    vi.useFakeTimers({ now: 50_000, toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const dismissed = async () => (await rows.all('quarantine')).map((row) => row.dismissed);
    await smuggle('history', bad);
    await rows.all('history');
    await dismissQuarantine();
    vi.setSystemTime(59_999);
    await undoDismissQuarantine();
    expect(await dismissed()).toEqual([undefined]);
    await dismissQuarantine();
    vi.setSystemTime(69_999);
    await undoDismissQuarantine();
    expect(await dismissed()).toEqual([true]);
  });

  test('comes back when a schema can read it, but not in front of a newer row', async () => {
    checkRowsWith((store, row) => isSoundRow(store, row) && (row as HistoryEntry).at !== 99);
    await smuggle('history', entry('a', { at: 99 }), entry('b', { at: 99 }));
    expect(await rows.all('history')).toEqual([]);
    await rows.put('history', entry('b', { at: 3 }));
    checkRowsWith(isSoundRow);
    await releaseQuarantine();
    expect(await rows.all('history')).toEqual([entry('a', { at: 99 }), entry('b', { at: 3 })]);
    expect(await rows.all('quarantine')).toMatchObject([{ key: 'b' }]);
  });

  test('that even the browser cannot read is told once, left where it is, and the others are read', async () => {
    await rows.put('history', entry('a'));
    await rows.put('history', entry('b'));
    const get = IDBObjectStore.prototype.get;
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('broken', 'UnknownError');
    });
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'history' && key === 'a') throw new DOMException('broken', 'UnknownError');
      return get.call(this, key);
    });
    expect(await rows.all('history')).toEqual([entry('b')]);
    expect(await rows.all('history')).toEqual([entry('b')]);
    vi.restoreAllMocks();
    expect(await rows.all('quarantine')).toMatchObject([{ store: 'history', key: 'a' }]);
    expect(await rows.all('history')).toEqual([entry('a'), entry('b')]);
  });
});

describe('the database itself', () => {
  test('that vanished is told once', async () => {
    expect(await noticeVanished()).toBe(false);
    expect(await noticeVanished()).toBe(false);
    await closeDatabase({ remove: true });
    expect(await noticeVanished()).toBe(true);
    expect(await rows.all('quarantine')).toMatchObject([{ store: 'database', key: 'vanished' }]);
    expect(await noticeVanished()).toBe(false);
  });

  test('that lost the end of its file is told once', async () => {
    await noticeVanished();
    for (const id of ['a', 'b', 'c']) await rows.put('history', entry(id));
    await rows.change('history', 'a', (row) => ({ ...row, at: 1 }));
    await rows.remove('history', 'b');
    expect(await noticeVanished()).toBe(false);
    const { writes } = await fakeBrowser.storage.local.get('writes');
    expect(writes).toBe(5);
    await fakeBrowser.storage.local.set({ writes: 6 }); // the sixth is on no disk any more
    expect(await noticeVanished()).toBe(true);
    expect(await rows.all('quarantine')).toMatchObject([{ store: 'latest' }]);
    expect(await rows.all('history')).toHaveLength(2);
    expect(await noticeVanished()).toBe(false);
  });

  test('is written to though nobody can note how often', async () => {
    await noticeVanished();
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('IO error'));
    await rows.put('history', entry('a'));
    expect(await rows.all('history')).toEqual([entry('a')]);
    vi.restoreAllMocks();
    expect(await noticeVanished()).toBe(false); // behind is no loss
  });

  test('of the sample is not counted, so that its end is no loss', async () => {
    await noticeVanished();
    await rows.put('history', entry('a'));
    await beginSample(Date.now());
    await rows.put('history', entry('b'));
    expect(await noticeVanished()).toBe(false);
    await endSample();
    expect(await noticeVanished()).toBe(false);
    expect(await fakeBrowser.storage.local.get('writes')).toEqual({ writes: 1 });
  });

  test('leaves nothing in storage.local but that it exists, and how often it was written to', async () => {
    await noticeVanished();
    await rows.put('history', entry('a'));
    expect(await fakeBrowser.storage.local.get(null)).toEqual({ databaseMade: true, writes: 1 });
  });

  test('lets a newer version of us through, and the next call opens again', async () => {
    await rows.put('history', entry('a'));
    const newer = await openDB('upstack-capture', 99);
    newer.close();
    await expect(rows.all('history')).rejects.toThrow();
    await closeDatabase({ remove: true });
    expect(await rows.all('history')).toEqual([]);
  });
});
