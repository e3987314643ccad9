import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, expect } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/server';
import type { Journey } from '../story/journeys';
import {
  buttonOn,
  click,
  type Firefox,
  fill,
  lastTab,
  launchFirefox,
  poll,
  textOf,
  untilAsleep,
} from './firefox';
import { walks } from './walk';

/** Whoever imports this has, for each test, a sandbox and a Firefox with the build that ships. */

export let sandbox: Sandbox;
export let firefox: Firefox;
/** A page of ours without work of its own, from which the button and the stored things are looked at. */
export let tool: Page;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.upstack.health.settleMs = 0;
  firefox = await launchFirefox({ sandbox });
  tool = await firefox.open('manifest.json');
});

afterEach(async () => {
  const bugs = firefox?.bugs();
  await firefox?.close();
  await sandbox?.close();
  expect(bugs, 'The extension reported bugs, or one of its scripts broke').toEqual([]);
});

/** Until the event page has ended: after 200 ms without work, so between any two steps. */
export const asleep = (): Promise<void> => untilAsleep(tool);

export const connect = async (): Promise<void> => {
  const options = await firefox.open('options.html');
  await fill(options, 'API key', sandbox.upstack.apiKey);
  await fill(options, 'Upstack pixel ID', sandbox.upstack.pixelId);
  await click(options, 'button', 'Connect');
  await expect.poll(() => textOf(options), poll).toContain(sandbox.upstack.workspace.accountName);
  await options.close();
};

export interface Console {
  page: Page;
  badge(): Promise<string>;
  tooltip(): Promise<string>;
}

export const openConsole = async (journey: Journey): Promise<Console> => {
  const page = await firefox.browser.newPage();
  const tab = await lastTab(tool); // without access to the site, its tab cannot be found by its address
  await page.goto(walks[journey.platform].start);
  return {
    page,
    badge: async () => (await buttonOn(tool, tab)).badge,
    tooltip: async () => (await buttonOn(tool, tab)).title,
  };
};

/** What waits in memory. */
export const held = (): Promise<string> =>
  tool.evaluate(async () => JSON.stringify(await browser.storage.session.get(null)));
