import type { Page } from '@playwright/test';
import type { Sandbox } from '../sandbox/server';
import type { Journey } from '../story/journeys';

/** A page that shows these ids, and the token after a click, as a console does. It has nothing else, so it is there at once. */
export const shownHtml = (token: string, ids: readonly { field: string; value: string }[]): string =>
  `<!doctype html><title>x</title>${ids.map(({ field, value }) => `<p>${field}</p><p>${value}</p>`).join('')}
   <button>Generate</button><p id="shown"></p>
   <script>document.querySelector('button').onclick = () => { document.querySelector('#shown').textContent = ${JSON.stringify(token)}; }</script>`;

const hosts = { reddit: 'ads.reddit.com', pinterest: 'ads.pinterest.com' } as const;

/** Captures a token with its ids where the way through the console is not what a test is about. Gives the token. */
export const captureAtOnce = async (
  page: Page,
  sandbox: Sandbox,
  { platform, ids }: Journey,
): Promise<string> => {
  const { value } = sandbox.platforms[platform].issue();
  const host = hosts[platform];
  sandbox.serve(host, '/shown', shownHtml(value, ids));
  await page.bringToFront();
  await page.goto(`https://${host}/shown`);
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  return value;
};
