import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../browser/find';
import { states as all } from '../components/fixtures';
import { startGallery } from './serve';

/**
 * Photographs every state of the pages into `.output/gallery/<look>/`, with a sheet of all of them, and says where a
 * text is wider than its page: `npx tsx test/gallery/shoot.ts [look…] [state…]`.
 */

const looks = {
  light: { language: 'en', colorScheme: 'light' },
  dark: { language: 'en', colorScheme: 'dark' },
  german: { language: 'de', colorScheme: 'light' },
  spanish: { language: 'es', colorScheme: 'dark' },
  rtl: { language: 'en', colorScheme: 'light', dir: 'rtl' },
  forced: { language: 'en', colorScheme: 'dark', forcedColors: 'active' },
  zoomed: { language: 'de', colorScheme: 'light', zoom: 2 },
} as const;
type Look = keyof typeof looks;

const chosen = process.argv.slice(2);
const pick = <K extends string>(all: readonly K[]): K[] => {
  const some = all.filter((name) => chosen.includes(name));
  return some.length > 0 ? some : [...all];
};
const wantedLooks = pick(Object.keys(looks) as Look[]);
const states = pick(Object.values(all).flat());

const kindOf = (state: string): string =>
  Object.entries(all).find(([, some]) => some.includes(state))?.[0] ?? '';

/** In CSS pixels, of which a zoomed page has fewer. A popup grows with the zoom; a side panel is as wide as it is. */
const sizeOf = (state: string, zoom: number) => ({
  width:
    { settings: 720 / zoom, welcome: 720 / zoom, panel: Math.max(320, 380 / zoom) }[kindOf(state)] ?? 380,
  height: 600 / zoom,
});

const shootLook = async (browser: Browser, address: string, look: Look): Promise<string[]> => {
  const { language, ...media } = looks[look];
  const folder = resolve('.output/gallery', look);
  mkdirSync(folder, { recursive: true });
  const context = await browser.newContext({
    viewport: { width: 380, height: 600 },
    deviceScaleFactor: 'zoom' in media ? media.zoom : 1,
    locale: language,
    timezoneId: 'UTC',
    colorScheme: media.colorScheme,
    reducedMotion: 'reduce',
    ...('forcedColors' in media ? { forcedColors: media.forcedColors } : {}),
  });
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${look}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${look}: ${message.text()}`);
  });
  const dir = 'dir' in media ? media.dir : 'ltr';
  let kind: string | undefined;
  for (const state of states) {
    await page.setViewportSize(sizeOf(state, 'zoom' in media ? media.zoom : 1));
    // The styles of one kind of page must not dress another.
    if (kind === kindOf(state)) {
      await page.evaluate((name) => {
        location.hash = name;
      }, state);
    } else {
      await page.goto(`${address}?state=${state}&language=${language}&dir=${dir}`);
    }
    kind = kindOf(state);
    await page.locator(`#root[data-state="${state}"]`).waitFor();
    await page.evaluate(async () => {
      await document.fonts.ready;
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
    });
    // At its full height, or what stands still at the end of what is in sight would lie over something else.
    const size = sizeOf(state, 'zoom' in media ? media.zoom : 1);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    const tooWide = await page.evaluate(() =>
      [...document.querySelectorAll('#root *')]
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < -1 || right > document.documentElement.clientWidth + 1;
        })
        .map((element) => `${element.tagName} "${element.textContent?.slice(0, 40)}"`),
    );
    complaints.push(...tooWide.map((what) => `${look} ${state}: ${what} is wider than the page`));
    await page.screenshot({ path: join(folder, `${state}.png`), fullPage: true });
  }
  await sheets(browser, folder, look);
  await context.close();
  return complaints;
};

const ON_ONE_SHEET = 8;

/** All states of a look on a few pictures. */
const sheets = async (browser: Browser, folder: string, look: Look): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: 1600, height: 400 } });
  for (let first = 0; first < states.length; first += ON_ONE_SHEET) {
    const figures = states.slice(first, first + ON_ONE_SHEET).map((state) => {
      const picture = readFileSync(join(folder, `${state}.png`)).toString('base64');
      return `<figure><figcaption>${state}</figcaption><img src="data:image/png;base64,${picture}"></figure>`;
    });
    await page.setContent(`<style>
      body { display: flex; flex-wrap: wrap; align-items: start; gap: 12px; margin: 12px; background: #8b93a3 }
      figure { margin: 0; font: 12px sans-serif } img { display: block; max-width: 380px }
    </style>${figures.join('')}`);
    const number = 1 + first / ON_ONE_SHEET;
    await page.screenshot({ path: resolve(folder, '..', `${look}-${number}.png`), fullPage: true });
  }
  await page.close();
};

const gallery = await startGallery();
const found = findBrowser();
if (!found) throw new Error('No browser found. Set CHROME_PATH.');
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
try {
  const complaints: string[] = [];
  for (const look of wantedLooks) complaints.push(...(await shootLook(browser, gallery.address, look)));
  writeFileSync(resolve('.output/gallery/complaints.txt'), complaints.join('\n'));
  console.log(`${states.length} states in ${wantedLooks.join(', ')}; complaints: ${complaints.length}`);
  for (const complaint of complaints) console.log(`  ${complaint}`);
  process.exitCode = complaints.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await gallery.close();
}
