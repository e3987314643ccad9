import { describe, expect, it } from 'vitest';
import { guideOf, type Progress } from '../../../lib/destinations/guide';
import type { Job, Platform } from '../../../lib/platforms/definition';
import { platformOf, platforms, recognisePage } from '../../../lib/platforms/index';
import type { SeenPage } from '../../../lib/storage/rows';
import { languages, messagesOf } from '../../../scripts/merge-locales';
import { capture, delivery, destination, NEW, NOW, PIXEL, page } from './rows';

const reddit = platformOf('reddit') as Platform;
const pinterest = platformOf('pinterest') as Platform;

const nowAt = (
  platform: Platform,
  seen?: Partial<SeenPage>,
  progress: Progress = {},
  job: Job = 'create',
): string | undefined =>
  guideOf(platform, job, seen && page({ platform: platform.id, ...seen }), progress, NOW).steps.find(
    ({ state }) => state === 'now',
  )?.id;

describe('the guide for Reddit', () => {
  it.each<[string, Partial<SeenPage> | undefined, string]>([
    ['nowhere', undefined, 'signIn'],
    ['signed out, on the very page', { screen: 'conversionTokens', landmarks: ['signIn'] }, 'signIn'],
    ['at home', { screen: 'home' }, 'eventsManager'],
    ['in the account', { screen: 'account' }, 'eventsManager'],
    ['in the Events Manager', { screen: 'eventsManager' }, 'conversionsApi'],
    ['on the page of tokens', { screen: 'conversionTokens', landmarks: ['tokenList'] }, 'generate'],
    ['before the name', { screen: 'conversionTokens', landmarks: ['nameDialog'] }, 'name'],
    ['with five tokens', { screen: 'conversionTokens', landmarks: ['tokenLimit'] }, 'limit'],
    ['without the role', { screen: 'conversionTokens', landmarks: ['noRole'] }, 'admin'],
  ])('%s, the step is the next one', (_where, seen, step) => {
    expect(nowAt(reddit, seen)).toBe(step);
  });

  it('does not take a known Pixel ID for a generated token', () => {
    const ids = [{ kind: 'pixelId', value: PIXEL, reasons: [], selected: false }];
    expect(nowAt(reddit, { screen: 'account', ids })).toBe('eventsManager');
  });

  it('goes on from the token to the send, to Healthy, and to the old token', () => {
    const none = capture({ ids: { pixelId: { candidates: [], byPerson: false, conflict: false } } });
    expect(nowAt(reddit, {}, { capture: none })).toBe('pixelId');
    expect(nowAt(reddit, {}, { capture: capture() })).toBe('send');
    const { outcome: _outcome, ...verifying } = delivery({ state: 'verifying' });
    expect(nowAt(reddit, {}, { capture: capture(), delivery: verifying })).toBe('healthy');
    expect(nowAt(reddit, {}, { capture: capture(), delivery: delivery() })).toBeUndefined();
    expect(nowAt(reddit, {}, { capture: capture(), delivery: delivery() }, 'rotate')).toBe('deleteOld');
  });

  it('asks for no deletion before the token is captured, and drops the limit once it is', () => {
    const seen = { screen: 'conversionTokens', landmarks: ['tokenLimit'] };
    expect(nowAt(reddit, seen, { capture: capture() })).toBe('send');
  });

  it('quotes the buttons, names the token and knows the way', () => {
    const old = {
      mask: '••••••••old1',
      label: 'Upstack Data',
      replacedAt: NOW,
      safeToRevoke: true,
      stillUsedBy: [],
    };
    const target = destination({ token: { isSet: true, fingerprint: NEW, previous: old } });
    const { steps } = guideOf(reddit, 'rotate', undefined, { destination: target }, NOW);
    const step = (id: string) => steps.find((one) => one.id === id);
    expect(step('generate')?.button).toBe('+ Generate Access Token');
    expect(step('name')?.name).toMatch(/^Upstack Data \(rotated 2026-11-2\d\)$/);
    expect(step('conversionsApi')?.url).toContain(PIXEL);
    expect(step('deleteOld')).toMatchObject({ button: 'Delete', name: 'Upstack Data' });
  });
});

describe('the guide for Pinterest', () => {
  it.each<[string, Partial<SeenPage> | undefined, string]>([
    ['nowhere', undefined, 'signIn'],
    ['at home', { screen: 'home' }, 'conversions'],
    ['on Conversions', { screen: 'conversions' }, 'setUpApi'],
    ['on the tag’s page', { screen: 'tag' }, 'setUpApi'],
    ['on the set-up', { screen: 'setUpApi' }, 'generate'],
  ])('%s, the step is the next one', (_where, seen, step) => {
    expect(nowAt(pinterest, seen)).toBe(step);
  });
});

describe.each(platforms.map((platform) => [platform.name, platform] as const))(
  'every guide of %s',
  (_n, platform) => {
    const jobs = ['create', 'rotate'] as const;

    it('uses screens and landmarks that there are, and leads to pages of its own', () => {
      for (const job of jobs) {
        for (const { url } of platform.guides[job].steps) {
          if (url) expect(recognisePage(new URL(url({})))?.platform).toBe(platform);
        }
        expect(platform.guides[job].helpUrl).toMatch(/^https:\/\/docs\.upstackdata\.com\//);
      }
      if (platform.tokenList) {
        expect(platform.pages.map(({ id }) => id)).toContain(platform.tokenList.screen);
        expect(platform.landmarks.map(({ id }) => id)).toContain(platform.tokenList.landmark);
      }
      for (const { words } of platform.landmarks) {
        for (const word of words) expect(word).toBe(word.toLowerCase().trim());
      }
    });

    it.each(languages)('has its texts in %s', (language) => {
      type Texts = { [key: string]: Texts | string };
      const texts = messagesOf(language) as Texts;
      const own = (texts.platforms as Texts)[platform.id] as Texts;
      const at = (...path: string[]): unknown =>
        path.reduce<unknown>((here, key) => (here as Texts | undefined)?.[key], own);
      for (const job of jobs) {
        for (const { id } of platform.guides[job].steps) {
          expect(at('guide', id, 'text'), id).toMatch(/\S/);
          expect(at('guide', id, 'lost'), id).toMatch(/\S/);
        }
      }
      for (const reason of [...platform.rotation, 'none'])
        expect(at('rotation', reason), reason).toMatch(/\S/);
      for (const { id } of platform.ownRows) expect(at('diagnosis', id), id).toMatch(/\S/);
    });
  },
);
