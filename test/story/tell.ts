import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { badgeOn, tooltipOn } from '../browser/button';
import { type Launched, openToolPage } from '../browser/launch';
import { dashboardField, saveButton, startDestination } from '../sandbox/dashboard/walk';
import type { Sandbox } from '../sandbox/server';
import { dashboardOf, fillButton } from './dashboard';
import { type Journey, journeys, lastIssued } from './journeys';
import { checkNow, healthyHeading, idField, sendButton, tokenField } from './screens';
import { says } from './texts';

const pictures = join('.output', 'story');

export type Route = 'api' | 'dashboard';

/** Tells the main job on both platforms, and throws at the first step that does not hold. */
export const tellStory = async (launched: Launched, sandbox: Sandbox, route: Route): Promise<void> => {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const tool = await openToolPage(launched);
  const begun = performance.now();
  let count = 0;

  /** One step: what is done or must hold, a line when it did, and a picture of what one sees then. */
  const step = async (line: string, page: Page, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      console.log(`  ✗ ${line}`);
      await page.screenshot({ path: join(pictures, 'failed.png') }).catch(() => undefined);
      throw error;
    }
    count += 1;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5);
    console.log(`  ✓ ${seconds} s  ${line}`);
    const name = `${String(count).padStart(2, '0')}-${line
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)}`;
    await page.screenshot({ path: join(pictures, `${name.replace(/-$/, '')}.png`) });
  };

  for (const journey of journeys) {
    console.log(`\n${journey.name}`);
    await tellOne({ journey, launched, sandbox, tool, step, route });
  }
  console.log('\nBoth');
  await (route === 'api' ? breakBoth : breakBothInDashboard)(launched, sandbox, tool, step);
  console.log(`\nAll of it held: ${count} steps. Pictures of each are in ${pictures}.`);
};

type Step = (line: string, page: Page, work: () => Promise<unknown>) => Promise<void>;

interface Scene {
  journey: Journey;
  launched: Launched;
  sandbox: Sandbox;
  tool: Page;
  step: Step;
  route: Route;
}

const tellOne = async (scene: Scene): Promise<void> => {
  const { journey, launched, sandbox, tool, step, route } = scene;
  const { context, url } = launched;
  const send = route === 'api' ? sendButton : fillButton;
  const consolePage = await context.newPage();
  const popup = await context.newPage();
  await popup.setViewportSize({ width: 380, height: 600 });
  const badge = (): Promise<string> => badgeOn(tool, consolePage);

  await step('The console is open, and nothing is captured', consolePage, async () => {
    await journey.open(consolePage);
    expect(await badge()).not.toBe('NEW');
  });
  await step('A token was generated, as the guide says', consolePage, () => journey.generate(consolePage));
  const token = lastIssued(sandbox, journey.platform);
  await step('Captured: the toolbar button says NEW on this tab', consolePage, () =>
    expect.poll(badge).toBe('NEW'),
  );
  await step('The ids that belong to it were read', consolePage, async () => {
    await journey.showIds(consolePage);
    await popup.goto(url('popup.html'));
    for (const { field, value } of journey.ids) {
      await expect(idField(popup, journey, field)).toHaveValue(value);
    }
  });
  await step('Checked: every value has its verdict, and the token is masked', popup, async () => {
    await expect(tokenField(popup, journey)).toContainText(token.slice(-4));
    await expect(tokenField(popup, journey)).toContainText(
      says(`platforms.${journey.platform}.verdict.conversionToken.good`),
    );
    expect(await popup.content()).not.toContain(token.slice(0, -4));
    await expect(send(popup)).toBeEnabled();
    expect(sandbox.requests.some(({ body }) => body.includes(token))).toBe(false);
  });
  await (route === 'api' ? sendByApi : sendByDashboard)(scene, popup, token);
  await popup.close();
  await consolePage.close();
};

const sendByApi = async ({ journey, sandbox, step }: Scene, popup: Page, token: string): Promise<void> => {
  await step('Sent: Upstack received the token byte for byte', popup, async () => {
    await sendButton(popup).click();
    await expect.poll(() => sandbox.upstack.received.map((one) => one.token)).toContain(token);
  });
  await step("Upstack's test event was accepted", popup, () =>
    expect(popup.getByText(says('step.test_event')).first()).toBeVisible(),
  );
  await step('Healthy', popup, () => expect(healthyHeading(popup, journey)).toBeVisible({ timeout: 60_000 }));
};

