import { browser } from 'wxt/browser';
import { rows } from '../storage/database';

/** Where the person is, one row a tab (see `takeStatus`). */

/** A closed tab: where the person was there is of no use any more. */
export const forgetPage = (tabId: number): Promise<void> => rows.remove('pages', tabId);

/** Tabs close while the worker sleeps, and after a restart of the browser their numbers mean other tabs. */
export const dropClosedPages = async (): Promise<void> => {
  const pages = await rows.all('pages');
  if (pages.length === 0) return;
  const open = new Set((await browser.tabs.query({})).map(({ id }) => id));
  for (const { tabId } of pages) if (!open.has(tabId)) await forgetPage(tabId);
};
