import { describe, expect, test } from 'vitest';
import { idKindsOf } from '../../../lib/credentials/kinds';
import { platforms } from '../../../lib/platforms/index';
import { rows } from '../../../lib/storage/database';
import { HOUR, MINUTE } from '../../../lib/terms/time';
import {
  confirmIds,
  draft,
  forgetEnded,
  markSent,
  paste,
  releaseSecret,
  reopen,
  setId,
  swapIds,
  takeOffer,
  takeSelection,
  takeStatus,
  tick,
  undoDiscard,
} from '../../../lib/vault/captures';
import { takeIds, typedId } from '../../../lib/vault/ids';
import { nextDue, sweep } from '../../../lib/vault/sweep';
import { pinterestKey, redditConversionToken } from '../../sandbox/tokens';
import { destination } from '../health/rows';
import { justBeforeChange } from '../just-before';
import {
  captures,
  deliveryOf,
  fingerprintOf,
  freshStart,
  held,
  id,
  later,
  offerOf,
  statusOf,
  theCapture,
} from './story';

freshStart();

const PIXEL = 'a2_pixelone1234';

describe('a report that says what is not so', () => {
  test('a token of another kind, of another platform, or of none is not taken', async () => {
    const [offered] = offerOf(redditConversionToken()).tokens;
    if (!offered) throw new Error('There is one.');
    for (const wrong of [
      { tokens: [{ ...offered, kind: 'pixelId' }] },
      { tokens: [{ ...offered, value: pinterestKey() }] },
      { platform: 'elsewhere' },
    ]) {
      await takeOffer(offerOf('', wrong), 7);
    }
    expect(await captures()).toEqual([]);
    expect(await held()).toEqual([]);
    await takeOffer(offerOf('', { tokens: [offered] }), 7); // the control
    expect(await held()).toHaveLength(1);
  });

  test('ids of kinds that the platform has not, or of any length, are not ids', async () => {
    await takeOffer(
      offerOf(redditConversionToken(), {
        ids: [id('nothing', PIXEL), id('pixelId', `a2_${'x'.repeat(10_000)}`), id('pixelId', PIXEL)],
      }),
      7,
    );
    const { ids } = await theCapture();
    expect(Object.keys(ids)).toEqual(['pixelId']);
    expect(ids.pixelId?.candidates.map(({ value }) => value)).toEqual([PIXEL]);
  });

  test('ever more ids are so many candidates, and no more', async () => {
    const many = Array.from({ length: 200 }, (_, n) => id('pixelId', `a2_${String(n).padStart(12, '0')}`));
    await takeOffer(offerOf(redditConversionToken(), { ids: many.slice(0, 100) }), 7);
    await takeStatus(statusOf(many.slice(100)), 7);
    const { ids } = await theCapture();
    expect(ids.pixelId?.candidates.length).toBeLessThan(100);
    expect(ids.pixelId?.candidates.length).toBeGreaterThan(5);
  });

  test('an account that could be a token, or a platform that is none, is invalid', async () => {
    expect(await takeStatus(statusOf([], { account: redditConversionToken() }), 7)).toEqual({
      ok: false,
      code: 'invalid',
    });
    expect(await takeStatus(statusOf([], { platform: 'elsewhere' }), 7)).toEqual({
      ok: false,
      code: 'invalid',
    });
    expect(await rows.all('pages')).toEqual([]);
  });
});

describe('a token that was there before anybody clicked', () => {
  test('is kept as such, so that a tick is asked for', async () => {
    const [offered] = offerOf(redditConversionToken()).tokens;
    if (!offered) throw new Error('There is one.');
    await takeOffer(offerOf('', { tokens: [{ ...offered, gesture: false }] }), 7);
    expect((await theCapture()).tokens[0]?.provenance).toBe('present');
  });
});

describe('ids that were seen', () => {
  test('in another tab of the same account fill what is missing; those of another account do not', async () => {
    await takeStatus(statusOf([id('pixelId', 'a2_strangepixel')], { account: 'a2_another' }), 8);
    await takeStatus(statusOf([id('pixelId', PIXEL)]), 9);
    await takeOffer(offerOf(redditConversionToken()), 7);
    expect((await theCapture()).ids.pixelId?.value).toBe(PIXEL);
  });

  test('later, in another tab, go to the capture of that account and to no other', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await takeOffer(offerOf(redditConversionToken(), { account: 'a2_another', page: 'document-2' }), 8);
    await takeStatus(statusOf([id('pixelId', PIXEL)], { account: 'a2_another' }), 9);
    const values = (await captures()).map(({ account, ids }) => [account, ids.pixelId?.value]);
    expect(values).toContainEqual(['a2_another', PIXEL]);
    expect(values).toContainEqual(['a2_accountone11', undefined]);
  });

  test('on a page that names no account belong to the only capture, which stays without one', async () => {
    const { account: _account, ...offer } = offerOf(redditConversionToken());
    await takeOffer(offer, 7);
    const { account: _none, ...status } = statusOf([id('pixelId', PIXEL)]);
    await takeStatus(status, 8);
    expect((await theCapture()).ids.pixelId?.value).toBe(PIXEL);
    expect(await theCapture()).not.toHaveProperty('account');
  });
});

