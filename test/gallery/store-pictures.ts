/**
 * `npm run pictures`: everything that the stores show, from the gallery and the icon's source, into `store/pictures/`
 * (English) and `.output/store/` (the other languages), what the README shows into `docs/`, and the toolbar icons for
 * light and dark themes into `public/icon/`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../browser/find';
import { startGallery } from './serve';

interface Listing {
  name: string;
  /** The line on the tiles, which are drawn in English alone. */
  tile?: string;
  pictures: { state: string; headline: string; line: string }[];
}

const languages = ['en', 'de', 'es'] as const;
const listingOf = (language: string): Listing =>
  JSON.parse(readFileSync(join('store', 'listing', `${language}.json`), 'utf8')) as Listing;
const icon = readFileSync(join('store', 'icon.svg'), 'utf8');

/** Grounds of the toolbar icon: `dark` stands on light toolbars, `light` on dark ones. */
const grounds = { dark: '#1d4ed8', light: '#6e97ff' } as const;
const arrows = { dark: '#fff', light: '#0b1533' } as const;

const style = `
  * { box-sizing: border-box; margin: 0 }
  body { font-family: Inter, "Liberation Sans", Arial, sans-serif; color: #fff; overflow: hidden;
    background: #10245f }
  .sheet { display: grid; align-items: center; width: 100vw; height: 100vh }
  svg { display: block }
  img { display: block; border-radius: 14px; box-shadow: 0 24px 60px #0008 }
`;

const save = async (page: Page, file: string, transparent = false): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file, omitBackground: transparent });
};

const draw = async (browser: Browser, size: [number, number], body: string, file: string): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: size[0], height: size[1] } });
  await page.setContent(`<style>${style}</style>${body}`);
  await save(page, file);
  await page.close();
};

/** One state of popup or side panel, twice as sharp as it is shown. */
const shoot = async (browser: Browser, address: string, state: string, language: string): Promise<Buffer> => {
  const page = await browser.newPage({
    viewport: { width: 380, height: 320 },
    deviceScaleFactor: 2,
    locale: language,
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await page.goto(`${address}?state=${state}&language=${language}`);
  await page.locator(`#root[data-state="${state}"]`).waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur()); // no ring of focus
  // As a popup does: it grows with what it shows, and no further than browsers let it.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 380, height: Math.min(height, 600) });
  await page.evaluate(() => scrollTo(0, 0)); // the focus had scrolled it
  const picture = await page.screenshot();
  await page.close();
  return picture;
};

/** What the README shows, by the name of its file. */
const shownInReadme = { popup: 'ready', panel: 'panelDestinations' } as const;

const readmePictures = async (browser: Browser, address: string): Promise<void> => {
  for (const [name, state] of Object.entries(shownInReadme)) {
    writeFileSync(resolve('docs', `${name}.png`), await shoot(browser, address, state, 'en'));
  }
};

const screenshots = async (browser: Browser, address: string): Promise<void> => {
  for (const language of languages) {
    const folder = language === 'en' ? resolve('store', 'pictures') : resolve('.output', 'store', language);
    for (const [index, { state, headline, line }] of listingOf(language).pictures.entries()) {
      const popup = (await shoot(browser, address, state, language)).toString('base64');
      const body = `
        <main class="sheet" style="grid-template-columns: 1fr 460px; gap: 56px; padding: 0 88px">
          <div>
            <div style="width: 72px">${icon}</div>
            <h1 style="font-size: 54px; line-height: 1.1; letter-spacing: -.02em; margin: 34px 0 20px; text-wrap: balance">${headline}</h1>
            <p style="font-size: 25px; line-height: 1.4; color: #d6e0ff; text-wrap: pretty">${line}</p>
          </div>
          <img src="data:image/png;base64,${popup}" style="max-width: 460px; max-height: 720px; justify-self: center">
        </main>`;
      await draw(browser, [1280, 800], body, join(folder, `${index + 1}-${state}.png`));
    }
  }
};

const tiles = async (browser: Browser): Promise<void> => {
  const { name, tile } = listingOf('en');
  for (const [width, height, mark, title, under] of [
    [440, 280, 84, 40, 19],
    [1400, 560, 190, 92, 42],
  ] as const) {
    const body = `
      <main class="sheet" style="grid-template-columns: auto auto; justify-content: center; gap: ${mark / 3}px">
        <div style="width: ${mark}px">${icon}</div>
        <div>
          <h1 style="font-size: ${title}px; letter-spacing: -.02em; line-height: 1.1; max-width: 6em">${name}</h1>
          <p style="font-size: ${under}px; color: #d6e0ff; margin-top: .5em">${tile}</p>
        </div>
      </main>`;
    await draw(browser, [width, height], body, resolve('store', 'pictures', `tile-${width}x${height}.png`));
  }
};

const toolbarIcons = async (browser: Browser): Promise<void> => {
  for (const theme of ['light', 'dark'] as const) {
    for (const size of [16, 32]) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      const picture = icon.replace('#1d4ed8', grounds[theme]).replace('#fff', arrows[theme]);
      await page.setContent(
        `<style>* { margin: 0 } svg { display: block; width: ${size}px }</style>${picture}`,
      );
      await save(page, resolve('public', 'icon', `${size}-${theme}.png`), true);
      await page.close();
    }
  }
};

const found = findBrowser();
if (!found) throw new Error('No browser found. Set CHROME_PATH.');
const gallery = await startGallery();
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
try {
  await toolbarIcons(browser);
  await tiles(browser);
  await screenshots(browser, gallery.address);
  await readmePictures(browser, gallery.address);
} finally {
  await browser.close();
  await gallery.close();
}
