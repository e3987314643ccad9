import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { closeDatabase, rows } from '../../../lib/storage/database';
import type { Workspace } from '../../../lib/storage/rows';
import {
  accessOf,
  activate,
  connect,
  disconnect,
  endDeadAttempts,
  keyOf,
  noteProblem,
  rename,
  replaceKey,
  test,
  undoDisconnect,
  useDashboard,
} from '../../../lib/workspaces/workspaces';
import { createLocks } from '../locks';
import { json, problem } from '../upstack/network';

const PIXEL = '0b5f3c52-95c1-4f6e-9d5e-1a2b3c4d5e6f';
const keyText = (name: string): string => ['upstack', `${name}0123456789abcd`].join('_');
const KEY = keyText('first');

let reply: (url: string, key: string) => Response;
let calls: { url: string; key: string; pixel: string }[];

beforeEach(() => {
  calls = [];
  reply = () => json({ destinations: [], nextCursor: null, account: { name: 'Acme Outdoors' } });
  vi.stubGlobal('navigator', { onLine: true, locks: createLocks() });
  vi.stubGlobal('fetch', async (url: string, init: { headers: Record<string, string> }) => {
    const { 'x-api-key': key = '', 'x-pixel-id': pixel = '' } = init.headers;
    calls.push({ url, key, pixel });
    return reply(url, key);
  });
});

afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

const wanted = { apiKey: KEY, pixelId: PIXEL, name: '', remember: true };

const connected = async (changes: Partial<typeof wanted> = {}): Promise<Workspace> => {
  const answer = await connect({ ...wanted, ...changes });
  const row = answer.ok ? await rows.get('workspaces', answer.id) : undefined;
  if (!row) throw new Error('Not taken');
  return row;
};

const allWorkspaces = (): Promise<Workspace[]> => rows.all('workspaces');
const heldKey = async (id: string): Promise<string | undefined> => (await keyOf(id))?.reveal();

