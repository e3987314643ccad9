import type { Page } from '@playwright/test';
import {
  closeDialog,
  deleteToken,
  generatePinterestToken,
  generateRedditToken,
  openApiPage,
  openPinterest,
  openPixelPage,
  openReddit,
  openTagPage,
  openTokenPage,
  revokePinterestToken,
  switchPinterestAccount,
  switchRedditAccount,
} from '../../sandbox/consoles/walk';
import type { ConsoleVariant } from '../../sandbox/consoles-api';
import { lastIssued } from '../../story/journeys';
import { expect, test } from '../fixtures';

/** The played consoles do what the other tests lean on: show a token once, and no other secret. */

/** Where a value stands in the page: as a person sees it, and in the markup. */
const traces = (page: Page, value: string) =>
  page.evaluate((wanted) => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), textarea')];
    const shadows = [...document.querySelectorAll('*')].flatMap((element) => element.shadowRoot ?? []);
    const frames = [...document.querySelectorAll('iframe')];
    return {
      // biome-ignore lint/performance/useDomNodeTextContent: only the text that is rendered counts as shown
      text: document.body.innerText.includes(wanted),
      field: fields.some((field) => field.value === wanted),
      shadow: shadows.some((root) => root.textContent?.includes(wanted)),
      frame: frames.some((frame) => frame.contentDocument?.body.textContent?.includes(wanted)),
      markup: document.documentElement.outerHTML.includes(wanted),
    };
  }, value);

const nowhere = { text: false, field: false, shadow: false, frame: false, markup: false };

const variants: [Partial<ConsoleVariant>, Partial<typeof nowhere>][] = [
  [{ tokenIn: 'text' }, { text: true, markup: true }],
  [
    { tokenIn: 'text', gluedButton: true, language: 'de' },
    { text: true, markup: true },
  ],
  [{ tokenIn: 'input' }, { field: true }],
  [{ tokenIn: 'textarea', language: 'es' }, { field: true }],
  [{ tokenIn: 'shadow' }, { shadow: true }],
  [{ tokenIn: 'frame' }, { frame: true }],
];

for (const [variant, where] of variants) {
  const { tokenIn, gluedButton, language = 'en' } = variant;
  const title = `${tokenIn}${gluedButton ? ' with a glued button' : ''}, ${language}`;

  test(`Reddit shows a token once (${title})`, async ({ sandbox, page }) => {
    Object.assign(sandbox.platforms.reddit.variant, variant);
    await openReddit(page);
    await generateRedditToken(page, { name: 'Upstack Data', account: 'Northwind EU', language });
    const token = lastIssued(sandbox, 'reddit');
    await expect.poll(() => traces(page, token)).toEqual({ ...nowhere, ...where });

    await closeDialog(page, language);
    expect(await traces(page, token)).toEqual(nowhere);
    await expect(page.getByRole('row').filter({ hasText: 'Upstack Data' })).toHaveCount(1);
  });

  test(`Pinterest shows a token once (${title})`, async ({ sandbox, page }) => {
    Object.assign(sandbox.platforms.pinterest.variant, variant);
    await openPinterest(page);
    await generatePinterestToken(page, { account: 'Northwind EU', language });
    expect(new URL(page.url()).href).toBe('https://ads.pinterest.com/conversions/setup-api/');
    const token = lastIssued(sandbox, 'pinterest');
    await expect.poll(() => traces(page, token)).toEqual({ ...nowhere, ...where });

    await switchPinterestAccount(page, 'Northwind US', language);
    expect(await traces(page, token)).toEqual(nowhere);
  });
}

