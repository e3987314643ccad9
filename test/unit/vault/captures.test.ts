import { describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { rows } from '../../../lib/storage/database';
import { MINUTE } from '../../../lib/terms/time';
import {
  chooseDestination,
  chooseToken,
  discard,
  dismiss,
  draft,
  forgetEnded,
  markSent,
  paste,
  releaseSecret,
  reopen,
  setId,
  swapIds,
  takeOffer,
  takeStatus,
  tick,
  undoDiscard,
  undoDismiss,
} from '../../../lib/vault/captures';
import { sweep } from '../../../lib/vault/sweep';
import { readSecret } from '../../../lib/vault/vault';
import {
  pinterestKey,
  pinterestRefreshToken,
  redditAppToken,
  redditConversionToken,
  redditSessionToken,
} from '../../sandbox/tokens';
import {
  captures,
  deliveryOf,
  fingerprintOf,
  freshStart,
  held,
  id,
  later,
  offerOf,
  START,
  statusOf,
  theCapture,
} from './story';

freshStart();

const PIXEL = 'a2_pixelone1234';
const OTHER_PIXEL = 'a2_pixeltwo1234';
const ADVERTISER = '549755813999';
const TAG = '2611340119999';

describe('a token seen on a page', () => {
  test('becomes an open capture with its ids, and its secret lies in the vault alone', async () => {
    const token = redditConversionToken();
    expect(await takeOffer(offerOf(token, { ids: [id('pixelId', PIXEL)] }), 7)).toEqual({ ok: true });

    const capture = await theCapture();
    const fingerprint = await fingerprintOf(token);
    expect(capture).toMatchObject({
      state: 'open',
      origin: 'page',
      tabId: 7,
      account: 'a2_accountone11',
      chosen: fingerprint,
      expiresAt: START + 60 * MINUTE,
      ids: { pixelId: { value: PIXEL, verdict: { level: 'good' }, conflict: false, byPerson: false } },
    });
    expect(capture.tokens).toMatchObject([{ fingerprint, length: token.length, provenance: 'gesture' }]);
    expect(await held()).toEqual([fingerprint]);
    expect(JSON.stringify(await captures())).not.toContain(token.slice(0, 40));
    expect((await readSecret(fingerprint))?.reveal()).toBe(token); // the control: it is there to be found
  });

  test('seen again is the same capture, with the time it had', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    later(5 * MINUTE);
    expect(await takeOffer(offerOf(token, { ids: [id('pixelId', PIXEL)] }), 7)).toEqual({ ok: true });
    expect(await theCapture()).toMatchObject({
      expiresAt: START + 60 * MINUTE,
      ids: { pixelId: { value: PIXEL } },
    });
  });

  test.each([
    ['a sign-in token', () => redditSessionToken()],
    ['the token of an app', () => redditAppToken()],
    ['a token of another platform', () => pinterestKey()],
    ['a cut token', () => redditConversionToken().slice(0, 600)],
    ['anything else', () => 'x'.repeat(800)],
  ])('%s is dropped unseen', async (_name, make) => {
    expect(await takeOffer(offerOf(make()), 7)).toEqual({ ok: false, code: 'invalid' });
    expect(await captures()).toEqual([]);
    expect(await held()).toEqual([]);
  });

  test('beside a sign-in token, only the conversion token is taken', async () => {
    const token = redditConversionToken();
    const offer = offerOf(token);
    const [first] = offer.tokens;
    await takeOffer({ ...offer, tokens: [{ ...first!, value: redditSessionToken() }, first!] }, 7);
    expect(await held()).toEqual([await fingerprintOf(token)]);
  });

  test('a second one on the same page and account is a choice that resets the tick', async () => {
    const [one, two] = [redditConversionToken(), redditConversionToken()];
    await takeOffer(offerOf(one), 7);
    const { id: captureId } = await theCapture();
    await tick(captureId, 'generated', true);
    later(1000);
    await takeOffer(offerOf(two), 7);

    const capture = await theCapture();
    expect(capture.tokens).toHaveLength(2);
    expect(capture.chosen).toBeUndefined();
    expect(capture.ticks.generated).toBe(false);
    expect(await held()).toHaveLength(2);

    const second = await fingerprintOf(two);
    expect(await chooseToken(captureId, 'sha256:0000000000000000')).toEqual({ ok: false, code: 'invalid' });
    expect(await chooseToken(captureId, second)).toEqual({ ok: true });
    expect((await theCapture()).chosen).toBe(second);
  });

  test('a second one is a choice, too, where the address of one of them names no account; their ids must agree', async () => {
    const { account: _none, ...nowhere } = offerOf(redditConversionToken(), { ids: [id('pixelId', PIXEL)] });
    await takeOffer(nowhere, 7);
    await takeOffer(offerOf(redditConversionToken(), { ids: [id('pixelId', PIXEL)] }), 7);
    expect(await theCapture()).toMatchObject({ ids: { pixelId: { value: PIXEL } } });
    expect((await theCapture()).tokens).toHaveLength(2);

    await takeOffer(offerOf(redditConversionToken(), { ids: [id('pixelId', OTHER_PIXEL)] }), 7);
    const capture = await theCapture();
    expect(capture.tokens).toHaveLength(3);
    expect(capture.chosen).toBeUndefined();
    expect(capture.ids.pixelId).not.toHaveProperty('value');
  });

  test('after a switch of accounts the waiting one stays bound to its own, and a new one is a capture of its own', async () => {
    const [one, two] = [redditConversionToken(), redditConversionToken()];
    await takeOffer(offerOf(one, { ids: [id('pixelId', PIXEL)] }), 7);
    const switched = { account: 'a2_accounttwo22', ids: [id('pixelId', OTHER_PIXEL)] };
    await takeOffer(offerOf(one, switched), 7); // the old dialog is still there
    await takeStatus(statusOf(switched.ids, { account: switched.account }), 7);
    expect(await theCapture()).toMatchObject({
      account: 'a2_accountone11',
      ids: { pixelId: { value: PIXEL, candidates: [{ value: PIXEL }] } },
    });

    later(1000);
    await takeOffer(offerOf(two, switched), 7);
    const [, second] = await captures();
    expect(second).toMatchObject({ account: 'a2_accounttwo22', ids: { pixelId: { value: OTHER_PIXEL } } });
    expect(second?.tokens).toHaveLength(1);
  });

  test('a text that could hold a token is neither account nor label', async () => {
    const token = redditConversionToken();
    expect(await takeOffer(offerOf(token, { account: token.slice(0, 100) }), 7)).toMatchObject({ ok: false });
    const sly = [{ code: 'label' as const, label: token.slice(0, 60) }];
    await takeOffer(offerOf(token, { ids: [id('pixelId', PIXEL, { reasons: sly })] }), 7);
    expect((await theCapture()).ids.pixelId?.candidates).toEqual([
      { value: PIXEL, reasons: [{ code: 'label' }], selected: false },
    ]);
  });
});

