import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { createScan, markerOf } from '../e2e/canary/scan';
import { pinterestKey } from '../sandbox/tokens';
import { type Journey, journeys, lastIssued } from '../story/journeys';
import { says } from '../story/texts';
import { click, fieldValue, poll, textOf } from './firefox';
import { asleep, type Console, connect, firefox, held, openConsole, sandbox, tool } from './stage';
import { walks } from './walk';

/**
 * The main job in a real Firefox, from the build that ships. Its event page ends after 200 ms without work, and each
 * step waits until it has: so all of it has to live in what is stored.
 */

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

/** Each is a search of a whole profile for its token, with a control. */
const ROUNDS = Number(process.env.FIREFOX_ROUNDS ?? 1);
const rounds = Array.from({ length: ROUNDS }, () => journeys).flat();

describe.each(rounds)('$name in Firefox', (journey) => {
  it('goes from the token on the page to Healthy, and leaves no token behind', async () => {
    await connect();
    await asleep();
    const { opened, popup } = await generateAndOpenPopup(journey);
    const issued = lastIssued(sandbox, journey.platform);
    const scan = createScan(markerOf(issued));
    expect(await textOf(popup)).toContain(`${issued.length} characters`);
    expect(await opened.tooltip()).toMatch(says('badge.new'));

    // It waits in memory, and nowhere on the disk.
    expect(await held()).toContain(issued);
    expect(scan.folder(firefox.profile)).toEqual([]);
    expect(sandbox.requests.filter(({ body }) => body.includes(issued))).toEqual([]);

    await click(popup, 'button', 'Send to Upstack');
    await expect.poll(() => sandbox.upstack.received.map(({ token }) => token), poll).toEqual([issued]);
    await expect.poll(() => textOf(popup), poll).toMatch(says('step.waiting'));
    // Where the event page has ended before Upstack's answer, the alarm goes on with it within the minute.
    await expect.poll(held, { ...poll, timeout: 90_000 }).not.toContain(issued);
    await asleep();
    await click(popup, 'button', 'Check now');
    await expect.poll(() => textOf(popup), poll).toMatch(new RegExp(`${journey.name}.*\\s+Healthy`));
    await asleep();
    const [destination] = sandbox.upstack.destinations();
    expect(destination?.config).toEqual(
      Object.fromEntries(journey.ids.map(({ config, value }) => [config, value])),
    );
    await expect.poll(opened.badge, poll).toBe('');

    // Another token, written by one careless line, is the control of the search. Nothing is tidied up any more.
    const careless = pinterestKey();
    await tool.evaluate((value) => browser.storage.local.set({ value }), careless);
    await firefox.kill();
    expect(createScan(markerOf(careless)).folder(firefox.profile)).not.toEqual([]);
    expect(scan.folder(firefox.profile)).toEqual([]);
  });
});
