import type { Page } from '@playwright/test';
import { dashboardField, openDestination, saveButton, startDestination } from '../../sandbox/dashboard/walk';
import { redditConversionToken } from '../../sandbox/tokens';
import { beginFill, dashboardOf, goWithoutKey, willAllow } from '../../story/dashboard';
import { type Journey, journeys, lastIssued } from '../../story/journeys';
import { fillConnection } from '../../story/screens';
import { says } from '../../story/texts';
import { expect, test } from '../fixtures';
import { form } from './hostile-forms';

/** Where the token may be on this route, and where not; and what is done where the form cannot be filled. */

const [reddit] = journeys as [Journey, Journey];
const HOST = 'app.upstackdata.com';

/** Everything that the extension has written down, and what is in memory apart from the vault. */
const stored = (tool: Page): Promise<string> =>
  tool.evaluate(async () => {
    const found: unknown[] = [await chrome.storage.local.get(null)];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      for (const store of database.objectStoreNames) {
        found.push(
          await new Promise((done, fail) => {
            const request = database.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => done(request.result);
            request.onerror = () => fail(request.error);
          }),
        );
      }
      database.close();
    }
    return JSON.stringify(found);
  });

const vault = (tool: Page): Promise<string> =>
  tool.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));

test('the token is in the vault and in that one field, and after the save in neither the vault nor anything of ours', async ({
  page,
  context,
  sandbox,
  launched,
  tool,
  openPopup,
}) => {
  await willAllow(launched);
  const logged: string[] = [];
  context.on('console', (message) => logged.push(message.text()));
  context.on('weberror', (error) => logged.push(String(error.error())));
  const popup = await openPopup();
  await beginFill(popup, page, reddit);
  const token = lastIssued(sandbox, 'reddit');
  // From the signature: the start is the same in every token of the platform, its session's too.
  const marker = token.slice(-120, -40);
  const dashboard = await dashboardOf(context);
  await dashboard.bringToFront();
  await startDestination(dashboard, 'Reddit');
  const field = dashboardField(dashboard, reddit.tokenField);
  await expect(field).toHaveValue(token);

  // The control: it is where it should be, so that the looks below could see it.
  expect(await vault(tool)).toContain(marker);
  const scan = async (): Promise<void> => {
    expect(await stored(tool)).not.toContain(marker);
    await popup.bringToFront();
    expect(await popup.content()).not.toContain(marker);
    expect(
      await popup.evaluate(() => JSON.stringify([localStorage, sessionStorage, location.href])),
    ).not.toContain(marker);
    expect(logged.join('\n')).not.toContain(marker);
    for (const opened of context.pages()) expect(opened.url()).not.toContain(marker);
    // In the page, the field alone: neither the markup, nor what the page stores, nor our own world there.
    expect(
      await dashboard.evaluate(() => document.documentElement.outerHTML.replaceAll(/ value="[^"]*"/g, '')),
    ).not.toContain(marker);
    expect(
      await dashboard.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie])),
    ).not.toContain(marker);
    const kept = await tool.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://app.upstackdata.com/*' });
      const [frame] = await chrome.scripting.executeScript({
        target: { tabId: tab?.id ?? -1 },
        func: () => {
          const seen = new Set<unknown>();
          const texts: string[] = [];
          const visit = (value: unknown): void => {
            if (typeof value === 'string') texts.push(value);
            if (typeof value !== 'object' || value === null || seen.has(value) || value instanceof Node)
              return;
            seen.add(value);
            for (const inner of Object.values(value)) visit(inner);
          };
          visit((globalThis as unknown as { upstackDashboard?: unknown }).upstackDashboard);
          return texts.join('\n') as never;
        },
        args: [],
      });
      return String(frame?.result);
    });
    expect(kept).not.toContain(marker);
  };
  await scan();
  expect(sandbox.requests.filter(({ body }) => body.includes(marker))).toEqual([]);

  await dashboard.bringToFront();
  await saveButton(dashboard).click();
  await expect.poll(() => vault(tool)).not.toContain(marker);
  await scan();
  // One request carried it, and it was the dashboard's own.
  const carried = sandbox.requests.filter(
    ({ body, path, query, headers }) =>
      body.includes(marker) ||
      path.includes(marker) ||
      query.includes(marker) ||
      JSON.stringify(headers).includes(marker),
  );
  expect(carried.map(({ host, method, path }) => `${method} ${host}${path}`)).toEqual([
    `POST ${HOST}/sandbox-api/destinations`,
  ]);
});