describe('which id is meant', () => {
  const idsOf = async (ids: ReturnType<typeof id>[]) => {
    await takeOffer(offerOf(redditConversionToken(), { ids }), 7);
    return (await theCapture()).ids.pixelId;
  };
  const byAddress = { reasons: [{ code: 'address' as const }] };

  test('two: none is chosen', async () => {
    const field = await idsOf([id('pixelId', PIXEL), id('pixelId', OTHER_PIXEL)]);
    expect(field).toMatchObject({ conflict: false });
    expect(field?.candidates).toHaveLength(2);
    expect(field).not.toHaveProperty('value');
  });

  test('two, one of them marked as in use: that one', async () => {
    const field = await idsOf([id('pixelId', PIXEL), id('pixelId', OTHER_PIXEL, { selected: true })]);
    expect(field?.value).toBe(OTHER_PIXEL);
  });

  test('two that are both marked: none', async () => {
    const both = [PIXEL, OTHER_PIXEL].map((value) => id('pixelId', value, { selected: true }));
    expect(await idsOf(both)).not.toHaveProperty('value');
  });

  test('the address says one and the page another: a conflict, and none is chosen', async () => {
    const field = await idsOf([
      id('pixelId', PIXEL, byAddress),
      id('pixelId', OTHER_PIXEL, { selected: true }),
    ]);
    expect(field).toMatchObject({ conflict: true });
    expect(field).not.toHaveProperty('value');
  });

  test('the address agrees with one of the page: no conflict', async () => {
    const agreed = id('pixelId', PIXEL, {
      reasons: [{ code: 'address' }, { code: 'table' }],
      selected: true,
    });
    const field = await idsOf([agreed, id('pixelId', OTHER_PIXEL)]);
    expect(field).toMatchObject({ conflict: false, value: PIXEL });
  });

  test('what is no id by our own judgement is not taken', async () => {
    const field = await idsOf([id('pixelId', 'hello there'), id('pixelId', '12345')]);
    expect(field).toEqual({ candidates: [], byPerson: false, conflict: false });
  });
});

