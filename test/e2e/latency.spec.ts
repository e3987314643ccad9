import { workerOf } from '../browser/launch';
import { pinterestKey, redditConversionToken } from '../sandbox/tokens';
import { expect, test } from './fixtures';

/**
 * From the moment at which a token stands in the page to the call that sets the badge. Printed, not judged by its
 * time: a busy machine must not turn a test red.
 */

const ROUNDS = 5;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

for (const { name, home, token } of [
  { name: 'Reddit', home: 'ads.reddit.com', token: redditConversionToken },
  { name: 'Pinterest', home: 'ads.pinterest.com', token: pinterestKey },
] as const) {
  test(`${name}: token rendered → NEW`, async ({ launched, context, sandbox, badge }) => {
    sandbox.serve(home, '/bench', '<!doctype html><title>x</title><button>Generate</button><main></main>');
    const worker = await workerOf(launched);
    await worker.evaluate(() => {
      const set = chrome.action.setBadgeText.bind(chrome.action);
      const calls: number[] = [];
      Object.assign(globalThis, { calls });
      chrome.action.setBadgeText = (details) => {
        if (details.text === 'NEW') calls.push(performance.timeOrigin + performance.now());
        return set(details);
      };
    });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await context.newPage(); // a tab may report only so often
      await page.goto(`https://${home}/bench`);
      await worker.evaluate(() => {
        (globalThis as unknown as { calls: number[] }).calls.length = 0;
      });
      await page.getByRole('button').click();
      const rendered = await page.evaluate((value) => {
        const text = document.createElement('p');
        text.textContent = value;
        document.querySelector('main')?.append(text);
        return performance.timeOrigin + performance.now();
      }, token());
      const firstCall = (): Promise<number> =>
        worker.evaluate(() => (globalThis as unknown as { calls: number[] }).calls[0] ?? 0);
      await expect.poll(firstCall, { intervals: [20] }).toBeGreaterThan(rendered);
      times.push((await firstCall()) - rendered);
      if (round === ROUNDS - 1) await expect.poll(() => badge(page)).toBe('NEW');
      await page.close();
    }
    const sorted = [...times].sort((one, other) => one - other);
    console.log(
      `  ${name}: token rendered → NEW, median ${median(times).toFixed(1)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(1)} ms of ${ROUNDS}`,
    );
  });
}
