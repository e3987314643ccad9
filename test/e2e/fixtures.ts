import {
  type BrowserContext,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
  type TestInfo,
} from '@playwright/test';
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

/** Whatever ends in the extension's one sink for bugs, and what its pages throw. */
const watchForBugs = ({ context, url }: Launched): string[] => {
  const bugs: string[] = [];
  const note = (message: ConsoleMessage): void => {
    if (message.type() === 'error' && message.text().startsWith('Upstack Capture:'))
      bugs.push(message.text());
  };
  context.on('console', note);
  for (const worker of context.serviceWorkers()) worker.on('console', note);
  context.on('serviceworker', (worker) => worker.on('console', note));
  context.on('weberror', (error) => {
    if (error.page()?.url().startsWith(url(''))) bugs.push(error.error().message);
  });
  return bugs;
};

/** What every tab shows, for a test that has just failed. */
const takePictures = async ({ context }: Launched, testInfo: TestInfo): Promise<void> => {
  for (const [index, page] of context.pages().entries()) {
    const path = testInfo.outputPath(`tab-${index}.png`);
    await page.screenshot({ path, fullPage: true, timeout: 5_000 }).catch(() => undefined);
  }
};

export const test = base.extend<Fixtures & Options>({
  hosts: [[], { option: true }],
  sandbox: async ({ hosts }, use) => {
    const sandbox = await startSandbox({ hosts });
    sandbox.upstack.health.settleMs = 0; // healthy at the first look; a test that waits says so itself
    await use(sandbox);
    await sandbox.close();
  },
  launched: async ({ sandbox, headless }, use, testInfo) => {
    const launched = await launchWithExtension({ hosts: sandbox, headless: headless ?? true });
    const bugs = watchForBugs(launched);
    await use(launched);
    const seen = [...bugs]; // what fails while the browser is being closed is no bug
    if (testInfo.status !== testInfo.expectedStatus) await takePictures(launched, testInfo);
    await launched.close();
    expect(seen, 'The extension reported bugs, or one of its pages broke').toEqual([]);
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
