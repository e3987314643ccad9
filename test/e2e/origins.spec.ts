import type { Page } from '@playwright/test';
import { pinterestKey, redditConversionToken } from '../sandbox/tokens';
import { expect, test } from './fixtures';

/** Where a token is taken, and where the very same page gives nothing. */

const cases = [
  { name: 'Reddit', home: 'ads.reddit.com', token: redditConversionToken },
  { name: 'Pinterest', home: 'ads.pinterest.com', token: pinterestKey },
] as const;

const hostOf = (authority: string): string => authority.replace(/:\d+$/, '');

const nearlyHome = (home: string): string[] => [
  `${home}:9999`,
  `${home}.`,
  `${home}.attacker.example`,
  `sub.${home}`,
  `${home.replace('ads.', 'ads-')}`,
];

test.use({
  hosts: cases.flatMap(({ home }) =>
    nearlyHome(home)
      .map(hostOf)
      .filter((host) => host !== home),
  ),
});

for (const { name, home, token } of cases) {
  test.describe(name, () => {
    test('a token is taken at the exact origin and nowhere else', async ({ page, sandbox, tool, badge }) => {
      const held = (): Promise<string> =>
        tool.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));
      const show = async (where: Page, authority: string): Promise<string> => {
        const value = token();
        const away = sandbox.serve(
          hostOf(authority),
          '/shown',
          `<!doctype html><title>x</title><p>${value}</p>`,
        );
        await where.goto(`https://${authority}/shown`);
        await expect(where.locator('p')).toHaveText(value);
        away();
        return value;
      };

      const foreign: string[] = [];
      for (const authority of nearlyHome(home)) foreign.push(await show(page, authority));
      // The control comes last: once it has arrived, everything before it has had its time.
      const own = await show(page, home);
      await expect.poll(() => badge(page)).toBe('NEW');
      await expect.poll(held).toContain(own);
      for (const value of foreign) expect(await held()).not.toContain(value);
    });

    test('a token inside a frame of another site is not taken, nor one in a frame on that site', async ({
      page,
      sandbox,
      tool,
      badge,
    }) => {
      const held = (): Promise<string> =>
        tool.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));
      const framed = token();
      const inForeignFrame = token();
      const own = token();
      sandbox.serve(home, '/inner', `<!doctype html><title>x</title><p>${framed}</p>`);
      sandbox.serve('outer.example', '/', `<!doctype html><iframe src="https://${home}/inner"></iframe>`);
      sandbox.serve('ads.example', '/', `<!doctype html><p>${inForeignFrame}</p>`);
      sandbox.serve(
        home,
        '/outer',
        `<!doctype html><title>x</title><iframe src="https://ads.example/"></iframe><p>${own}</p>`,
      );
      await page.goto('https://outer.example/');
      await expect(page.frameLocator('iframe').locator('p')).toHaveText(framed);
      await page.goto(`https://${home}/outer`);
      await expect(page.frameLocator('iframe').locator('p')).toHaveText(inForeignFrame);
      await expect.poll(() => badge(page)).toBe('NEW');
      await expect.poll(held).toContain(own);
      expect(await held()).not.toContain(framed);
      expect(await held()).not.toContain(inForeignFrame);
    });
  });
}