test('a form that cannot be filled: the popup says why, and each value goes by hand into the field that was clicked', async ({
  page,
  context,
  sandbox,
  launched,
  openPopup,
}) => {
  await willAllow(launched);
  // The label is not tied to anything, and two fields share its box.
  sandbox.serve(
    HOST,
    '/pixel/event-destinations',
    form({ token: '<p>Token</p><input id="c"><input id="note" type="search">' }),
  );
  const popup = await openPopup();
  await beginFill(popup, page, reddit);
  const token = lastIssued(sandbox, 'reddit');
  const dashboard = await dashboardOf(context);
  await popup.bringToFront();
  await expect(
    popup.getByText('No field called “Conversions API access token” is to be seen.'),
  ).toBeAttached();
  await expect(dashboard.locator('#p')).toHaveValue('');

  const place = (label: string) => popup.getByRole('button', { name: `Put in the ${label}` }).click();
  await dashboard.locator('#note').focus();
  await place('Conversions API access token');
  await expect(popup.getByText(says('turn.notPlaced'))).toBeVisible();
  await expect(dashboard.locator('#note')).toHaveValue('');

  // The cursor is there, but nobody has put it there.
  await dashboard.locator('#c').focus();
  await place('Conversions API access token');
  await expect(dashboard.locator('#c')).toHaveValue('');

  await dashboard.locator('#p').click();
  await place('Pixel ID');
  await expect(dashboard.locator('#p')).toHaveValue('a2_f7k2m9x4q1zt');
  await dashboard.locator('#c').click();
  await place('Conversions API access token');
  await expect(dashboard.locator('#c')).toHaveValue(token);
  await popup.getByRole('button', { name: says('turn.saved') }).click();
  await expect(popup.getByText(says('turn.look')).first()).toBeVisible();
});

test('a destination of another id is not rotated, and its card is read as what it is', async ({
  page,
  context,
  sandbox,
  launched,
  openPopup,
}) => {
  await willAllow(launched);
  const other = sandbox.upstack.addDestination({
    type: 'reddit',
    name: 'Another store',
    config: { pixelId: 'a2_zzzzzzzzzzzz' },
    token: redditConversionToken(),
  });
  const before = other.token?.value;
  const popup = await openPopup();
  await beginFill(popup, page, reddit);
  const dashboard = await dashboardOf(context);
  await dashboard.bringToFront();
  await openDestination(dashboard, 'Another store', 'Reddit');
  await expect(popup.getByText('Something else stands in “Pixel ID”.', { exact: false })).toBeAttached();
  await expect(dashboardField(dashboard, 'Pixel ID')).toHaveValue('a2_zzzzzzzzzzzz');
  await expect(dashboardField(dashboard, reddit.tokenField)).toHaveValue(/^•+/);
  expect(other.token?.value).toBe(before);
});

test('a key without a destinations API: said, and the other way is offered', async ({
  sandbox,
  openPopup,
}) => {
  sandbox.upstack.scenario.always(
    { path: '/accounts/api/event-destination*' },
    { kind: 'problem', status: 404 },
  );
  const popup = await openPopup();
  await fillConnection(popup, sandbox.upstack);
  await expect(popup.getByText(says('problem.noDestinationsApi')).first()).toBeVisible();
  await goWithoutKey(popup);
  await expect(popup.getByRole('button', { name: 'Connect', exact: true })).toHaveCount(0);
});
