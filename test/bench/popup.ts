/**
 * `npm run bench:popup`: how long the popup takes until its first main control can be used, beside the time that an
 * empty page of the same extension takes to load. Rounds are interleaved, so that both meet the same machine.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ensureBrowser } from '../browser/find';
import { builtExtension, type Launched, launchWithExtension } from '../browser/launch';
import { buildConsoles } from '../sandbox/consoles/build';
import { type Sandbox, startSandbox } from '../sandbox/server';
import { journeys } from '../story/journeys';
import { fillConnection, sendButton } from '../story/screens';
import { says } from '../story/texts';

const ROUNDS = 40;
const GOAL = 1.5;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const USABLE = 'usable';

/**
 * In the popup: says when the first main control is there and enabled, in ms since the navigation began. It says so
 * by itself: a question from outside would put a script of its own into the page while that is loading. Without an
 * inner function of its own, since tsx would wrap its name in a call that pages do not know.
 */
const tellFirstControl = (word: string): void => {
  new MutationObserver((_records, observer) => {
    if (!document.querySelector('[data-first]:enabled')) return;
    console.debug(word, performance.now());
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true, attributes: true });
};

const usableAt = async (page: Page, address: string): Promise<number> => {
  const told = page.waitForEvent('console', (message) => message.text().startsWith(USABLE));
  await page.goto(address);
  return Number((await told).text().slice(USABLE.length));
};

const loadedAt = async (page: Page, address: string): Promise<number> => {
  await page.goto(address);
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return navigation?.loadEventEnd ?? Number.NaN;
  });
};

const measure = async (name: string, { context, url }: Launched): Promise<number> => {
  const page = await context.newPage();
  await page.addInitScript(tellFirstControl, USABLE);
  const empty: number[] = [];
  const popup: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    empty.push(await loadedAt(page, url('empty.html')));
    popup.push(await usableAt(page, url('popup.html')));
  }
  await page.close();
  const ratio = median(popup) / median(empty);
  console.log(
    `${name}: popup usable ${median(popup).toFixed(1)} ms, empty page loaded ${median(empty).toFixed(1)} ms, ` +
      `ratio ${ratio.toFixed(2)} (goal ≤ ${GOAL}; medians of ${ROUNDS} rounds)`,
  );
  return ratio;
};

/** From "Connect" to "Ready to send": a workspace is connected and a token of the first platform waits. */
const getReady = async ({ context, url }: Launched, { upstack }: Sandbox): Promise<void> => {
  const [journey] = journeys;
  if (!journey) throw new Error('There is no platform to capture from.');
  const page = await context.newPage();
  await journey.open(page);
  await journey.generate(page);
  await journey.showIds(page);
  const popup = await context.newPage();
  await popup.goto(url('popup.html'));
  await fillConnection(popup, upstack);
  await sendButton(popup).and(popup.locator(':enabled')).waitFor();
  await popup.close();
  await page.close();
};

const CLIENTS = 50;
const ACCOUNTS = 4;

/** An agency: so many workspaces, added from pasted lines, with so many healthy destinations each. */
const getAgency = async ({ context, url }: Launched, { upstack, platforms }: Sandbox): Promise<void> => {
  const clients = Array.from({ length: CLIENTS }, (_, n) => upstack.addWorkspace(`Client ${n + 1}`));
  const token = platforms.reddit.issue().value;
  for (const client of clients) {
    for (let account = 0; account < ACCOUNTS; account += 1) {
      const name = `${client.accountName} ${account + 1}`;
      const config = { pixelId: `a2_${client.pixelId.slice(0, 8)}${account}000` };
      const { id } = upstack.addDestination({ type: 'reddit', name, config, token }, client);
      upstack.force(id, { state: 'healthy' });
    }
  }
  const options = await context.newPage();
  await options.goto(url('options.html'));
  await options.getByText(says('options.addMany')).click();
  await options
    .getByLabel('Lines of name, key and pixel')
    .fill(
      clients
        .map(({ accountName, keys, pixelId }) => [accountName, keys[0]?.value, pixelId].join())
        .join('\n'),
    );
  await options.getByRole('button', { name: says('bulk.add') }).click();
  await options
    .getByRole('heading', { name: `${CLIENTS} added, 0 refused`, exact: true })
    .waitFor({ timeout: 120_000 });
  const popup = await context.newPage();
  await popup.goto(url('popup.html'));
  await popup.getByText(`Healthy: ${CLIENTS * ACCOUNTS}`, { exact: true }).waitFor({ timeout: 120_000 });
  await popup.close();
  await options.close();
};

ensureBrowser();
await buildConsoles();
const extension = mkdtempSync(join(tmpdir(), 'upstack-capture-bench-'));
cpSync(builtExtension, extension, { recursive: true });
writeFileSync(join(extension, 'empty.html'), '<!doctype html><meta charset="utf-8"><title>Empty</title>');
const sandbox = await startSandbox();
let launched = await launchWithExtension({ hosts: sandbox, headless: true, extension });
try {
  await measure('Not connected', launched);
  await getReady(launched, sandbox);
  await measure('Ready to send', launched);
  await launched.close();
  launched = await launchWithExtension({ hosts: sandbox, headless: true, extension });
  await getAgency(launched, sandbox);
  await measure(`${CLIENTS} workspaces with ${ACCOUNTS} destinations each`, launched);
} finally {
  await launched.close();
  await sandbox.close();
  rmSync(extension, { recursive: true, force: true });
}