const sendByDashboard = async (
  { journey, launched, sandbox, step }: Scene,
  popup: Page,
  token: string,
): Promise<void> => {
  await popup.bringToFront();
  await fillButton(popup).click();
  const dashboard = await dashboardOf(launched.context);
  const field = (label: string) => dashboardField(dashboard, label);
  await step('The dashboard is in front: + New Destination, the platform, Next', dashboard, async () => {
    await dashboard.bringToFront();
    await startDestination(dashboard, journey.name);
  });
  await step(
    'Filled: each value in its field, and nothing was pressed for the person',
    dashboard,
    async () => {
      await expect(field(journey.tokenField)).toHaveValue(token);
      for (const { field: label, value } of journey.ids) await expect(field(label)).toHaveValue(value);
      expect(sandbox.upstack.received.map((one) => one.token)).not.toContain(token);
    },
  );
  await step('Saved by the person: Upstack received the token byte for byte', dashboard, async () => {
    await saveButton(dashboard).click();
    await expect.poll(() => sandbox.upstack.received.map((one) => one.token)).toContain(token);
  });
  await step(
    'Healthy in the dashboard, and in the popup with the time at which it was seen',
    popup,
    async () => {
      await expect(dashboard.getByText('Healthy', { exact: true })).toHaveCount(
        sandbox.upstack.destinations().length,
        { timeout: 60_000 },
      );
      await popup.bringToFront();
      await expect(healthyHeading(popup, journey)).toBeVisible({ timeout: 60_000 });
      await expect(popup.getByText(says('check.seen')).first()).toBeVisible();
    },
  );
};

/** Deletes both tokens in their consoles and waits until the extension has noticed. */
const breakBoth = async (
  { context, url }: Launched,
  sandbox: Sandbox,
  tool: Page,
  step: Step,
): Promise<void> => {
  const popup = await context.newPage();
  await popup.setViewportSize({ width: 380, height: 600 });
  const elsewhere = await context.newPage();
  await elsewhere.goto('https://ads.reddit.com/');
  await step(
    'Broken on purpose: both tokens are deleted. Unhealthy, with the cause in words',
    popup,
    async () => {
      for (const { id } of sandbox.upstack.destinations())
        sandbox.troubles.makeUnhealthy(id, 'token_invalid');
      await popup.goto(url('popup.html'));
      await checkNow(popup);
      for (const { platform } of journeys) {
        await expect(
          popup.getByText(says(`platforms.${platform}.cause.token_invalid`)).first(),
        ).toBeVisible();
      }
    },
  );
  console.log('             One bad answer alone is no alarm. Waiting a minute for a second one …');
  await step('The toolbar button says !2, and why, in words', popup, async () => {
    await popup.waitForTimeout(61_000);
    await checkNow(popup);
    await expect.poll(() => badgeOn(tool, elsewhere), { timeout: 90_000, intervals: [1_000] }).toBe('!2');
    expect(await tooltipOn(tool, elsewhere)).toMatch(says('badge.ill'));
  });
};

/** The same where nobody can be asked: what the person sees in the dashboard is what is known. */
const breakBothInDashboard = async (
  { context, url }: Launched,
  sandbox: Sandbox,
  tool: Page,
  step: Step,
): Promise<void> => {
  const popup = await context.newPage();
  await popup.setViewportSize({ width: 380, height: 600 });
  await popup.goto(url('popup.html'));
  const elsewhere = await context.newPage();
  await elsewhere.goto('https://ads.reddit.com/');
  const dashboard = await dashboardOf(context);
  const ill = (page: Page) => page.getByText('Unhealthy', { exact: true });
  await step('Broken on purpose, and not seen yet: nothing fresher is claimed', popup, async () => {
    for (const { id } of sandbox.upstack.destinations()) sandbox.troubles.makeUnhealthy(id, 'token_invalid');
    await expect(ill(popup)).toHaveCount(0);
    expect(await badgeOn(tool, elsewhere)).toBe('');
  });
  await step('Seen in the dashboard: unhealthy', dashboard, async () => {
    await dashboard.bringToFront();
    await dashboard.reload();
    await expect(ill(dashboard)).toHaveCount(journeys.length);
  });
  await step('The toolbar button says !2, and the popup when it was seen', popup, async () => {
    await expect.poll(() => badgeOn(tool, elsewhere)).toBe('!2');
    expect(await tooltipOn(tool, elsewhere)).toMatch(says('badge.ill'));
    await popup.bringToFront();
    await expect(ill(popup)).toHaveCount(journeys.length);
    await expect(popup.getByText(says('check.seen')).first()).toBeVisible();
  });
};