describe('ids from elsewhere', () => {
  test('seen before the token in the same tab, they are filled in', async () => {
    await takeStatus(statusOf([id('pixelId', PIXEL)]), 7);
    await takeStatus(statusOf([], { page: 'document-1' }), 7);
    await takeOffer(offerOf(redditConversionToken()), 7);
    expect((await theCapture()).ids.pixelId?.value).toBe(PIXEL);
  });

  test('seen before it in the same document stand beside those of its address, where all else is hidden', async () => {
    const byAddress = id('pixelId', PIXEL, { reasons: [{ code: 'address' }] });
    await takeStatus(statusOf([byAddress, id('pixelId', OTHER_PIXEL, { selected: true })]), 7);
    await takeStatus(statusOf([byAddress]), 7);
    await takeOffer(offerOf(redditConversionToken(), { ids: [byAddress] }), 7);
    const field = (await theCapture()).ids.pixelId;
    expect(field).toMatchObject({ conflict: true });
    expect(field?.candidates.map(({ value }) => value)).toEqual([PIXEL, OTHER_PIXEL]);
    expect(field).not.toHaveProperty('value');
  });

  test.each([
    ['in another document', { page: 'document-0' }, { reasons: [{ code: 'address' as const }] }],
    ['where the page names one beside the token', {}, {}],
    ['of another account', { account: 'a2_accounttwo22' }, { reasons: [{ code: 'address' as const }] }],
  ])('seen before it %s do not', async (_where, elsewhere, told) => {
    await takeStatus(statusOf([id('pixelId', OTHER_PIXEL, { selected: true })], elsewhere), 7);
    await takeOffer(offerOf(redditConversionToken(), { ids: [id('pixelId', PIXEL, told)] }), 7);
    expect((await theCapture()).ids.pixelId).toMatchObject({ value: PIXEL, conflict: false });
  });

  test.each(['page', 'table'] as const)(
    'seen before it without a word of what they are (%s), as in a menu of accounts, do not',
    async (code) => {
      await takeStatus(statusOf([id('pixelId', OTHER_PIXEL, { reasons: [{ code }] })]), 7);
      const byAddress = id('pixelId', PIXEL, { reasons: [{ code: 'address' }] });
      await takeOffer(offerOf(redditConversionToken(), { ids: [byAddress] }), 7);
      expect((await theCapture()).ids.pixelId).toMatchObject({ value: PIXEL, conflict: false });
    },
  );

  test('seen after it, they are filled in, the same tab first', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await takeOffer(offerOf(redditConversionToken(), { page: 'document-2' }), 8);
    await takeStatus(statusOf([id('pixelId', PIXEL)]), 8);
    const [here, there] = await captures().then((all) => all.sort((a, b) => (a.tabId ?? 0) - (b.tabId ?? 0)));
    expect(here?.ids.pixelId).not.toHaveProperty('value');
    expect(there?.ids.pixelId?.value).toBe(PIXEL);
  });

  test('of another account they are not', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await takeStatus(statusOf([id('pixelId', PIXEL)], { account: 'a2_accounttwo22' }), 7);
    await takeStatus(statusOf([id('pixelId', PIXEL)], { account: 'a2_accounttwo22' }), 8);
    expect((await theCapture()).ids.pixelId?.candidates).toEqual([]);
  });

  test('do not overrule what the person typed, and fill what they emptied only with something new', async () => {
    await takeOffer(offerOf(redditConversionToken(), { ids: [id('pixelId', PIXEL)] }), 7);
    const { id: captureId } = await theCapture();
    await setId(captureId, 'pixelId', 'a2_typed1234567');
    await takeStatus(statusOf([id('pixelId', OTHER_PIXEL, { selected: true })]), 7);
    expect((await theCapture()).ids.pixelId).toMatchObject({ value: 'a2_typed1234567', byPerson: true });

    await setId(captureId, 'pixelId', '');
    await takeStatus(statusOf([id('pixelId', OTHER_PIXEL, { selected: true })]), 7);
    expect((await theCapture()).ids.pixelId).not.toHaveProperty('value');
    await takeStatus(statusOf([id('pixelId', 'a2_third1234567', { selected: true })]), 7);
    expect((await theCapture()).ids.pixelId?.value).toBe('a2_third1234567');
  });
});

