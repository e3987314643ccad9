import type { Page } from '@playwright/test';
import type { Launched } from '../../browser/launch';
import type { PlatformId } from '../../sandbox/ad-accounts';
import type { Effect } from '../../sandbox/scenarios';
import type { Sandbox } from '../../sandbox/server';
import { shownHtml } from '../shown';
import { type Random, randomOf } from '../zoo/random';

/**
 * Kills the worker 0–60 ms after each step of capture and send, while Upstack answers as it likes and remembers no
 * Idempotency-Key; then lets all come to rest. What is told is what is wrong at the end: nothing, it is hoped.
 */

const CREATE = { method: 'POST', path: '/accounts/api/event-destinations' };
const LIST = { method: 'GET', path: CREATE.path };

/** Half of all answers are such. */
const TROUBLES: readonly Effect[] = [
  { kind: 'reset' },
  { kind: 'reset', applied: true },
  { kind: 'problem', status: 429, retryAfter: '2' },
  { kind: 'problem', status: 500 },
  { kind: 'problem', status: 503, applied: true },
  { kind: 'delay', ms: 400 },
  { kind: 'delay', ms: 400, applied: true },
  { kind: 'garbled', applied: true },
  { kind: 'html' },
];

/** A quarter of all rounds has such a question. */
const UNHEARD: readonly Effect[] = [
  { kind: 'reset' },
  { kind: 'problem', status: 500 },
  { kind: 'delay', ms: 400 },
  { kind: 'html' },
];

interface StormRows {
  captures: { id: string; state: string; tokens: { fingerprint: string }[] }[];
  deliveries: { id: string; captureId: string; state: string; outcome?: string; followUp?: true }[];
}

/** Rows as they stand, through a page with the extension's rights. */
export const rowsSeenBy = (tool: Page): Promise<StormRows> =>
  tool.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open('upstack-capture');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    const all = (store: string): Promise<unknown[]> =>
      new Promise((done, fail) => {
        const asking = database.transaction(store).objectStore(store).getAll();
        asking.onsuccess = () => done(asking.result);
        asking.onerror = () => fail(asking.error);
      });
    const rows = { captures: await all('captures'), deliveries: await all('deliveries') };
    database.close();
    return rows as unknown as StormRows;
  });

export const secretsSeenBy = (tool: Page): Promise<string[]> =>
  tool.evaluate(async () => Object.keys(await chrome.storage.session.get(null)));

/** Says it until somebody answers: a killed worker answers nothing. */
export const command = async (tool: Page, message: object): Promise<{ ok: boolean; code?: string }> => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const answer = await tool.evaluate(
      (said) =>
        Promise.race([
          chrome.runtime.sendMessage(said).catch(() => undefined),
          new Promise((done) => setTimeout(done, 3_000)),
        ]),
      message,
    );
    if (answer) return answer as { ok: boolean; code?: string };
  }
  throw new Error('The background answers no more.');
};

const until = async <T>(what: string, ask: () => Promise<T | undefined | false>, ms = 60_000): Promise<T> => {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    const found = await ask();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 150));
  }
  throw new Error(`Waited in vain until ${what}.`);
};

/** A page that shows a token and its ids after a click, as a console does. Upstack's test event passes with them. */
export const shownPage = (
  { platforms }: Sandbox,
  platform: PlatformId,
  nth: number,
): { token: string; html: string; host: string } => {
  const token = platforms[platform].issue().value;
  const account = platforms[platform].businesses[0]?.accounts[0];
  if (!account) throw new Error(`There is no account on ${platform}.`);
  const isReddit = platform === 'reddit';
  const pixel = isReddit ? `a2_storm${String(nth).padStart(7, '0')}` : String(2_611_340_200_000 + nth);
  account.pixels.push({ id: pixel, name: `Storm ${nth}` });
  const ids = isReddit
    ? [{ field: 'Pixel ID', value: pixel }]
    : [
        { field: 'Tag ID', value: pixel },
        { field: 'Advertiser ID', value: account.id },
      ];
  return { token, host: isReddit ? 'ads.reddit.com' : 'ads.pinterest.com', html: shownHtml(token, ids) };
};

/**
 * Chromium itself sends a call again when a connection that it has used before breaks without an answer, a POST as well
 * (seen without the extension, too): within some ms, or on a busy machine within a tenth of a second, as soon as it is
 * connected anew. Ours comes two seconds later at the earliest, or from another life of the worker. Nobody but the server
 * can tell the two apart from one, by the Idempotency-Key, which this one ignores.
 */
const BY_BROWSER = 1_000;
/** So close to each other that a worker which ended in between cannot have been followed by another. */
const AT_ONCE = 50;

/** A call that brought one token, as the server saw it. Times in ms. */
interface Call {
  at: number;
  /** None: it broke without an answer. */
  status?: number | undefined;
}

/**
 * Whether the later of two destinations of one token comes of the same call of ours as the earlier. `calls`: those that
 * brought the token, in order. `kills`: when the worker ended.
 */
export const isByBrowser = (
  calls: readonly Call[],
  kills: readonly number[],
  earlier: number,
  later: number,
): boolean => {
  const cut = calls.findLast(({ at, status }) => status === undefined && at <= earlier);
  if (!cut) return false;
  const hasEnded = kills.some((at) => at >= cut.at && at <= later);
  return later - cut.at < (hasEnded ? AT_ONCE : BY_BROWSER);
};

