import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { attachRaw, type Launched, launchWithExtension, openToolPage } from '../../browser/launch';
import { dashboardField, saveButton, startDestination } from '../../sandbox/dashboard/walk';
import { type Sandbox, startSandbox } from '../../sandbox/server';
import { dashboardOf, fillButton, goWithoutKey, willAllow } from '../../story/dashboard';
import { type Journey, journeys, lastIssued } from '../../story/journeys';
import { fillConnection, hastenHealthy, sendButton } from '../../story/screens';
import { expect, test } from '../fixtures';
import { createScan, markerOf } from './scan';
import { areasOf, faceOf, listen, readingOf, scanWire } from './traces';

/**
 * One whole story for each platform and route, and then the search for its token in whatever the story has left
 * behind.
 */

interface Way {
  route: string;
  /** The one request that may carry the token. */
  carrier: string;
  connect(options: Page, launched: Launched, sandbox: Sandbox): Promise<void>;
  sendButton(popup: Page): Locator;
  /** From the button's click until the destination is healthy. */
  settle(popup: Page, journey: Journey): Promise<void>;
}

const byApi: Way = {
  route: 'with an API key',
  carrier: 'POST api.upstackdata.com/accounts/api/event-destinations',
  connect: async (options, _, { upstack }) => {
    await fillConnection(options, upstack);
    await expect(options.getByText(upstack.workspace.accountName).first()).toBeVisible();
  },
  sendButton,
  settle: hastenHealthy,
};

const byDashboard: Way = {
  route: 'by the dashboard',
  carrier: 'POST app.upstackdata.com/sandbox-api/destinations',
  connect: async (options, launched) => {
    await willAllow(launched);
    await goWithoutKey(options);
  },
  sendButton: fillButton,
  settle: async (popup, journey) => {
    const dashboard = await dashboardOf(popup.context());
    await dashboard.bringToFront();
    await startDestination(dashboard, journey.name);
    await expect(dashboardField(dashboard, journey.tokenField)).not.toHaveValue('');
    await saveButton(dashboard).click();
    await expect(dashboard.getByText('Healthy', { exact: true })).toBeVisible();
    await popup.bringToFront();
    await expect(popup.getByText('Healthy', { exact: true }).first()).toBeVisible();
  },
};

/** The worker's memory as text, after everything that nobody holds is gone. */
const heapOf = async ({ context, url }: Launched): Promise<string> => {
  const worker = await attachRaw(context, url('background.js'));
  let text = '';
  worker.on<{ chunk: string }>('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    text += chunk;
  });
  await worker.send('HeapProfiler.enable');
  await worker.send('HeapProfiler.collectGarbage');
  await worker.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await worker.detach();
  return text;
};

const evaluateInWorker = async ({ context, url }: Launched, expression: string): Promise<void> => {
  const worker = await attachRaw(context, url('background.js'));
  await worker.evaluate(expression);
  await worker.detach();
};

const tellStory = async (journey: Journey, way: Way, launched: Launched, sandbox: Sandbox) => {
  const { said } = listen(launched);
  const faces: string[] = [];
  const look = async (...pages: Page[]): Promise<void> => {
    for (const one of pages) faces.push(await faceOf(one), await readingOf(one));
  };
  const tool = await openToolPage(launched);
  const options = await launched.context.newPage();
  await options.goto(launched.url('options.html'));
  await way.connect(options, launched, sandbox);
  const page = await launched.context.newPage();
  await journey.open(page);
  await journey.generate(page);
  await journey.showIds(page);
  const token = lastIssued(sandbox, journey.platform);
  const scan = createScan(markerOf(token));
  const popup = await launched.context.newPage();
  await popup.goto(launched.url('popup.html'));
  await expect(way.sendButton(popup)).toBeEnabled();
  await look(popup, options);

  // The control: while the worker holds it, its memory shows it.
  await evaluateInWorker(launched, 'chrome.storage.session.get(null).then((all) => { self.held = all; })');
  const held = scan.text('heap', await heapOf(launched));
  await evaluateInWorker(launched, 'delete self.held');

  await way.sendButton(popup).click();
  await look(popup);
  await way.settle(popup, journey);
  await look(popup, options);
  await page.close();

  const areas = await areasOf(tool);
  const hits = [
    ...faces.flatMap((face) => scan.text('a page of ours', face)),
    ...Object.entries(areas).flatMap(([where, text]) => scan.text(where, text)),
    ...scan.text('console and errors', said.join('\n')),
    ...scanWire(scan, sandbox),
    ...scan.text('heap of the worker', await heapOf(launched)),
  ];
  const bodies = sandbox.requests.filter(({ body }) => body.includes(token));
  return { token, scan, tool, hits, held, bodies };
};

const stories = journeys.flatMap((journey) => [byApi, byDashboard].map((way) => ({ journey, way })));

for (const { journey, way } of stories) {
  test(`a token of ${journey.name} sent ${way.route} is nowhere but in the one request that carries it`, async () => {
    test.setTimeout(240_000);
    const sandbox = await startSandbox();
    sandbox.upstack.health.settleMs = 0;
    const profile = mkdtempSync(join(tmpdir(), 'canary-'));
    const launched = await launchWithExtension({ hosts: sandbox, headless: true, profile });
    let isClosed = false;
    try {
      const { token, scan, tool, hits, held, bodies } = await tellStory(journey, way, launched, sandbox);
      expect(held.length).toBeGreaterThan(0);
      expect(hits).toEqual([]);
      expect(scan.folder(profile)).toEqual([]);
      expect(bodies.map(({ host, method, path }) => `${method} ${host}${path}`)).toEqual([way.carrier]);
      expect(sandbox.upstack.destinations().map((one) => one.token?.value)).toEqual([token]);

      // The control: one careless line, and both searches find it.
      await tool.evaluate((value) => chrome.storage.local.set({ careless: value }), token);
      const careless = await areasOf(tool);
      expect(scan.text('storage.local', careless['storage.local'] ?? '')).not.toEqual([]);
      await expect.poll(() => scan.folder(profile)).not.toEqual([]);
      await tool.evaluate(() => chrome.storage.local.remove('careless'));
      isClosed = true;
      await launched.close();
      // And deleting it does not help, which is why a token may never be written at all.
      expect(scan.folder(profile)).not.toEqual([]);
    } finally {
      if (!isClosed) await launched.close();
      await sandbox.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