describe('a review by hand', () => {
  const start = async (platform = 'reddit') => {
    const answer = await draft(platform);
    if (!answer.ok || !answer.id) throw new Error('no draft');
    return answer.id;
  };

  test('a draft is begun once and takes the ids of the one page that is open', async () => {
    await takeStatus(statusOf([id('pixelId', PIXEL)]), 7);
    const captureId = await start();
    expect(await start()).toBe(captureId);
    expect(await theCapture()).toMatchObject({ origin: 'paste', ids: { pixelId: { value: PIXEL } } });
    expect(await draft('nowhere')).toEqual({ ok: false, code: 'invalid' });
  });

  test('a paste is cleaned, judged and kept', async () => {
    const captureId = await start();
    const token = redditConversionToken();
    await paste(captureId, 'conversionToken', ` "Bearer ${token.slice(0, 300)}\n${token.slice(300)}" `);
    const capture = await theCapture();
    expect(capture.chosen).toBe(await fingerprintOf(token));
    expect(capture.tokens[0]).toMatchObject({ provenance: 'paste', verdict: { level: 'good' } });
    expect(capture.tokens[0]?.removed).toEqual(expect.arrayContaining(['lineBreaks', 'quotes', 'bearer']));
    expect(await held()).toEqual([capture.chosen]);
  });

  test.each([
    ['a cut token', 'cut', () => redditConversionToken().slice(0, 600)],
    ['a sign-in token', 'signIn', () => redditSessionToken()],
    ['a token of another platform', 'otherPlatform', () => pinterestKey()],
    ['far too much', 'tooLong', () => 'x'.repeat(20_000)],
  ])('%s is refused with its reason, and what was there stays', async (_name, code, make) => {
    const captureId = await start();
    const token = redditConversionToken();
    await paste(captureId, 'conversionToken', token);
    await paste(captureId, 'conversionToken', make());
    expect(await theCapture()).toMatchObject({
      chosen: await fingerprintOf(token),
      refused: { kind: 'conversionToken', verdict: { level: 'bad', code } },
    });
    expect(await held()).toEqual([await fingerprintOf(token)]);
    await paste(captureId, 'conversionToken', redditConversionToken());
    expect(await theCapture()).not.toHaveProperty('refused');
  });

  test("another platform's sign-in token is refused even where a field takes unusual formats", async () => {
    const captureId = await start('pinterest');
    for (const foreign of [redditSessionToken(), redditConversionToken(), pinterestRefreshToken()]) {
      await paste(captureId, 'conversionToken', foreign);
    }
    expect(await held()).toEqual([]);
    await paste(captureId, 'conversionToken', pinterestKey());
    expect(await held()).toHaveLength(1);
  });

  test('a token in an id field is not stored', async () => {
    const captureId = await start();
    const token = redditConversionToken();
    for (const text of [token, token.slice(0, 100), pinterestKey(), pinterestKey().slice(0, 30)]) {
      await setId(captureId, 'pixelId', text);
      await paste(captureId, 'pixelId', text);
      const stored = await theCapture();
      expect(JSON.stringify(stored)).not.toContain(text.slice(0, 12));
      expect(stored.refused).toMatchObject({ kind: 'pixelId' });
    }
    await setId(captureId, 'pixelId', PIXEL); // the control: an id is
    expect(JSON.stringify(await theCapture())).toContain(PIXEL);
  });

  test('an id in the field of another kind says so, and a swap mends it', async () => {
    const captureId = await start('pinterest');
    await paste(captureId, 'tagId', ADVERTISER);
    await paste(captureId, 'advertiserId', TAG);
    expect(await theCapture()).toMatchObject({
      ids: {
        tagId: { value: ADVERTISER, verdict: { level: 'bad', code: 'otherKind' } },
        advertiserId: { value: TAG, verdict: { level: 'bad', code: 'otherKind' } },
      },
    });
    await swapIds(captureId);
    expect(await theCapture()).toMatchObject({
      ids: {
        tagId: { value: TAG, verdict: { level: 'good' } },
        advertiserId: { value: ADVERTISER, verdict: { level: 'good' } },
      },
    });
    expect(await swapIds((await draft('reddit').then((a) => a.ok && a.id)) || '')).toMatchObject({
      ok: false,
    });
  });

  test('"I checked it" holds for the values it was said of', async () => {
    const captureId = await start();
    await setId(captureId, 'pixelId', PIXEL);
    await tick(captureId, 'checked', true);
    await setId(captureId, 'pixelId', PIXEL);
    expect((await theCapture()).ticks.checked).toBe(true);
    await setId(captureId, 'pixelId', OTHER_PIXEL);
    expect((await theCapture()).ticks.checked).toBe(false);
  });

  test('a destination is chosen only if it is there', async () => {
    const captureId = await start();
    expect(await chooseDestination(captureId, 'nobody', 'new')).toEqual({ ok: false, code: 'gone' });
  });
});

