import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findBrowser } from '../browser/find';
import { dialogs, panels, popups, settings, welcomes } from '../components/fixtures';
import { startGallery } from '../gallery/serve';

/** The longer languages fit: nothing of any state is wider than its page, at the popup's width. */

const states = [popups, panels, settings, welcomes, dialogs].flatMap((some) => Object.keys(some));

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;

test.beforeAll(async () => {
  gallery = await startGallery();
  const found = findBrowser();
  if (!found) throw new Error('No browser found.');
  browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
});

test.afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** What stands out of the page on either side, or is cut off in its own box without an ellipsis. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#root *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const { overflowX, textOverflow } = getComputedStyle(element);
        const isCut =
          element.scrollWidth > element.clientWidth + 1 &&
          element.clientWidth > 1 &&
          overflowX !== 'auto' &&
          textOverflow !== 'ellipsis' &&
          element.matches('button, a, p, h1, h2, h3, label, legend, dt, dd, summary, li');
        return left < -1 || right > document.documentElement.clientWidth + 1 || isCut;
      })
      .map((element) => `${element.tagName} "${element.textContent?.slice(0, 40)}"`),
  );

for (const language of ['de', 'es']) {
  test(`every state fits into 380 px in ${language}`, async () => {
    const page = await browser.newPage({ viewport: { width: 380, height: 600 }, reducedMotion: 'reduce' });
    await page.goto(`${gallery.address}?language=${language}#${states[0]}`);
    const complaints: string[] = [];
    for (const state of states) {
      await page.evaluate((name) => {
        location.hash = name;
      }, state);
      await page.locator(`#root[data-state="${state}"] main`).waitFor();
      complaints.push(...(await tooWide(page)).map((what) => `${state}: ${what}`));
    }
    expect(complaints).toEqual([]);

    // The control: a word that is too long is seen.
    await page.evaluate(() => {
      const planted = document.createElement('p');
      planted.textContent = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
      document.querySelector('main')?.append(planted);
    });
    expect(await tooWide(page)).not.toEqual([]);
    await page.close();
  });
}
