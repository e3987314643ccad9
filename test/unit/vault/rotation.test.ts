import { describe, expect, it } from 'vitest';
import type { PageMarks } from '../../../lib/messages/reports';
import { rows } from '../../../lib/storage/database';
import type { Capture } from '../../../lib/storage/rows';
import { MINUTE } from '../../../lib/terms/time';
import {
  chooseDestination,
  confirmIds,
  markSent,
  releaseSecret,
  setId,
  takeMarks,
  takeOffer,
  takeStatus,
  tick,
} from '../../../lib/vault/captures';
import { sweep } from '../../../lib/vault/sweep';
import { redditConversionToken } from '../../sandbox/tokens';
import { destination, OTHER_PIXEL, PIXEL, workspace } from '../destinations/rows';
import { deliveryOf, freshStart, held, later, offerOf, statusOf, theCapture } from './story';

freshStart();

const captured = async (): Promise<Capture> => {
  await takeOffer(offerOf(redditConversionToken()), 7);
  const { id } = await theCapture();
  await setId(id, 'pixelId', PIXEL);
  await rows.put('workspaces', workspace());
  await rows.put('destinations', destination({ config: { pixelId: OTHER_PIXEL } }));
  await rows.put('destinations', destination({ id: 'p1', type: 'pinterest' }));
  return theCapture();
};

describe('a change of ids', () => {
  it('is confirmed for the values that stand there, and taken back', async () => {
    const { id } = await captured();
    expect(await confirmIds(id, 'w1', 'd1', true)).toEqual({ ok: true });
    expect(await theCapture()).toMatchObject({
      workspaceId: 'w1',
      destination: 'd1',
      confirmed: { key: 'w1/d1', from: { pixelId: OTHER_PIXEL }, to: { pixelId: PIXEL } },
    });
    await confirmIds(id, 'w1', 'd1', false);
    expect((await theCapture()).confirmed).toBeUndefined();
  });

  it('is not for a destination that is not there, or of another platform', async () => {
    const { id } = await captured();
    expect(await confirmIds(id, 'w1', 'd9', true)).toEqual({ ok: false, code: 'gone' });
    expect(await confirmIds(id, 'w1', 'p1', true)).toEqual({ ok: false, code: 'invalid' });
    expect((await theCapture()).confirmed).toBeUndefined();
  });
});

it('what was checked against one destination is not checked against another', async () => {
  const { id } = await captured();
  await chooseDestination(id, 'w1', 'd1');
  await tick(id, 'checked', true);
  await chooseDestination(id, 'w1', 'd1');
  expect((await theCapture()).ticks.checked).toBe(true);
  await chooseDestination(id, 'w1', 'new');
  expect((await theCapture()).ticks.checked).toBe(false);
});

describe('a token that is wanted for others too', () => {
  const sent = { key: 'w1/d1', replaced: 'sha256:bbbbbbbbbbbbbbbb' };

  it('stays, and knows where it has gone', async () => {
    const { id } = await captured();
    await tick(id, 'others', true);
    await markSent(id);
    await releaseSecret(id, sent);
    expect(await theCapture()).toMatchObject({ state: 'open', sent: [sent] });
    expect(await held()).toHaveLength(1);
  });

  it.each([
    ['after the last of them', true, true],
    ['without the tick', false, false],
  ])('is dropped %s', async (_when, others, isLast) => {
    const { id } = await captured();
    await tick(id, 'others', others);
    await markSent(id);
    await releaseSecret(id, sent, isLast);
    expect((await theCapture()).state).toBe('sent');
    expect(await held()).toEqual([]);
  });

  it('stays in review while the ids of the first are still being changed', async () => {
    const capture = await captured();
    await tick(capture.id, 'others', true);
    await markSent(capture.id);
    await rows.put('deliveries', deliveryOf(capture, { state: 'waiting', from: {}, tokenSavedAt: 1 }));
    await releaseSecret(capture.id, sent);
    later(MINUTE);
    await sweep();
    expect((await theCapture()).state).toBe('open');
    expect(await held()).toHaveLength(1);
  });

  it('is not kept for a delivery whose token is at Upstack already', async () => {
    const capture = await captured();
    await markSent(capture.id);
    await rows.put('deliveries', deliveryOf(capture, { state: 'person', from: {}, tokenSavedAt: 1 }));
    await sweep();
    expect(await held()).toEqual([]);
  });
});

describe('marks of a page', () => {
  const seen = async () => rows.get('pages', 7);
  const marksOf = (rest: Partial<PageMarks> = {}): PageMarks => ({
    type: 'page.marks',
    platform: 'reddit',
    page: 'document-1',
    landmarks: ['tokenList'],
    names: ['Upstack Data'],
    ...rest,
  });
  const onTheList = statusOf([], { screen: 'conversionTokens' });
  const INVALID = { ok: false, code: 'invalid' };

  it('are those that the platform has, and names are ours and beside a list', async () => {
    await takeStatus(onTheList, 7);
    const marks = {
      landmarks: ['tokenList', 'made-up'],
      names: ['Upstack Data', 'My secret plan', 'Upstack Data!'],
    };
    expect(await takeMarks(marksOf(marks), 7)).toEqual({ ok: true });
    const told = { landmarks: ['tokenList'], names: ['Upstack Data'], namesAt: Date.now() };
    expect(await seen()).toMatchObject(told);
    await takeMarks(marksOf({ landmarks: [] }), 7);
    expect(await seen()).toMatchObject({ landmarks: [] });
    expect((await seen())?.names).toBeUndefined();
  });

  it('are of the document that is there, and of a screen that is known', async () => {
    expect(await takeMarks(marksOf(), 7)).toEqual(INVALID);
    await takeStatus(statusOf([]), 7);
    expect(await takeMarks(marksOf(), 7)).toEqual(INVALID);
    await takeStatus(onTheList, 7);
    expect(await takeMarks(marksOf({ page: 'document-0' }), 7)).toEqual(INVALID);
    expect(await takeMarks(marksOf({ platform: 'pinterest' }), 7)).toEqual(INVALID);
    expect(await seen()).not.toHaveProperty('landmarks');
  });

  it.each([
    ['on the same screen', {}, true],
    ['on another', { screen: 'eventsManager' }, false],
    ['in another document', { page: 'document-2' }, false],
    ['of another account', { account: 'a2_accounttwo22' }, false],
  ])('%s are kept: %3$s', async (_where, rest, kept) => {
    await takeStatus(onTheList, 7);
    await takeMarks(marksOf(), 7);
    const readAt = Date.now();
    later(MINUTE);
    await takeStatus({ ...onTheList, ...rest }, 7);
    const { landmarks, names, namesAt } = (await seen()) ?? {};
    // Also then they are as old as they are.
    expect([landmarks, names, namesAt]).toEqual(
      kept ? [['tokenList'], ['Upstack Data'], readAt] : [undefined, undefined, undefined],
    );
  });
});
