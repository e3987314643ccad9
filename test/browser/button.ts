import type { Page } from '@playwright/test';

/** What the toolbar button says on the tab that shows `page`. Asked from a page with the extension's rights. */
const ask = (tool: Page, page: Page, method: 'getBadgeText' | 'getTitle'): Promise<string> =>
  tool.evaluate(
    async ({ pattern, method }) => {
      const [tab] = await chrome.tabs.query({ url: pattern });
      if (tab?.id === undefined) throw new Error(`No tab is at ${pattern}.`);
      return chrome.action[method]({ tabId: tab.id });
    },
    { pattern: page.url().replace(/[#?].*$/, '*'), method },
  );

export const badgeOn = (tool: Page, page: Page): Promise<string> => ask(tool, page, 'getBadgeText');

export const tooltipOn = (tool: Page, page: Page): Promise<string> => ask(tool, page, 'getTitle');
