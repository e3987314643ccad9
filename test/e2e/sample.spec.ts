import type { Locator, Page } from '@playwright/test';
import { journeys } from '../story/journeys';
import { review, sendButton } from '../story/screens';
import { says } from '../story/texts';
import { expect, test } from './fixtures';
import { tabTo } from './keyboard';

/** Sample data in the shipped build: the whole way without an account, and nothing of it on the wire. */

const bar = (page: Page): Locator => page.getByRole('complementary', { name: says('sample.name') });

/** In each page from its start: notes what moves by itself after it was painted. */
const noteShifts = (): void => {
  const shifts: string[] = [];
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node?: Node }[];
    })[]) {
      const nodes = entry.sources.map(({ node }) => node?.textContent?.trim().slice(0, 40));
      if (!entry.hadRecentInput) shifts.push(`${entry.value.toFixed(4)} ${nodes.join(' | ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

const shiftsIn = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    // Told only with a frame of their own.
    await new Promise((drawn) => setTimeout(drawn, 300));
    return (window as unknown as { shifts: string[] }).shifts;
  });

/** The side panel by keyboard alone: to the list, filtered, two of it selected, muted, and that taken back. */
const muteByKeyboard = async (panel: Page): Promise<void> => {
  const { keyboard } = panel;
  const rows = panel.getByRole('listbox').getByRole('option');
  const muted = rows.filter({ hasText: says('mute.muted') });
  await tabTo(panel, 'tab', says('panel.setUp'));
  await keyboard.press('ArrowRight');
  await expect(panel.getByRole('tab', { name: says('panel.destinations') })).toBeFocused();
  await tabTo(panel, 'combobox', says('panel.status'));
  await keyboard.type('Needs attention');
  await expect(rows).toHaveCount(2);
  await tabTo(panel, 'option', /DE/);
  await keyboard.press(' ');
  await keyboard.press('ArrowUp');
  await keyboard.press(' ');
  await expect(panel.getByText('Selected: 2')).toBeVisible();
  await keyboard.press('m');
  await expect(muted).toHaveCount(2);
  await tabTo(panel, 'button', says('undo.undo'));
  await keyboard.press('Enter');
  await expect(muted).toHaveCount(0);
  await tabTo(panel, 'option', /UK/);
  await keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: /Sample UK/ })).toBeFocused();
  await keyboard.press('Escape');
  await expect(panel.getByRole('option', { name: /UK/ })).toBeFocused();
};

const [journey] = journeys;

test('sample data show the whole product, reach no host, and end at a real token', { tag: '@waits' }, async ({
  launched,
  sandbox,
  page,
  tool,
  openPopup,
  connect,
  badge,
}) => {
  test.setTimeout(120_000);
  if (!journey) throw new Error('There is no journey.');
  const { context, url } = launched;
  const asked = (): string[] =>
    sandbox.requests.filter(({ host }) => host.endsWith('upstackdata.com')).map(({ path }) => path);

  const welcome = await context.newPage();
  await welcome.goto(url('welcome.html'));
  await welcome.getByRole('button', { name: says('sample.try') }).click();
  await expect(bar(welcome)).toBeVisible();
  await expect(welcome.getByRole('textbox')).toHaveCount(0);

  const popup = await openPopup();
  await expect(bar(popup)).toBeVisible();
  await expect(sendButton(popup)).toBeEnabled();
  const moved: string[] = [];
  for (const file of [
    'popup',
    'sidepanel',
    'sidepanel#destinations',
    'sidepanel#history',
    'options',
    'welcome',
  ]) {
    const other = await context.newPage();
    await other.addInitScript(noteShifts);
    await other.goto(url(file.replace(/(?=#|$)/, '.html')));
    await expect(bar(other)).toBeVisible();
    moved.push(...(await shiftsIn(other)).map((shift) => `${file}: ${shift}`));
    if (file === 'welcome') {
      // The control: what does move is noted.
      await other.evaluate(() => document.body.prepend(document.createElement('hr')));
      expect(await shiftsIn(other)).not.toEqual([]);
    }
    await other.close();
  }
  expect(moved).toEqual([]);

  const panel = await context.newPage();
  await panel.setViewportSize({ width: 380, height: 600 });
  await panel.goto(url('sidepanel.html#setUp'));
  await muteByKeyboard(panel);
  await panel.close();

  await sendButton(popup).click();
  await popup.getByText(says('step.waiting')).waitFor();
  await expect
    .poll(
      async () => {
        const now = popup.getByRole('button', { name: says('check.now') }).first();
        if (await now.isEnabled()) await now.click();
        return popup.getByRole('heading', { name: /Sample UK.*Healthy$/ }).count();
      },
      { timeout: 45_000, intervals: [1_000] },
    )
    .toBe(1);
  await expect(popup.getByText(/Sample DE/).first()).toBeVisible();
  expect(asked()).toEqual([]);

  // A real token is taken as ever, and ends the sample on every page.
  await journey.open(page);
  await journey.generate(page);
  await expect.poll(() => badge(page)).toBe('NEW');
  await expect(bar(popup)).toHaveCount(0);
  await expect(bar(welcome)).toHaveCount(0);
  await expect(review(popup, journey)).toBeVisible();
  const left = await tool.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    session: Object.keys(await chrome.storage.session.get(null)).map((key) => key.split(':')[0]),
  }));
  expect(left.databases).not.toContain('upstack-capture-sample');
  expect(left.session).toEqual(['secret']);

  // While it waits, nothing takes its place.
  await popup.getByRole('button', { name: says('sample.try') }).click();
  await expect(popup.locator('.shown')).toHaveText(says('answer.busy'));

  // The control: what is real is heard.
  await connect();
  expect(asked().length).toBeGreaterThan(0);
});
