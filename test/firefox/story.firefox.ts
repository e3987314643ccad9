import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScan, markerOf } from '../e2e/canary/scan';
import { type Sandbox, startSandbox } from '../sandbox/server';
import { pinterestKey } from '../sandbox/tokens';
import { type Journey, journeys, lastIssued } from '../story/journeys';
import { says } from '../story/texts';
import {
  buttonOn,
  click,
  type Firefox,
  fieldValue,
  fill,
  isEnabled,
  lastTab,
  launchFirefox,
  poll,
  textOf,
  untilAsleep,
} from './firefox';
import { walks } from './walk';

/**
 * The main job in a real Firefox, from the build that ships. Its event page ends after 200 ms without work, and each
 * step waits until it has: so all of it has to live in what is stored.
 */

let sandbox: Sandbox;
let firefox: Firefox;
/** A page of ours without work of its own, from which the button and the stored things are looked at. */
let tool: Page;

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

const asleep = (): Promise<void> => untilAsleep(tool);

const connect = async (): Promise<void> => {
  const options = await firefox.open('options.html');
  await fill(options, 'API key', sandbox.upstack.apiKey);
  await fill(options, 'Upstack pixel ID', sandbox.upstack.pixelId);
  await click(options, 'button', 'Connect');
  await expect.poll(() => textOf(options), poll).toContain(sandbox.upstack.workspace.accountName);
  await options.close();
};

interface Console {
  page: Page;
  badge(): Promise<string>;
  tooltip(): Promise<string>;
}

const openConsole = async (journey: Journey): Promise<Console> => {
  const page = await firefox.browser.newPage();
  const tab = await lastTab(tool); // without access to the site, its tab cannot be found by its address
  await page.goto(walks[journey.platform].start);
  return {
    page,
    badge: async () => (await buttonOn(tool, tab)).badge,
    tooltip: async () => (await buttonOn(tool, tab)).title,
  };
};

const stored = (area: 'local' | 'session'): Promise<string> =>
  tool.evaluate(async (name) => JSON.stringify(await browser.storage[name].get(null)), area);

const generateAndOpenPopup = async (journey: Journey): Promise<{ opened: Console; popup: Page }> => {
  const opened = await openConsole(journey);
  const { page, badge } = opened;
  await asleep();
  await walks[journey.platform].generate(page);
  await expect.poll(badge, poll).toBe('NEW');
  await asleep();
  await walks[journey.platform].showIds(page);
  const popup = await firefox.open('popup.html');
  for (const { field, value } of journey.ids)
    await expect.poll(() => fieldValue(popup, field), poll).toBe(value);
  await asleep();
  return { opened, popup };
};

describe.each(journeys)('$name in Firefox', (journey) => {
  it('goes from the token on the page to Healthy, and leaves no token behind', async () => {
    await connect();
    await asleep();
    const { opened, popup } = await generateAndOpenPopup(journey);
    const issued = lastIssued(sandbox, journey.platform);
    const scan = createScan(markerOf(issued));
    expect(await textOf(popup)).toContain(`${issued.length} characters`);
    expect(await opened.tooltip()).toMatch(says('badge.new'));

    // It waits in memory, and nowhere on the disk.
    expect(await stored('session')).toContain(issued);
    expect(scan.folder(firefox.profile)).toEqual([]);
    expect(sandbox.requests.filter(({ body }) => body.includes(issued))).toEqual([]);

    await click(popup, 'button', 'Send to Upstack');
    await expect.poll(() => sandbox.upstack.received.map(({ token }) => token), poll).toEqual([issued]);
    await expect.poll(() => textOf(popup), poll).toMatch(says('step.waiting'));
    await expect.poll(() => stored('session'), poll).not.toContain(issued);
    await asleep();
    await click(popup, 'button', 'Check now');
    await expect.poll(() => textOf(popup), poll).toMatch(new RegExp(`${journey.name}.*\\s+Healthy`));
    await asleep();
    const [destination] = sandbox.upstack.destinations();
    expect(destination?.config).toEqual(
      Object.fromEntries(journey.ids.map(({ config, value }) => [config, value])),
    );
    await expect.poll(opened.badge, poll).toBe('');

    // Another token, written by one careless line, is the control of the search.
    const careless = pinterestKey();
    await tool.evaluate((value) => browser.storage.local.set({ value }), careless);
    const control = createScan(markerOf(careless));
    await expect.poll(() => control.folder(firefox.profile), poll).not.toEqual([]);
    expect(scan.folder(firefox.profile)).toEqual([]);
    await firefox.kill();
    expect(control.folder(firefox.profile)).not.toEqual([]);
    expect(scan.folder(firefox.profile)).toEqual([]);
  });
});

it('says in Firefox why a destination is unhealthy', async () => {
  const platform = 'reddit';
  const { id } = sandbox.upstack.addDestination({
    type: platform,
    name: 'Acme US',
    config: { pixelId: 'a2_f7k2m9x4q1zt' },
    token: sandbox.platforms[platform].issue().value,
  });
  await connect();
  await asleep();
  const popup = await firefox.open('popup.html');
  await expect.poll(() => textOf(popup), poll).toMatch(/Acme US\s+Healthy/);
  await asleep();
  sandbox.troubles.makeUnhealthy(id, 'token_invalid');
  await expect.poll(() => isEnabled(popup, 'Check now'), poll).toBe(true);
  await click(popup, 'button', 'Check now');
  await expect.poll(() => textOf(popup), poll).toMatch(says(`platforms.${platform}.cause.token_invalid`));
});

it('asks in Firefox for sites that were switched off and then reads what stands there, and opens a sidebar', async () => {
  const journey = journeys[0] as Journey;
  await connect();
  const { page, badge, tooltip } = await openConsole(journey);
  await asleep();
  await tool.evaluate(() => browser.permissions.remove({ origins: ['https://ads.reddit.com/*'] }));
  await expect.poll(badge, poll).toBe('KEY');
  expect(await tooltip()).toMatch(says('badge.siteAccess'));
  await page.reload();
  await walks[journey.platform].generate(page);
  const popup = await firefox.open('popup.html');
  await expect.poll(() => textOf(popup), poll).toMatch(says('siteAccess.heading'));
  expect(await textOf(popup)).toContain('ads.reddit.com');
  expect(await stored('session')).not.toContain(lastIssued(sandbox, journey.platform));

  const isOpen = () => tool.evaluate(() => browser.sidebarAction.isOpen({}));
  expect(await isOpen()).toBe(false);
  await click(popup, 'button', 'Open side panel');
  await expect.poll(isOpen, poll).toBe(true);

  await asleep();
  await click(popup, 'button', 'Turn on access');
  await expect.poll(badge, poll).toBe('NEW');
  await expect.poll(() => textOf(popup), poll).not.toMatch(says('siteAccess.heading'));
  expect(await stored('session')).toContain(lastIssued(sandbox, journey.platform));

  // The control of what every test here ends with: what goes to the extension's sink for bugs is heard.
  await tool.evaluate(() => console.error('Upstack Capture: the control failed'));
  await expect.poll(() => firefox.bugs().length, poll).toBe(1);
  firefox.forgive();
});
