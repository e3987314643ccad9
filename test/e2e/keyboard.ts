import type { Page } from '@playwright/test';
import { expect } from './expect';

/** Presses Tab until this has the focus. What comes of it, a person must be able to see. */
export const tabTo = async (
  page: Page,
  role: Parameters<Page['getByRole']>[0],
  name: string | RegExp,
): Promise<void> => {
  const control = page.getByRole(role, { name, exact: true });
  await expect(async () => {
    await page.keyboard.press('Tab');
    expect(await control.evaluate((element) => element === document.activeElement)).toBe(true);
  }).toPass({ intervals: [0], timeout: 10_000 });
  await expect(control).toBeInViewport({ ratio: 0.9 });
  const outline = await control.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).not.toBe('none');
};
