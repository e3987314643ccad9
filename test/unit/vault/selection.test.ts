import { describe, expect, test } from 'vitest';
import { draft, paste, takeOffer, takeSelection, takeStatus } from '../../../lib/vault/captures';
import { redditConversionToken, redditSessionToken } from '../../sandbox/tokens';
import { captures, fingerprintOf, freshStart, held, id, offerOf, statusOf, theCapture } from './story';

freshStart();

const PIXEL = 'a2_f7k2m9x4q1zt';

describe('a selected text', () => {
  test('that is a token is kept like a paste, with the page that it was selected on', async () => {
    const token = redditConversionToken();
    await takeStatus(statusOf([id('pixelId', PIXEL)]), 7);
    await takeStatus(
      statusOf([id('pixelId', 'a2_otherpixel1z')], { account: 'a2_other', page: 'document-2' }),
      8,
    );
    expect(await takeSelection('reddit', 7, ` ${token}\n`)).toMatchObject({ ok: true });
    expect(await theCapture()).toMatchObject({
      origin: 'paste',
      tabId: 7,
      account: 'a2_accountone11',
      ids: { pixelId: { value: PIXEL } },
      tokens: [{ fingerprint: await fingerprintOf(token), provenance: 'paste', verdict: { level: 'good' } }],
    });
    expect(await held()).toEqual([await fingerprintOf(token)]);
  });

  test.each([
    ['a sign-in token', redditSessionToken],
    ['words', () => 'Conversions API access token'],
  ])('that is %s is told as what it is, and nothing is kept', async (_what, make) => {
    await takeSelection('reddit', 7, make());
    expect(await held()).toEqual([]);
    const capture = await theCapture();
    expect(capture.tokens).toEqual([]);
    expect(capture.refused).toMatchObject({ kind: 'conversionToken', verdict: { level: 'bad' } });
    expect(JSON.stringify(capture)).not.toContain(make().slice(0, 40));
  });

  test('that waits already changes nothing', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const before = await captures();
    expect(await takeSelection('reddit', 7, token)).toEqual({ ok: true, id: before[0]?.id });
    expect(await captures()).toEqual(before);
  });

  test('does not go into a review that was begun for another tab', async () => {
    const begun = await draft('reddit');
    await takeSelection('reddit', 7, redditConversionToken());
    expect(await captures()).toHaveLength(2);
    await paste((begun.ok && begun.id) || '', 'conversionToken', redditConversionToken());
    expect(await held()).toHaveLength(2);
  });

  test('of a platform that nobody knows is nothing', async () => {
    expect(await takeSelection('nowhere', 7, redditConversionToken())).toEqual({
      ok: false,
      code: 'invalid',
    });
    expect(await captures()).toEqual([]);
  });
});
