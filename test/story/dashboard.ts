import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import type { Launched } from '../browser/launch';
import type { Journey } from './journeys';

/** Upstack's dashboard beside our pages, on the route without an API. */

/**
 * A person's "Allow", put on record beforehand: the browser's own prompt cannot be reached from a test. The extension
 * has no access by this alone; it still has to ask, from a real click, and is then answered without a prompt.
 */
export const willAllow = async ({ context, extensionId }: Launched): Promise<void> => {
  const page = await context.newPage();
  await page.goto('chrome://extensions/');
  await page.evaluate(async (id) => {
    const { developerPrivate } = chrome as unknown as {
      developerPrivate: { addHostPermission(id: string, host: string): Promise<void> };
    };
    await developerPrivate.addHostPermission(id, 'https://app.upstackdata.com/*');
  }, extensionId);
  await page.close();
};

export const isDashboard = (page: Page): boolean => page.url().startsWith('https://app.upstackdata.com/');

/** The tab that shows it, once there is one. */
export const dashboardOf = async (context: BrowserContext): Promise<Page> => {
  await expect.poll(() => context.pages().some(isDashboard)).toBe(true);
  const page = context.pages().find(isDashboard);
  if (!page) throw new Error('The dashboard is not open.');
  return page;
};

export const fillButton = (popup: Page): Locator =>
  popup.getByRole('button', { name: 'Fill in Upstack', exact: true });

export const goWithoutKey = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Go on without a key' }).click();

/** A person without a key: they generate a token and press the button that fills the dashboard's form. */
export const beginFill = async (popup: Page, page: Page, journey: Journey): Promise<void> => {
  await goWithoutKey(popup);
  await page.bringToFront();
  await journey.open(page);
  await journey.generate(page);
  await popup.bringToFront();
  await fillButton(popup).click();
};
