import {
  type BrowserContext,
  test as base,
  type ConsoleMessage,
  type Page,
  type TestInfo,
  type WebError,
  type Worker,
} from '@playwright/test';
import { badgeOn, tooltipOn } from '../browser/button';
import {
  installAnew,
  killWorker,
  type Launched,
  type OpenBrowser,
  openBrowser,
  workerOf,
} from '../browser/launch';
import { type Sandbox, startSandbox } from '../sandbox/server';
import type { Connection } from '../story/screens';
import type { Hit } from './canary/scan';
import { followNotices, hostsCalled, issuedBy, listen, sentTwice, tracesOf } from './canary/traces';
import { expect } from './expect';
import { beforeEachStep } from './suspended';

/** `npm run soak -- suspended`: before every step of a person the worker has ended, as it does when it is idle. */
const IS_SUSPENDED = process.env.SUSPENDED !== undefined;

interface Shared {
  /** Host names beside those that the sandbox plays, for pages that a test serves. */
  hosts: readonly string[];
  /** One browser for all tests of a worker; a failed test ends the worker. */
  shared: { browser: OpenBrowser; place: Sandbox['place'] };
}

interface Fixtures {
  /** Optional permissions that the person has allowed. */
  granted: readonly string[];
  /** Of this test alone, with everything as it is at the start; so is the extension. */
  sandbox: Sandbox;
  launched: Awaited<ReturnType<typeof installAnew>> &
    Pick<BugWatch, 'forgiveDying'> & {
      /** What each notification said, oldest first. */
      notices(): Promise<string[]>;
      traces(tokens?: readonly string[]): Promise<Hit[]>;
    };
  context: BrowserContext;
  /** An ordinary tab. */
  page: Page;
  /** A tab with the extension's rights and none of its scripts. */
  tool: Page;
  /** Opens the popup as a page in a tab of its own. */
  openPopup(): Promise<Page>;
  /** Connects the sandbox's workspace by the command that the form gives. */
  connect(as?: Partial<Connection>): Promise<void>;
  /** Ends the worker. Whatever it does next, it was woken for. */
  kill(): Promise<void>;
  /** What the toolbar button says on the tab that shows this page. */
  badge(page: Page): Promise<string>;
  tooltip(page: Page): Promise<string>;
}

interface BugWatch {
  bugs: readonly string[];
  /** The workers that run are about to be killed: what fails in them from now on is no bug. */
  forgiveDying(): void;
  stop(): void;
}

/** Whatever ends in the extension's one sink for bugs, and what its pages throw. */
const watchForBugs = ({ context, url }: Launched): BugWatch => {
  const bugs: string[] = [];
  const dying = new Set<Worker | null>();
  const note = (message: ConsoleMessage): void => {
    const isBug = message.type() === 'error' && message.text().startsWith('Upstack Capture:');
    if (isBug && !dying.has(message.worker())) bugs.push(message.text());
  };
  const follow = (worker: Worker): void => void worker.on('console', note);
  const fail = (error: WebError): void => {
    if (error.page()?.url().startsWith(url(''))) bugs.push(error.error().message);
  };
  context.on('console', note);
  context.serviceWorkers().forEach(follow);
  context.on('serviceworker', follow);
  context.on('weberror', fail);
  const stop = (): void => {
    context.off('console', note);
    context.off('serviceworker', follow);
    context.off('weberror', fail);
  };
  const forgiveDying = (): void => {
    for (const worker of context.serviceWorkers()) dying.add(worker);
  };
  return { bugs, forgiveDying, stop };
};

/** What every tab shows, for a test that has just failed. */
const takePictures = async ({ context }: Launched, testInfo: TestInfo): Promise<void> => {
  for (const [index, page] of context.pages().entries()) {
    const path = testInfo.outputPath(`tab-${index}.png`);
    await page.screenshot({ path, fullPage: true, timeout: 5_000 }).catch(() => undefined);
  }
};

