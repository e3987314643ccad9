import type { Locator, Page } from '@playwright/test';
import type { Journey } from './journeys';
import { says } from './texts';

/** Our pages as a person meets them: by role and name. */

export interface Connection {
  apiKey: string;
  pixelId: string;
  name?: string;
}

/** Fills the form that connects a workspace, on the options page or in the popup, and presses its button. */
export const fillConnection = async (page: Page, { apiKey, pixelId, name }: Connection): Promise<void> => {
  await page.getByRole('textbox', { name: 'API key', exact: true }).fill(apiKey);
  await page.getByRole('textbox', { name: 'Upstack pixel ID', exact: true }).fill(pixelId);
  if (name !== undefined) await page.getByRole('textbox', { name: 'Workspace name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
};

/** The review of what was captured on this platform. */
export const review = (popup: Page, { name }: Journey): Locator =>
  popup.getByRole('region', { name: new RegExp(name) });

export const idField = (popup: Page, journey: Journey, field: string): Locator =>
  review(popup, journey).getByRole('textbox', { name: field, exact: true });

/** Mask, length and verdict of the token, or the place to paste it. */
export const tokenField = (popup: Page, journey: Journey): Locator =>
  review(popup, journey).getByRole('group', { name: journey.tokenField, exact: true });

/** What it goes to. */
export const destinations = (page: Page): Locator => page.getByLabel('Destination', { exact: true });

export const sendButton = (popup: Page): Locator =>
  popup.getByRole('button', { name: 'Send to Upstack', exact: true });

export const healthyHeading = (popup: Page, { name }: Journey): Locator =>
  popup.getByRole('heading', { name: new RegExp(`${name}.*Healthy$`) });

/** Rests for ten seconds after each use, so this may wait. */
export const checkNow = (popup: Page): Promise<void> =>
  popup
    .getByRole('button', { name: says('check.now') })
    .first()
    .click();

/** As a person pastes: the value travels in the event, and the field need not keep it. */
export const paste = (field: Locator, value: string): Promise<void> =>
  field.evaluate((element: HTMLElement, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.focus();
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, value);

/**
 * Waits until it is saved, then asks for its health at once instead of in half a minute. What shows that it is saved may
 * have brought its health along.
 */
export const hastenHealthy = async (popup: Page, journey: Journey): Promise<void> => {
  const healthy = healthyHeading(popup, journey);
  await popup.getByText(says('step.waiting')).or(healthy).first().waitFor({ timeout: 30_000 });
  if (!(await healthy.isVisible())) await checkNow(popup);
  await healthy.waitFor({ timeout: 30_000 });
};