export interface Storm {
  faults: string[];
  /** Calls that the browser sent twice on its own. */
  repeats: number;
  kills: number;
  troubles: number;
  seed: number;
}

interface Stage {
  launched: Launched;
  sandbox: Sandbox;
  tool: Page;
  page: Page;
  /** Ends the worker. */
  kill(): Promise<void>;
}

export const runStorm = async (
  { launched, sandbox, tool, page, kill }: Stage,
  { rounds, seed }: { rounds: number; seed: number },
): Promise<Storm> => {
  const random: Random = randomOf(seed);
  const { upstack } = sandbox;
  const sent: { fingerprint: string; token: string }[] = [];
  const kills: number[] = [];
  let troubles = 0;
  let repeats = 0;
  upstack.scenario.always(CREATE, { kind: 'ignoreIdempotencyKey', duplicates: true });

  /** What is done, and death at some moment of it. */
  const stormy = async <T>(step: () => Promise<T>): Promise<T> => {
    const killing = (async () => {
      await new Promise((done) => setTimeout(done, random.whole(0, 60)));
      await kill();
      kills.push(Date.now());
    })();
    const [result] = await Promise.all([step(), killing]);
    return result;
  };

  const callsToUpstack = () => sandbox.requests.filter(({ host }) => host === 'api.upstackdata.com');
  const broughtBy = (token: string) =>
    callsToUpstack().filter(({ method, body }) => method === CREATE.method && body.includes(token));

  /** What happened from the first call that brought this token until its last destination was made, in ms. */
  const timelineOf = (token: string, made: readonly number[]): string => {
    const brought = broughtBy(token);
    const asked = callsToUpstack().filter(({ method, path }) => method === LIST.method && path === LIST.path);
    const from = brought[0]?.at ?? 0;
    const to = (made.at(-1) ?? 0) + 1_000;
    return [
      ...brought.map(({ at, status }) => ({ at, what: `sent (${status ?? 'no answer'})` })),
      ...asked.map(({ at, status }) => ({ at, what: `asked (${status ?? 'no answer'})` })),
      ...made.map((at) => ({ at, what: 'made' })),
      ...kills.map((at) => ({ at, what: 'worker ended' })),
    ]
      .filter(({ at }) => at >= from && at <= to)
      .sort((one, other) => one.at - other.at)
      .map(({ at, what }) => `${at - from} ${what}`)
      .join(', ');
  };

  for (let round = 0; round < rounds; round += 1) {
    if (random.chance(0.5)) {
      upstack.scenario.next(1, CREATE, random.pick(TROUBLES));
      troubles += 1;
    }
    if (random.chance(0.25)) {
      upstack.scenario.next(1, LIST, random.pick(UNHEARD));
      troubles += 1;
    }
    const { token, html, host } = shownPage(sandbox, random.chance(0.5) ? 'reddit' : 'pinterest', round);
    const away = sandbox.serve(host, '/storm', html);
    await page.goto(`https://${host}/storm`);
    await stormy(() => page.click('button'));
    const known = new Set(sent.map(({ fingerprint }) => fingerprint));
    const capture = await until('the token is captured', async () =>
      (await rowsSeenBy(tool)).captures.find(
        ({ state, tokens }) => state === 'open' && tokens.every(({ fingerprint }) => !known.has(fingerprint)),
      ),
    );
    sent.push({ fingerprint: capture.tokens[0]?.fingerprint ?? '', token });
    await stormy(() => command(tool, { type: 'ping' }));
    await until('Send is taken', async () => {
      const answer = await stormy(() => command(tool, { type: 'delivery.send', captureId: capture.id }));
      // Said twice, since the first answer was lost with its worker.
      return answer.ok || answer.code === 'gone';
    });
    away();
  }

  // Somebody looks into the popup now and then; nothing else helps it along.
  const isAtRest = async (): Promise<boolean> => {
    await command(tool, { type: 'ping' });
    const { deliveries } = await rowsSeenBy(tool);
    return deliveries.every(
      ({ state, followUp }) => (state === 'verifying' || state === 'settled') && !followUp,
    );
  };
  const faults: string[] = [];
  await until('all deliveries are saved', isAtRest, 60_000 + rounds * 2_000).catch((error: Error) =>
    faults.push(error.message),
  );
  const { deliveries } = await rowsSeenBy(tool);
  if (deliveries.length !== rounds) faults.push(`${rounds} tokens, ${deliveries.length} deliveries`);
  for (const { token } of sent) {
    const times = upstack
      .destinations()
      .flatMap((one) => (one.token?.value === token ? [one.createdAt] : []))
      .sort((one, other) => one - other);
    const calls = broughtBy(token);
    const ours = times.filter((time, at) => !isByBrowser(calls, kills, times[at - 1] ?? 0, time));
    repeats += times.length - ours.length;
    if (times.length === 0) faults.push('lost');
    if (ours.length > 1)
      faults.push(`doubled: ${ours.length} destinations of one token: ${timelineOf(token, times)}`);
  }
  const orphans = await secretsSeenBy(tool);
  if (orphans.length > 0) faults.push(`${orphans.length} secrets left`);
  if (!launched.context.serviceWorkers().some((worker) => worker.url().startsWith(launched.url(''))))
    faults.push('the worker is gone for good');
  return { faults, repeats, kills: kills.length, troubles, seed };
};