describe('connecting', () => {
  it('proves key and pixel, takes the account’s name, and is in front if it is the first', async () => {
    const row = await connected();
    expect(row).toMatchObject({
      state: 'connected',
      name: 'Acme Outdoors',
      pixelId: PIXEL,
      active: true,
      colour: 'blue',
      keyMask: `••••••••${KEY.slice(-4)}`,
    });
    expect(row.testedAt).toBeTypeOf('number');
    expect(calls[0]).toMatchObject({ key: KEY, pixel: PIXEL });
    expect(await heldKey(row.id)).toBe(KEY);
    expect((await rows.all('history')).map(({ what }) => what)).toEqual(['connected']);
  });

  it('takes a name that was given, and does without one that cannot be read', async () => {
    expect((await connected({ name: '  My shop ' })).name).toBe('My shop');
    expect(calls.some(({ url }) => url.endsWith('/account'))).toBe(false);
    reply = (url) =>
      url.endsWith('/account') ? problem(403, 'scope_missing') : json({ destinations: [], nextCursor: null });
    const other = await connected({ pixelId: PIXEL.replace('0b', '0c') });
    expect(other).toMatchObject({ state: 'connected', name: 'Upstack 0c5f3c52', active: false });
  });

  it('takes what was copied along away', async () => {
    const row = await connected({ apiKey: ` "${KEY}"\n`, pixelId: `\u200b${PIXEL.toUpperCase()} ` });
    expect(row.pixelId).toBe(PIXEL);
    expect(await heldKey(row.id)).toBe(KEY);
  });

  it.each([
    ['apiKey', { apiKey: 'sk_live_0123456789' }],
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: `${KEY}é` }],
    ['pixelId', { pixelId: 'a2_f7k2m9x4q1zt' }],
    ['pixelId', { pixelId: PIXEL.slice(1) }],
  ])('says of a malformed %s which field it is, without a call', async (field, changes) => {
    expect(await connect({ ...wanted, ...changes })).toEqual({ ok: false, code: 'invalid' });
    expect(calls).toEqual([]);
    expect(await allWorkspaces()).toMatchObject([
      { state: 'failed', problem: { kind: 'invalidRequest', pointers: [`/${field}`] } },
    ]);
  });

  it.each([
    [401, 'key_invalid', 'keyRefused'],
    [403, 'scope_missing', 'scopeMissing'],
    [403, 'pixel_mismatch', 'pixelMismatch'],
    [500, undefined, 'unavailable'],
  ])(
    'that fails (%i %s) says why, keeps no key, and is gone with the next attempt',
    async (status, code, kind) => {
      reply = () => problem(status, code);
      const answer = await connect(wanted);
      const [attempt] = await allWorkspaces();
      expect(answer).toEqual({ ok: true, id: attempt?.id });
      expect(attempt).toMatchObject({ state: 'failed', problem: { kind }, active: false });
      expect(attempt).not.toHaveProperty('testedAt');
      expect(await keyOf(attempt?.id ?? '')).toBeUndefined();

      reply = () => json({ destinations: [], nextCursor: null });
      await connected();
      expect(await allWorkspaces()).toMatchObject([{ state: 'connected' }]);
    },
  );

  it('once more with the same pixel gives the workspace its new key', async () => {
    const before = await connected({ name: 'Mine' });
    const after = await connected({ apiKey: keyText('second') });
    expect(after).toMatchObject({ id: before.id, name: 'Mine', active: true });
    expect(await heldKey(before.id)).toBe(keyText('second'));
    expect(await allWorkspaces()).toHaveLength(1);
  });

  it('in two windows at once makes one workspace, with the key that came last', async () => {
    await Promise.all([connect(wanted), connect({ ...wanted, apiKey: keyText('second') })]);
    const all = await allWorkspaces();
    expect(all).toMatchObject([{ state: 'connected', active: true, keyMask: `••••••••${KEY.slice(-4)}` }]);
    expect(await heldKey(all[0]?.id ?? '')).toBe(keyText('second'));
    await Promise.all([useDashboard(''), useDashboard('')]);
    expect((await allWorkspaces()).filter(({ route }) => route === 'dashboard')).toHaveLength(1);
  });

  it('a pixel that was disconnected just now is its new beginning: the old one does not come back beside it', async () => {
    const before = await connected();
    await disconnect(before.id, false);
    const after = await connected({ apiKey: keyText('second') });
    expect(after.id).not.toBe(before.id);
    expect(await undoDisconnect(before.id)).toEqual({ ok: false, code: 'gone' });
    expect(await allWorkspaces()).toMatchObject([{ id: after.id, active: true }]);
    expect(await heldKey(before.id)).toBeUndefined();
  });

  it('that its worker did not live to end is ended', async () => {
    const row = await connected();
    const at = Date.now();
    await rows.put('workspaces', { ...row, id: 'dead', state: 'connecting', createdAt: at - 61_000 });
    await rows.put('workspaces', { ...row, id: 'alive', state: 'connecting', createdAt: at - 59_000 });
    await endDeadAttempts(at);
    const states = Object.fromEntries((await allWorkspaces()).map(({ id, state }) => [id, state]));
    expect(states).toEqual({ [row.id]: 'connected', dead: 'failed', alive: 'connecting' });
  });
});

describe('the key', () => {
  const everything = async (): Promise<string> =>
    JSON.stringify([
      await browser.storage.session.get(null),
      await browser.storage.local.get(null),
      await allWorkspaces(),
      await rows.all('history'),
    ]);

  it('that is to be remembered survives the session, and lies nowhere in clear', async () => {
    const { id } = await connected();
    expect(await everything()).not.toContain(KEY);
    await browser.storage.session.clear();
    expect(await heldKey(id)).toBe(KEY);
  });

  it('that is not to be remembered ends with the session', async () => {
    const { id } = await connected({ remember: false });
    expect(await everything()).toContain(KEY);
    expect(await heldKey(id)).toBe(KEY);
    await browser.storage.session.clear();
    expect(await keyOf(id)).toBeUndefined();
    expect(await accessOf(id)).toBeUndefined();
    await test(id);
    expect(await rows.get('workspaces', id)).toMatchObject({
      state: 'keyMissing',
      problem: { kind: 'keyMissing' },
    });
    const { id: same } = await connected({ remember: false });
    expect(await rows.get('workspaces', same)).toMatchObject({ id, state: 'connected' });
  });

  it('moves, and leaves nothing behind, when the wish changes', async () => {
    const { id } = await connected();
    await connected({ remember: false, apiKey: keyText('second') });
    await browser.storage.session.clear();
    expect(await keyOf(id)).toBeUndefined();
    await connected({ remember: true, apiKey: keyText('third') });
    expect(await everything()).not.toContain('third');
    expect(await heldKey(id)).toBe(keyText('third'));
  });

  it('that cannot be unsealed any more is as good as gone', async () => {
    const { id } = await connected();
    await deleteDB('upstack-keys');
    expect(await keyOf(id)).toBeUndefined();
  });
});

