import { browser } from 'wxt/browser';
import { rows } from '../storage/database';

/** Where the person is, one row a tab (see `takeStatus`). */

/** A closed tab: where the person was there is of no use any more. */
export const forgetPage = (tabId: number): Promise<void> => rows.remove('pages', tabId);

const openTabs = async (): Promise<ReadonlySet<number | undefined>> =>
  new Set((await browser.tabs.query({})).map(({ id }) => id));

/** False where the page of a report is gone, so that it will not report again. */
export const isTabOpen = async (tabId: number | undefined): Promise<boolean> => (await openTabs()).has(tabId);

/** Tabs close while the worker sleeps, and after a restart of the browser their numbers mean other tabs. */
export const dropClosedPages = async (): Promise<void> => {
  const pages = await rows.all('pages');
  if (pages.length === 0) return;
  const open = await openTabs();
  for (const { tabId } of pages) if (!open.has(tabId)) await forgetPage(tabId);
};