test('The ids stand where the guides find them, and change with the account', async ({ page }) => {
  await openReddit(page);
  await openPixelPage(page, { account: 'Northwind EU' });
  await expect(page.getByText('a2_p4d1s9j7v2ke', { exact: true })).toBeVisible();
  await expect(page.getByText("rdt('init','a2_u6g3l8t5e0mx')")).toBeVisible();
  await switchRedditAccount(page, 'Fernweh DE'); // of the other business
  await expect(page).toHaveURL('https://ads.reddit.com/account/a2_h1z7k4y9d3qa/events-manager');
  await expect(page.getByText('a2_h1z7k4y9d3qa', { exact: true })).toBeVisible();
  await expect(page.getByText('a2_p4d1s9j7v2ke')).toHaveCount(0);

  await openPinterest(page);
  await openTagPage(page, { account: 'Northwind EU' });
  await expect(page).toHaveURL('https://ads.pinterest.com/conversions/tag');
  await expect(page.getByText('2612580417396', { exact: true })).toBeVisible();
  await expect(page.getByText("pintrk('load', '2614106539728')")).toBeVisible();
  await switchPinterestAccount(page, 'Fernweh DE');
  await expect(page.getByText('2613371960542', { exact: true })).toBeVisible();
  await expect(page.getByText('2612580417396')).toHaveCount(0);
});

test('The session token lies around and is never drawn', async ({ sandbox, page }) => {
  for (const open of [openReddit, openPinterest]) {
    await open(page);
    const platform = open === openReddit ? 'reddit' : 'pinterest';
    const { sessionToken } = sandbox.platforms[platform];
    await expect(page.locator('[data-session]')).toHaveAttribute('data-session', sessionToken);
    expect(await traces(page, sessionToken)).toEqual({ ...nowhere, markup: true });
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain(sessionToken);
  }
});

test('Reddit holds five tokens at most, and the deleted one is refused', async ({ sandbox, page }) => {
  const { reddit } = sandbox.platforms;
  const issued = [1, 2, 3, 4].map((number) => reddit.issue({ name: `Old ${number}` }));
  await openReddit(page);
  await generateRedditToken(page, { name: 'Upstack Data' });
  await closeDialog(page);
  const button = page.getByRole('button', { name: '+ Generate Access Token' });
  await expect(button).toBeDisabled();
  await expect(page.getByText("You've reached the limit of 5 access tokens")).toBeVisible();

  await deleteToken(page, 'Old 2');
  await expect(page.getByRole('row').filter({ hasText: 'Old' })).toHaveCount(3);
  await expect(button).toBeEnabled();
  expect(reddit.permission(issued[1]!.value, 'a2_f7k2m9x4q1zt')).toBe('unknownToken');
});

test('A token revoked at Pinterest leaves the list and is refused', async ({ sandbox, page }) => {
  const { pinterest } = sandbox.platforms;
  const [older, newer] = [pinterest.issue(), pinterest.issue()];
  await openPinterest(page);
  await openApiPage(page);
  await revokePinterestToken(page, 1);
  expect(pinterest.permission(older!.value, '549761482039')).toBe('unknownToken');
  expect(pinterest.permission(newer!.value, '549761482039')).toBe('granted');
});

test('Who lost the role is told so, and can generate nothing', async ({ sandbox, page }) => {
  const { reddit, pinterest } = sandbox.platforms;
  for (const platform of [reddit, pinterest])
    platform.setRole(platform.businesses[0]!.id, platform.users[0]!.id, 'analyst');
  await openReddit(page);
  await openTokenPage(page);
  await expect(page.getByText('You are not an admin of this account')).toBeVisible();
  await expect(page.getByRole('button', { name: '+ Generate Access Token' })).toHaveCount(0);

  await openPinterest(page);
  await openApiPage(page);
  await expect(page.getByText('You are not an admin of this ad account')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Generate new token' })).toHaveCount(0);

  reddit.setRole(reddit.businesses[0]!.id, reddit.users[0]!.id, undefined);
  await page.goto('https://ads.reddit.com/account/a2_f7k2m9x4q1zt/dashboard');
  await expect(page.getByText('Account not found')).toBeVisible();
});

test('Signed out, the address is kept until the person signs in', async ({ sandbox, page }) => {
  sandbox.platforms.reddit.signedIn = undefined;
  const address = 'https://ads.reddit.com/account/f7k2m9x4q1zt/events-manager/conversion-tokens';
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Sign in to Reddit Ads Manager' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Conversions access token' })).toBeVisible();
  expect(page.url()).toBe(address);
});
