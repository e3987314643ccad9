import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from '@playwright/test';
import { test as base } from '@playwright/test';
import type {
  CaptureOffer,
  PageStatus,
  Report,
  ReportAnswer,
  SeenToken,
} from '../../../lib/messages/reports';
import { matchPatterns } from '../../../lib/platforms/index';
import { builtExtension, type Launched, launchWithExtension, workerOf } from '../../browser/launch';
import { type Sandbox, startSandbox } from '../../sandbox/server';

/**
 * The capture script that ships, beside a worker that only writes down what is reported: what a page shows and what
 * is said of it, with nothing in between.
 */

interface Heard {
  report: Report;
  /** `Date.now()` of the worker. */
  at: number;
}

export interface Recorder {
  context: BrowserContext;
  worker: Worker;
  all(): Promise<Heard[]>;
  offers(): Promise<CaptureOffer[]>;
  tokens(): Promise<SeenToken[]>;
  statuses(): Promise<PageStatus[]>;
  /** How the worker answers from now on; `silent` does not. */
  answer(how: ReportAnswer | 'silent'): Promise<void>;
  /** Runs the script in the tab again, as after an update or for "Read the page again". */
  readAgain(page: Page): Promise<void>;
  /** Forgets what was reported so far. */
  forget(): Promise<void>;
}

interface WorkerScope {
  heard: Heard[];
  how: ReportAnswer | 'silent';
}

const workerScript = `
  globalThis.heard = [];
  globalThis.how = { ok: true };
  chrome.runtime.onMessage.addListener((report, sender, respond) => {
    heard.push({ report, at: Date.now() });
    if (how === 'silent') return false;
    respond(how);
    return false;
  });
`;

const recorderExtension = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'recorder-'));
  cpSync(join(builtExtension, 'capture.js'), join(folder, 'capture.js'));
  writeFileSync(join(folder, 'worker.js'), workerScript);
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Recorder',
      version: '1',
      background: { service_worker: 'worker.js' },
      permissions: ['scripting', 'tabs'],
      host_permissions: matchPatterns,
      content_scripts: [{ matches: matchPatterns, js: ['capture.js'], run_at: 'document_start' }],
    }),
  );
  return folder;
};

const recorderOf = async (launched: Launched): Promise<Recorder> => {
  const worker = await workerOf(launched);
  const all = (): Promise<Heard[]> => worker.evaluate(() => (globalThis as unknown as WorkerScope).heard);
  const offers = async (): Promise<CaptureOffer[]> =>
    (await all()).map(({ report }) => report).filter((report) => report.type === 'capture.offer');
  return {
    context: launched.context,
    worker,
    all,
    offers,
    tokens: async () => (await offers()).flatMap(({ tokens }) => tokens),
    statuses: async () =>
      (await all()).map(({ report }) => report).filter((report) => report.type === 'page.status'),
    answer: (how) =>
      worker.evaluate((next) => {
        (globalThis as unknown as WorkerScope).how = next;
      }, how),
    readAgain: (page) =>
      worker.evaluate(async (url) => {
        const [tab] = await chrome.tabs.query({ url: `${new URL(url).origin}/*` });
        await chrome.scripting.executeScript({ target: { tabId: tab?.id ?? -1 }, files: ['capture.js'] });
      }, page.url()),
    forget: () =>
      worker.evaluate(() => {
        (globalThis as unknown as WorkerScope).heard = [];
      }),
  };
};

interface Fixtures {
  /** A new tab at a page of a platform that shows this. */
  show(body: string, address?: string): Promise<Page>;
}

interface Shared {
  sandbox: Sandbox;
  recorder: Recorder;
}

const HOME = 'https://ads.reddit.com/';

/** One browser for all tests of a worker; each opens a tab of its own and starts with nothing reported. */
export const test = base.extend<Fixtures, Shared>({
  sandbox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const sandbox = await startSandbox();
      await use(sandbox);
      await sandbox.close();
    },
    { scope: 'worker' },
  ],
  recorder: [
    async ({ sandbox, headless }, use) => {
      const folder = recorderExtension();
      const launched = await launchWithExtension({
        hosts: sandbox,
        headless: headless ?? true,
        extension: folder,
      });
      await use(await recorderOf(launched));
      await launched.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  show: async ({ recorder, sandbox }, use) => {
    const pages: Page[] = [];
    await recorder.answer({ ok: true });
    await recorder.forget();
    await use(async (body, address = HOME) => {
      const { host, pathname } = new URL(address);
      sandbox.serve(
        host,
        pathname,
        `<!doctype html><html><head><title>x</title></head><body>${body}</body></html>`,
      );
      const page = await recorder.context.newPage();
      pages.push(page);
      await page.goto(address);
      return page;
    });
    for (const page of pages) await page.close();
  },
});

export { expect } from '../expect';
