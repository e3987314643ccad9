import type { Page } from '@playwright/test';
import type { SeenId } from '../../../lib/messages/reports';
import { pinterestKey, redditConversionToken } from '../../sandbox/tokens';
import { expect, type Recorder, test } from './recorder';

/** What is said of a page beside the token, when it is said, and until when. */

const REDDIT = 'https://ads.reddit.com';
const PINTEREST = 'https://ads.pinterest.com';
const ONE = `a2_${'abc123def456'}`;
const OTHER = `a2_${'zyx987wvu654'}`;
const TAG = '2612345678901';
const OTHER_TAG = '2612345678902';
const ADVERTISER = '549761234567';

const show = (page: Page, value: string): Promise<void> =>
  page.evaluate((text) => {
    const shown = document.createElement('p');
    shown.textContent = text;
    document.body.append(shown);
  }, value);

const valuesOf = async (recorder: Recorder): Promise<string[]> =>
  (await recorder.tokens()).map(({ value }) => value);

/** The ids that the page is last said to show, each as its value and the codes of its reasons. */
const told = async (recorder: Recorder): Promise<Record<string, string>> => {
  const ids: SeenId[] = (await recorder.statuses()).at(-1)?.ids ?? [];
  return Object.fromEntries(
    ids.map(({ value, reasons, selected }) => [
      value,
      reasons.map(({ code }) => code).join('+') + (selected ? ' selected' : ''),
    ]),
  );
};

test.describe('ids', () => {
  const cases: [name: string, address: string, body: string, expected: Record<string, string>][] = [
    ['from the address', `${REDDIT}/account/${ONE}/events-manager`, '', { [ONE]: 'address' }],
    [
      'beside a label',
      `${REDDIT}/business/x`,
      `<dl><dt>Pixel ID</dt><dd>${ONE}</dd></dl>`,
      { [ONE]: 'label' },
    ],
    ['in the text of a label', `${REDDIT}/business/x`, `<p>ID del píxel: ${ONE}</p>`, { [ONE]: 'label' }],
    [
      'in a labelled field',
      `${REDDIT}/business/x`,
      `<label>Pixel ID <input readonly value="${ONE}"></label>`,
      { [ONE]: 'label' },
    ],
    ['in the base code', `${REDDIT}/business/x`, `<pre>rdt('init','${ONE}');</pre>`, { [ONE]: 'snippet' }],
    ['by its shape alone', `${REDDIT}/business/x`, `<p>Xyzzy ${ONE}</p>`, { [ONE]: 'page' }],
    [
      'beside what is a user’s',
      `${REDDIT}/business/x`,
      `<p>u/someone t2_abc1def2</p><p>Test ID: t2_abc1def3</p><p>Pixel ID: not set. Created by t2_abc1def4</p>
       <p>Pixel ID: ${ONE}</p>`,
      { [ONE]: 'label' },
    ],
    [
      'in a row of a table, not its neighbour in another column',
      `${REDDIT}/business/x`,
      `<table><tr><th>Created by</th><th>Pixel ID</th></tr><tr><td>t2_abc1def2</td><td>${ONE}</td></tr></table>`,
      { [ONE]: 'table' },
    ],
    [
      'both of two whose captions stand below them',
      `${REDDIT}/business/x`,
      `<div><b>${ONE}</b> <small>Pixel ID</small></div><div><b>${OTHER}</b> <small>Account ID</small></div>`,
      { [ONE]: 'page', [OTHER]: 'page' },
    ],
    [
      'from the page, where the address has a word in place of an account',
      `${REDDIT}/account/settings`,
      `<p>Pixel ID: ${ONE}</p>`,
      { [ONE]: 'label' },
    ],
    [
      'from the page, not from what another extension has put there',
      `${REDDIT}/business/x`,
      `<com-1password-menu>Pixel ID: ${OTHER}</com-1password-menu><p>Pixel ID: ${ONE}</p>`,
      { [ONE]: 'label' },
    ],
    [
      'in a field with a hint after it',
      `${PINTEREST}/conversions/tag`,
      `<div>Tag ID</div><input value="${TAG}"><p>Not the same as your advertiser ID.</p>`,
      { [TAG]: 'label' },
    ],
    ['old, beside a label', `${REDDIT}/business/x`, '<p>Pixel ID: t2_abc1def2</p>', { t2_abc1def2: 'label' }],
    [
      'from a table with one row selected',
      `${REDDIT}/business/x`,
      `<table><tr><th>Name</th><th>Pixel ID</th></tr>
       <tr aria-selected="true"><td>A</td><td>${ONE}</td></tr><tr aria-selected="false"><td>B</td><td>${OTHER}</td></tr></table>`,
      { [ONE]: 'table selected', [OTHER]: 'table' },
    ],
    [
      'from a table whose rows are labels, each under the heading of its column',
      `${PINTEREST}/conversions/tag`,
      `<div role="table">
         <div role="row"><span role="columnheader">Name</span> <span role="columnheader">Tag ID</span></div>
         <label><span role="cell">A</span> <span role="cell">${TAG}</span></label>
         <label><span role="cell">B</span> <span role="cell">${OTHER_TAG}</span></label></div>`,
      { [TAG]: 'table', [OTHER_TAG]: 'table' },
    ],
    [
      'from the account switcher',
      `${PINTEREST}/conversions/setup-api/`,
      `<div>Viewing: <b>Acme (${ADVERTISER})</b></div>`,
      { [ADVERTISER]: 'switcher selected' },
    ],
    [
      'of two kinds in one line, each with its own label',
      `${PINTEREST}/conversions/tag`,
      `<p>Tag ID ${TAG} Advertiser ID ${ADVERTISER}</p>`,
      { [TAG]: 'label', [ADVERTISER]: 'label' },
    ],
    [
      'among numbers that look like them',
      `${PINTEREST}/conversions/`,
      `<p>Viewing: Acme Campaign 626735123456</p><p>Pinterest tag used by ad group 2680059592704</p>
       <p>Ad account Acme › Ad 687123456789</p><p>Tag ID ${TAG}</p>`,
      { [TAG]: 'label' },
    ],
    [
      'that a person can see',
      `${REDDIT}/business/x`,
      `<p style="opacity: 0">Pixel ID: ${OTHER}</p><p>Pixel ID: ${ONE}</p>`,
      { [ONE]: 'label' },
    ],
  ];
  for (const [name, address, body, expected] of cases) {
    test(`are taken ${name}`, async ({ show: open, recorder }) => {
      await open(body, address);
      await expect.poll(() => told(recorder)).toEqual(expected);
    });
  }

  test('come with the token, as they were then', async ({ show: open, recorder }) => {
    const page = await open('', `${REDDIT}/account/${ONE}/events-manager`);
    await show(page, redditConversionToken());
    await expect.poll(recorder.offers).toHaveLength(1);
    const [offer] = await recorder.offers();
    expect(offer).toMatchObject({ platform: 'reddit', account: ONE, ids: [{ kind: 'pixelId', value: ONE }] });
  });
});

