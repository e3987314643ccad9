import type { Page } from '@playwright/test';
import { closeDialog } from '../../sandbox/consoles/walk';
import {
  cancelButton,
  dashboardField,
  openDestination,
  saveButton,
  startDestination,
} from '../../sandbox/dashboard/walk';
import type { DashboardVariant } from '../../sandbox/dashboard-api';
import {
  beginFill,
  dashboardOf,
  fillButton,
  goWithoutKey,
  isDashboard,
  willAllow,
} from '../../story/dashboard';
import { type Journey, journeys, lastIssued } from '../../story/journeys';
import { review } from '../../story/screens';
import { says } from '../../story/texts';
import { expect, test } from '../fixtures';

/** The main job without an API: the dashboard's own form is filled, and the person saves it. */

const [reddit, pinterest] = journeys as [Journey, Journey];

const tokenIn = (page: Page, journey: Journey) => dashboardField(page, journey.tokenField);

/** Each rendering with each wording, and with the form over the list as well as in its place. */
const variants: [Journey, DashboardVariant][] = [
  [reddit, { library: 'mantine', form: 'dialog', save: 'Save', title: 'Event Destinations' }],
  [
    pinterest,
    { library: 'mantine', form: 'page', save: 'Update Configuration', title: 'Events Destination' },
  ],
  [reddit, { library: 'shoelace', form: 'page', save: 'Update Configuration', title: 'Events Destination' }],
  [pinterest, { library: 'shoelace', form: 'dialog', save: 'Save', title: 'Event Destinations' }],
];

for (const [journey, variant] of variants) {
  const { library, form, save } = variant;
  test(`${journey.name} in ${library}, form as ${form}, ${save}: created, healthy, and its token rotated`, async ({
    page,
    context,
    sandbox,
    launched,
    openPopup,
  }) => {
    test.setTimeout(120_000);
    Object.assign(sandbox.dashboard.variant, variant);
    await willAllow(launched);
    const popup = await openPopup();
    await goWithoutKey(popup);

    await page.bringToFront();
    await journey.open(page);
    await journey.generate(page);
    const first = lastIssued(sandbox, journey.platform);
    await journey.showIds(page);
    await popup.bringToFront();
    await expect(fillButton(popup)).toBeEnabled();
    expect(sandbox.requests.some(({ body }) => body.includes(first))).toBe(false);
    await fillButton(popup).click();

    const dashboard = await dashboardOf(context);
    await dashboard.bringToFront();
    await startDestination(dashboard, journey.name);
    await expect(tokenIn(dashboard, journey)).toHaveValue(first);
    for (const { field, value } of journey.ids) {
      await expect(dashboardField(dashboard, field)).toHaveValue(value);
    }
    await expect(popup.getByText(says('turn.saveCreate')).first()).toBeAttached();
    // Nothing was pressed for the person.
    expect(sandbox.dashboard.saves).toEqual([]);
    await saveButton(dashboard).click();
    await expect.poll(() => sandbox.upstack.destinations()[0]?.token?.value).toBe(first);
    await expect(dashboard.getByText('Healthy', { exact: true })).toBeVisible();
    await popup.bringToFront();
    await expect(popup.getByText(says('check.seen')).first()).toBeVisible();
    await expect(popup.getByText('Healthy', { exact: true }).first()).toBeVisible();

    // Rotation: the same ids, another token.
    await page.bringToFront();
    await journey.open(page);
    await journey.generate(page);
    const second = lastIssued(sandbox, journey.platform);
    if (journey === reddit) await closeDialog(page);
    await journey.showIds(page);
    await popup.bringToFront();
    await expect(review(popup, journey).getByRole('group', { name: journey.tokenField })).toContainText(
      second.slice(-4),
    );
    await expect(fillButton(popup)).toBeEnabled();
    await fillButton(popup).click();
    await dashboard.bringToFront();
    await openDestination(dashboard, journey.name, journey.name);
    await expect(tokenIn(dashboard, journey)).toHaveValue(second);
    await saveButton(dashboard).click();
    await expect.poll(() => sandbox.upstack.destinations()[0]?.token?.value).toBe(second);
    expect(sandbox.upstack.destinations()).toHaveLength(1);
    expect(sandbox.dashboard.saves.map(({ status }) => status)).toEqual([201, 200]);
    expect(sandbox.dashboard.saves.at(1)?.body.config).toEqual(sandbox.dashboard.saves.at(0)?.body.config);
  });
}

test('without access nothing happens in the dashboard, and the popup says what is missing', async ({
  page,
  context,
  openPopup,
}) => {
  const popup = await openPopup();
  await beginFill(popup, page, reddit);
  await expect(popup.getByText(says('turn.allow')).first()).toBeVisible();
  expect(context.pages().some(isDashboard)).toBe(false);
});

test('cancelled in the dashboard: not taken for saved, and filled again when the form is opened again', async ({
  page,
  context,
  sandbox,
  launched,
  tool,
  openPopup,
}) => {
  await willAllow(launched);
  const popup = await openPopup();
  await beginFill(popup, page, reddit);
  const token = lastIssued(sandbox, 'reddit');
  const dashboard = await dashboardOf(context);
  await dashboard.bringToFront();
  await startDestination(dashboard, 'Reddit');
  await expect(tokenIn(dashboard, reddit)).toHaveValue(token);
  await cancelButton(dashboard).click();
  await expect(popup.getByText(says('turn.openCreate')).first()).toBeAttached();
  const held = (): Promise<string> =>
    tool.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));
  expect(await held()).toContain(token);

  await startDestination(dashboard, 'Reddit');
  await expect(tokenIn(dashboard, reddit)).toHaveValue(token);
  await saveButton(dashboard).click();
  await expect.poll(held).not.toContain(token);
});
