import { attachRaw } from '../../browser/launch';
import { generateRedditToken, openReddit } from '../../sandbox/consoles/walk';
import { says } from '../../story/texts';
import { expect, test } from '../fixtures';

test('the side panel opens from the popup, beside the page, and follows it', async ({
  context,
  page,
  connect,
  openPopup,
}) => {
  await connect();
  await openReddit(page);
  const popup = await openPopup();
  await popup.getByRole('button', { name: says('panel.open') }).click();
  const panel = await attachRaw(context, 'sidepanel.html');
  const text = (): Promise<string> => panel.evaluate('document.body.innerText');
  await expect.poll(text).toContain('Set up');
  await page.bringToFront();
  await generateRedditToken(page, { name: 'Upstack Data' });
  await expect.poll(text).toContain('Conversions API access token');
  await panel.detach();
});
