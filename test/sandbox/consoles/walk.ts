/**
 * The steps of Upstack's guides, walked through the played consoles by what a person sees: roles and names, in the
 * console's language. Accounts go by their name or id. Nothing here knows how a console is built.
 */
import type { Locator, Page } from 'playwright-core';
import type { ConsoleVariant } from '../consoles-api';
import { words as pinterestWords } from './pinterest/words';
import { words as redditWords } from './reddit/words';

type Language = ConsoleVariant['language'];

interface Walk {
  /** Switch to this account first. */
  account?: string;
  language?: Language;
}

const exact = true;

/** The row of a table that holds this text. */
const rowOf = (page: Page, text: string): Locator =>
  page.getByRole('row').filter({ has: page.getByText(text, { exact }) });

async function chooseAccount(page: Page, switcher: Locator, account: string): Promise<void> {
  if (await switcher.getByText(account, { exact }).isVisible()) return;
  await switcher.click();
  await page
    .getByRole('menuitem')
    .filter({ has: page.getByText(account, { exact }) })
    .click();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
}

/** A tab behind another is drawn once a second, and every click waits for two drawings. */
const inFront = (page: Page): Promise<void> => page.bringToFront();

// Reddit

export async function openReddit(page: Page): Promise<void> {
  await inFront(page);
  await page.goto('https://ads.reddit.com/');
}

export async function switchRedditAccount(page: Page, account: string, language: Language = 'en') {
  const { adAccount } = redditWords[language];
  await chooseAccount(page, page.getByRole('button', { name: new RegExp(`^${adAccount}`) }), account);
}

/** Menu → Ads → Events Manager, which opens on the pixel. */
export async function openPixelPage(page: Page, { account, language = 'en' }: Walk = {}): Promise<void> {
  await inFront(page);
  const words = redditWords[language];
  if (account) await switchRedditAccount(page, account, language);
  await page.getByRole('button', { name: words.menu, exact }).click();
  await page.getByRole('button', { name: words.ads, exact }).click();
  await page.getByRole('link', { name: words.eventsManager, exact }).click();
  await page.getByRole('heading', { name: words.pixelTitle, exact }).waitFor();
}

/** … and on to Conversions API in the menu at the left. */
export async function openTokenPage(page: Page, walk: Walk = {}): Promise<void> {
  const words = redditWords[walk.language ?? 'en'];
  await openPixelPage(page, walk);
  await page.getByRole('link', { name: words.conversionsApi, exact }).click();
  await page.getByRole('heading', { name: words.tokenSection, exact }).waitFor();
}

/** From anywhere in the console to a new token on the screen. The dialog is left open. */
export async function generateRedditToken(page: Page, walk: Walk & { name: string }): Promise<void> {
  const words = redditWords[walk.language ?? 'en'];
  await openTokenPage(page, walk);
  await page.getByRole('button', { name: words.generateToken, exact }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: words.tokenName, exact }).fill(walk.name);
  await dialog.getByRole('button', { name: words.generate, exact }).click();
  await dialog.getByText(words.generatedHint).waitFor();
}

/** Done: after this, the token is not shown again. */
export async function closeDialog(page: Page, language: Language = 'en'): Promise<void> {
  await inFront(page);
  await page.getByRole('dialog').getByRole('button', { name: redditWords[language].done, exact }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** On the page of the tokens. */
export async function deleteToken(page: Page, name: string, language: Language = 'en'): Promise<void> {
  await inFront(page);
  const words = redditWords[language];
  await rowOf(page, name).getByRole('button', { name: words.delete, exact }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: words.deleteConfirm, exact }).click();
  await dialog.waitFor({ state: 'hidden' });
}

// Pinterest

export async function openPinterest(page: Page): Promise<void> {
  await inFront(page);
  await page.goto('https://business.pinterest.com/');
}

export async function switchPinterestAccount(page: Page, account: string, language: Language = 'en') {
  const { viewing } = pinterestWords[language];
  await chooseAccount(page, page.getByRole('button', { name: new RegExp(`^${viewing}`) }), account);
}

/** Menu (three lines) → Manage business → Conversions, which leads from the entry to the ads host. */
async function openConversions(page: Page, { account, language = 'en' }: Walk = {}): Promise<void> {
  await inFront(page);
  const words = pinterestWords[language];
  if (account) await switchPinterestAccount(page, account, language);
  await page.getByRole('button', { name: words.menu, exact }).click();
  await page.getByRole('link', { name: words.conversions, exact }).click();
  await page.getByRole('heading', { name: words.conversions, exact }).waitFor();
}

export async function openTagPage(page: Page, walk: Walk = {}): Promise<void> {
  const words = pinterestWords[walk.language ?? 'en'];
  await openConversions(page, walk);
  await page.getByRole('button', { name: words.manageTag, exact }).click();
  await page.getByText(words.tagId, { exact }).first().waitFor();
}

export async function openApiPage(page: Page, walk: Walk = {}): Promise<void> {
  const words = pinterestWords[walk.language ?? 'en'];
  await openConversions(page, walk);
  await page.getByRole('button', { name: words.setUpApi, exact }).click();
  await page.getByRole('heading', { name: words.tokenSection, exact }).waitFor();
}

/** From anywhere in the console to a new token on the screen. */
export async function generatePinterestToken(page: Page, walk: Walk = {}): Promise<void> {
  const words = pinterestWords[walk.language ?? 'en'];
  await openApiPage(page, walk);
  await page.getByRole('heading', { name: words.tokenSection, exact }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: words.generateToken, exact }).click();
  // The button stands for a chip as well, whose name is the token and this word.
  await page.getByRole('button', { name: new RegExp(`${words.copy}$`) }).waitFor();
  await page.getByRole('heading', { name: words.tokens, exact }).scrollIntoViewIfNeeded();
}

/** Pinterest's tokens have no names: they go by their place in the list, the newest being 0. */
export async function revokePinterestToken(page: Page, place: number, language: Language = 'en') {
  await inFront(page);
  const words = pinterestWords[language];
  const rows = page
    .getByRole('table', { name: words.tokens, exact })
    .getByRole('button', { name: words.revoke });
  await rows.nth(place).waitFor(); // the list comes after the page; counting sooner would count nothing
  const before = await rows.count();
  await rows.nth(place).click();
  await page.getByRole('alertdialog').getByRole('button', { name: words.revoke, exact }).click();
  await rows.nth(before - 1).waitFor({ state: 'hidden' });
}
