import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { loadExtension } from '../../browser/launch';
import { pinterestKey } from '../../sandbox/tokens';
import { command, rowsSeenBy, secretsSeenBy } from '../faults/storm';
import { expect, test } from '../fixtures';

/**
 * Messages from everywhere but where they may come from. What a compromised page could do with our own content script
 * is done by running a script of ours in that page through the extension's rights: the browser stamps it alike.
 */

const COUNT = Number(process.env.FORGED ?? 1_000);
const HOST = 'ads.pinterest.com';

/** All kinds of what we understand, and of what we do not. */
const forgeries = (token: string): unknown[] => [
  {
    type: 'capture.offer',
    platform: 'pinterest',
    page: 'forged-page-000001',
    tokens: [{ kind: 'conversionToken', value: token, gesture: true, warnings: [] }],
    ids: [],
  },
  { type: 'page.status', platform: 'pinterest', page: 'forged-page-000001', ids: [] },
  { type: 'page.marks', platform: 'pinterest', page: 'forged-page-000001', landmarks: [], names: [] },
  { type: 'ping' },
  { type: 'capture.draft', platform: 'pinterest' },
  { type: 'delivery.send', captureId: 'c1' },
  { type: 'workspace.useDashboard', name: 'forged' },
  { type: 'workspace.disconnect', workspaceId: 'w1', force: true },
  { type: 'dashboard.status', page: 'forged-page-000001', cards: [] },
  { type: '__proto__' },
  [],
  'ping',
  null,
  7,
];

/** Runs in the page: says them over and over, and counts those that were answered. */
const forge = async (messages: unknown[], count: number, to?: string): Promise<number> => {
  let answers = 0;
  const say = async (message: unknown): Promise<void> => {
    const { runtime } = chrome;
    // Silence ends with the port, or never; the next one is not held up by it.
    const answer = await Promise.race([
      (to === undefined ? runtime.sendMessage(message) : runtime.sendMessage(to, message)).catch(
        () => undefined,
      ),
      new Promise((done) => setTimeout(done, 2_000)),
    ]);
    if (answer !== undefined && answer !== null) answers += 1;
  };
  for (let at = 0; at < count; at += 50) {
    const some = Array.from(
      { length: Math.min(50, count - at) },
      (_, n) => messages[(at + n) % messages.length],
    );
    await Promise.all(some.map(say));
  }
  return answers;
};

/** In one frame of a tab, by the part of its address that tells it; gives how many were answered. */
const forgeIn = (
  tool: Page,
  { tab, frame }: { tab: string; frame?: string },
  messages: unknown[],
  count: number,
): Promise<number> => {
  const wanted = JSON.stringify(frame ?? tab);
  // As text, since a function that is run elsewhere brings nothing with it and `eval` is forbidden there.
  const script = `(messages, count) => location.href.includes(${wanted}) ? (${forge})(messages, count) : undefined`;
  return tool.evaluate<number>(`(async () => {
    const tabs = await chrome.tabs.query({});
    const tab = tabs.find(({ url = '' }) => url.includes(${JSON.stringify(tab)}));
    const results = await chrome.scripting.executeScript({
      target: { tabId: tab.id, allFrames: ${frame !== undefined} },
      func: ${script},
      args: [${JSON.stringify(messages)}, ${count}],
    });
    const counted = results.map(({ result }) => result).filter((result) => typeof result === 'number');
    if (counted.length === 0) throw new Error('Nothing ran in ' + ${wanted});
    return counted.reduce((sum, one) => sum + one, 0);
  })()`);
};

test.use({ hosts: [`${HOST}.`] });

test(`${COUNT} forged messages from each wrong place are taken by nobody and answered by nobody`, async ({
  launched,
  context,
  sandbox,
  tool,
}) => {
  test.setTimeout(120_000 + COUNT * 60);
  const token = pinterestKey();
  const messages = forgeries(token);
  const empty = '<!doctype html><title>x</title>';
  sandbox.serve(HOST, '/inner', empty);
  sandbox.serve(HOST, '/boxed', `${empty}<iframe sandbox="allow-scripts" src="/inner?boxed"></iframe>`);
  // Another site, and one whose frames our extension may reach at all.
  sandbox.serve(
    'api.upstackdata.com',
    '/outer',
    `${empty}<iframe src="https://${HOST}/inner?framed"></iframe>`,
  );
  sandbox.serve(`${HOST}.`, '/dotted', empty);
  const open = async (address: string): Promise<void> => {
    await (await context.newPage()).goto(address);
  };
  await open(`https://${HOST}/boxed`);
  await open('https://api.upstackdata.com/outer');
  await open(`https://${HOST}:9999/inner?port`);
  await open(`https://${HOST}./dotted`);
  const before = JSON.stringify(await rowsSeenBy(tool));

  const answers = {
    sandboxed: await forgeIn(tool, { tab: '/boxed', frame: 'inner?boxed' }, messages, COUNT),
    framed: await forgeIn(tool, { tab: '/outer', frame: 'inner?framed' }, messages, COUNT),
    otherPort: await forgeIn(tool, { tab: 'inner?port' }, messages, COUNT),
    dotted: await forgeIn(tool, { tab: '/dotted' }, messages, COUNT),
  };
  expect(answers).toEqual({ sandboxed: 0, framed: 0, otherPort: 0, dotted: 0 });

  // Another extension: from its worker, and from its script in a stranger's page.
  const folder = mkdtempSync(join(tmpdir(), 'stranger-'));
  try {
    const manifest = {
      manifest_version: 3,
      name: 'Stranger',
      version: '1',
      background: { service_worker: 'worker.js' },
      content_scripts: [{ matches: ['https://stranger.example/*'], js: ['script.js'] }],
    };
    const code = `(${forge})(${JSON.stringify(messages)}, ${COUNT}, ${JSON.stringify(launched.extensionId)})`;
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'worker.js'), `self.done = ${code}`);
    writeFileSync(join(folder, 'script.js'), `${code}.then((n) => { document.title = 'answers: ' + n; })`);
    sandbox.serve('stranger.example', '/', empty);
    const id = await loadExtension(context, folder);
    const isTheirs = (worker: { url(): string }): boolean => worker.url().includes(id);
    const worker =
      context.serviceWorkers().find(isTheirs) ??
      (await context.waitForEvent('serviceworker', { predicate: isTheirs }));
    expect(await worker.evaluate(() => (self as unknown as { done: Promise<number> }).done)).toBe(0);
    const page = await context.newPage();
    await page.goto('https://stranger.example/');
    await expect.poll(() => page.title(), { timeout: 30_000 + COUNT * 10 }).toBe('answers: 0');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  expect(JSON.stringify(await rowsSeenBy(tool))).toBe(before);
  expect(await secretsSeenBy(tool)).toEqual([]);

  // The controls: the same script in the right place is heard, and a page of ours is obeyed.
  await open(`https://${HOST}/inner?right`);
  expect(await forgeIn(tool, { tab: 'inner?right' }, messages, messages.length)).toBeGreaterThan(0);
  await expect.poll(() => secretsSeenBy(tool)).toHaveLength(1);
  expect(await command(tool, { type: 'ping' })).toEqual({ ok: true });
});
