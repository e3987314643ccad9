import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { badgeOn, tooltipOn } from '../browser/button';
import { killWorker, type Launched, launchWithExtension, openToolPage } from '../browser/launch';
import { type Sandbox, startSandbox } from '../sandbox/server';
import { type Connection, fillConnection } from '../story/screens';

interface Options {
  /** Host names beside those that the sandbox plays, for pages that a test serves. */
  hosts: readonly string[];
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
  connect(as?: Partial<Connection>): Promise<void>;
  /** Ends the worker. Whatever it does next, it was woken for. */
  kill(): Promise<void>;
  /** What the toolbar button says on the tab that shows this page. */
  badge(page: Page): Promise<string>;
  tooltip(page: Page): Promise<string>;
}

export const test = base.extend<Fixtures & Options>({
  hosts: [[], { option: true }],
  sandbox: async ({ hosts }, use) => {
    const sandbox = await startSandbox({ hosts });
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
  connect: async ({ launched, sandbox: { upstack } }, use) => {
    await use(async (as = {}) => {
      const options = await launched.context.newPage();
      await options.goto(launched.url('options.html'));
      await fillConnection(options, { apiKey: upstack.apiKey, pixelId: upstack.pixelId, ...as });
      await expect(options.getByText(as.name ?? upstack.workspace.accountName).first()).toBeVisible();
      await options.close();
    });
  },
  kill: async ({ tool }, use) => use(() => killWorker(tool)),
  badge: async ({ tool }, use) => use((page) => badgeOn(tool, page)),
  tooltip: async ({ tool }, use) => use((page) => tooltipOn(tool, page)),
});

export { expect };
