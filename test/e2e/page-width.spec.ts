import { expect, test } from './fixtures';

/** The pages as they are built: which styles reach which page is decided there. */

const WIDE = 1280;

for (const [file, body] of [
  ['popup.html', 380],
  ['sidepanel.html', WIDE],
  ['options.html', WIDE],
  ['welcome.html', WIDE],
] as const) {
  test(`${file} is as wide as it is meant to be`, async ({ page, launched }) => {
    await page.setViewportSize({ width: WIDE, height: 800 });
    await page.goto(launched.url(file));
    await expect(page.getByRole('heading').first()).toBeVisible();
    const widths = await page.evaluate(() => ({
      body: document.body.getBoundingClientRect().width,
      root: document.querySelector('#root')?.getBoundingClientRect().width ?? 0,
    }));
    expect(widths.body).toBe(body);
    // A settings page that is as narrow as the popup was not noticed for long.
    expect(widths.root > 600).toBe(body === WIDE);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}