describe('replacing a key', () => {
  it('happens only once Upstack has taken the new one', async () => {
    const { id } = await connected();
    await noteProblem(id, { kind: 'keyRefused', status: 401 });
    reply = () => problem(401, 'key_invalid');
    expect(await replaceKey(id, keyText('wrong'))).toMatchObject({
      ok: false,
      code: 'problem',
      problem: { kind: 'keyRefused' },
    });
    expect(await rows.get('workspaces', id)).toMatchObject({ state: 'keyRefused' });
    expect(await heldKey(id)).toBe(KEY);

    reply = () => json({ destinations: [], nextCursor: null });
    await replaceKey(id, ` ${keyText('right')} `);
    const row = await rows.get('workspaces', id);
    expect(row).toMatchObject({
      state: 'connected',
      keyMask: expect.stringContaining('abcd'),
      poll: { misses: 0 },
    });
    expect(row).not.toHaveProperty('problem');
    expect(await heldKey(id)).toBe(keyText('right'));
  });

  it('with one that is refused leaves a key that works as it is', async () => {
    const { id } = await connected();
    const before = await rows.get('workspaces', id);
    for (const status of [401, 503]) {
      reply = () => problem(status, 'key_invalid');
      expect(await replaceKey(id, keyText('wrong'))).toMatchObject({ ok: false, code: 'problem' });
      expect(await rows.get('workspaces', id)).toEqual(before);
      expect(await heldKey(id)).toBe(KEY);
    }
  });

  it('leaves no key of a workspace that was deleted in the meantime', async () => {
    const { id } = await connected();
    reply = () => {
      void rows.remove('workspaces', id);
      return json({ destinations: [], nextCursor: null });
    };
    expect(await replaceKey(id, keyText('right'))).toEqual({ ok: false, code: 'gone' });
    expect(await keyOf(id)).toBeUndefined();
  });

  it('of a workspace that is disconnected meanwhile is what it comes back with', async () => {
    const { id } = await connected();
    const fresh = ['upstack', 'a0123456789wxyz'].join('_');
    let left: Promise<unknown> | undefined;
    vi.stubGlobal('fetch', async () => {
      left ??= disconnect(id, false);
      await left;
      return json({ destinations: [], nextCursor: null });
    });
    expect(await replaceKey(id, fresh)).toEqual({ ok: false, code: 'gone' });
    expect(await rows.get('workspaces', id)).toBeUndefined();
    expect(await undoDisconnect(id)).toMatchObject({ ok: true });
    expect(await rows.get('workspaces', id)).toMatchObject({ state: 'connected', keyMask: '••••••••wxyz' });
    expect(await heldKey(id)).toBe(fresh);
  });

  it('leaves no key of a workspace whose undo is over', async () => {
    const { id } = await connected();
    vi.stubGlobal('fetch', async () => {
      await disconnect(id, false);
      await rows.change('leaving', id, (row) => ({ ...row, final: true }));
      return json({ destinations: [], nextCursor: null });
    });
    expect(await replaceKey(id, keyText('right'))).toEqual({ ok: false, code: 'gone' });
    expect(await keyOf(id)).toBeUndefined();
  });

  it('with what cannot be a key is not tried', async () => {
    const { id } = await connected();
    calls = [];
    expect(await replaceKey(id, 'nonsense')).toEqual({ ok: false, code: 'invalid' });
    expect(await replaceKey('nobody', KEY)).toEqual({ ok: false, code: 'gone' });
    expect(calls).toEqual([]);
    expect(await rows.get('workspaces', id)).toMatchObject({ state: 'connected' });
    expect(await rows.get('workspaces', id)).not.toHaveProperty('problem');
  });
});

