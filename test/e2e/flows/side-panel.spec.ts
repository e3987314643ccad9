import { attachRaw } from '../../browser/launch';
import { openReddit } from '../../sandbox/consoles/walk';
import { type Journey, journeys } from '../../story/journeys';
import { says } from '../../story/texts';
import { expect, test } from '../fixtures';
import { captureAtOnce } from '../shown';

const [reddit] = journeys as [Journey, Journey];

test('the side panel opens from the popup, beside the page, and follows it', async ({
  context,
  page,
  sandbox,
  connect,
  openPopup,
}) => {
  await connect();
  await openReddit(page);
  const popup = await openPopup();
  await popup.getByRole('button', { name: says('panel.open') }).click();
  const panel = await attachRaw(context, 'sidepanel.html');
  // A panel that was opened just now has no body yet.
  const text = (): Promise<string> => panel.evaluate('document.body?.innerText ?? ""');
  await expect.poll(text).toContain('Set up');
  await captureAtOnce(page, sandbox, reddit);
  await expect.poll(text).toContain('Conversions API access token');
  await panel.detach();
});
