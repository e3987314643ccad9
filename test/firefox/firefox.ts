import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { ensureFirefox } from '../browser/find-firefox';
import type { Sandbox } from '../sandbox/server';

/**
 * A real Firefox with a profile of its own, all of whose hosts are the sandbox. Driven over WebDriver BiDi, since the
 * Firefox that Playwright drives is a patched one that loads no extensions.
 */

export const builtForFirefox = resolve('.output/firefox-mv3');

const GECKO_ID = 'capture@upstackdata.com';
/** An event page that nothing keeps awake ends after this: between any two steps of a story. Firefox's own is 30 s. */
const IDLE_MS = 200;

interface Options {
  sandbox: Sandbox;
  /** Folder of the extension. The build that ships, unless a test brings one of its own. */
  extension?: string;
}

export interface Firefox {
  browser: Browser;
  profile: string;
  /** Number of its first process. */
  pid: number;
  /** Address of a file in the extension. */
  url(file: string): string;
  /** Installs a newer version over the one that runs, from a copy of its folder. */
  update(manifest: Record<string, unknown>): Promise<void>;
  /** Opens a page of the extension's in a tab. */
  open(file: string): Promise<Page>;
  /** What the extension told its one sink for bugs, and what its scripts threw. */
  bugs(): string[];
  /** Forgets them. */
  forgive(): void;
  /** As the power goes: nothing is written any more. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const preferences = (port: number, uuid: string): Record<string, string | number | boolean> => ({
  // Every host is the sandbox, so nothing reaches a real one.
  'network.dns.forceResolve': '127.0.0.1',
  'network.socket.forcePort': `443=${port}`,
  'network.dns.disableIPv6': true,
  'network.http.http3.enable': false,
  'network.stricttransportsecurity.preloadlist': false,
  'security.cert_pinning.enforcement_level': 0,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.startup.homepage': 'about:blank',
  'app.update.auto': false,
  // Fixed, so that pages of the extension can be opened.
  'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: uuid }),
  // What a person answers to a prompt cannot be clicked from a test. Asking still needs a real click.
  'extensions.webextOptionalPermissionPrompts': false,
  'extensions.background.idle.timeout': IDLE_MS,
  // A loaded extension is removed when Firefox ends; its traces must stay, so that they can be searched.
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
  // What extensions say and throw goes to the output of the process.
  'browser.dom.window.dump.enabled': true,
  'devtools.console.stdout.content': true,
});

const listening = (child: ChildProcess): Promise<string> =>
  new Promise((done, fail) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address) done(address);
    });
    child.once('error', fail);
    child.once('exit', () =>
      fail(new Error(`Firefox ended before it could be driven:\n${said.slice(-2000)}`)),
    );
  });

export const launchFirefox = async ({ sandbox, extension = builtForFirefox }: Options): Promise<Firefox> => {
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  const uuid = randomUUID();
  const lines = Object.entries(preferences(sandbox.port, uuid)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  // The last argument lets WebDriver visit pages of extensions.
  const args = ['-profile', profile, '-no-remote', '-headless', '--remote-debugging-port=0'];
  const child = spawn(ensureFirefox(), [...args, '-remote-allow-system-access'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const address = await listening(child);
    const browser = await puppeteer.connect({
      browserWSEndpoint: `${address}/session`,
      protocol: 'webDriverBiDi',
      acceptInsecureCerts: true,
      defaultViewport: { width: 1280, height: 800 },
    });
    await browser.installExtension(extension);
    if (existsSync(join(extension, 'welcome.html'))) await closeWelcome(browser);
    const updates: string[] = [];
    const url = (file: string): string => `moz-extension://${uuid}/${file}`;
    return {
      browser,
      profile,
      pid: child.pid ?? 0,
      url,
      update: async (changes) => {
        const folder = mkdtempSync(join(tmpdir(), 'firefox-update-'));
        updates.push(folder); // it is read from there as long as Firefox runs
        cpSync(extension, folder, { recursive: true });
        const file = join(folder, 'manifest.json');
        writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes }));
        await browser.installExtension(folder);
      },
      open: async (file) => {
        const page = await browser.newPage();
        // Firefox never says that such a page has loaded.
        page.goto(url(file)).catch(() => undefined);
        await until(`${file} has loaded`, () =>
          page
            .evaluate(() => location.protocol === 'moz-extension:' && document.readyState === 'complete')
            .catch(() => false),
        );
        return page;
      },
      bugs: () => said.split('\n').filter((line) => line.includes('Upstack Capture:') || line.includes(uuid)),
      forgive: () => {
        said = '';
      },
      kill,
      close: async () => {
        await browser.close().catch(() => undefined);
        const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(patience);
        for (const folder of [profile, ...updates])
          rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    await kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
};

/** For `expect.poll`. */
export const poll = { timeout: 15_000, interval: 50 };

const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + poll.timeout;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((done) => setTimeout(done, poll.interval));
  }
};

/** The page that an install opens: every install does, and it would stand in front of what a test opens. */
const closeWelcome = (browser: Browser): Promise<void> =>
  until('the welcome page has opened', async () => {
    for (const page of await browser.pages()) {
      const path = await page.evaluate(() => location.pathname).catch(() => '');
      if (path !== '/welcome.html') continue;
      await page.close();
      return true;
    }
    return false;
  });

/** Until the event page has ended. Whatever the extension does next, it was woken for. */
export const untilAsleep = async (page: Page): Promise<void> => {
  await until('the event page has ended', () =>
    page.evaluate(
      () => !browser.extension.getViews().some(({ location }) => location.pathname.includes('background')),
    ),
  );
};

/** The browser's own number of the tab that was opened last. */
export const lastTab = (page: Page): Promise<number> =>
  page.evaluate(async () => Math.max(...(await browser.tabs.query({})).map(({ id = 0 }) => id)));

/** What the toolbar button says on a tab. */
export const buttonOn = (page: Page, tab: number): Promise<{ badge: string; title: string }> =>
  page.evaluate(
    async (tabId) => ({
      badge: await browser.action.getBadgeText({ tabId }),
      title: await browser.action.getTitle({ tabId }),
    }),
    tab,
  );

const roles = (role: string, name: string): string => `::-p-aria([name="${name}"][role="${role}"])`;

/** Clicks as a person does, once there is something of this role and name that can be clicked. */
export const click = (page: Page, role: string, name: string): Promise<void> =>
  page.locator(roles(role, name)).click();

export const fill = async (page: Page, name: string, value: string): Promise<void> => {
  const field = await page.locator(roles('textbox', name)).waitHandle();
  await field.click();
  await page.keyboard.type(value);
};

export const fieldValue = async (page: Page, name: string): Promise<string> => {
  const field = await page.$(roles('textbox', name));
  return field ? field.evaluate((element) => (element as HTMLInputElement).value) : '';
};

/** All that a page says, as a person reads it. */
export const textOf = (page: Page): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: what is not rendered is not said
  page.evaluate(() => document.body.innerText);

/** Whether there is such a button and it can be pressed. */
export const isEnabled = async (page: Page, name: string): Promise<boolean> => {
  const button = await page.$(roles('button', name));
  return button !== null && !(await button.evaluate((element) => (element as HTMLButtonElement).disabled));
};