describe('a discard', () => {
  test('can be taken back for ten seconds', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const { id: captureId } = await theCapture();
    await discard(captureId);
    later(9_999);
    await sweep();
    expect(await held()).toHaveLength(1);
    expect(await undoDiscard(captureId)).toEqual({ ok: true });
    expect(await theCapture()).toMatchObject({ state: 'open' });
    expect(await theCapture()).not.toHaveProperty('discardAt');
  });

  test('asked for twice is one', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const { id: captureId } = await theCapture();
    expect(await Promise.all([discard(captureId), discard(captureId)])).toEqual([{ ok: true }, { ok: true }]);
    later(5_000);
    expect(await discard(captureId)).toEqual({ ok: true });
    later(5_000);
    expect(await undoDiscard(captureId)).toEqual({ ok: false, code: 'gone' });
  });

  test('is final after that, and the page does not bring it back until it is read again', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const { id: captureId } = await theCapture();
    await discard(captureId);
    later(10_000);
    expect(await undoDiscard(captureId)).toEqual({ ok: false, code: 'gone' });
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'discarded' });
    expect(await held()).toEqual([]);

    expect(await takeOffer(offerOf(token), 7)).toEqual({ ok: true });
    expect(await held()).toEqual([]);
    await forgetEnded(7);
    await takeOffer(offerOf(token), 7);
    expect(await held()).toHaveLength(1);

    // Once: discarded again, it stays discarded.
    const again = (await captures()).find(({ state }) => state === 'open');
    await discard(again?.id ?? '');
    later(10_000);
    await sweep();
    await takeOffer(offerOf(token), 7);
    expect(await held()).toEqual([]);
  });

  test('of one capture leaves the secret to another that has the same token', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const { id: first } = await theCapture();
    later(1);
    const answer = await draft('reddit');
    await paste((answer.ok && answer.id) || '', 'conversionToken', token);
    await discard(first);
    later(10_000);
    await sweep();
    expect(await held()).toHaveLength(1);
  });
});

