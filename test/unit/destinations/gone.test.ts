import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dismissGone, undoDismissGone } from '../../../lib/destinations/gone';
import { storeDestination } from '../../../lib/destinations/refresh';
import { checkRowsWith, closeDatabase, rows } from '../../../lib/storage/database';
import { isSoundRow } from '../../../lib/storage/schemas';
import { destination, NOW } from '../health/rows';

const KEY = 'w1/dst_1';
const OK = { ok: true };
const GONE = { ok: false, code: 'gone' };
const gone = destination({}, { goneAt: NOW - 60_000 });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  checkRowsWith(isSoundRow);
});
afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
});

it('a destination is put away only once it is gone', async () => {
  expect(await dismissGone(KEY)).toEqual(GONE);
  await rows.put('destinations', destination());
  expect(await dismissGone(KEY)).toEqual(GONE);
  expect(await rows.get('destinations', KEY)).toEqual(destination());
});

it('it can be brought back for ten seconds, and no longer', async () => {
  await rows.put('destinations', gone);
  expect(await undoDismissGone(KEY)).toEqual(GONE);
  expect(await dismissGone(KEY)).toEqual(OK);
  expect(await rows.get('destinations', KEY)).toEqual({ ...gone, dismissed: true, dismissedAt: NOW });
  vi.setSystemTime(NOW + 9_999);
  expect(await undoDismissGone(KEY)).toEqual(OK);
  expect(await rows.get('destinations', KEY)).toEqual(gone);
  await dismissGone(KEY);
  vi.setSystemTime(NOW + 19_999);
  expect(await undoDismissGone(KEY)).toEqual(GONE);
  expect(await rows.get('destinations', KEY)).toMatchObject({ dismissed: true });
});

it('it is there again as soon as Upstack has it again', async () => {
  await rows.put('destinations', gone);
  await dismissGone(KEY);
  const { key: _key, v: _v, workspaceId: _workspace, goneAt: _gone, ...remote } = gone;
  await storeDestination('w1', remote, NOW);
  const back = await rows.get('destinations', KEY);
  expect(back).not.toHaveProperty('goneAt');
  expect(back).not.toHaveProperty('dismissed');
});