test.describe('a route', () => {
  test('that is pushed is told, with its account', async ({ show: open, recorder }) => {
    const page = await open('', `${REDDIT}/account/${ONE}/dashboard`);
    await expect.poll(() => told(recorder)).toEqual({ [ONE]: 'address' });
    await page.evaluate(
      (to) => history.pushState({}, '', to),
      `/account/${OTHER}/events-manager/conversion-tokens`,
    );
    await expect.poll(() => told(recorder)).toEqual({ [OTHER]: 'address' });
    expect((await recorder.statuses()).at(-1)).toMatchObject({ account: OTHER, screen: 'conversionTokens' });
  });

  test('that is gone back to is told from the same document', async ({ show: open, recorder, sandbox }) => {
    const page = await open('', `${REDDIT}/account/${ONE}/dashboard`);
    sandbox.serve('ads.reddit.com', '/elsewhere', '<!doctype html><p>x</p>');
    await page.goto(`${REDDIT}/elsewhere`);
    await page.goBack();
    const value = redditConversionToken();
    await show(page, value);
    await expect.poll(() => valuesOf(recorder)).toEqual([value]);
  });
});

test.describe('a gesture', () => {
  test('of a person marks what appears after it', async ({ show: open, recorder }) => {
    const page = await open('<button>Generate</button>');
    await page.mouse.click(30, 15);
    await show(page, redditConversionToken());
    await expect.poll(recorder.tokens).toMatchObject([{ gesture: true }]);
  });

  test('is followed by looks into what was there before', async ({ show: open, recorder }) => {
    const value = redditConversionToken();
    const page = await open('<button>Generate</button><section><span>Loading</span></section>');
    await page.mouse.click(30, 15);
    await page.waitForTimeout(2_500);
    await page.evaluate((token) => {
      const root = document.querySelector('section')?.attachShadow({ mode: 'open' });
      root?.append(token);
    }, value);
    await expect.poll(() => valuesOf(recorder)).toEqual([value]);
  });

  test('is heard though the page stops it', async ({ show: open, recorder }) => {
    const page = await open(
      '<script>addEventListener("click", (event) => event.stopImmediatePropagation(), true)</script><button>Generate</button>',
    );
    await page.mouse.click(30, 15);
    await show(page, redditConversionToken());
    await expect.poll(recorder.tokens).toMatchObject([{ gesture: true }]);
  });

  test('that a script makes up does not', async ({ show: open, recorder }) => {
    const page = await open('<button>Generate</button>');
    await page.evaluate(() => {
      const button = document.querySelector('button');
      button?.click();
      button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    });
    await show(page, redditConversionToken());
    await expect.poll(recorder.tokens).toMatchObject([{ gesture: false }]);
  });

  test('does not mark what was there before it', async ({ show: open, recorder }) => {
    const page = await open(`<button>Generate</button><p>${redditConversionToken()}</p>`);
    await expect.poll(recorder.tokens).toMatchObject([{ gesture: false }]);
    await page.mouse.click(30, 15);
    await recorder.readAgain(page);
    await expect.poll(recorder.tokens).toMatchObject([{ gesture: false }, { gesture: false }]);
  });
});

