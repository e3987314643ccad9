import { describe, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { rows } from '../../../lib/storage/database';
import { rowSchemas } from '../../../lib/storage/schemas';
import type { StoreName } from '../../../lib/storage/signal';
import { MINUTE } from '../../../lib/terms/time';
import { discard, draft, paste, takeOffer } from '../../../lib/vault/captures';
import { sweep } from '../../../lib/vault/sweep';
import { dropSecret, listSecrets, readSecret } from '../../../lib/vault/vault';
import { createScan, markerOf } from '../../e2e/canary/scan';
import { redditConversionToken } from '../../sandbox/tokens';
import { fingerprintOf, freshStart, later, offerOf, theCapture } from './story';

freshStart();

/** Everything that the extension has put away, by where it lies. */
const stored = async (): Promise<Record<string, string>> => {
  const places: Record<string, string> = {};
  for (const area of ['session', 'local', 'sync'] as const)
    places[area] = JSON.stringify(await browser.storage[area].get(null));
  for (const store of Object.keys(rowSchemas) as StoreName[])
    places[store] = JSON.stringify(await rows.all(store));
  return places;
};

const placesOf = async (token: string): Promise<string[]> => {
  const scan = createScan(markerOf(token));
  return Object.entries(await stored()).flatMap(([where, text]) =>
    scan.text(where, text).length > 0 ? [where] : [],
  );
};

describe('a token that waits', () => {
  test('lies in session storage, which is memory, and nowhere else', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    expect(await placesOf(token)).toEqual(['session']);
    await discard((await theCapture()).id);
    later(MINUTE);
    await sweep();
    expect(await placesOf(token)).toEqual([]);
  });

  test('that was pasted lies there as well, and one that was refused lies nowhere', async () => {
    const token = redditConversionToken();
    const drafted = await draft('reddit');
    const id = drafted.ok ? (drafted.id ?? '') : '';
    await paste(id, 'conversionToken', token.slice(0, -9));
    expect(await placesOf(token)).toEqual([]);
    await paste(id, 'conversionToken', token);
    expect(await placesOf(token)).toEqual(['session']);
  });
});

describe('the vault', () => {
  test('gives back what it was given, until its time is over or it is dropped', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const fingerprint = await fingerprintOf(token);
    expect((await readSecret(fingerprint))?.reveal()).toBe(token);
    later(60 * MINUTE);
    expect(await readSecret(fingerprint)).toBeUndefined();
    await dropSecret(fingerprint);
    expect(await listSecrets()).toEqual([]);
  });

  test.each([
    ['a text', 'x'],
    ['no value', { expiresAt: 9e15 }],
    ['a value that is none', { value: 7, expiresAt: 9e15 }],
    ['no end', { value: 'x' }],
    ['an end that never comes', { value: 'x', expiresAt: Number.POSITIVE_INFINITY }],
  ])('does not believe what another version may have put there: %s', async (_what, item) => {
    await browser.storage.session.set({ 'secret:sha256:0000000000000000': item, other: 1 });
    expect(await readSecret('sha256:0000000000000000')).toBeUndefined();
    // It counts as past, so that the next sweep drops it; what is none of ours is left alone.
    expect(await listSecrets()).toEqual([{ fingerprint: 'sha256:0000000000000000', expiresAt: 0 }]);
    await sweep();
    expect(await browser.storage.session.get(null)).toEqual({ other: 1 });
  });
});
