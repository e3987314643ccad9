import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startGuide, stopGuide } from '../../../lib/destinations/guides';
import {
  oldTokenDeleted,
  readTokenLists,
  remindLater,
  wantsTokenList,
} from '../../../lib/destinations/reminders';
import { checkRowsWith, closeDatabase, rows } from '../../../lib/storage/database';
import { isSoundRow } from '../../../lib/storage/schemas';
import { destination, NEW, NOW, OTHER_PIXEL, PIXEL, page } from './rows';

const CURRENT = 'Upstack Data (rotated 2026-11-22)';
const GONE = { ok: false, code: 'gone' };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  checkRowsWith(isSoundRow);
  const previous = {
    mask: '••••••••old1',
    label: 'Upstack Data',
    replacedAt: NOW,
    safeToRevoke: true,
    stillUsedBy: [],
    toldAt: NOW,
  };
  await rows.put(
    'destinations',
    destination({ token: { isSet: true, fingerprint: NEW, label: CURRENT, previous } }),
  );
});
afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
});

const reminder = async () => (await rows.get('destinations', 'w1/d1'))?.reminder;
const told = async (): Promise<string[]> => (await rows.all('history')).map(({ what }) => what);

it('is put off, and done, by the person’s word', async () => {
  expect(await remindLater('w1', 'd1')).toEqual({ ok: true });
  expect(await reminder()).toMatchObject({ later: 1 });
  expect(await told()).toEqual([]);
  expect(await oldTokenDeleted('w1', 'd1')).toEqual({ ok: true });
  expect(await reminder()).toMatchObject({ later: 1, doneAt: NOW });
  expect(await told()).toEqual(['oldTokenDeleted']);
});

it('is of no use where there is no old token', async () => {
  await rows.put('destinations', destination({ id: 'd2' }));
  for (const id of ['d2', 'd9']) {
    expect(await remindLater('w1', id)).toEqual(GONE);
    expect(await oldTokenDeleted('w1', id)).toEqual(GONE);
  }
});

const shown = (value: string, selected = false) => ({ kind: 'pixelId', value, reasons: [], selected });
const OURS = [shown(PIXEL)];

it.each([
  ['of another platform', { platform: 'pinterest', ids: OURS, names: [CURRENT] }],
  ['without the new one', { ids: OURS, names: ['Upstack Data'] }],
  ['with both', { ids: OURS, names: ['Upstack Data', CURRENT] }],
  ['of nobody knows which account', { names: [CURRENT] }],
  ['of another account', { ids: [shown(OTHER_PIXEL)], names: [CURRENT] }],
  [
    'of another account, from which this one can be chosen',
    { ids: [shown(OTHER_PIXEL, true), shown(PIXEL)], names: [CURRENT] },
  ],
])('is not done by a list %s', async (_which, changes) => {
  await rows.put('pages', page(changes));
  await readTokenLists();
  expect(await reminder()).toBeUndefined();
});

it('is done when a list of its account shows it', async () => {
  await rows.put('pages', page({ ids: [shown(PIXEL, true), shown(OTHER_PIXEL)], names: [CURRENT] }));
  await readTokenLists();
  expect(await reminder()).toMatchObject({ doneAt: NOW });
  await readTokenLists();
  expect(await told()).toEqual(['oldTokenDeleted']);
});

it.each([
  ['on its screen', { screen: 'conversionTokens', ids: OURS }, true],
  ['elsewhere', { screen: 'eventsManager', ids: OURS }, false],
  ['on no screen', { ids: OURS }, false],
  ['of an account without a destination', { screen: 'conversionTokens', ids: [shown(OTHER_PIXEL)] }, false],
  ['of a platform that lists no names', { platform: 'pinterest', screen: 'setUpApi' }, false],
])('a list %s is of use: %3$s', async (_which, changes, wanted) => {
  await rows.put('pages', page(changes));
  expect(await wantsTokenList(7)).toBe(wanted);
});

it('is done once it is due where a list has shown it before', async () => {
  const early = await rows.get('destinations', 'w1/d1');
  await rows.put('destinations', destination({ ...early, health: { state: 'pending', confirmedAt: NOW } }));
  await rows.put('pages', page({ ids: OURS, names: [CURRENT] }));
  await readTokenLists();
  expect(await reminder()).toBeUndefined();
  await rows.put('destinations', destination(early));
  await readTokenLists();
  expect(await reminder()).toMatchObject({ doneAt: NOW });
});

it('remembers which guide a person is in, until they leave it', async () => {
  const wanted = { platform: 'reddit', job: 'rotate', workspaceId: 'w1', destinationId: 'd1' } as const;
  expect(await startGuide({ ...wanted, reason: 'exposed' })).toEqual({ ok: true });
  expect(await rows.get('guides', 'reddit')).toMatchObject({
    job: 'rotate',
    reason: 'exposed',
    startedAt: NOW,
  });
  expect(await startGuide({ ...wanted, destinationId: 'd9' })).toEqual(GONE);
  expect(await startGuide({ ...wanted, platform: 'pinterest' })).toEqual(GONE);
  expect(await startGuide({ ...wanted, reason: 'whim' })).toEqual({ ok: false, code: 'invalid' });
  expect(await startGuide({ platform: 'nothing', job: 'create' })).toEqual({ ok: false, code: 'invalid' });
  await stopGuide('reddit');
  expect(await rows.all('guides')).toEqual([]);
});
