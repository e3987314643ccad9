import type { Page } from '@playwright/test';
import { redditConversionToken } from '../../sandbox/tokens';
import { beginFill, willAllow } from '../../story/dashboard';
import { journeys, lastIssued } from '../../story/journeys';
import { expect, test } from '../fixtures';
import { form, good, hostile } from './hostile-forms';

const HOST = 'app.upstackdata.com';
const PIXEL = 'a2_f7k2m9x4q1zt';

/** From an extension page: as the background does, and with a real click for the one request. */
const allow = async (tool: Page): Promise<void> => {
  await tool.mouse.click(5, 5);
  const granted = await tool.evaluate(() =>
    chrome.permissions.request({ origins: ['https://app.upstackdata.com/*'] }),
  );
  expect(granted).toBe(true);
};

interface Answer {
  ok: boolean;
  faults?: { code: string }[];
}

/** Calls our script in the dashboard as the background does, so that nothing but the script itself refuses. */
const fillIn = (
  tool: Page,
  value: string,
  job: 'create' | 'rotate',
  platform = 'reddit',
): Promise<Answer | undefined> =>
  tool.evaluate(
    async ([token, pixelId, kind, to]) => {
      const [tab] = await chrome.tabs.query({ url: 'https://app.upstackdata.com/*' });
      const order = { job: kind, platform: to, values: { pixelId, conversionToken: token } };
      const [frame] = await chrome.scripting.executeScript({
        target: { tabId: tab?.id ?? -1 },
        func: (wanted: object) =>
          (
            globalThis as unknown as { upstackDashboard?: { fill(order: object): Promise<object> } }
          ).upstackDashboard?.fill(wanted) as never,
        args: [order],
      });
      return frame?.result as never;
    },
    [value, PIXEL, job, platform] as const,
  );

/** Everything that a page could read from its fields, and whether the value was ever in one. */
const watch = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seenValues: seen });
    for (const type of ['input', 'change', 'keydown', 'paste', 'beforeinput'])
      addEventListener(
        type,
        (event) => {
          for (const target of event.composedPath())
            if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
              seen.push(target.value);
        },
        true,
      );
  });

const heldBy = (page: Page): Promise<{ now: string; ever: string }> =>
  page.evaluate(() => {
    const values: string[] = [document.documentElement.outerHTML];
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
          values.push(element.value);
        if (element.shadowRoot) visit(element.shadowRoot);
        if (element instanceof HTMLIFrameElement && element.contentDocument) visit(element.contentDocument);
      }
    };
    visit(document);
    const { seenValues } = globalThis as unknown as { seenValues: string[] };
    return { now: values.join('\n'), ever: seenValues.join('\n') };
  });

test('more than sixty forms that are nearly Upstack’s get nothing, and each is told why', async ({
  page,
  sandbox,
  launched,
  tool,
}) => {
  test.setTimeout(240_000);
  expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(60);
  await willAllow(launched);
  await allow(tool);
  await watch(page);
  sandbox.serve(HOST, '/inner', form());

  const show = async (html: string): Promise<void> => {
    const away = sandbox.serve(HOST, '/shown', html);
    await page.bringToFront();
    await page.goto(`https://${HOST}/shown`);
    away();
  };
  const fillShown = async (token: string, job: 'create' | 'rotate' = 'create'): Promise<Answer> => {
    // The script comes with the page, by the registration that followed the permission.
    // Asked for a platform that there is not, it answers and touches nothing.
    await expect
      .poll(() => fillIn(tool, '', 'create', 'nobody').then((answer) => answer !== undefined))
      .toBe(true);
    return (await fillIn(tool, token, job)) ?? { ok: false };
  };

  const wrong: string[] = [];
  for (const [name, { html, code, job, passing }] of Object.entries(hostile)) {
    const token = redditConversionToken();
    await show(html);
    const answer = await fillShown(token, job);
    const { now, ever } = await heldBy(page);
    const told = answer.faults?.map((fault) => fault.code) ?? [];
    if (answer.ok || !told.includes(code)) wrong.push(`${name}: told ${told.join() || 'ok'}, not ${code}`);
    if (now.includes(token.slice(0, 90))) wrong.push(`${name}: holds the token`);
    if (now.includes(PIXEL)) wrong.push(`${name}: holds the pixel`);
    if (!passing && ever.includes(token.slice(0, 90))) wrong.push(`${name}: held the token for a moment`);
  }
  expect(wrong).toEqual([]);

  // The control: the same call, on forms that are as they should be.
  for (const [name, html] of Object.entries(good)) {
    const token = redditConversionToken();
    await show(html);
    expect(await fillShown(token), name).toEqual({ ok: true });
    const { now, ever } = await heldBy(page);
    expect(now, name).toContain(token);
    expect(now, name).toContain(PIXEL);
    expect(ever, name).toContain(token);
  }
});

const lookAlikes = [
  `${HOST}:9999`,
  `${HOST}.`,
  `${HOST}.attacker.example`,
  `sub.${HOST}`,
  'upstackdata.com',
  'app-upstackdata.com',
  'app.upstackdata.com.co',
  'app.upstack-data.com',
  'app.upstackdata.co',
  'app.upstackdata.com-login.example',
];
const hostOf = (authority: string): string => authority.replace(/:\d+$/, '');
test.use({ hosts: lookAlikes.map(hostOf).filter((host) => host !== HOST) });

test('a waiting token is filled at the exact origin, in the top frame, and nowhere else', {
  tag: '@waits',
}, async ({ page, context, sandbox, launched, tool, openPopup }) => {
  test.setTimeout(120_000);
  const [reddit] = journeys;
  if (!reddit) throw new Error('There is a first platform.');
  await willAllow(launched);
  await allow(tool);
  const popup = await openPopup();
  await beginFill(popup, page, reddit);
  const token = lastIssued(sandbox, 'reddit');
  await expect(popup.getByText('Open the form in Upstack').first()).toBeAttached();
  for (const opened of context.pages()) if (opened.url().includes(HOST)) await opened.close();

  const visitor = await context.newPage();
  await watch(visitor);
  const inEveryFrame = async (): Promise<string> =>
    (
      await Promise.all(
        visitor
          .frames()
          .map((frame) =>
            frame.evaluate(() =>
              [...document.querySelectorAll('input')].map(({ value }) => value).join('\n'),
            ),
          ),
      )
    ).join('\n');
  const visit = async (address: string): Promise<void> => {
    await visitor.goto(address);
    await visitor.bringToFront();
    await visitor.waitForTimeout(1_500); // there is nothing to wait for: the point is that nothing comes
    expect(await inEveryFrame(), address).not.toContain(token.slice(0, 90));
  };

  for (const authority of lookAlikes) {
    const away = sandbox.serve(hostOf(authority), '/shown', form());
    await visit(`https://${authority}/shown`);
    away();
  }
  sandbox.serve(HOST, '/good', form());
  sandbox.serve('outer.example', '/', `<!doctype html><iframe src="https://${HOST}/good"></iframe>`);
  await visit('https://outer.example/');
  sandbox.serve(HOST, '/sandboxed', () => ({
    status: 200,
    headers: {
      'content-type': 'text/html',
      'content-security-policy': 'sandbox allow-scripts allow-forms',
    },
    body: form(),
  }));
  await visit(`https://${HOST}/sandboxed`);
  sandbox.serve(HOST, '/framing', `<!doctype html><iframe src="/good"></iframe>`);
  await visit(`https://${HOST}/framing`);

  // The control comes last: everything before it has had at least its time.
  await visitor.goto(`https://${HOST}/good`);
  await expect.poll(inEveryFrame).toContain(token);
});
