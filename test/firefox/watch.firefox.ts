import { expect, it } from 'vitest';
import { type Journey, journeys, lastIssued } from '../story/journeys';
import { says } from '../story/texts';
import { click, isEnabled, poll, textOf } from './firefox';
import { asleep, connect, firefox, held, openConsole, sandbox, tool } from './stage';
import { walks } from './walk';

/** Health, access to sites and the sidebar in a real Firefox. */

it('says in Firefox why a destination is unhealthy, by what the ad console lists as well', async () => {
  const journey = journeys[0] as Journey;
  const { platform } = journey;
  const { id } = sandbox.upstack.addDestination({
    type: platform,
    name: 'Acme US',
    config: { pixelId: 'a2_f7k2m9x4q1zt' },
    token: sandbox.platforms[platform].issue({ name: 'Upstack Data' }).value,
    label: 'Upstack Data',
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

  // The script that reads the list is put there by a background page that has ended since.
  expect(await textOf(popup)).toMatch(/Token still listed in Reddit .*\s+Can’t tell from here/);
  sandbox.platforms[platform].issue({ name: 'Upstack Data (rotated 2026-01-01)' });
  const { page } = await openConsole(journey);
  await asleep();
  await walks[platform].openTokens(page);
  await expect.poll(() => textOf(popup), poll).toMatch(/Token still listed in Reddit .*\s+Failed/);
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
  expect(await held()).not.toContain(lastIssued(sandbox, journey.platform));

  const isOpen = () => tool.evaluate(() => browser.sidebarAction.isOpen({}));
  expect(await isOpen()).toBe(false);
  await click(popup, 'button', 'Open side panel');
  await expect.poll(isOpen, poll).toBe(true);

  await asleep();
  await click(popup, 'button', 'Turn on access');
  await expect.poll(badge, poll).toBe('NEW');
  await expect.poll(() => textOf(popup), poll).not.toMatch(says('siteAccess.heading'));
  expect(await held()).toContain(lastIssued(sandbox, journey.platform));

  // The control of what every test here ends with: what goes to the extension's sink for bugs is heard.
  await tool.evaluate(() => console.error('Upstack Capture: the control failed'));
  await expect.poll(() => firefox.bugs().length, poll).toBe(1);
  firefox.forgive();
});
