import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Order } from '../../../lib/capture/follow';
import type { Platform } from '../../../lib/platforms/definition';
import { platformOf } from '../../../lib/platforms/index';
import { rows } from '../../../lib/storage/database';
import { changeSettings } from '../../../lib/storage/settings';
import { MINUTE } from '../../../lib/terms/time';
import { discard, draft, takeOffer, takeStatus } from '../../../lib/vault/captures';
import { followPage, lookAtOpenTabs, readAgain } from '../../../lib/vault/look';
import { dropClosedPages } from '../../../lib/vault/pages';
import { sweep } from '../../../lib/vault/sweep';
import { SWEEP_ALARM, updateWhenFree, watchSecrets } from '../../../lib/vault/watch';
import { redditConversionToken } from '../../sandbox/tokens';
import { freshStart, held, id, later, offerOf, START, statusOf, theCapture } from './story';

freshStart();

const timers = () => vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.now() });

const reload = vi.fn();
const getPlatformInfo = vi.fn(async () => ({}));
const executeScript = vi.fn(async (_what: unknown) => []);
const url = 'https://ads.reddit.com/account/a2_accountone11/dashboard';
const tabs = [{ id: 7, url }, { id: undefined }, { id: 8, url: 'https://ads.reddit.com.:443/' }];
const query = vi.fn(async (_which: object) => tabs);

beforeEach(() => {
  vi.clearAllMocks();
  Object.assign(fakeBrowser.runtime, { reload, getPlatformInfo });
  Object.assign(fakeBrowser, { scripting: { executeScript } });
  Object.assign(fakeBrowser.tabs, { query, reload });
});

afterEach(async () => {
  // The watch is the module's: it ends when nothing waits any more.
  vi.useRealTimers();
  for (const capture of await rows.all('captures')) await rows.remove('captures', capture.id);
  await sweep();
  await watchSecrets();
});

describe('the watch', () => {
  test('sets an alarm for what is due, leaves one that comes in time, and takes it away in the end', async () => {
    await watchSecrets();
    expect(await fakeBrowser.alarms.get(SWEEP_ALARM)).toBeUndefined();

    await takeOffer(offerOf(redditConversionToken()), 7);
    const create = vi.spyOn(fakeBrowser.alarms, 'create');
    await watchSecrets();
    await watchSecrets();
    expect(create.mock.calls).toEqual([[SWEEP_ALARM, { when: START + 60 * MINUTE }]]);

    await discard((await theCapture()).id);
    await watchSecrets();
    expect(create.mock.calls.at(-1)).toEqual([SWEEP_ALARM, { when: START + 10_000 }]);

    later(10_000);
    await sweep();
    await watchSecrets();
    expect(await fakeBrowser.alarms.get(SWEEP_ALARM)).toBeUndefined();
  });

  test('keeps the worker awake in steps that are shorter than its patience', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const set = vi.spyOn(globalThis, 'setTimeout');
    await watchSecrets();
    const delay = Number(set.mock.calls.at(-1)?.[1]);
    expect(delay).toBeGreaterThan(0);
    expect(delay).toBeLessThanOrEqual(25_000);
  });

  test('ends a discard when its ten seconds are over, without an alarm', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await discard((await theCapture()).id);
    timers();
    await watchSecrets();
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['Date'], now: START + 10_000 });
    await vi.waitFor(async () => expect(await held()).toEqual([]));
    await vi.waitFor(async () => expect(await theCapture()).toMatchObject({ state: 'discarded' }));
  });
});

describe('an update', () => {
  test('waits for as long as a secret does, and comes as soon as none does', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await updateWhenFree();
    await watchSecrets();
    expect(reload).not.toHaveBeenCalled();
    await discard((await theCapture()).id);
    await watchSecrets();
    expect(reload).not.toHaveBeenCalled();
    later(10_000);
    await sweep();
    await watchSecrets();
    expect(reload).toHaveBeenCalled();
  });

  test('does not wait for a review without a token', async () => {
    await draft('reddit');
    await updateWhenFree();
    expect(reload).toHaveBeenCalled();
  });
});

describe('a look', () => {
  test('is taken at every open ad page, and never reloads one', async () => {
    executeScript.mockRejectedValueOnce(new Error('asleep'));
    await lookAtOpenTabs();
    expect(executeScript.mock.calls.map(([what]) => what)).toEqual([
      { target: { tabId: 7 }, files: ['/capture.js'] },
      { target: { tabId: 8 }, files: ['/capture.js'] },
    ]);
    expect(query).toHaveBeenCalledWith({ url: expect.arrayContaining([expect.stringMatching(/^https:/)]) });
    expect(reload).not.toHaveBeenCalled();
  });

  test('again brings back what is being discarded, in that tab alone', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await discard((await theCapture()).id);
    expect(await readAgain(8)).toEqual({ ok: true });
    expect(await theCapture()).toMatchObject({ state: 'discarding' });
    expect(await readAgain(7)).toEqual({ ok: true });
    expect(await theCapture()).toMatchObject({ state: 'open' });
  });

  test('is not taken at a tab that is no ad page', async () => {
    expect(await readAgain(99)).toEqual({ ok: false, code: 'gone' });
    expect(executeScript).not.toHaveBeenCalled();
  });
});

test('where the person was is forgotten with the tab', async () => {
  await takeStatus(statusOf([id('pixelId', 'a2_pixelone1234')]), 7);
  await takeStatus(statusOf([]), 55);
  await dropClosedPages();
  expect((await rows.all('pages')).map(({ tabId }) => tabId)).toEqual([7]);
});

describe('a page is followed', () => {
  const seenIn = (tabId: number) => takeStatus(statusOf([], { page: `document-${tabId}` }), tabId);

  test('by a script of its own, which is told what to look for, and in which document', async () => {
    await seenIn(7);
    expect(await followPage(7, MINUTE)).toEqual({ ok: true });
    const [[put], [told]] = executeScript.mock.calls as unknown as [[object], [{ args: Order[] }]];
    expect(put).toEqual({ target: { tabId: 7 }, files: ['/landmarks.js'] });
    expect(told).toMatchObject({ target: { tabId: 7 } });
    const { landmarks } = platformOf('reddit') as Platform;
    expect(told.args).toEqual([
      {
        origin: 'https://ads.reddit.com',
        platform: 'reddit',
        page: 'document-7',
        landmarks,
        patience: MINUTE,
      },
    ]);
  });

  test('only on the exact origin of the platform that was seen there, and where it may be looked at', async () => {
    const GONE = { ok: false, code: 'gone' };
    expect(await followPage(7, MINUTE)).toEqual(GONE); // nothing was seen there yet
    await seenIn(8);
    expect(await followPage(8, MINUTE)).toEqual(GONE);
    await seenIn(9);
    expect(await followPage(9, MINUTE)).toEqual(GONE);
    await seenIn(7);
    await changeSettings({ off: ['reddit'] });
    expect(await followPage(7, MINUTE)).toEqual({ ok: false, code: 'refused' });
    expect(executeScript).not.toHaveBeenCalled();
    await changeSettings({ off: [] });
    executeScript.mockRejectedValueOnce(new Error('it has just been closed'));
    expect(await followPage(7, MINUTE)).toEqual(GONE);
  });
});
