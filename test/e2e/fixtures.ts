import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import { killWorker, type Launched, launchWithExtension, openToolPage } from '../browser/launch';
import { type Sandbox, startSandbox } from '../sandbox/server';
import type { Journey } from '../story/journeys';

export interface Connection {
  apiKey?: string;
  pixelId?: string;
  name?: string;
}

interface Fixtures {
  /** Of this test alone, with everything as it is at the start. */
  sandbox: Sandbox;
  launched: Launched;
  context: BrowserContext;
  /** An ordinary tab. */
  page: Page;
  /** A tab with the extension's rights and none of its scripts. */
  tool: Page;
  /** Opens the popup as a page in a tab of its own. */
  openPopup(): Promise<Page>;
  /** Connects the sandbox's workspace on the options page, as a person would. */
  connect(as?: Connection): Promise<void>;
  /** Ends the worker. Whatever it does next, it was woken for. */
  kill(): Promise<void>;
  /** Text of the toolbar button on the tab that shows this page. */
  badge(page: Page): Promise<string>;
  tooltip(page: Page): Promise<string>;
}

/** What the toolbar button says on the tab at this address. */
const askButton = (tool: Page, page: Page, what: 'getBadgeText' | 'getTitle'): Promise<string> =>
  tool.evaluate(
    async ({ url, method }) => {
      const [tab] = await chrome.tabs.query({ url });
      if (tab?.id === undefined) throw new Error(`No tab is at ${url}.`);
      return chrome.action[method]({ tabId: tab.id });
    },
    { url: new URL(page.url()).href.replace(/[#?].*$/, '*'), method: what },
  );

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern.
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox();
    await use(sandbox);
    await sandbox.close();
  },
  launched: async ({ sandbox, headless }, use) => {
    const launched = await launchWithExtension({ hosts: sandbox, headless: headless ?? true });
    await use(launched);
    await launched.close();
  },
  context: async ({ launched }, use) => use(launched.context),
  page: async ({ context }, use) => use(await context.newPage()),
  tool: async ({ launched }, use) => use(await openToolPage(launched)),
  openPopup: async ({ launched }, use) => {
    await use(async () => {
      const popup = await launched.context.newPage();
      await popup.setViewportSize({ width: 380, height: 600 });
      await popup.goto(launched.url('popup.html'));
      return popup;
    });
  },
  connect: async ({ launched, sandbox }, use) => {
    await use(async ({ apiKey = sandbox.upstack.apiKey, pixelId = sandbox.upstack.pixelId, name } = {}) => {
      const options = await launched.context.newPage();
      await options.goto(launched.url('options.html'));
      await fillConnection(options, { apiKey, pixelId, ...(name === undefined ? {} : { name }) });
      await expect(options.getByText(name ?? sandbox.upstack.workspace.accountName).first()).toBeVisible();
      await options.close();
    });
  },
  kill: async ({ tool }, use) => use(() => killWorker(tool)),
  badge: async ({ tool }, use) => use((page) => askButton(tool, page, 'getBadgeText')),
  tooltip: async ({ tool }, use) => use((page) => askButton(tool, page, 'getTitle')),
});

export { expect };

/** Fills the form that connects a workspace, on the options page or in the popup, and presses its button. */
export const fillConnection = async (
  page: Page,
  { apiKey, pixelId, name }: Required<Pick<Connection, 'apiKey' | 'pixelId'>> & Connection,
): Promise<void> => {
  await page.getByRole('textbox', { name: 'API key', exact: true }).fill(apiKey);
  await page.getByRole('textbox', { name: 'Upstack pixel ID', exact: true }).fill(pixelId);
  if (name !== undefined) await page.getByRole('textbox', { name: 'Workspace name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
};

/** The review of what was captured on this platform. */
export const review = (popup: Page, { name }: Pick<Journey, 'name'>): Locator =>
  popup.getByRole('region', { name: new RegExp(name) });

export const idField = (popup: Page, journey: Pick<Journey, 'name'>, field: string): Locator =>
  review(popup, journey).getByRole('textbox', { name: field, exact: true });

export const sendButton = (popup: Page): Locator =>
  popup.getByRole('button', { name: 'Send to Upstack', exact: true });

/** Pastes as a person does: the value travels in a paste event, and the field need not keep it. */
export const paste = async (field: Locator, value: string): Promise<void> => {
  await field.focus();
  await field.evaluate((element, text) => {
    const clipboard = new DataTransfer();
    clipboard.setData('text/plain', text);
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
    );
  }, value);
};