export const test = base.extend<Fixtures, Shared>({
  hosts: [[], { option: true, scope: 'worker' }],
  shared: [
    async ({ hosts, headless }, use) => {
      // Each test's sandbox takes the place of this one, since the browser is told its address but once.
      const first = await startSandbox({ hosts });
      await first.close();
      const browser = await openBrowser({ hosts: first, headless: headless ?? true });
      await use({ browser, place: first.place });
      await browser.close();
    },
    { scope: 'worker' },
  ],
  sandbox: async ({ hosts, shared: { place } }, use) => {
    const sandbox = await startSandbox({ hosts, place });
    sandbox.upstack.health.settleMs = 0; // healthy at the first look; a test that waits says so itself
    await use(sandbox);
    await sandbox.close();
  },
  granted: [[], { option: true }],
  launched: async ({ sandbox, shared: { browser }, granted }, use, testInfo) => {
    const launched = await installAnew(browser, granted);
    const { bugs, forgiveDying, stop } = watchForBugs(launched);
    const heard = listen(launched);
    const { profile } = browser;
    const since = Date.now() - 1_000; // file systems round
    // A worker that ends forgets what it was told to note.
    const notices =
      granted.includes('notifications') && !IS_SUSPENDED
        ? await followNotices(await workerOf(launched))
        : async () => [];
    const traces = async (tokens = issuedBy(sandbox)): Promise<Hit[]> =>
      tracesOf(tokens, { launched, sandbox, said: heard.said, notices: await notices(), profile, since });
    let ends = 0;
    const endSuspense = IS_SUSPENDED
      ? beforeEachStep(launched.tool, async () => {
          ends += 1;
          forgiveDying();
          await killWorker(launched.tool);
        })
      : undefined;
    await use({ ...launched, forgiveDying, notices, traces });
    endSuspense?.();
    if (IS_SUSPENDED) console.log(`The worker was ended before each of ${ends} steps.`);
    const hasPassed = testInfo.status === testInfo.expectedStatus;
    const left = hasPassed ? await traces() : [];
    const seen = [...bugs]; // what fails while the extension is taken out is no bug
    stop();
    heard.stop();
    if (!hasPassed) await takePictures(launched, testInfo);
    await launched.close();
    expect(seen, 'The extension reported bugs, or one of its pages broke').toEqual([]);
    expect(left, 'A token was left somewhere').toEqual([]);
    const twice = hasPassed ? sentTwice(issuedBy(sandbox), sandbox) : [];
    expect(twice, 'One attempt carried its token more than once').toEqual([]);
    const elsewhere = hostsCalled(sandbox).filter((host) => host !== 'api.upstackdata.com');
    expect(elsewhere, 'The extension called another host than Upstack').toEqual([]);
  },
  context: async ({ launched }, use) => use(launched.context),
  page: async ({ context }, use) => use(await context.newPage()),
  tool: async ({ launched }, use) => use(launched.tool),
  openPopup: async ({ launched }, use) => {
    await use(async () => {
      const popup = await launched.context.newPage();
      await popup.setViewportSize({ width: 380, height: 600 });
      await popup.goto(launched.url('popup.html'));
      return popup;
    });
  },
  connect: async ({ tool, sandbox: { upstack } }, use) => {
    await use(async ({ apiKey = upstack.apiKey, pixelId = upstack.pixelId, name = '' } = {}) => {
      const wanted = { type: 'workspace.connect', apiKey, pixelId, name, remember: true };
      const answer = await tool.evaluate((command) => chrome.runtime.sendMessage(command), wanted);
      expect(answer).toMatchObject({ ok: true });
    });
  },
  kill: async ({ tool, launched }, use) =>
    use(() => {
      launched.forgiveDying();
      return killWorker(tool);
    }),
  badge: async ({ tool }, use) => use((page) => badgeOn(tool, page)),
  tooltip: async ({ tool }, use) => use((page) => tooltipOn(tool, page)),
});

export { expect };
