import type { Locator, Page } from '@playwright/test';
import { advanceWorkerClock } from '../browser/launch';
import type { Sandbox } from '../sandbox/server';
import { redditConversionToken } from '../sandbox/tokens';
import { type Journey, journeys, lastIssued } from '../story/journeys';
import {
  checkNow,
  fillConnection,
  hastenHealthy,
  healthyHeading,
  idField,
  review,
  sendButton,
  tokenField,
} from '../story/screens';
import { says } from '../story/texts';
import { hostsCalled, sentTwice } from './canary/traces';
import { expect, test } from './fixtures';
import { captureAtOnce } from './shown';

/** The main job, for each platform, as a person does it. */

const readyToSend = async (popup: Page, journey: Journey): Promise<void> => {
  for (const { field, value } of journey.ids) await expect(idField(popup, journey, field)).toHaveValue(value);
  await expect(sendButton(popup)).toBeEnabled();
};

/** Every token that reached Upstack and led to a destination, in order. */
const arrived = ({ upstack }: Sandbox): string[] =>
  upstack.received.filter(({ destinationId }) => destinationId !== undefined).map(({ token }) => token);

for (const journey of journeys) {
  test.describe(journey.name, () => {
    const token = (popup: Page) => tokenField(popup, journey);
    const healthy = (popup: Page) => healthyHeading(popup, journey);
    const walk = async (page: Page): Promise<void> => {
      await journey.open(page);
      await journey.generate(page);
    };

    // The first look after a send comes by itself, half a minute later: once is proof enough.
    const comesByItself = journey === journeys[0];
    test('is captured, checked, sent, tested and watched until it is healthy', {
      tag: comesByItself ? '@waits' : [],
    }, async ({ page, sandbox, connect, openPopup, badge, tooltip }) => {
      test.setTimeout(150_000);
      if (comesByItself) sandbox.upstack.health.settleMs = 2_000;
      await connect();
      await walk(page);
      await expect.poll(() => badge(page)).toBe('NEW');
      expect(await tooltip(page)).toMatch(says('badge.new'));

      const issued = lastIssued(sandbox, journey.platform);
      await journey.showIds(page);
      const popup = await openPopup();
      await expect(token(popup)).toContainText(issued.slice(-4));
      await expect(token(popup)).toContainText(`${issued.length} characters`);
      await expect(token(popup)).toContainText(
        says(`platforms.${journey.platform}.verdict.conversionToken.good`),
      );
      await readyToSend(popup, journey);
      expect(await popup.content()).not.toContain(issued.slice(0, -4));
      await expect(popup.getByRole('combobox', { name: 'Destination', exact: true })).toContainText(
        'New destination',
      );

      // Nothing left the browser before this click.
      expect(sandbox.requests.filter(({ body }) => body.includes(issued))).toEqual([]);
      await sendButton(popup).click();
      await expect(popup.getByText(says('step.saved'))).toBeVisible();
      await expect(popup.getByText(says('step.test_event'))).toBeVisible();
      if (comesByItself) await expect(healthy(popup)).toBeVisible({ timeout: 90_000 });
      else await hastenHealthy(popup, journey);

      expect(arrived(sandbox)).toEqual([issued]);
      expect(hostsCalled(sandbox)).toEqual(['api.upstackdata.com']);
      const [destination] = sandbox.upstack.destinations();
      expect(destination?.type).toBe(journey.platform);
      expect(destination?.config).toEqual(
        Object.fromEntries(journey.ids.map(({ config, value }) => [config, value])),
      );
      await expect.poll(() => badge(page)).toBe('');
    });

    // Its clock is put forward, which it would forget with its end.
    test('turns unhealthy: the toolbar says so, and the popup says why', { tag: '@oneLife' }, async ({
      launched,
      page,
      sandbox,
      connect,
      openPopup,
      badge,
      tooltip,
    }) => {
      await connect();
      await captureAtOnce(page, sandbox, journey);
      const popup = await openPopup();
      await sendButton(popup).click();
      await hastenHealthy(popup, journey);

      const [destination] = sandbox.upstack.destinations();
      sandbox.troubles.makeUnhealthy(destination?.id ?? '', 'token_invalid');
      await checkNow(popup);
      await expect(popup.getByText(says(`platforms.${journey.platform}.cause.token_invalid`))).toBeVisible();
      // One bad answer alone is no alarm; a second one, a minute later, is.
      expect(await badge(page)).not.toContain('!');
      await advanceWorkerClock(launched, 61_000);
      await popup.reload();
      await checkNow(popup);
      await expect.poll(() => badge(page)).toMatch(/^!1?$/);
      expect(await tooltip(page)).toMatch(says('badge.ill'));
      expect(await tooltip(page)).toContain(journey.name);
    });

    test('survives the death of the worker between capture and send', async ({
      page,
      sandbox,
      connect,
      openPopup,
      kill,
      badge,
    }) => {
      await connect();
      await captureAtOnce(page, sandbox, journey);
      await expect.poll(() => badge(page)).toBe('NEW');
      await kill();
      const popup = await openPopup();
      await readyToSend(popup, journey);
      await kill();
      await sendButton(popup).click();
      await hastenHealthy(popup, journey);
      expect(arrived(sandbox)).toEqual([lastIssued(sandbox, journey.platform)]);
      expect(sandbox.upstack.destinations()).toHaveLength(1);
    });

    for (const [when, applied] of [
      ['before Upstack has done anything', false],
      ['after Upstack has saved it', true],
    ] as const) {
      test(`survives the death of the worker between send and answer, ${when}`, { tag: '@waits' }, async ({
        page,
        sandbox,
        connect,
        openPopup,
        kill,
      }) => {
        await connect();
        await captureAtOnce(page, sandbox, journey);
        const create = { method: 'POST', path: '/accounts/api/event-destinations' };
        const slow = sandbox.upstack.scenario.next(1, create, { kind: 'delay', ms: 4_000, applied });
        // An idempotent server would hide a second request; ours must not need one.
        sandbox.upstack.scenario.always(create, { kind: 'ignoreIdempotencyKey' });
        const popup = await openPopup();
        await sendButton(popup).click();
        await expect.poll(() => slow.hits).toBe(1);
        if (applied) await expect.poll(() => sandbox.upstack.destinations().length).toBe(1);
        await kill();
        await popup.reload();
        await hastenHealthy(popup, journey);
        expect(sandbox.upstack.destinations()).toHaveLength(1);
        expect(new Set(arrived(sandbox))).toEqual(new Set([lastIssued(sandbox, journey.platform)]));
        expect(sandbox.upstack.destinations()[0]?.token?.value).toBe(lastIssued(sandbox, journey.platform));
      });
    }

    test('stands where it stood when the popup is closed and opened at each step', async ({
      page,
      connect,
      openPopup,
    }) => {
      await connect();
      let popup = await openPopup();
      const reopened = async (): Promise<Page> => {
        await popup.close();
        popup = await openPopup();
        return popup;
      };
      await walk(page);
      await expect(token(await reopened())).toContainText('characters');
      await journey.showIds(page);
      await readyToSend(await reopened(), journey);

      // What is corrected by hand stays as well.
      const [first] = journey.ids;
      if (!first) throw new Error('Every platform has an id.');
      const other = first.value.slice(0, -1) + (first.value.endsWith('1') ? '2' : '1');
      await idField(popup, journey, first.field).fill(other);
      await expect(sendButton(popup)).toBeEnabled();
      await expect(idField(await reopened(), journey, first.field)).toHaveValue(other);
      await idField(popup, journey, first.field).fill(first.value);
      await expect(idField(await reopened(), journey, first.field)).toHaveValue(first.value);
      const others = (): Locator =>
        popup.getByRole('checkbox', { name: 'Use it for other destinations too' });
      await others().check();
      await reopened();
      await expect(others()).toBeChecked();
      await others().uncheck();

      await sendButton(popup).click();
      await expect(popup.getByText(says('step.waiting'))).toBeVisible();
      await expect((await reopened()).getByText(says('step.waiting'))).toBeVisible();
      await hastenHealthy(popup, journey);
      await expect(healthy(await reopened())).toBeVisible();
    });

    test('is kept when it is captured before anything is connected', async ({
      page,
      sandbox,
      openPopup,
      badge,
    }) => {
      await walk(page);
      await expect.poll(() => badge(page)).toBe('NEW');
      await journey.showIds(page);
      const popup = await openPopup();
      await expect(token(popup)).toContainText('characters');
      await expect(sendButton(popup)).toBeDisabled();
      await fillConnection(popup, sandbox.upstack);
      await expect(sendButton(popup)).toBeEnabled();
      await sendButton(popup).click();
      await expect.poll(() => arrived(sandbox)).toEqual([lastIssued(sandbox, journey.platform)]);
    });

    test('is not sent a second time: an existing destination is offered instead', async ({
      page,
      sandbox,
      connect,
      openPopup,
    }) => {
      await connect();
      await captureAtOnce(page, sandbox, journey);
      const popup = await openPopup();
      await readyToSend(popup, journey);
      const captured = sandbox.platforms[journey.platform].tokens.at(-1);
      // Of which second a token is, is what its age is told by.
      await expect(async () =>
        expect(Date.now()).toBeGreaterThan((captured?.createdAt ?? Number.NaN) + 1_000),
      ).toPass();
      // Somebody makes the same destination at Upstack while the popup is open.
      const existing = sandbox.upstack.addDestination({
        type: journey.platform,
        name: 'Made elsewhere',
        config: Object.fromEntries(journey.ids.map(({ config, value }) => [config, value])),
        token: sandbox.platforms[journey.platform].issue().value,
      });
      await sendButton(popup).click();
      await expect(popup.getByText(says('problem.exists'))).toBeVisible();
      await popup.getByRole('button', { name: says('problem.useExisting') }).click();
      const destination = popup.getByRole('combobox', { name: 'Destination', exact: true });
      await expect(destination.getByRole('option', { selected: true })).toHaveText('Made elsewhere');
      // The token over there is the newer one, so this is a stop to think.
      await expect(popup.getByText(says('rotation.freshness.older'))).toBeVisible();
      await expect(sendButton(popup)).toBeDisabled();
      await expect(sendButton(popup)).toHaveAccessibleDescription(says('blocker.tickOlder'));
      await popup.getByRole('checkbox', { name: 'I checked it', exact: true }).check();
      await expect(sendButton(popup)).toBeEnabled();
      await sendButton(popup).click();
      await expect.poll(() => sandbox.upstack.destination(existing.id).token?.value).toBe(captured?.value);
      expect(sandbox.upstack.destinations()).toHaveLength(1);
    });

    test('is discarded, brought back, and discarded for good', { tag: '@waits' }, async ({
      page,
      sandbox,
      openPopup,
      badge,
      connect,
    }) => {
      await connect();
      await captureAtOnce(page, sandbox, journey);
      const popup = await openPopup();
      await popup.getByRole('button', { name: 'Discard', exact: true }).click();
      await expect(review(popup, journey)).toHaveCount(0);
      await popup.getByRole('button', { name: says('undo.undo') }).click();
      await expect(token(popup)).toContainText('characters');
      await popup.getByRole('button', { name: 'Discard', exact: true }).click();
      await expect(popup.getByRole('button', { name: says('undo.undo') })).toHaveCount(0, {
        timeout: 15_000,
      });
      await expect(review(popup, journey)).toHaveCount(0);
      await expect.poll(() => badge(page)).toBe('');
    });

    test('shows its token to the extension, and its session token to nobody', async ({
      launched,
      page,
      sandbox,
      tool,
      badge,
    }) => {
      const session = sandbox.platforms[journey.platform].sessionToken;
      await journey.open(page);
      await page.evaluate((value) => {
        for (const tag of ['p', 'code', 'textarea', 'input'] as const) {
          const element = document.createElement(tag);
          if ('value' in element) element.value = value;
          else element.textContent = value;
          document.body.append(element);
        }
      }, session);
      const held = (): Promise<string> =>
        tool.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));
      await page.waitForTimeout(1_000); // there is nothing to wait for: the point is that nothing comes
      expect(await badge(page)).toBe('');
      expect(await held()).not.toContain(session.slice(-40));

      // The control: the conversion token on the same page is taken, so that looking did happen.
      await journey.generate(page);
      await expect.poll(() => badge(page)).toBe('NEW');
      const issued = lastIssued(sandbox, journey.platform);
      expect(await held()).toContain(issued);
      expect(await held()).not.toContain(session.slice(-40));

      // What every test ends with finds nothing. Its control: another one, by a careless line, and on a page of ours.
      expect(await launched.traces()).toEqual([]);
      const planted = redditConversionToken();
      await tool.evaluate(async (value) => {
        await chrome.storage.local.set({ careless: value });
        document.title = value;
        // Read out, and no part of the document.
        const style = new CSSStyleSheet();
        style.replaceSync(`body::before { content: '${value}' }`);
        document.adoptedStyleSheets = [style];
      }, planted);
      const found = (await launched.traces([planted])).map(({ where }) => where);
      const places = ['storage.local', 'pages of ours', 'what is read out of pages of ours'];
      expect(found).toEqual(expect.arrayContaining(places));
      expect(found).toContainEqual(expect.stringMatching(/Local Extension Settings/));

      // The same of an attempt that carries it twice.
      const path = '/accounts/api/event-destinations';
      sandbox.upstack.scenario.next(2, { method: 'POST', path }, { kind: 'problem', status: 500 });
      const save = { address: `https://api.upstackdata.com${path}`, method: 'POST', body: planted };
      await tool.evaluate(async ({ address, ...call }) => {
        for (const again of [1, 2]) await fetch(address, { ...call, headers: { again: `${again}` } });
      }, save);
      expect(sentTwice([planted], sandbox)).toHaveLength(1);
    });
  });
}
