import { type Browser, chromium, type Page, test } from '@playwright/test';
import { findBrowser } from '../browser/find';
import { startGallery } from '../gallery/serve';

/** Every state of every page without the extension: one page draws them all. */
export interface Gallery {
  open(first: string, width: number, language?: string): Promise<Page>;
}

/** Waits within the page, which is told at once: from outside, looking again takes longer than drawing. */
export const showState = (page: Page, state: string): Promise<void> =>
  page.evaluate(
    (name) =>
      new Promise<void>((done) => {
        const root = document.getElementById('root') as HTMLElement;
        if (root.dataset.state === name) return done();
        const watch = new MutationObserver(() => {
          if (root.dataset.state !== name) return;
          watch.disconnect();
          done();
        });
        watch.observe(root, { attributeFilter: ['data-state'] });
        location.hash = name;
      }),
    state,
  );

/** Serves the gallery during all tests of the file that calls this. */
export const galleryForTests = (): Gallery => {
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
  return {
    open: async (first, width, language = 'en') => {
      const page = await browser.newPage({ viewport: { width, height: 600 }, reducedMotion: 'reduce' });
      await page.goto(`${gallery.address}?language=${language}#${first}`);
      await page.locator(`#root[data-state="${first}"]`).waitFor();
      return page;
    },
  };
};