test.describe('an offer', () => {
  test('is made of a second token that fades in beside the first', async ({ show: open, recorder }) => {
    const [first, second] = [pinterestKey(), pinterestKey()];
    const page = await open(
      `<style>@keyframes in { from { opacity: 0 } }</style><div id="r"><p>${first}</p></div>`,
      `${PINTEREST}/conversions/`,
    );
    await expect.poll(() => valuesOf(recorder)).toEqual([first]);
    // Past all looks that follow the loading. Nothing tells of the moment in which it can be seen.
    await page.waitForTimeout(1500);
    await page.evaluate((text) => {
      const line = document.createElement('p');
      line.textContent = text;
      line.style.animation = 'in .2s 1s both';
      document.querySelector('#r')?.append(line);
    }, second);
    await expect.poll(() => valuesOf(recorder), { timeout: 5_000 }).toEqual([first, second]);
  });

  test('is made once, however often the page is drawn', async ({ show: open, recorder }) => {
    const value = pinterestKey();
    const page = await open(`<div id="r"><p>${value}</p></div>`, `${PINTEREST}/conversions/`);
    await expect.poll(() => valuesOf(recorder)).toEqual([value]);
    await page.evaluate(async (text) => {
      const root = document.querySelector('#r');
      for (let times = 0; times < 50; times += 1) {
        if (root) root.innerHTML = `<p>${text}</p>`;
        await new Promise((next) => requestAnimationFrame(next));
      }
    }, value);
    await page.waitForTimeout(300);
    expect(await valuesOf(recorder)).toEqual([value]);
  });

  test('is repeated word for word until it is taken, though the dialog is gone', async ({
    show: open,
    recorder,
  }) => {
    await recorder.answer('silent');
    const value = redditConversionToken();
    const page = await open(`<p id="t">${value}</p>`, `${REDDIT}/account/${ONE}/events-manager`);
    await expect.poll(recorder.offers).not.toHaveLength(0);
    await page.evaluate((to) => {
      document.querySelector('#t')?.remove();
      history.pushState({}, '', to);
    }, `/account/${OTHER}/events-manager`);
    await recorder.answer({ ok: false, code: 'again' });
    const before = (await recorder.offers()).length;
    await expect.poll(async () => (await recorder.offers()).length).toBeGreaterThan(before);
    await recorder.answer({ ok: true });
    await expect.poll(async () => (await recorder.statuses()).at(-1)?.account).toBe(OTHER);
    await page.waitForTimeout(1_000); // the next time that it is said, it is taken
    const offers = await recorder.offers();
    expect(new Set(offers.map((offer) => JSON.stringify(offer))).size).toBe(1);
    expect(offers[0]).toMatchObject({ account: ONE, tokens: [{ value }] });
    await page.waitForTimeout(1_000);
    expect(await recorder.offers()).toHaveLength(offers.length);
  });

  test('is made anew when the script is run again, by one script alone', async ({ show: open, recorder }) => {
    const first = redditConversionToken();
    const page = await open(`<p>${first}</p>`);
    await expect.poll(() => valuesOf(recorder)).toEqual([first]);
    await recorder.readAgain(page);
    await expect.poll(() => valuesOf(recorder)).toEqual([first, first]);
    const second = redditConversionToken();
    await show(page, second);
    await expect.poll(() => valuesOf(recorder)).toEqual([first, first, second]);
    await page.waitForTimeout(300);
    expect(await valuesOf(recorder)).toEqual([first, first, second]);
    expect(new Set((await recorder.offers()).map(({ page: id }) => id)).size).toBe(1);
  });

  test('warns of a token in the colour of its ground', async ({ show: open, recorder }) => {
    await open(`<p style="color: #fff; background: #fff">${redditConversionToken()}</p>`);
    await expect.poll(recorder.tokens).toMatchObject([{ warnings: ['lowContrast'] }]);
  });
});

test('nothing of the script can be seen by the page', async ({ show: open, recorder }) => {
  const page = await open(`<script>
    window.noticed = [];
    addEventListener('message', (event) => noticed.push('message'), true);
    const dispatch = EventTarget.prototype.dispatchEvent;
    EventTarget.prototype.dispatchEvent = function (event) { noticed.push(event.type); return dispatch.call(this, event) };
    new MutationObserver((records) => noticed.push(...records.map(({ type }) => type)))
      .observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  </script>`);
  await page.waitForLoadState();
  await page.evaluate(() => {
    (window as unknown as { noticed: string[] }).noticed = [];
  });
  const value = redditConversionToken();
  await show(page, value);
  await expect.poll(() => valuesOf(recorder)).toEqual([value]);
  // The one change is the one that the test made: the page does see what is done to it.
  expect(await page.evaluate(() => (window as unknown as { noticed: string[] }).noticed)).toEqual([
    'childList',
  ]);
  expect(await page.evaluate(() => 'upstackCapture' in window)).toBe(false);
});