describe('what a person does', () => {
  const started = async (): Promise<string> => {
    const answer = await draft('reddit');
    return (answer.ok && answer.id) || '';
  };

  test('a token pasted again keeps its first end, and doubles nothing', async () => {
    const captureId = await started();
    const token = redditConversionToken();
    await paste(captureId, 'conversionToken', token);
    const { expiresAt } = await theCapture();
    later(10 * MINUTE);
    await paste(captureId, 'conversionToken', token);
    expect(await theCapture()).toMatchObject({ expiresAt, tokens: [{}] });
    expect(await held()).toHaveLength(1);
  });

  test('with two pages of a platform open, a draft takes the ids of neither', async () => {
    await takeStatus(statusOf([id('pixelId', PIXEL)]), 7);
    await takeStatus(statusOf([id('pixelId', 'a2_pixeltwo1234')], { account: 'a2_another' }), 8);
    await started();
    expect((await theCapture()).ids.pixelId?.value).toBeUndefined();
  });

  test('an id of no kind is invalid; what is in review no more is gone', async () => {
    const captureId = await started();
    expect(await setId(captureId, 'nothing', 'x')).toEqual({ ok: false, code: 'invalid' });
    expect(await paste('nobody', 'conversionToken', 'x')).toEqual({ ok: false, code: 'gone' });
    await paste(captureId, 'conversionToken', redditConversionToken());
    await markSent(captureId);
    expect(await paste(captureId, 'conversionToken', redditConversionToken())).toEqual({
      ok: false,
      code: 'gone',
    });
    expect(await held()).toHaveLength(1);
  });

  test('a selected token is a paste, once; of a platform that is none it is invalid', async () => {
    const token = redditConversionToken();
    const first = await takeSelection('reddit', 7, ` ${token}\n`);
    expect(first).toMatchObject({ ok: true });
    expect(await takeSelection('reddit', 7, token)).toMatchObject({ ok: true, id: (await theCapture()).id });
    expect(await held()).toHaveLength(1);
    expect(await takeSelection('elsewhere', 7, token)).toEqual({ ok: false, code: 'invalid' });
  });

  test('ids are exchanged where there are two, also where one is empty', async () => {
    const reddit = await started();
    expect(await swapIds(reddit)).toEqual({ ok: false, code: 'invalid' });
    const answer = await draft('pinterest');
    const pinterest = (answer.ok && answer.id) || '';
    await setId(pinterest, 'tagId', '2611340119999');
    expect(await swapIds(pinterest)).toEqual({ ok: true });
    const swapped = await rows.get('captures', pinterest);
    expect(swapped?.ids.tagId?.value).toBeUndefined();
    expect(swapped?.ids.advertiserId?.value).toBe('2611340119999');
    expect(await swapIds(pinterest)).toEqual({ ok: true });
    expect((await rows.get('captures', pinterest))?.ids.tagId?.value).toBe('2611340119999');
  });

  test('nothing is exchanged of a platform that is no more', async () => {
    const captureId = await started();
    await rows.change('captures', captureId, (row) => ({ ...row, platform: 'elsewhere' }));
    expect(await swapIds(captureId)).toEqual({ ok: false, code: 'invalid' });
  });

  test('a token that appears on the page fills the review that was begun there', async () => {
    const { account: _account, ...status } = statusOf([id('pixelId', PIXEL)]);
    await takeStatus(status, 7);
    const captureId = await started();
    const token = redditConversionToken();
    const { account: _none, ...offer } = offerOf(token);
    await takeOffer(offer, 7);
    const chosen = await fingerprintOf(token);
    expect(await theCapture()).toMatchObject({ id: captureId, chosen, tokens: [{ fingerprint: chosen }] });
    expect(await held()).toEqual([chosen]);
  });

  test('a token of an unfamiliar format is kept, and does not tell when it was made', async () => {
    const captureId = await started();
    await paste(captureId, 'conversionToken', 'x'.repeat(60));
    const [only] = (await theCapture()).tokens;
    expect(only).toMatchObject({ verdict: { level: 'doubt' }, length: 60 });
    expect(only).not.toHaveProperty('issuedAt');
  });

  test('what was ticked of one token does not hold for another; what is to become of either does', async () => {
    const captureId = await started();
    const token = redditConversionToken();
    await paste(captureId, 'conversionToken', token);
    for (const name of ['checked', 'generated', 'others'] as const) await tick(captureId, name, true);
    await paste(captureId, 'conversionToken', token);
    expect((await theCapture()).ticks).toEqual({ checked: true, generated: true, others: true });
    await paste(captureId, 'conversionToken', redditConversionToken());
    expect((await theCapture()).ticks).toEqual({ checked: false, generated: false, others: true });
  });

  test('ids are confirmed as far as they are known', async () => {
    const answer = await draft('pinterest');
    const captureId = (answer.ok && answer.id) || '';
    await setId(captureId, 'tagId', '2611340119999');
    const config = { tagId: '2600000000000', advertiserId: '549876543210' };
    const known = destination({}, { type: 'pinterest', config });
    await rows.put('destinations', known);
    expect(await confirmIds(captureId, 'w1', 'dst_1', true)).toEqual({ ok: true });
    expect((await theCapture()).confirmed).toEqual({
      key: 'w1/dst_1',
      from: config,
      to: { tagId: '2611340119999' },
    });
  });

  test('a discard that does not say when it ends has ended', async () => {
    const captureId = await started();
    await rows.change('captures', captureId, (row) => ({ ...row, state: 'discarding' }));
    expect(await undoDiscard(captureId)).toEqual({ ok: false, code: 'gone' });
    expect(await nextDue()).toBe(0);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'discarded' });
  });

  test('to look again lets what has ended in that tab be taken anew, and nothing in another', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    await takeOffer(offerOf(redditConversionToken()), 8);
    const [here] = await captures();
    await rows.change('captures', here?.id ?? '', (row) => ({ ...row, state: 'discarded', endedAt: 1 }));
    await forgetEnded(7);
    expect(await rows.get('captures', here?.id ?? '')).toMatchObject({ forgotten: true });
    expect((await captures()).filter(({ forgotten }) => forgotten)).toHaveLength(1);
  });
});

