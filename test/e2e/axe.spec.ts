import { expect, type Page, test } from '@playwright/test';
import axe from 'axe-core';
import { documentPages } from '../../scripts/documents';
import { states as all } from '../components/fixtures';
import { galleryForTests, showState } from './gallery';

/** Every state of every page, held to WCAG 2.2 AA as far as a program can. One page draws them all. */

const EVERYTHING: axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** All that differs between looks is colour. */
const COLOUR: axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

const looks = {
  light: { media: { colorScheme: 'light', forcedColors: 'none' }, rules: EVERYTHING },
  dark: { media: { colorScheme: 'dark', forcedColors: 'none' }, rules: COLOUR },
  forced: { media: { colorScheme: 'dark', forcedColors: 'active' }, rules: COLOUR },
} as const;

const gallery = galleryForTests();

const openGallery = async (state: string, width: number): Promise<Page> => {
  const page = await gallery.open(state, width);
  await page.evaluate(axe.source);
  return page;
};

const complaintsOf = (page: Page, runOnly: axe.RunOnly): Promise<string[]> =>
  page.evaluate(async (only) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: only,
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  }, runOnly);

const screens = [
  { name: 'popup', states: all.popup, width: 380 },
  { name: 'side panel', states: all.panel, width: 380 },
  { name: 'list of keys', states: all.dialog, width: 380 },
  { name: 'settings', states: all.settings, width: 720 },
  { name: 'welcome page', states: all.welcome, width: 720 },
];

for (const { name, states, width } of screens) {
  test(`every state of the ${name} is accessible in light, dark and forced colours`, async () => {
    const [first = ''] = states;
    const page = await openGallery(first, width);
    const complaints: string[] = [];
    for (const state of states) {
      await page.emulateMedia(looks.light.media);
      await showState(page, state);
      for (const [look, { media, rules }] of Object.entries(looks)) {
        await page.emulateMedia(media);
        const found = await complaintsOf(page, rules);
        complaints.push(...found.map((complaint) => `${state}, ${look}: ${complaint}`));
      }
    }
    expect(complaints).toEqual([]);
    await page.close();
  });
}

test('the pages of text are accessible in light, dark and forced colours', async () => {
  const page = await openGallery('ready', 720);
  const files = new Map(documentPages().map(({ relativeDest, contents }) => [relativeDest, contents]));
  await page.route('**/*.html', (route) => {
    const body = files.get(new URL(route.request().url()).pathname.slice(1));
    return body === undefined ? route.continue() : route.fulfill({ body, contentType: 'text/html' });
  });
  await page.route('**/document.css', (route) => route.fulfill({ path: 'public/document.css' }));
  const complaints: string[] = [];
  for (const name of files.keys()) {
    await page.goto(new URL(`/${name}`, page.url()).href);
    await page.evaluate(axe.source);
    expect(await page.locator('h1').count()).toBe(1);
    for (const [look, { media }] of Object.entries(looks)) {
      await page.emulateMedia(media);
      const found = await complaintsOf(page, EVERYTHING);
      complaints.push(...found.map((complaint) => `${name}, ${look}: ${complaint}`));
    }
  }
  expect(complaints).toEqual([]);
  await page.close();
});

test('what is wrong in one look alone is seen', async () => {
  const page = await openGallery('ready', 380);
  expect(await complaintsOf(page, EVERYTHING)).toEqual([]);
  await page.evaluate(() => {
    const planted = document.createElement('button');
    document.querySelector('main')?.append(planted);
    const pale = document.createElement('p');
    pale.textContent = 'pale in the dark';
    pale.style.color = 'light-dark(#111, #333)';
    document.querySelector('main')?.append(pale);
  });
  expect((await complaintsOf(page, EVERYTHING)).map((complaint) => complaint.split(':')[0])).toEqual([
    'button-name',
  ]);
  await page.emulateMedia(looks.dark.media);
  expect((await complaintsOf(page, COLOUR)).map((complaint) => complaint.split(':')[0])).toEqual([
    'color-contrast',
  ]);
  await page.close();
});
