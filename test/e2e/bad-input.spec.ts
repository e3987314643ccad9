import type { Locator, Page } from '@playwright/test';
import type { Effect } from '../sandbox/scenarios';
import { pinterestKey, pinterestRefreshToken, redditConversionToken } from '../sandbox/tokens';
import { type Journey, journeys, lastIssued } from '../story/journeys';
import {
  checkNow,
  fillConnection,
  hastenHealthy,
  healthyHeading,
  idField,
  paste,
  review,
  sendButton,
  tokenField,
} from '../story/screens';
import { says } from '../story/texts';
import { expect, test } from './fixtures';
import { captureAtOnce } from './shown';

/** Everything that goes wrong gets a sentence that says what is wrong, and loses nothing that was captured. */

const [reddit, pinterest] = journeys as [Journey, Journey];

const tokenIsKept = (popup: Page, journey: Journey, value: string): Promise<void> =>
  expect(tokenField(popup, journey)).toContainText(value.slice(-4));

test.describe('connecting', () => {
  const attempts = {
    'with a wrong key': { key: 'upstack_mistyped', says: 'problem.keyRefused' },
    'with a revoked key': { revoke: true, says: 'problem.keyRefused' },
    'with a key that lacks the scope': { scopes: [], says: 'problem.scopeMissing' },
    "with another pixel's key": { otherPixel: true, says: 'problem.pixelMismatch' },
    'with an Upstack pixel ID that is no UUID': { pixelId: 'a2_f7k2m9x4q1zt', says: 'connect.pixelNoUuid' },
  } as const;
  for (const [how, attempt] of Object.entries(attempts)) {
    test(how, async ({ page, sandbox, openPopup }) => {
      const { upstack } = sandbox;
      const token = await captureAtOnce(page, sandbox, reddit);
      const key = upstack.addKey(upstack.workspace, 'scopes' in attempt ? attempt.scopes : undefined);
      key.revoked = 'revoke' in attempt;
      const connection = {
        apiKey: 'key' in attempt ? attempt.key : key.value,
        pixelId:
          'pixelId' in attempt
            ? attempt.pixelId
            : 'otherPixel' in attempt
              ? upstack.addWorkspace('Elsewhere').pixelId
              : upstack.pixelId,
      };
      const popup = await openPopup();
      await fillConnection(popup, connection);
      await expect(popup.getByText(says(attempt.says)).first()).toBeVisible();
      await tokenIsKept(popup, reddit, token);
      await expect(sendButton(popup)).toBeDisabled();

      await fillConnection(popup, upstack);
      await expect(sendButton(popup)).toBeEnabled();
      await tokenIsKept(popup, reddit, token);
    });
  }
});

test('a key that is revoked before the send: the send waits for a new one', async ({
  page,
  sandbox,
  connect,
  openPopup,
}) => {
  const { upstack } = sandbox;
  await connect();
  const token = await captureAtOnce(page, sandbox, reddit);
  const popup = await openPopup();
  await expect(sendButton(popup)).toBeEnabled();
  for (const key of upstack.workspace.keys) key.revoked = true;
  await sendButton(popup).click();
  await expect(popup.getByRole('heading', { name: 'Upstack refused your API key' })).toBeVisible();
  await expect(popup.getByText(says('workspace.sendWaits'))).toBeVisible();

  await popup
    .getByRole('textbox', { name: 'API key', exact: true })
    .fill(upstack.addKey(upstack.workspace).value);
  await popup.getByRole('button', { name: says('workspace.replaceKey') }).click();
  await expect.poll(() => upstack.destinations()[0]?.token?.value, { timeout: 30_000 }).toBe(token);
});

/** Opens an empty review of a platform, to paste into. */
const draft = async (popup: Page, { name }: Journey): Promise<void> =>
  popup.getByRole('button', { name: `Paste a token: ${name}` }).click();

const pasteField = (popup: Page, journey: Journey): Locator =>
  review(popup, journey).getByRole('textbox', { name: journey.tokenField, exact: true });

interface Pasted {
  journey: Journey;
  value(): string;
  /** What is said about it. */
  says: string[];
  /** It is kept, and can be sent once the rest is there. */
  kept: boolean;
}