test('to look again leaves alone what waits in that tab', async () => {
  await takeOffer(offerOf(redditConversionToken()), 7);
  const before = await theCapture();
  await forgetEnded(7);
  expect(await theCapture()).toEqual(before);
});

test('a kind of id that a row does not know yet is taken like one that is empty', () => {
  const [platform] = platforms;
  const [kind] = platform ? idKindsOf(platform) : [];
  if (!platform || !kind) throw new Error('There is one.');
  const taken = takeIds(platform, {}, [id(kind.id, PIXEL)], 'unite');
  expect(taken[kind.id]).toMatchObject({ value: PIXEL, byPerson: false });
  expect(typedId(kind, undefined, PIXEL)).toMatchObject({ value: PIXEL, byPerson: true, candidates: [] });
});

describe('a delivery that ends', () => {
  const sent = async (): Promise<string> => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const { id: captureId } = await theCapture();
    await markSent(captureId);
    return captureId;
  };

  test('opens what is open already without a word, and nothing that has ended', async () => {
    const captureId = await sent();
    await reopen(captureId);
    expect(await reopen(captureId)).toBe(true);
    await rows.change('captures', captureId, (row) => ({ ...row, state: 'discarded', endedAt: 1 }));
    expect(await reopen(captureId)).toBe(false);
    expect(await reopen('nobody')).toBe(false);
  });

  test('tells each destination once, and leaves a capture that is not sent as it is', async () => {
    const captureId = await sent();
    await releaseSecret(captureId, { key: 'w1/dst_1' });
    await releaseSecret(captureId, { key: 'w1/dst_1', replaced: 'sha256:00000000000000b2' });
    expect((await theCapture()).sent).toEqual([{ key: 'w1/dst_1', replaced: 'sha256:00000000000000b2' }]);
    expect(await held()).toEqual([]);
    await rows.change('captures', captureId, (row) => ({ ...row, state: 'lost', endedAt: 1 }));
    await releaseSecret(captureId, { key: 'w1/dst_2' });
    expect((await theCapture()).sent).toHaveLength(1);
  });

  test('opens nothing that has ended just then', async () => {
    const captureId = await sent();
    justBeforeChange(() =>
      rows.change('captures', captureId, (row) => ({ ...row, state: 'lost', endedAt: 1 })),
    );
    expect(await reopen(captureId)).toBe(false);
    expect((await theCapture()).state).toBe('lost');
  });

  test('keeps its capture remembered as long as a further one may still send it', async () => {
    const captureId = await sent();
    const capture = await theCapture();
    await rows.put('deliveries', deliveryOf(capture, { state: 'needsKey' }));
    later(30 * HOUR);
    await sweep();
    expect(await rows.get('captures', captureId)).toBeDefined();
    for (const row of await rows.all('deliveries')) {
      await rows.put('deliveries', { ...row, state: 'settled', outcome: 'rejected', settledAt: 1 });
    }
    await sweep();
    expect(await rows.get('captures', captureId)).toBeUndefined();
  });
});
