import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { DAY, HOUR, MINUTE } from '../../../lib/terms/time';
import { advanceClock, advanceWorkerClock, type Launched, workerOf } from '../../browser/launch';
import {
  closeDialog,
  deleteToken,
  generatePinterestToken,
  generateRedditToken,
  openApiPage,
  openPinterest,
  openReddit,
  openTagPage,
  openTokenPage,
} from '../../sandbox/consoles/walk';
import { redditConversionToken } from '../../sandbox/tokens';
import { type Journey, journeys } from '../../story/journeys';
import { checkNow, destinations, idField, sendButton, tokenField } from '../../story/screens';
import { says } from '../../story/texts';
import { expect, test } from '../fixtures';

/** The five flows that people have, each walked once from its start to its end. */

const [reddit, pinterest] = journeys as readonly [Journey, Journey];
const PIXEL = 'a2_f7k2m9x4q1zt';
/** Of other ad accounts in the console. */
const OUTLET_PIXEL = 'a2_u6g3l8t5e0mx';
const EU_PIXEL = 'a2_p4d1s9j7v2ke';
const STRANGE_PIXEL = 'a2_h1z7k4y9d3qa';

test.use({ granted: ['notifications'] });

/** The step of the guide that is to be done now. */
const now = (panel: Page): Locator => panel.locator('[aria-current="step"]');
const button = (page: Page, key: string): Locator => page.getByRole('button', { name: says(key) });
const heading = (page: Page, key: string): Locator => page.getByRole('heading', { name: says(key) });

/** Opens the side panel as a page of its own. */
const openPanel = async (page: Page, url: string): Promise<Page> => {
  const panel = await page.context().newPage();
  await panel.setViewportSize({ width: 400, height: 900 });
  await panel.goto(url);
  return panel;
};

/** Sees to it that the first look after a send comes at once. */
const waitForHealthy = async (page: Page): Promise<void> => {
  await page.getByText(says('step.waiting')).waitFor();
  await checkNow(page);
  await expect(page.getByText(says('delivery.verified'))).toBeVisible();
};

/** Time passes for the worker (which forgets it with its end: `@oneLife`), and for those who look at these pages. */
const pass = async (launched: Launched, ms: number, ...pages: Page[]): Promise<void> => {
  await advanceWorkerClock(launched, ms);
  for (const page of pages) await advanceClock(page, ms);
};

const switchAlertsOn = async ({ context, url }: Launched): Promise<void> => {
  const options = await context.newPage();
  await options.goto(url('options.html'));
  await options.getByRole('checkbox', { name: 'Show alerts', exact: true }).check();
  await expect(options.locator('.shown')).toHaveText('Saved.');
  await options.close();
};