const verdictOf = (journey: Journey, code: string): string =>
  `platforms.${journey.platform}.verdict.conversionToken.${code}`;
const good = (journey: Journey, ...removed: string[]): string[] => [
  verdictOf(journey, 'good'),
  ...removed.map((code) => `removed.${code}`),
];
const zeroWidth = '\u200b';

const pasted: Record<string, Pasted> = {
  'a Reddit token that was cut': {
    journey: reddit,
    value: () => redditConversionToken().slice(0, -40),
    says: [verdictOf(reddit, 'cut')],
    kept: false,
  },
  'a Reddit token with blanks around it': {
    journey: reddit,
    value: () => `  ${redditConversionToken()} `,
    says: good(reddit, 'whitespace'),
    kept: true,
  },
  'a Reddit token with line breaks inside': {
    journey: reddit,
    value: () => redditConversionToken().replace(/(.{200})/g, '$1\n'),
    says: good(reddit, 'lineBreaks'),
    kept: true,
  },
  'a Reddit token in quotation marks': {
    journey: reddit,
    value: () => `"${redditConversionToken()}"`,
    says: good(reddit, 'quotes'),
    kept: true,
  },
  'a Reddit token after “Bearer”': {
    journey: reddit,
    value: () => `Bearer ${redditConversionToken()}`,
    says: good(reddit, 'bearer'),
    kept: true,
  },
  'a Reddit token with invisible characters': {
    journey: reddit,
    value: () => redditConversionToken().replace(/^(.{20})/, `$1${zeroWidth}`),
    says: good(reddit, 'zeroWidth'),
    kept: true,
  },
  'a Pinterest key that was cut': {
    journey: pinterest,
    value: () => pinterestKey().slice(0, 61),
    says: [verdictOf(pinterest, 'cut')],
    kept: false,
  },
  'a Pinterest key with blanks and invisible characters': {
    journey: pinterest,
    value: () => ` ${pinterestKey().replace(/^(.{20})/, `$1${zeroWidth}`)} `,
    says: good(pinterest, 'whitespace', 'zeroWidth'),
    kept: true,
  },
  'a Pinterest key without pina_': {
    journey: pinterest,
    value: () => pinterestKey().slice('pina_'.length),
    says: [verdictOf(pinterest, 'missingPrefix')],
    kept: false,
  },
  'a Pinterest refresh token': {
    journey: pinterest,
    value: pinterestRefreshToken,
    says: [verdictOf(pinterest, 'refreshToken')],
    kept: false,
  },
};

test.describe('pasting', () => {
  for (const [what, { journey, value, says: keys, kept }] of Object.entries(pasted)) {
    test(what, async ({ connect, openPopup }) => {
      await connect();
      const popup = await openPopup();
      await draft(popup, journey);
      const text = value();
      await paste(pasteField(popup, journey), text);
      for (const key of keys) await expect(review(popup, journey).getByText(says(key)).first()).toBeVisible();
      expect(await popup.content()).not.toContain(text.trim().slice(0, -4));
      if (kept) {
        await expect(tokenField(popup, journey)).toContainText('•');
      } else {
        await expect(pasteField(popup, journey)).toBeVisible();
        // What is right afterwards is taken in its place.
        await paste(
          pasteField(popup, journey),
          journey === reddit ? redditConversionToken() : pinterestKey(),
        );
        await expect(tokenField(popup, journey)).toContainText(says(verdictOf(journey, 'good')));
      }
    });
  }

  test('a bad paste over a captured token does not cost that token', async ({
    page,
    sandbox,
    connect,
    openPopup,
  }) => {
    await connect();
    await captureAtOnce(page, sandbox, reddit);
    const popup = await openPopup();
    await popup.getByRole('button', { name: says('field.pasteInstead') }).click();
    await paste(pasteField(popup, reddit), redditConversionToken().slice(0, -40));
    await expect(review(popup, reddit).getByText(says(verdictOf(reddit, 'cut')))).toBeVisible();
    await tokenIsKept(popup, reddit, lastIssued(sandbox, 'reddit'));
    await expect(sendButton(popup)).toBeEnabled();
  });
});

