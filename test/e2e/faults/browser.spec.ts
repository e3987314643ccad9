import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtExtension, launchWithExtension, loadExtension, openToolPage } from '../../browser/launch';
import { startSandbox } from '../../sandbox/server';
import { says } from '../../story/texts';
import { createScan, markerOf } from '../canary/scan';
import { expect, test } from '../fixtures';
import { randomOf } from '../zoo/random';
import { command, rowsSeenBy, secretsSeenBy, shownPage } from './storm';

/** What befalls the whole browser: it is killed, it updates the extension, nobody opens anything. */

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
const ALARM_ROUNDS = Number(process.env.ALARM_ROUNDS ?? 1);

for (let round = 0; round < ROUNDS; round += 1) {
  test(`a browser that is killed while a token waits leaves nothing on disk, and says so (${round + 1})`, async () => {
    const sandbox = await startSandbox();
    const profile = mkdtempSync(join(tmpdir(), 'killed-'));
    try {
      const launched = await launchWithExtension({ hosts: sandbox, headless: true, profile });
      const tool = await openToolPage(launched);
      const page = await launched.context.newPage();
      const { host, html, token } = shownPage(sandbox, round % 2 === 0 ? 'reddit' : 'pinterest', round);
      sandbox.serve(host, '/shown', () => ({
        status: 200,
        headers: { 'content-type': 'text/html', 'cache-control': 'no-store' },
        body: html,
      }));
      await page.goto(`https://${host}/shown`);
      await page.click('button');
      // Its row says so last. Before that it still waits for its report, and its loss is told a minute later.
      await expect
        .poll(async () => (await rowsSeenBy(tool)).captures.map(({ state }) => state))
        .toEqual(['open']);

      const [fingerprint = ''] = (await secretsSeenBy(tool)).map((key) => key.slice('secret:'.length));
      const session = await launched.context.browser()?.newBrowserCDPSession();
      const processes = await session?.send('SystemInfo.getProcessInfo');
      const browser = processes?.processInfo.find(({ type }) => type === 'browser');
      if (!browser) throw new Error('The browser does not say which process it is.');
      const gone = new Promise((done) => launched.context.once('close', done));
      process.kill(browser.id, 'SIGKILL');
      await gone;

      // The page itself is the browser's to keep as it likes; it was told not to.
      expect(createScan(markerOf(token)).folder(profile)).toEqual([]);
      // The control: what we do keep is found there, fingerprint and all.
      expect(createScan(fingerprint).folder(profile)).not.toEqual([]);

      const again = await launchWithExtension({ hosts: sandbox, headless: true, profile });
      const popup = await again.context.newPage();
      await popup.goto(again.url('popup.html'));
      await expect(popup.getByText(says('tombstone.lost'))).toBeVisible();
      expect(await secretsSeenBy(await openToolPage(again))).toEqual([]);
      await again.close();
    } finally {
      await sandbox.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

test(`an update at any moment loses nothing in silence (${3 * ROUNDS} times)`, async () => {
  test.setTimeout(120_000 + ROUNDS * 60_000);
  const sandbox = await startSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'updated-'));
  cpSync(builtExtension, folder, { recursive: true });
  const launched = await launchWithExtension({ hosts: sandbox, headless: true, extension: folder });
  const random = randomOf(Number(process.env.STORM_SEED ?? 1));
  try {
    const update = async (version: string): Promise<void> => {
      const file = join(folder, 'manifest.json');
      const manifest = JSON.parse(readFileSync(file, 'utf8'));
      writeFileSync(file, JSON.stringify({ ...manifest, version }));
      await loadExtension(launched.context, folder);
    };
    for (let round = 0; round < 3 * ROUNDS; round += 1) {
      const page = await launched.context.newPage();
      const { host, html, token } = shownPage(sandbox, round % 2 === 0 ? 'pinterest' : 'reddit', 500 + round);
      const away = sandbox.serve(host, '/shown', html);
      await page.goto(`https://${host}/shown`);
      await page.click('button');
      await new Promise((done) => setTimeout(done, random.whole(0, 400)));
      await update(`0.2.${round + 1}`);
      // The page still shows it: the new version looks again, without reloading it.
      const tool = await openToolPage(launched);
      await command(tool, { type: 'ping' });
      const held = (): Promise<string> =>
        tool.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));
      await expect.poll(held).toContain(token);
      expect(await page.locator('#shown').textContent()).toBe(token);

      // And one that is no longer shown is told of.
      await page.close();
      await update(`0.3.${round + 1}`);
      const after = await openToolPage(launched);
      await command(after, { type: 'ping' });
      await expect
        .poll(async () => (await rowsSeenBy(after)).captures.filter(({ state }) => state === 'open').length)
        .toBe(0);
      expect((await rowsSeenBy(after)).captures.some(({ state }) => state === 'lost')).toBe(true);
      expect(await secretsSeenBy(after)).toEqual([]);
      away();
    }
    // The install has opened one, or the browser would not have been handed over; no update has.
    expect(launched.context.pages().filter((page) => page.url() === launched.url('welcome.html'))).toEqual(
      [],
    );
  } finally {
    await launched.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

for (let round = 0; round < ALARM_ROUNDS; round += 1) {
  test(`a send that was cut off goes on by the alarm alone, within a minute (${round + 1})`, {
    tag: '@waits',
  }, async ({ launched, page, sandbox, tool, connect, kill }) => {
    test.setTimeout(180_000);
    await connect();
    const { host, html, token } = shownPage(sandbox, 'pinterest', 900);
    sandbox.serve(host, '/shown', html);
    await page.goto(`https://${host}/shown`);
    await page.click('button');
    const open = async (): Promise<string | undefined> =>
      (await rowsSeenBy(tool)).captures.find(({ state }) => state === 'open')?.id;
    await expect.poll(open).toBeDefined();
    const create = { method: 'POST', path: '/accounts/api/event-destinations' };
    const cut = sandbox.upstack.scenario.next(1, create, { kind: 'delay', ms: 60_000 });
    await command(tool, { type: 'delivery.send', captureId: await open() });
    await expect.poll(() => cut.hits).toBe(1);
    // No page of ours stays open, and the console's has nothing more to say.
    await page.goto('about:blank');
    await kill();
    const killedAt = Date.now();
    await tool.goto('about:blank');
    await expect
      .poll(() => sandbox.upstack.destinations().map((one) => one.token?.value), { timeout: 75_000 })
      .toEqual([token]);
    console.log(`Resumed ${Date.now() - killedAt} ms after the kill.`);
    expect(Date.now() - killedAt).toBeLessThan(65_000);
    expect(launched.context.pages().filter((one) => one.url().startsWith(launched.url('')))).toEqual([]);
  });
}
