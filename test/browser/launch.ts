import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Worker } from '@playwright/test';
import { findBrowser } from './find';

/** What the browser must know of the sandbox: where its hosts are, and which certificate to believe. */
export interface HostMap {
  /** For `--host-resolver-rules`. Hosts that are not named must not resolve, so no test asks a real one. */
  resolverRules: string;
  /** Hash of the one public key that is trusted besides the usual ones. */
  spki: string;
}

export interface LaunchOptions {
  hosts: HostMap;
  headless: boolean;
  /** Folder of the built extension. */
  extension?: string;
  /** Kept when given; else a fresh one, removed on close. */
  profile?: string;
  /** Language of the browser's own interface, which is the one that extension pages speak. */
  language?: string;
}

export interface Launched {
  context: BrowserContext;
  extensionId: string;
  /** Address of a file in the extension. */
  url(file: string): string;
  close(): Promise<void>;
}

/** The build that ships, or with `EXTENSION_FOLDER` one that has a defence taken away. */
export const builtExtension = resolve(process.env.EXTENSION_FOLDER ?? '.output/chrome-mv3');

/** A browser without the extension. */
export interface OpenBrowser {
  context: BrowserContext;
  /** The folder of its profile. */
  profile: string;
  close(): Promise<void>;
}

/** Starts a browser with a profile of its own. */
export const openBrowser = async ({
  hosts,
  headless,
  profile,
  language = 'en-US',
}: LaunchOptions): Promise<OpenBrowser> => {
  const browserFile = findBrowser();
  if (!browserFile) throw new Error('No browser found. Run "npm test" or "npm start", which install one.');
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'upstack-capture-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: browserFile.path,
    headless,
    ...(headless ? { viewport: { width: 1280, height: 800 } } : { viewport: null }),
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      '--enable-unsafe-extension-debugging',
      `--host-resolver-rules=${hosts.resolverRules}`,
      `--ignore-certificate-errors-spki-list=${hosts.spki}`,
      '--disable-quic',
      '--disable-component-update',
      '--animation-duration-scale=0', // of the browser's own window: tabs that slide
      // Without a display it would be an emulated one, which takes a tenth of the time of all tests.
      ...(headless ? ['--disable-gpu'] : []),
      `--lang=${language}`,
    ],
    // On Linux the interface language comes from the environment.
    env: { ...process.env, LANGUAGE: language } as Record<string, string>,
  });
  return {
    context,
    profile: folder,
    close: async () => {
      await context.close();
      if (profile === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

const launchedIn = ({ context, close }: Omit<OpenBrowser, 'profile'>, extensionId: string): Launched => ({
  context,
  extensionId,
  url: (file) => `chrome-extension://${extensionId}/${file}`,
  close,
});

/**
 * Starts a browser with a profile of its own and loads the extension through the debugging pipe. Not by
 * `--load-extension`: branded Chrome has refused it since version 137, and one way for all browsers is tested once.
 */
export const launchWithExtension = async (options: LaunchOptions): Promise<Launched> => {
  const browser = await openBrowser(options);
  try {
    const { id, welcome } = await install(browser.context, options.extension ?? builtExtension);
    await welcome?.close(); // it would stand in front of what a test opens
    return launchedIn(browser, id);
  } catch (error) {
    await browser.close();
    throw error;
  }
};

const WELCOME = 'welcome.html';

/** Loads the folder for the first time in this browser. Gives the extension's id, and the page that an install opens. */
const install = async (context: BrowserContext, folder: string): Promise<{ id: string; welcome?: Page }> => {
  if (!existsSync(join(folder, WELCOME))) return { id: await loadExtension(context, folder) };
  const [welcome, id] = await Promise.all([
    context.waitForEvent('page', (opened) => opened.url().endsWith(`/${WELCOME}`)),
    loadExtension(context, folder),
  ]);
  return { id, welcome };
};

/** Asked of the page itself: of a load that ends while the browser hands the page over nobody else is told. */
const loaded = (): Promise<unknown> =>
  document.readyState === 'complete'
    ? Promise.resolve()
    : new Promise((done) => addEventListener('load', done, { once: true }));

/** Where pages keep something from one test to the next. */
const KEPT = [
  'https://ads.reddit.com',
  'https://business.pinterest.com',
  'https://ads.pinterest.com',
  'https://app.upstackdata.com',
];

/** The browser's own question for an optional permission cannot be answered from a test: here it is as if it had been. */
const grant = (folder: string, granted: readonly string[]): void => {
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const { permissions, optional_permissions: optional } = manifest as Record<string, string[] | undefined>;
  manifest.permissions = [...(permissions ?? []), ...granted];
  manifest.optional_permissions = optional?.filter((one) => !granted.includes(one));
  writeFileSync(file, JSON.stringify(manifest));
};

/** The one with which the browser began, where no test took it. */
const emptyTab = async (context: BrowserContext): Promise<Page> => {
  const [first] = context.pages();
  return first?.url() === 'about:blank' ? first : context.newPage();
};

/**
 * The extension as if just installed, in a browser that has had it before. It is a copy at a path of its own, which
 * gives it an id of its own: what an earlier one has stored cannot be met again. `close` takes it out, with every tab
 * and all that pages have kept, and leaves the browser. `granted`: optional permissions that the person has allowed.
 * `tool`: see `openToolPage`; the page that the install opens is drawn empty, and is as good for it as any.
 */
export const installAnew = async (
  browser: OpenBrowser,
  granted: readonly string[] = [],
): Promise<Launched & { tool: Page }> => {
  const { context } = browser;
  const folder = mkdtempSync(join(tmpdir(), 'installed-'));
  cpSync(builtExtension, folder, { recursive: true });
  if (granted.length > 0) grant(folder, granted);
  const file = join(folder, WELCOME);
  if (existsSync(file)) writeFileSync(file, '<!doctype html>');
  const { id, welcome } = await install(context, folder);
  await welcome?.evaluate(loaded);
  if (welcome) cpSync(join(builtExtension, WELCOME), file);
  const launched = launchedIn(
    {
      context,
      close: async () => {
        const last = await emptyTab(context); // without a tab the browser would end
        await Promise.all(context.pages().map((page) => page !== last && page.close()));
        const session = await context.newCDPSession(last);
        await Promise.all([
          sendToBrowser(context, 'Extensions.uninstall', { id }),
          ...KEPT.map((origin) =>
            session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
          ),
          context.clearCookies(),
          context.clearPermissions(),
        ]);
        await session.detach();
        rmSync(folder, { recursive: true, force: true });
      },
    },
    id,
  );
  return { ...launched, tool: welcome ?? (await openToolPage(launched)) };
};

const browserSession = async (context: BrowserContext): Promise<CDPSession> => {
  const browser = context.browser();
  if (!browser) throw new Error('The browser is closed.');
  return browser.newBrowserCDPSession();
};

/** For what Playwright's types do not know of the protocol. */
const sendToBrowser = async (context: BrowserContext, method: string, params: object): Promise<unknown> => {
  const session = await browserSession(context);
  const send = session.send as unknown as (method: string, params: object) => Promise<unknown>;
  try {
    return await send.call(session, method, params);
  } finally {
    await session.detach();
  }
};

/** Loads the folder, or updates what was loaded from it before, and gives the extension's id. */
export const loadExtension = async (context: BrowserContext, path: string): Promise<string> => {
  const { id } = (await sendToBrowser(context, 'Extensions.loadUnpacked', { path })) as { id: string };
  return id;
};

/** The extension's worker. After a kill the same object works again, but hangs until something woke the worker. */
export const workerOf = async ({ context, url }: Launched): Promise<Worker> => {
  const isOurs = (worker: Worker) => worker.url().startsWith(url(''));
  return (
    context.serviceWorkers().find(isOurs) ?? context.waitForEvent('serviceworker', { predicate: isOurs })
  );
};

const skipTime = (ms: number): void => {
  const now = Date.now.bind(Date);
  Date.now = () => now() + ms;
};

/** Lets the worker believe that it is later. Lasts until the worker ends; its timers and alarms know nothing of it. */
export const advanceWorkerClock = async (launched: Launched, ms: number): Promise<void> =>
  (await workerOf(launched)).evaluate(skipTime, ms);

/** The same for a page, until it is loaded anew. */
export const advanceClock = (page: Page, ms: number): Promise<void> => page.evaluate(skipTime, ms);

/**
 * A tab with the extension's rights and none of its scripts, from which tests look at the badge, send commands and
 * reach the protocol.
 */
export const openToolPage = async ({ context, url }: Launched): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(url('manifest.json'));
  return page;
};

/** Ends the worker as the browser does when it thinks that it is idle. It is gone when this returns. */
export const killWorker = async (toolPage: Page): Promise<void> => {
  const session = await toolPage.context().newCDPSession(toolPage);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
};

export interface RawTarget {
  send<Result>(method: string, params?: object): Promise<Result>;
  evaluate<Result>(expression: string): Promise<Result>;
  /** Hears every event of this name. */
  on<Params>(event: string, listener: (params: Params) => void): void;
  detach(): Promise<void>;
}

interface ProtocolReply {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/**
 * A session with a target that Playwright does not list, such as the real popup of the toolbar button. `match` is a
 * part of its address.
 */
export const attachRaw = async (
  context: BrowserContext,
  match: string,
  timeout = 5_000,
): Promise<RawTarget> => {
  const session = await browserSession(context);
  const end = Date.now() + timeout;
  const look = async () =>
    (await session.send('Target.getTargets')).targetInfos.find(({ url }) => url.includes(match));
  let target = await look();
  while (!target && Date.now() < end) {
    await new Promise((done) => setTimeout(done, 50));
    target = await look();
  }
  if (!target) throw new Error(`No target with ${match} in its address appeared.`);
  const { sessionId } = await session.send('Target.attachToTarget', {
    targetId: target.targetId,
    flatten: false,
  });
  const waiting = new Map<number, (reply: ProtocolReply) => void>();
  const listeners: { event: string; listener: (params: never) => void }[] = [];
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const reply: ProtocolReply = JSON.parse(event.message);
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
    for (const { event: name, listener } of listeners)
      if (name === reply.method) listener(reply.params as never);
  });
  let lastId = 0;
  const send = <Result>(method: string, params: object = {}): Promise<Result> =>
    new Promise((done, fail) => {
      lastId += 1;
      const id = lastId;
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error) fail(new Error(error.message));
        else done(result as Result);
      });
      session
        .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
        .catch(fail);
    });
  const evaluate = async <Result>(expression: string): Promise<Result> => {
    const { result, exceptionDetails } = await send<{
      result: { value: Result };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  };
  return {
    send,
    evaluate,
    on: (event, listener) => void listeners.push({ event, listener }),
    detach: () => session.detach(),
  };
};