for (const journey of journeys) {
  test(`the label of a button glued to the token on ${journey.name}: exactly the token is taken`, async ({
    page,
    sandbox,
    connect,
    openPopup,
  }) => {
    sandbox.platforms[journey.platform].variant.gluedButton = true;
    await connect();
    await journey.open(page);
    await journey.generate(page);
    await journey.showIds(page);
    const popup = await openPopup();
    await sendButton(popup).click();
    await expect
      .poll(() => sandbox.upstack.received.map(({ token }) => token))
      .toEqual([lastIssued(sandbox, journey.platform)]);
  });
}

test('ids in each other’s field: said, and mended with one button', async ({
  page,
  sandbox,
  connect,
  openPopup,
}) => {
  await connect();
  await captureAtOnce(page, sandbox, pinterest);
  const popup = await openPopup();
  const [tag, advertiser] = pinterest.ids;
  if (!tag || !advertiser) throw new Error('Pinterest has two ids.');
  // Corrected by hand once it is there: a value that comes from the page meanwhile would be typed behind.
  for (const { field, value } of pinterest.ids)
    await expect(idField(popup, pinterest, field)).toHaveValue(value);
  await idField(popup, pinterest, tag.field).fill(advertiser.value);
  await idField(popup, pinterest, advertiser.field).fill(tag.value);
  await expect(popup.getByText(says('blocker.idsSwapped')).first()).toBeVisible();
  await expect(sendButton(popup)).toBeDisabled();
  await popup.getByRole('button', { name: says('review.swap') }).click();
  await expect(idField(popup, pinterest, tag.field)).toHaveValue(tag.value);
  await expect(idField(popup, pinterest, advertiser.field)).toHaveValue(advertiser.value);
  await expect(sendButton(popup)).toBeEnabled();
});

test('two pixels on the page: asked, and nothing is chosen for the person', async ({
  page,
  sandbox,
  connect,
  openPopup,
}) => {
  await connect();
  const token = sandbox.platforms.reddit.issue().value;
  const ids = ['a2_p4d1s9j7v2ke', 'a2_u6g3l8t5e0mx'];
  sandbox.serve(
    'ads.reddit.com',
    '/two',
    `<!doctype html><title>x</title><button>Generate</button>
     <dl><dt>Pixel ID</dt><dd>${ids[0]}</dd><dt>Pixel ID</dt><dd>${ids[1]}</dd></dl><p>${token}</p>`,
  );
  await page.goto('https://ads.reddit.com/two');
  const popup = await openPopup();
  await tokenIsKept(popup, reddit, token);
  await expect(popup.getByText(says('blocker.chooseId')).first()).toBeVisible();
  await expect(sendButton(popup)).toBeDisabled();
  for (const id of ids)
    await expect(review(popup, reddit).getByRole('radio', { name: new RegExp(id) })).not.toBeChecked();
  await review(popup, reddit)
    .getByRole('radio', { name: new RegExp(ids[1] ?? '') })
    .check();
  await expect(idField(popup, reddit, 'Pixel ID')).toHaveValue(ids[1] ?? '');
  await expect(popup.getByText(says('blocker.chooseId'))).toHaveCount(0);
});