describe('what a delivery does', () => {
  const sent = async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const capture = await theCapture();
    const delivery = deliveryOf(capture);
    await rows.put('deliveries', delivery);
    return { token, capture, delivery, taken: await markSent(capture.id) };
  };

  test('it takes a capture over once', async () => {
    const { capture, taken } = await sent();
    expect(taken).toBe(true);
    expect(await markSent(capture.id)).toBe(false);
    expect(await discard(capture.id)).toEqual({ ok: false, code: 'gone' });
    await sweep();
    expect(await held()).toHaveLength(1);
  });

  test('once the API has taken it, the secret is gone, and the page does not bring it back', async () => {
    const { token, capture, delivery } = await sent();
    await rows.put('deliveries', { ...delivery, state: 'verifying', savedAt: Date.now() });
    await releaseSecret(capture.id);
    expect(await held()).toEqual([]);
    expect(await takeOffer(offerOf(token), 7)).toEqual({ ok: true });
    expect(await held()).toEqual([]);
    expect(await captures()).toHaveLength(1);
  });

  test('with "for other destinations too" the review is open again, and keeps the secret', async () => {
    const { capture } = await sent();
    await rows.change('captures', capture.id, (row) => ({
      ...row,
      ticks: { ...row.ticks, others: true },
      destination: 'new',
    }));
    await rows.change('deliveries', (await rows.all('deliveries'))[0]!.id, (row) => ({
      ...row,
      state: 'verifying',
      followUp: true,
    }));
    await releaseSecret(capture.id);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'open' });
    expect(await theCapture()).not.toHaveProperty('destination');
    expect(await held()).toHaveLength(1);
  });

  test('refused, it opens the review again while the secret lives', async () => {
    const { capture } = await sent();
    expect(await reopen(capture.id)).toBe(true);
    expect(await theCapture()).toMatchObject({ state: 'open' });
    await markSent(capture.id);
    later(60 * MINUTE);
    expect(await reopen(capture.id)).toBe(false);
    expect(await theCapture()).toMatchObject({ state: 'sent' });
  });
});

test('only a tombstone is dismissed', async () => {
  await takeOffer(offerOf(redditConversionToken()), 7);
  const { id: captureId } = await theCapture();
  expect(await dismiss(captureId)).toEqual({ ok: false, code: 'gone' });
  later(60 * MINUTE);
  await sweep();
  expect(await theCapture()).toMatchObject({ state: 'expired' });
  expect(await dismiss(captureId)).toEqual({ ok: true });
});

describe('a tombstone that was put away', () => {
  const putAway = async (after = 60 * MINUTE): Promise<string> => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const { id } = await theCapture();
    later(60 * MINUTE);
    await sweep();
    later(after);
    await dismiss(id);
    return id;
  };

  test('is brought back within ten seconds, and may be put away again', async () => {
    const id = await putAway();
    later(9_999);
    // Pressed twice, it does not begin anew.
    expect(await dismiss(id)).toEqual({ ok: true });
    expect(await undoDismiss(id)).toEqual({ ok: true });
    const { dismissed, dismissedAt, ...row } = await theCapture();
    expect([row.state, dismissed, dismissedAt]).toEqual(['expired', undefined, undefined]);
    expect(await undoDismiss(id)).toEqual({ ok: false, code: 'gone' });
    await dismiss(id);
    later(10_000);
    expect(await undoDismiss(id)).toEqual({ ok: false, code: 'gone' });
    expect(await theCapture()).toMatchObject({ dismissed: true });
  });

  test('is not swept away before that, however old it is', async () => {
    const id = await putAway(25 * 60 * MINUTE);
    await sweep();
    expect(await undoDismiss(id)).toEqual({ ok: true });
    await dismiss(id);
    later(10_000);
    await sweep();
    expect(await captures()).toEqual([]);
  });

  test('stays away where its token is here again', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const { id } = await theCapture();
    await fakeBrowser.storage.session.clear();
    await sweep();
    await dismiss(id);
    await takeOffer(offerOf(token), 7);
    expect(await undoDismiss(id)).toEqual({ ok: false, code: 'gone' });
    // In either order, since they came in one moment.
    expect((await captures()).map(({ state, dismissed }) => [state, dismissed]).sort()).toEqual([
      ['lost', true],
      ['open', undefined],
    ]);
  });
});
