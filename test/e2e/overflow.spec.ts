import { expect, type Page, test } from '@playwright/test';
import { states as all } from '../components/fixtures';
import { galleryForTests, showState } from './gallery';

/** The longer languages fit: nothing of any state is wider than its page, at the popup's width. */

const states = Object.values(all).flat();

const gallery = galleryForTests();

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
    const [first = ''] = states;
    const page = await gallery.open(first, 380, language);
    const complaints: string[] = [];
    for (const state of states) {
      await showState(page, state);
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