test.describe('Upstack', { tag: '@waits' }, () => {
  const createPath = { method: 'POST', path: '/accounts/api/event-destinations' };
  const troubles: Record<string, { effect: Effect; says: string }> = {
    'has a fault of its own': { effect: { kind: 'problem', status: 500 }, says: 'problem.unavailable' },
    'breaks the connection': { effect: { kind: 'reset' }, says: 'problem.unreachable' },
    'is answered for by a web page': { effect: { kind: 'html' }, says: 'problem.garbled' },
    'answers with half a JSON': { effect: { kind: 'garbled' }, says: 'problem.garbled' },
    'asks to wait': {
      effect: { kind: 'problem', status: 429, retryAfter: '5' },
      says: 'problem.rateLimited',
    },
    'does not answer in time': { effect: { kind: 'never' }, says: 'problem.timeout' },
  };
  for (const [what, { effect, says: key }] of Object.entries(troubles)) {
    test(`${what}: said, kept, and sent after all`, async ({ page, sandbox, connect, openPopup }) => {
      test.setTimeout(90_000);
      await connect();
      const token = await captureAtOnce(page, sandbox, reddit);
      const popup = await openPopup();
      await expect(sendButton(popup)).toBeEnabled();
      // Both the send and the question whether it was applied.
      sandbox.upstack.scenario.always({ path: `${createPath.path}*` }, effect);
      await sendButton(popup).click();
      await expect(popup.getByRole('heading', { name: /^(?:.*)Will try again at \d/ })).toBeVisible({
        timeout: 30_000,
      });
      await expect(popup.getByText(says(key))).toBeVisible();
      await expect(popup.getByText(says('turn.keeps'))).toBeVisible();

      sandbox.upstack.scenario.clear();
      await popup.getByRole('button', { name: says('delivery.retryNow') }).click();
      await expect
        .poll(() => sandbox.upstack.destinations()[0]?.token?.value, { timeout: 30_000 })
        .toBe(token);
      expect(sandbox.upstack.destinations()).toHaveLength(1);
    });
  }

  test('is slow: the send goes on, and arrives once', async ({ page, sandbox, connect, openPopup }) => {
    await connect();
    await captureAtOnce(page, sandbox, reddit);
    const popup = await openPopup();
    sandbox.upstack.scenario.next(1, createPath, { kind: 'delay', ms: 6_000 });
    await sendButton(popup).click();
    await expect(popup.getByText(says('delivery.mayClose'))).toBeVisible();
    await hastenHealthy(popup, reddit);
    expect(sandbox.upstack.received).toHaveLength(1);
  });

  test('refuses the token: the steps are told, and the capture is still there', async ({
    page,
    sandbox,
    connect,
    openPopup,
  }) => {
    await connect();
    const token = await captureAtOnce(page, sandbox, reddit);
    sandbox.platforms.reddit.deleteToken(sandbox.platforms.reddit.tokens.at(-1)?.id ?? '');
    const popup = await openPopup();
    await sendButton(popup).click();
    await expect(popup.getByText(says('problem.rejected'))).toBeVisible();
    await expect(popup.getByText(says('platforms.reddit.cause.token_invalid'))).toBeVisible();
    await tokenIsKept(popup, reddit, token);
    expect(sandbox.upstack.destinations()).toEqual([]);
  });

  test('answers with a word that nobody knows: unknown, never healthy', async ({
    page,
    sandbox,
    connect,
    openPopup,
  }) => {
    await connect();
    await captureAtOnce(page, sandbox, reddit);
    sandbox.upstack.scenario.always({ path: '/accounts/api/*' }, { kind: 'unknownHealth', word: 'sleeping' });
    const popup = await openPopup();
    await sendButton(popup).click();
    await expect(popup.getByText(says('step.waiting'))).toBeVisible();
    await checkNow(popup);
    await expect
      .poll(() => sandbox.requests.some(({ path }) => path.endsWith('/event-destination-health')))
      .toBe(true);
    await expect(popup.getByText('Healthy', { exact: true })).toHaveCount(0);
    await expect(healthyHeading(popup, reddit)).toHaveCount(0);
  });
});

test('offline: said, kept, and sent when the network is back', { tag: '@waits' }, async ({
  page,
  sandbox,
  connect,
  openPopup,
  context,
}) => {
  await connect();
  const token = await captureAtOnce(page, sandbox, reddit);
  const popup = await openPopup();
  await expect(sendButton(popup)).toBeEnabled();
  await context.setOffline(true);
  await expect(popup.getByRole('heading', { name: 'You are offline' })).toBeVisible();
  await tokenIsKept(popup, reddit, token);
  await sendButton(popup).click();
  await expect(popup.getByText(says('problem.offline'))).toBeVisible();
  expect(sandbox.upstack.received).toEqual([]);
  await context.setOffline(false);
  await popup
    .getByRole('button', { name: says('delivery.retryNow') })
    .click({ timeout: 3_000 })
    .catch(() => undefined); // it may have gone on by itself already
  await expect.poll(() => sandbox.upstack.destinations()[0]?.token?.value, { timeout: 40_000 }).toBe(token);
});
