import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkRowsWith, closeDatabase, rows } from '../../../lib/storage/database';
import type { Capture, Delivery, Workspace } from '../../../lib/storage/rows';
import { isSoundRow } from '../../../lib/storage/schemas';
import { keepKey, keyOf } from '../../../lib/workspaces/keys';
import { disconnect, forgetLeaving, settleLeaving, undoDisconnect } from '../../../lib/workspaces/leaving';
import { accessOf } from '../../../lib/workspaces/workspaces';
import { destination, NOW, delivery as sound, workspace } from '../health/rows';

const BUSY = { ok: false, code: 'busy' };
const GONE = { ok: false, code: 'gone' };
const UNDO = 10_000;

beforeEach(() => {
  checkRowsWith(isSoundRow);
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

/** A connected workspace with one destination and a key. */
const connected = async (id: string, changes: Partial<Workspace> = {}): Promise<Workspace> => {
  const row = workspace({ id, active: false, ...changes });
  await rows.put('workspaces', row);
  await rows.put('destinations', destination({}, { key: `${id}/dst_1`, workspaceId: id }));
  await keepKey(id, `key of ${id}`, true);
  return row;
};

const heldKey = async (id: string): Promise<string | undefined> => (await keyOf(id))?.reveal();
const everything = () => rows.together(['workspaces', 'destinations', 'leaving', 'history']);

/** The worker has died: its timers are gone, the time goes on. */
const wakesAt = (time: number): void => {
  vi.clearAllTimers();
  vi.setSystemTime(time);
};

describe('disconnecting', () => {
  it('takes workspace and destinations away from everything at once, and brings the next one to the front', async () => {
    await connected('one', { active: true });
    const other = await connected('other');
    expect(await disconnect('one', false)).toEqual({ ok: true, id: 'one' });
    expect(await rows.all('workspaces')).toEqual([{ ...other, active: true }]);
    expect((await rows.all('destinations')).map(({ key }) => key)).toEqual(['other/dst_1']);
    // Neither a poll nor a send gets a key.
    expect(await accessOf('one')).toBeUndefined();
    expect(await accessOf('other')).toBeDefined();
    expect(await rows.all('history')).toEqual([]);
    expect(await disconnect('one', false)).toEqual(GONE);
  });

  it('is final after ten seconds: the key is forgotten, and the log says when it was', async () => {
    await connected('one');
    await connected('other');
    for (const workspaceId of ['one', 'other'])
      await rows.put('accountChoices', { v: 1, key: `reddit/${workspaceId}`, workspaceId, at: NOW });
    await disconnect('one', false);
    expect(await heldKey('one')).toBe('key of one');
    expect(await rows.all('accountChoices')).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(UNDO - 1);
    expect(await rows.all('leaving')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await vi.waitFor(async () => expect(await rows.all('leaving')).toEqual([]));
    expect(await heldKey('one')).toBeUndefined();
    expect(await heldKey('other')).toBe('key of other');
    expect((await rows.all('accountChoices')).map(({ key }) => key)).toEqual(['reddit/other']);
    expect(await rows.all('history')).toMatchObject([{ at: NOW, workspaceId: 'one', what: 'disconnected' }]);
    expect(await undoDisconnect('one')).toEqual(GONE);
  });

  it('is final at the next wake, if the worker has died meanwhile, and not before', async () => {
    await connected('one');
    await disconnect('one', false);
    wakesAt(NOW + 4_000);
    await settleLeaving();
    expect(await heldKey('one')).toBe('key of one');
    wakesAt(NOW + UNDO);
    await settleLeaving();
    expect(await everything()).toMatchObject({
      workspaces: [],
      destinations: [],
      leaving: [],
      history: [{}],
    });
    expect(await heldKey('one')).toBeUndefined();
  });

  it('is told once, wherever the worker died in forgetting', async () => {
    await connected('one');
    await disconnect('one', false);
    vi.spyOn(rows, 'remove').mockRejectedValueOnce(new Error('killed'));
    wakesAt(NOW + UNDO);
    // A poll that was under way has written it down again.
    await rows.put('destinations', destination({}, { key: 'one/dst_1', workspaceId: 'one' }));
    await expect(settleLeaving()).rejects.toThrow('killed');
    // No way back into a workspace without a key, whatever the clock says.
    vi.setSystemTime(NOW);
    expect(await undoDisconnect('one')).toEqual(GONE);
    await settleLeaving();
    await settleLeaving();
    expect(await everything()).toMatchObject({ workspaces: [], destinations: [], leaving: [] });
    expect(await rows.all('history')).toHaveLength(1);
  });

  it('does not last longer where the clock was put back', async () => {
    await connected('one');
    await disconnect('one', false);
    wakesAt(NOW - 60_000);
    expect(await undoDisconnect('one')).toEqual(GONE);
    await settleLeaving();
    expect(await rows.all('leaving')).toEqual([]);
    expect(await heldKey('one')).toBeUndefined();
  });

  it('of an attempt leaves nothing to be brought back', async () => {
    const { testedAt: _never, ...attempt } = workspace({ id: 'one' });
    await rows.put('workspaces', { ...attempt, state: 'failed' });
    expect(await disconnect('one', false)).toEqual({ ok: true, id: 'one' });
    expect(await everything()).toEqual({ workspaces: [], destinations: [], leaving: [], history: [] });
  });

  it('can be made final early, one or all', async () => {
    for (const id of ['one', 'other']) {
      await connected(id, { pixelId: `pixel of ${id}` });
      await disconnect(id, false);
    }
    await forgetLeaving(({ pixelId }) => pixelId === 'pixel of one');
    expect((await rows.all('leaving')).map(({ id }) => id)).toEqual(['other']);
    await forgetLeaving();
    expect(await rows.all('leaving')).toEqual([]);
    expect([await heldKey('one'), await heldKey('other')]).toEqual([undefined, undefined]);
  });
});

describe('taking it back', () => {
  it('brings all back as it was, in front if it was there, and due for a look', async () => {
    const one = await connected('one', { active: true, name: 'Mine' });
    await connected('other');
    const before = await rows.all('destinations');
    await disconnect('one', false);
    vi.setSystemTime(NOW + UNDO - 1);
    expect(await undoDisconnect('one')).toEqual({ ok: true, id: 'one' });
    expect(await rows.get('workspaces', 'one')).toEqual({
      ...one,
      poll: { ...one.poll, nextAt: NOW + UNDO - 1 },
    });
    expect(await rows.get('workspaces', 'other')).toMatchObject({ active: false });
    expect(await rows.all('destinations')).toEqual(before);
    expect(await heldKey('one')).toBe('key of one');
    expect(await accessOf('one')).toBeDefined();

    // Nothing that was set going comes after it.
    await vi.advanceTimersByTimeAsync(UNDO);
    await settleLeaving();
    expect(await rows.all('workspaces')).toHaveLength(2);
    expect(await heldKey('one')).toBe('key of one');
    expect(await rows.all('history')).toEqual([]);
  });

  it('does not push to the front what was not there, and is refused when the time is over', async () => {
    await connected('one');
    await connected('other', { active: true });
    await disconnect('one', false);
    await undoDisconnect('one');
    expect(await rows.get('workspaces', 'one')).toMatchObject({ active: false });
    await disconnect('one', false);
    wakesAt(NOW + UNDO);
    expect(await undoDisconnect('one')).toEqual(GONE);
    expect(await undoDisconnect('nobody')).toEqual(GONE);
  });
});

describe('what is under way', () => {
  const capture = (changes: Partial<Capture>): Capture => ({
    v: 1,
    id: 'c1',
    platform: 'reddit',
    origin: 'page',
    createdAt: 0,
    expiresAt: 0,
    tokens: [],
    ids: {},
    ticks: { checked: false, generated: false, others: false },
    state: 'open',
    ...changes,
  });
  const held: Capture['tokens'] = [
    {
      fingerprint: 'sha256:aaaaaaaaaaaaaaaa',
      mask: '',
      length: 1,
      verdict: { level: 'good', code: 'good' },
      removed: [],
      provenance: 'paste',
      warnings: [],
      seenAt: 0,
    },
  ];
  const delivery = (workspaceId: string, state: Delivery['state']): Delivery =>
    sound({ id: 'd1', captureId: 'c1', workspaceId, state });

  it('or waits for it is asked about first, unless it is meant', async () => {
    await connected('one');
    for (const state of ['queued', 'sending', 'waiting', 'needsKey', 'verifying'] as const) {
      await rows.put('deliveries', delivery('one', state));
      expect(await disconnect('one', false)).toEqual(BUSY);
    }
    await rows.put('deliveries', delivery('one', 'settled'));
    await rows.put('captures', capture({ tokens: held }));
    expect(await disconnect('one', false)).toEqual(BUSY);
    await rows.put('captures', capture({ tokens: held, workspaceId: 'another' }));
    await rows.put('deliveries', delivery('another', 'queued'));
    expect(await disconnect('one', false)).toEqual({ ok: true, id: 'one' });
  });

  it('is given up with it only when it is meant', async () => {
    await connected('one');
    await rows.put('deliveries', delivery('one', 'queued'));
    expect(await disconnect('one', true)).toEqual({ ok: true, id: 'one' });
    expect(await rows.all('workspaces')).toEqual([]);
  });
});
