/**
 * The steps of Upstack's guides in the played dashboard, by roles and names alone: they hold in both renderings and
 * in every wording.
 */
import type { Locator, Page } from 'playwright-core';

const exact = true;

/** + New Destination → Select a Destination → Next. Ends on the form. */
export async function startDestination(page: Page, platform: string): Promise<void> {
  await page.getByRole('button', { name: '+ New Destination', exact }).click();
  // Not by way of the dialog: what a web component shows in a slot does not lie beneath it in the tree.
  await page.getByRole('heading', { name: 'Select a Destination' }).waitFor();
  await page.getByRole('radio', { name: platform, exact }).click();
  await page.getByRole('button', { name: 'Next', exact }).click();
  await page.getByRole('heading', { name: `Configure ${platform}` }).waitFor();
}

/** Card → form. */
export async function openDestination(page: Page, name: string, platform: string): Promise<void> {
  await page.getByRole('heading', { name, exact }).click();
  await page.getByRole('heading', { name: `Edit ${platform}` }).waitFor();
}

export const dashboardField = (page: Page, label: string): Locator =>
  page.getByRole('textbox', { name: label, exact: false }).first();

/** What the person alone may press. */
export const saveButton = (page: Page): Locator =>
  page.getByRole('button', { name: /^(?:Create Configuration|Save|Update Configuration)$/ });

export const cancelButton = (page: Page): Locator => page.getByRole('button', { name: 'Cancel', exact });
