import type { Page } from '@playwright/test';
import { journeys, lastIssued } from '../story/journeys';
import { destinations, hastenHealthy, healthyHeading, idField, sendButton } from '../story/screens';
import { says } from '../story/texts';
import { expect, test } from './fixtures';
import { tabTo } from './keyboard';
import { captureAtOnce } from './shown';

/** The popup from its first moment on, and by keyboard alone. */

const [journey] = journeys;
if (!journey) throw new Error('There is no platform to capture from.');

/** In the popup: as soon as the first main control is there and enabled, types into it or presses it. */
const useFirstControl = (text: string): void => {
  new MutationObserver((_records, observer) => {
    const control = document.querySelector<HTMLElement>('[data-first]:enabled');
    if (!control) return;
    observer.disconnect();
    document.documentElement.dataset.focused = String(document.activeElement === control);
    if (control.matches('input')) document.execCommand('insertText', false, text);
    else control.click();
  }).observe(document, { subtree: true, childList: true, attributes: true });
};

const openAndUse = async (popup: Page, address: string, text = ''): Promise<void> => {
  await popup.addInitScript(useFirstControl, text);
  await popup.goto(address);
  await expect(popup.locator('html')).toHaveAttribute('data-focused', 'true');
};

test('what is typed in the moment in which the form appears stays, and connects', async ({
  context,
  launched,
  sandbox: { upstack },
}) => {
  const popup = await context.newPage();
  await openAndUse(popup, launched.url('popup.html'), upstack.apiKey);
  await expect(popup.getByRole('textbox', { name: 'API key', exact: true })).toHaveValue(upstack.apiKey);
  await popup.getByRole('textbox', { name: 'Upstack pixel ID', exact: true }).fill(upstack.pixelId);
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(upstack.workspace.accountName).first()).toBeVisible();
});

test('a click in the moment in which Send is enabled sends, once', async ({
  context,
  launched,
  page,
  sandbox,
  connect,
  badge,
}) => {
  await connect();
  await captureAtOnce(page, sandbox, journey);
  await expect.poll(() => badge(page)).toBe('NEW');
  const popup = await context.newPage();
  await openAndUse(popup, launched.url('popup.html'));
  await hastenHealthy(popup, journey);
  const tokens = sandbox.upstack.received.filter(({ destinationId }) => destinationId !== undefined);
  expect(tokens.map(({ token }) => token)).toEqual([lastIssued(sandbox, journey.platform)]);
});

test('from connecting to Healthy by keyboard alone', async ({ page, sandbox, openPopup, badge }) => {
  const { upstack } = sandbox;
  await journey.open(page);
  await journey.generate(page);
  await journey.showIds(page);
  await expect.poll(() => badge(page)).toBe('NEW');

  const popup = await openPopup();
  await tabTo(popup, 'textbox', 'API key');
  await popup.keyboard.type(upstack.apiKey);
  await tabTo(popup, 'textbox', 'Upstack pixel ID');
  await popup.keyboard.type(upstack.pixelId);
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(upstack.workspace.accountName).first()).toBeVisible();
  for (const { field, value } of journey.ids) await expect(idField(popup, journey, field)).toHaveValue(value);
  await expect(sendButton(popup)).toBeEnabled();

  // What had the focus is gone, so it is on a heading, not at the start of the page.
  await expect(popup.locator('h2:focus')).toBeVisible();
  await tabTo(popup, 'button', 'Send to Upstack');
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(says('step.saved'))).toBeVisible();
  await expect(popup.locator('h2:focus')).toBeVisible();
  await popup.getByText(says('step.waiting')).waitFor();
  await tabTo(popup, 'button', 'Check now');
  await popup.keyboard.press('Enter');
  await healthyHeading(popup, journey).waitFor();
  expect(upstack.destinations()).toHaveLength(1);
});

test('a token is replaced, checked and its reminder settled by keyboard alone', async ({
  page,
  sandbox,
  connect,
  openPopup,
  badge,
}) => {
  const { upstack, platforms } = sandbox;
  const held = upstack.addDestination({
    type: journey.platform,
    name: 'Northwind',
    config: Object.fromEntries(journey.ids.map(({ config, value }) => [config, value])),
    token: platforms[journey.platform].issue({ name: 'Upstack Data' }).value,
  });
  await connect();
  await captureAtOnce(page, sandbox, journey);
  await expect.poll(() => badge(page)).toBe('NEW');

  const popup = await openPopup();
  await expect(destinations(popup).locator('option:checked')).toHaveText('Northwind');
  await expect(sendButton(popup)).toBeEnabled();
  await tabTo(popup, 'button', 'Send to Upstack');
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(says('step.saved'))).toBeVisible();
  upstack.health.settleMs = 0;
  await tabTo(popup, 'button', 'Check now');
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(says('delivery.verified'))).toBeVisible();
  expect(upstack.destination(held.id).token?.value).toBe(lastIssued(sandbox, journey.platform));

  await tabTo(popup, 'button', says('reminder.done'));
  await popup.keyboard.press('Enter');
  await expect(popup.getByRole('button', { name: says('reminder.done') })).toHaveCount(0);
  await expect(popup.locator(':focus')).toBeVisible();
});
