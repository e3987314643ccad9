import { expect, it } from 'vitest';
import { type Journey, journeys, lastIssued } from '../story/journeys';
import { buttonOn, lastTab, poll } from './firefox';
import { asleep, connect, firefox, openConsole, sandbox, tool } from './stage';
import { walks } from './walk';

it('takes no host in Firefox by an update that was not given, and reads again what stands on the page', async () => {
  const journey = journeys[0] as Journey;
  await connect();
  const { page, badge } = await openConsole(journey);
  const tab = await lastTab(tool);
  await walks[journey.platform].generate(page);
  await expect.poll(badge, poll).toBe('NEW');
  const token = lastIssued(sandbox, journey.platform);
  await tool.evaluate(() => browser.permissions.remove({ origins: ['https://ads.pinterest.com/*'] }));
  const given = await tool.evaluate(() => browser.permissions.getAll());
  expect(given.origins).not.toContain('https://ads.pinterest.com/*');
  await asleep();
  const { host_permissions } = await tool.evaluate(() => browser.runtime.getManifest());

  await firefox.update({
    version: '0.1.1',
    host_permissions: [...(host_permissions ?? []), 'https://further.example/*'],
  });

  // Pages of ours are closed by it; what was in memory is gone. The ad page is not loaded again.
  const after = await firefox.open('manifest.json');
  expect(await after.evaluate(() => browser.runtime.getManifest().version)).toBe('0.1.1');
  expect(await after.evaluate(() => browser.permissions.getAll())).toEqual(given);
  await expect.poll(async () => (await buttonOn(after, tab)).badge, poll).toBe('NEW');
  expect(await after.evaluate(async () => JSON.stringify(await browser.storage.session.get(null)))).toContain(
    token,
  );
});