describe('trouble', () => {
  it('with the key is its own workspace’s alone, and other trouble is nobody’s', async () => {
    const one = await connected();
    const other = await connected({ pixelId: PIXEL.replace('0b', '0c') });
    await noteProblem(one.id, { kind: 'keyRefused', status: 401 });
    await noteProblem(other.id, { kind: 'unavailable', status: 503 });
    expect((await rows.get('workspaces', one.id))?.state).toBe('keyRefused');
    expect((await rows.get('workspaces', other.id))?.state).toBe('connected');
  });

  it('with a key that has been replaced meanwhile is not the new one’s', async () => {
    const { id } = await connected();
    const late = { kind: 'keyRefused', status: 401, keyMask: '••••••••abcd' } as const;
    const fresh = ['upstack', 'a0123456789wxyz'].join('_');
    let replaced: Promise<unknown> | undefined;
    reply = (_url, key) => {
      if (key === fresh) return json({ destinations: [], nextCursor: null });
      replaced ??= replaceKey(id, fresh);
      return problem(401, 'key_invalid');
    };
    const asked = test(id);
    await vi.waitFor(() => expect(replaced).toBeDefined());
    await replaced;
    await asked;
    await noteProblem(id, late);
    expect(await rows.get('workspaces', id)).toMatchObject({ state: 'connected' });
    await noteProblem(id, { ...late, keyMask: '••••••••wxyz' });
    expect(await rows.get('workspaces', id)).toMatchObject({ state: 'keyRefused' });
  });

  it('is found, and found to be over, by a test', async () => {
    const { id } = await connected();
    reply = () => problem(403, 'pixel_mismatch');
    await test(id);
    expect((await rows.get('workspaces', id))?.state).toBe('pixelMismatch');
    reply = () => problem(503);
    await test(id);
    expect(await rows.get('workspaces', id)).toMatchObject({
      state: 'pixelMismatch',
      problem: { kind: 'unavailable' },
    });
    reply = () => json({ destinations: [], nextCursor: null });
    await test(id);
    expect((await rows.get('workspaces', id))?.state).toBe('connected');
    expect(await test('nobody')).toEqual({ ok: false, code: 'gone' });
  });
});

describe('names and the one in front', () => {
  it('change when they are told to', async () => {
    const one = await connected();
    const other = await connected({ pixelId: PIXEL.replace('0b', '0c') });
    await activate(other.id);
    expect((await allWorkspaces()).filter(({ active }) => active).map(({ id }) => id)).toEqual([other.id]);
    await rename(one.id, ' New name ');
    expect((await rows.get('workspaces', one.id))?.name).toBe('New name');
    expect(await rename(one.id, '  ')).toEqual({ ok: false, code: 'invalid' });
    expect(await rename('nobody', 'x')).toEqual({ ok: false, code: 'gone' });
    expect(await activate('nobody')).toEqual({ ok: false, code: 'gone' });
  });
});

describe('a key without a destinations API', () => {
  const withoutApi = (account: Response): void => {
    reply = (url) => (url.includes('/event-destinations') ? problem(404, 'not_found') : account.clone());
  };
  const attempt = async (): Promise<Workspace | undefined> => {
    const answer = await connect(wanted);
    return answer.ok ? rows.get('workspaces', answer.id) : undefined;
  };

  it('is told as what it is when the key itself is taken', async () => {
    withoutApi(json({ account: { name: 'Acme' } }));
    expect(await attempt()).toMatchObject({ state: 'failed', problem: { kind: 'noDestinationsApi' } });
  });

  it('is told as a refused key when that is what it is', async () => {
    withoutApi(problem(401, 'key_invalid'));
    expect(await attempt()).toMatchObject({ state: 'failed', problem: { kind: 'keyRefused' } });
  });
});

describe('the way without a key', () => {
  it('is one workspace, usable at once, for which nothing is asked', async () => {
    const first = await useDashboard('');
    expect(await useDashboard('again')).toEqual(first);
    expect(await allWorkspaces()).toMatchObject([{ route: 'dashboard', state: 'connected', active: true }]);
    await test(first.ok ? first.id : '');
    expect(await allWorkspaces()).toMatchObject([{ state: 'connected' }]);
    expect(calls).toEqual([]);
  });

  it('takes the place of an attempt that failed', async () => {
    reply = () => problem(404, 'not_found');
    await connect(wanted);
    await useDashboard('');
    expect((await allWorkspaces()).map(({ route }) => route)).toEqual(['dashboard']);
  });
});