test('A: a first Reddit token, led by the side panel from the start to Healthy', async ({
  launched,
  page,
  sandbox,
  connect,
  badge,
}) => {
  await connect();
  const panel = await openPanel(page, launched.url('sidepanel.html'));
  await expect(panel.getByRole('link', { name: 'Open Reddit Events Manager' })).toBeVisible();

  sandbox.platforms.reddit.signedIn = undefined;
  await openReddit(page);
  await expect(now(panel)).toContainText('Sign in to Reddit Ads Manager');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(now(panel)).toContainText('Ads → Events Manager');

  // Five tokens are as many as there may be.
  for (let n = 0; n < 5; n += 1) sandbox.platforms.reddit.issue({ name: `Token ${n}` });
  await openTokenPage(page);
  await expect(now(panel)).toContainText('Reddit allows five tokens.');
  await deleteToken(page, 'Token 0');
  await expect(now(panel)).toContainText('+ Generate Access Token');
  await expect(panel.getByText(/Show the Pixel ID once/)).toHaveText(/^Done/);

  // What stands there without being seen says nothing.
  await page.evaluate(() => {
    const unseen = document.createElement('p');
    unseen.hidden = true;
    unseen.textContent = 'You have reached the limit of 5 access tokens';
    document.body.append(unseen);
  });

  // The window that asks for a name, and the same page without it.
  await page.getByRole('button', { name: '+ Generate Access Token' }).click();
  await expect(now(panel)).toContainText('Give it this name');
  await expect(now(panel).getByText('Upstack Data', { exact: true })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(now(panel)).toContainText('+ Generate Access Token');

  await generateRedditToken(page, { name: 'Upstack Data' });
  await expect.poll(() => badge(page)).toBe('NEW');
  await expect(now(panel)).toContainText('Check what was captured, and send it.');
  await closeDialog(page); // safe: it is in memory
  await expect(tokenField(panel, reddit)).toContainText('characters');
  await expect(idField(panel, reddit, 'Pixel ID')).toHaveValue(PIXEL);
  await expect(destinations(panel)).toHaveAccessibleDescription(says('rotation.consequence.creates'));

  await sendButton(panel).click();
  await expect(now(panel)).toContainText('Wait until the destination is healthy');
  await waitForHealthy(panel);
  await expect(heading(panel, 'guide.finished')).toBeVisible();
  await expect(panel.getByText('Reddit tokens don’t expire; you’re done.')).toBeVisible();
  await expect.poll(() => badge(page)).toBe('');
  expect(sandbox.upstack.destinations().map(({ config, token }) => [config, token?.label])).toEqual([
    [{ pixelId: PIXEL }, 'Upstack Data'],
  ]);
});

test('B: a first Pinterest key, with the ids that its own page does not show', async ({
  launched,
  page,
  sandbox,
  connect,
}) => {
  await connect();
  const panel = await openPanel(page, launched.url('sidepanel.html'));
  await openPinterest(page);
  await expect(now(panel)).toContainText('Manage business → Conversions');
  await openTagPage(page);
  await expect(now(panel)).toContainText('Set up API');
  await expect(panel.getByText(/Show the Tag ID once/)).toHaveText(/^Done/);

  // Without the role there is no button: whoever has it is asked.
  const { platforms } = sandbox;
  const business = platforms.pinterest.businesses[0]?.id ?? '';
  const person = platforms.pinterest.users[0]?.id ?? '';
  platforms.pinterest.setRole(business, person, 'analyst');
  await openApiPage(page);
  await expect(now(panel)).toContainText('Only an admin of the ad account can generate a key.');
  platforms.pinterest.setRole(business, person, 'admin');
  await page.reload();
  await expect(now(panel)).toContainText('Generate new token');
  await generatePinterestToken(page);
  await expect(tokenField(panel, pinterest)).toContainText(
    says('platforms.pinterest.verdict.conversionToken.good'),
  );
  for (const { field, value } of pinterest.ids)
    await expect(idField(panel, pinterest, field)).toHaveValue(value);
  // Nothing on earth can tell, so it is not said to be right.
  await expect(panel.getByText(says('platforms.pinterest.verdict.tagId.good'))).toBeVisible();
  await sendButton(panel).click();
  await waitForHealthy(panel);
  expect(sandbox.upstack.destinations()).toHaveLength(1);
});

test('C: a token is replaced: with a reason, a name, a look at its age, and the old one deleted at the end', {
  tag: '@oneLife',
}, async ({ launched, page, sandbox, connect, openPopup, tooltip }) => {
  const { upstack, platforms } = sandbox;
  const old = platforms.reddit.issue({ name: 'Upstack Data' });
  const held = upstack.addDestination({
    type: 'reddit',
    name: 'Northwind',
    config: { pixelId: PIXEL },
    token: old.value,
    label: old.name,
  });
  await connect();
  await switchAlertsOn(launched);
  const popup = await openPopup();
  await popup.getByText(says('rotation.open')).click();
  await expect(popup.getByText(says('platforms.reddit.rotation.none'))).toBeVisible();
  await button(popup, 'platforms.reddit.rotation.exposed').click();
  await expect(heading(popup, 'guide.rotate')).toBeVisible();
  await popup.close();

  // It is where it stood, beside the page as well.
  const panel = await openPanel(page, launched.url('sidepanel.html'));
  await expect(panel.getByText(says('platforms.reddit.rotation.exposed'))).toBeVisible();
  const name = `Upstack Data (rotated ${new Date().toLocaleDateString('sv')})`;
  await expect(async () => expect(Date.now()).toBeGreaterThan(old.createdAt + 1_000)).toPass(); // a second younger
  await openReddit(page);
  await openTokenPage(page);
  await generateRedditToken(page, { name });
  await closeDialog(page);

  await expect(destinations(panel)).toHaveAccessibleDescription(
    'Replace the token. Pixel ID stays the same.',
  );
  await expect(panel.getByText(says('rotation.freshness.newer'))).toBeVisible();

  // Refused at first: the maker of the token has lost the role.
  const business = platforms.reddit.businesses[0]?.id ?? '';
  const maker = platforms.reddit.users[0]?.id ?? '';
  platforms.reddit.setRole(business, maker, 'analyst');
  await sendButton(panel).click();
  await expect(heading(panel, 'rotation.refused')).toBeVisible();
  await expect(panel.getByText(says('step.account_match')).first()).toContainText('failed');
  expect(upstack.destination(held.id).token?.value).toBe(old.value);
  platforms.reddit.setRole(business, maker, 'admin');

  // Not healthy in the time that was promised: said, told, and the old token is to be kept.
  upstack.health.settleMs = HOUR;
  await sendButton(panel).click();
  // Only what is saved can be checked; time that passes before that does not count.
  await panel
    .getByRole('article', { name: /^Sending to/ })
    .getByRole('button', { name: 'Check now' })
    .waitFor();
  await panel.bringToFront();
  await pass(launched, 5 * MINUTE, panel);
  await expect(panel.getByText(says('delivery.late'))).toBeVisible();
  await checkNow(panel);
  await expect
    .poll(launched.notices)
    .toEqual([
      'Reddit · Northwind is not healthy yet. Five minutes have passed since the token was sent. Click to see why.',
    ]);
  await expect.poll(() => tooltip(page)).toMatch(says('badge.late'));

  // A colleague's, with the same old token, which must not be deleted before that is changed there too.
  const other = upstack.addDestination({
    type: 'reddit',
    name: 'Outlet',
    config: { pixelId: OUTLET_PIXEL },
    token: old.value,
  });
  upstack.health.settleMs = 0;
  await pass(launched, MINUTE, panel);
  await checkNow(panel);
  await expect(panel.getByText(says('delivery.verified'))).toBeVisible();
  const fresh = platforms.reddit.tokens.at(-1);
  expect(upstack.destination(held.id).token).toMatchObject({ value: fresh?.value, label: name });
  expect(upstack.destination(held.id).config).toEqual({ pixelId: PIXEL });

  await expect(panel.getByText('Still used by: Outlet. Update them first.', { exact: true })).toBeVisible();
  await expect(heading(panel, 'reminder.due')).toHaveCount(0);
  upstack.destination(other.id).token = upstack.destination(held.id).token;
  await pass(launched, 10 * MINUTE, panel);
  await checkNow(panel);

  // Only now may the old one go, and it is said by name.
  await expect(now(panel)).toContainText('Delete the old token');
  await expect(heading(panel, 'reminder.due')).toBeVisible();
  await expect(panel.getByText('Its name: Upstack Data', { exact: true })).toBeVisible();
  await expect(button(panel, 'reminder.done')).toBeVisible();

  // Put off, it comes again tomorrow.
  await button(panel, 'reminder.later').click();
  const tomorrow = await panel.evaluate(
    (ms) => new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' }).format(Date.now() + ms),
    DAY,
  );
  const resting = `You will be reminded on ${tomorrow}.`;
  await expect(panel.getByText(resting, { exact: true })).toBeVisible();
  await expect(heading(panel, 'reminder.due')).toHaveCount(0);
  const later = await openPopup();
  await expect(later.getByText(resting, { exact: true })).toBeVisible();
  await advanceClock(later, DAY + HOUR);
  await expect(heading(later, 'reminder.due')).toBeVisible();
  await later.close();

  await deleteToken(page, 'Upstack Data');
  // It was seen to go: nobody has to say so.
  await expect(heading(panel, 'guide.finished')).toBeVisible();
  await expect(panel.getByText(says('reminder.removed'))).toBeVisible();
});

test('D: an unhealthy destination says why, and is mended by the one thing that mends it', {
  tag: '@oneLife',
}, async ({ launched, page, sandbox, connect, openPopup, badge }) => {
  const { upstack, platforms, troubles } = sandbox;
  const held = upstack.addDestination({
    type: 'reddit',
    name: 'Northwind',
    config: { pixelId: PIXEL },
    token: platforms.reddit.issue({ name: 'Upstack Data' }).value,
    label: 'Upstack Data',
  });
  await connect();
  await switchAlertsOn(launched);
  const popup = await openPopup();
  await expect(popup.getByRole('heading', { name: /Northwind.*Healthy$/ })).toBeVisible();

  // The platform is down: nothing to do, and no new token.
  troubles.makeUnhealthy(held.id, 'platform_unavailable');
  await checkNow(popup);
  await expect(popup.getByRole('heading', { name: says('status.platformTrouble') })).toBeVisible();
  await expect(button(popup, 'diagnosis.button.rotateToken')).toHaveCount(0);
  troubles.mend();

  // The token was deleted by a colleague.
  troubles.makeUnhealthy(held.id, 'token_invalid');
  await popup.reload();
  await checkNow(popup);
  await expect(popup.getByText(says('platforms.reddit.cause.token_invalid'))).toBeVisible();
  await expect(popup.locator('main [data-first]')).toHaveText([says('diagnosis.button.rotateToken')]);
  await expect(popup.getByRole('listitem').filter({ hasText: 'Reddit answers' })).toContainText('Passed');
  await expect(popup.getByText('Token check: failed')).toBeVisible();
  const listed = popup.getByRole('listitem').filter({ hasText: 'Token still listed in Reddit' });
  await expect(listed).toContainText('Can’t tell from here');
  platforms.reddit.issue({ name: 'Upstack Data (rotated 2026-01-01)' });
  await openReddit(page);
  await openTokenPage(page);
  await expect(listed).toContainText('Failed');

  // A second bad check, a minute after the first: now it is told, on the button and in words.
  await pass(launched, 61_000);
  await popup.reload();
  await checkNow(popup);
  await expect.poll(() => badge(page)).toBe('!1');
  await expect
    .poll(launched.notices)
    .toEqual(['Reddit · Northwind is unhealthy. Conversions are not being forwarded. Click to see why.']);

  await button(popup, 'diagnosis.button.rotateToken').click();
  await expect(popup.getByText(says('platforms.reddit.rotation.authentication'))).toBeVisible();
  await openReddit(page);
  await generateRedditToken(page, { name: 'Upstack Data (rotated)' });
  await expect(sendButton(popup)).toBeEnabled();
  await sendButton(popup).click();
  await waitForHealthy(popup);
  expect(upstack.destination(held.id).token?.value).toBe(platforms.reddit.tokens.at(-1)?.value);
  await expect(popup.getByText(/^Healthy again\. Unhealthy for \d+ min\.$/)).toBeVisible();
  await expect
    .poll(launched.notices)
    .toContainEqual(
      expect.stringMatching(/^Reddit · Northwind is healthy again\. It was unhealthy for \d+ min\.$/),
    );
  await expect.poll(() => badge(page)).toBe('');

  // It is ill again, of the account this time: another remedy, and what the support wants to know.
  troubles.makeUnhealthy(held.id, 'account_mismatch');
  await launched.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const again = await openPopup();
  await checkNow(again);
  await expect(again.getByText(says('platforms.reddit.cause.account_mismatch'))).toBeVisible();
  await expect(again.locator('main [data-first]').first()).toHaveText(
    says('diagnosis.button.compareAccounts'),
  );
  await button(again, 'diagnosis.copy').click();
  await expect(button(again, 'copy.copied')).toBeVisible();

  // What every test ends with finds no token in these alerts. Its control: a careless one.
  const careless = redditConversionToken();
  await (await workerOf(launched)).evaluate(
    (title) =>
      chrome.notifications.create('careless', {
        type: 'basic',
        iconUrl: chrome.runtime.getURL('icon/128.png'),
        title,
        message: '',
      }),
    careless,
  );
  expect((await launched.traces([careless])).map(({ where }) => where)).toContain('notifications');
});

test('E: an agency with many clients: added at once, told apart by ids, never mixed up, and watched together', {
  tag: '@oneLife',
}, async ({ launched, page, tool, sandbox, openPopup, badge, tooltip }) => {
  const { upstack, platforms } = sandbox;
  const clients = [
    upstack.workspace,
    ...Array.from({ length: 6 }, (_, n) => upstack.addWorkspace(`Client ${n}`)),
  ];
  const lines = clients.map(({ keys, pixelId }, n) => `Client ${n},${keys[0]?.value},${pixelId}`);
  const [first, second, third] = clients;
  const oldToken = platforms.reddit.issue({ name: 'Upstack Data' });
  const ofFirst = upstack.addDestination(
    { type: 'reddit', name: 'First', config: { pixelId: OUTLET_PIXEL }, token: oldToken.value },
    first,
  );
  const ofSecond = upstack.addDestination(
    { type: 'reddit', name: 'Second', config: { pixelId: PIXEL }, token: oldToken.value },
    second,
  );
  const alsoSecond = upstack.addDestination(
    { type: 'reddit', name: 'Second EU', config: { pixelId: EU_PIXEL }, token: oldToken.value },
    second,
  );
  const ofThird = upstack.addDestination(
    {
      type: 'pinterest',
      name: 'Third',
      config: Object.fromEntries(pinterest.ids.map(({ config, value }) => [config, value])),
      token: platforms.pinterest.issue().value,
    },
    third,
  );

  const options = await launched.context.newPage();
  await options.goto(launched.url('options.html'));
  await options.getByText(says('options.addMany')).click();
  await options
    .getByLabel('Lines of name, key and pixel')
    .fill([...lines, 'Broken,no-key,no-pixel'].join('\n'));
  await button(options, 'bulk.add').click();
  await expect(options.getByRole('heading', { name: '7 added, 1 refused' })).toBeVisible();
  await expect(options.getByText('Line 8 · Broken')).toBeVisible();
  await options.close();
  await switchAlertsOn(launched);

  await expect(async () => expect(Date.now()).toBeGreaterThan(oldToken.createdAt + 1_000)).toPass();
  await openReddit(page);
  await generateRedditToken(page, { name: 'New' });
  const popup = await openPopup();
  await expect(destinations(popup)).toHaveAccessibleDescription(/^Matched by Pixel ID to Client 1\./);

  // The other client's destination is not to be had for this pixel.
  await destinations(popup).selectOption({ label: 'First' });
  await expect(sendButton(popup)).toBeDisabled();
  await expect(sendButton(popup)).toHaveAccessibleDescription(
    /First belongs to Client 0\..*Second in Client 1/,
  );
  await destinations(popup).selectOption({ label: 'Second' });
  await popup.getByRole('checkbox', { name: says('tick.others') }).check();
  await sendButton(popup).click();

  // One token for others of the same business, one by one.
  await popup.getByRole('button', { name: 'Client 1 · Second EU' }).click();
  await sendButton(popup).click();
  const fresh = platforms.reddit.tokens.at(-1)?.value;
  await expect.poll(() => upstack.destination(alsoSecond.id).token?.value).toBe(fresh);
  expect(upstack.destination(ofSecond.id).token?.value).toBe(fresh);
  expect(upstack.destination(ofSecond.id).config).toEqual({ pixelId: PIXEL });
  expect(upstack.destination(alsoSecond.id).config).toEqual({ pixelId: EU_PIXEL });
  expect(upstack.destination(ofFirst.id).token?.value).toBe(oldToken.value);

  // The third one that it might serve is not wanted.
  await expect(popup.getByRole('button', { name: 'Client 0 · First' })).toBeVisible();
  await popup.getByRole('button', { name: says('review.discard') }).click();

  // An account that belongs to nobody yet is asked about, never guessed.
  await openReddit(page);
  await generateRedditToken(page, { account: 'Fernweh DE', name: 'Another' });
  await expect(popup.getByText(`Which workspace is Pixel ID ${STRANGE_PIXEL}?`)).toBeVisible();
  await expect(sendButton(popup)).toBeDisabled();
  await popup.getByRole('searchbox', { name: says('destination.search') }).fill('client 3');
  await destinations(popup).selectOption({ label: 'New destination' });
  await sendButton(popup).click();
  await expect
    .poll(() => clients[3]?.destinations.map(({ config }) => config))
    .toEqual([{ pixelId: STRANGE_PIXEL }]);

  const asked = (): Promise<number> =>
    tool.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return [...held, ...pending].filter(({ name }) => name?.startsWith('poll ')).length;
    });
  /** All workspaces are due by then, and the alarm rings. Begins after the end of the one before. */
  const round = async (after: number): Promise<void> => {
    await expect.poll(asked).toBe(0);
    await pass(launched, after, popup);
    await tool.evaluate(() => chrome.alarms.create('round', { when: Date.now() }));
  };
  await popup.bringToFront();
  await round(2 * MINUTE);
  await expect.poll(() => tooltip(page)).toMatch(/healthy: 5\. Checked at /);

  // The next morning: trouble first, the healthy folded away.
  for (const { id } of upstack.destinations())
    if (id !== ofThird.id) upstack.force(id, { state: 'unhealthy', reasonCode: 'token_invalid' });
  await round(12 * HOUR);
  await expect(popup.getByRole('heading', { name: '4 need attention', exact: true })).toBeVisible();
  await expect(popup.getByRole('button', { name: /^Fix / })).toHaveCount(4);
  await expect(popup.getByText('Healthy: 1', { exact: true })).toBeVisible();

  // Confirmed by the next round, and told as one.
  await round(2 * MINUTE);
  await expect.poll(() => badge(page)).toBe('!4');
  await expect
    .poll(async () => (await launched.notices()).filter((alert) => /unhealthy/i.test(alert)))
    .toEqual(['Destinations unhealthy: 4. Workspaces: 3. Click to see which.']);

  // Side by side in the panel; and what is handed over holds no secret.
  const panel = await openPanel(page, launched.url('sidepanel.html#history'));
  await advanceClock(panel, 12 * HOUR + 4 * MINUTE);
  const days = panel.getByRole('table', { name: says('picture.grid') });
  await expect(days.getByRole('img', { name: /^Client 1: .*, unhealthy [1-9]/ })).toBeVisible();
  await expect(days.getByRole('img', { name: /^Client 2: .*, unhealthy 0/ })).toBeVisible();
  const [file] = await Promise.all([panel.waitForEvent('download'), button(panel, 'history.export').click()]);
  const exported = await readFile(await file.path(), 'utf8');
  const count = exported.split('\r\n').length - 1;
  await expect(panel.locator('.shown')).toHaveText(`Lines exported: ${count}. No tokens included.`);
  expect(exported).toContain('"Client 1","Reddit · Second EU","Token replaced"');
  expect(exported).toContain(`••••${fresh?.slice(-4)}`);
  const secrets = [
    ...platforms.reddit.tokens,
    ...platforms.pinterest.tokens,
    ...clients.flatMap(({ keys }) => keys),
  ];
  for (const { value } of secrets) {
    expect(exported).not.toContain(value.slice(0, 12));
    expect(exported).not.toContain(value.slice(-12));
  }
});
