import { sep } from 'node:path';
import type { Page, Worker } from '@playwright/test';
import { type Launched, openToolPage } from '../../browser/launch';
import type { Sandbox } from '../../sandbox/server';
import { createScan, type Hit, markerOf, type Scan } from './scan';

/** Where a token might be left behind, and what of it can be searched at the end of any test. */

/** What the extension has stored, by its place. */
export const areasOf = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const stores: Record<string, string> = {};
    for (const area of ['local', 'sync', 'session'] as const)
      stores[`storage.${area}`] = JSON.stringify(await chrome.storage[area].get(null));
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => fail(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((done, fail) => {
          const asking = database.transaction(store).objectStore(store).getAll();
          asking.onsuccess = () => done(asking.result);
          asking.onerror = () => fail(asking.error);
        });
        stores[`IndexedDB ${name}/${store}`] = JSON.stringify(rows);
      }
      database.close();
    }
    stores.localStorage = JSON.stringify({ ...localStorage, ...sessionStorage });
    stores.caches = JSON.stringify(await caches.keys());
    return stores;
  });

interface Heard {
  /** Console and errors, as they came. */
  said: readonly string[];
  stop(): void;
}

export const listen = ({ context }: Pick<Launched, 'context'>): Heard => {
  const said: string[] = [];
  const note = (message: { text(): string }): void => void said.push(message.text());
  const fail = (error: { error(): Error }): void => void said.push(String(error.error().stack));
  const follow = (worker: (typeof workers)[number]): void => void worker.on('console', note);
  const workers = context.serviceWorkers();
  workers.forEach(follow);
  context.on('console', note);
  context.on('weberror', fail);
  context.on('serviceworker', follow);
  return {
    said,
    stop: () => {
      context.off('console', note);
      context.off('weberror', fail);
      context.off('serviceworker', follow);
    },
  };
};

type Wire = Pick<Sandbox, 'requests'>;

export const scanWire = (scan: Scan, { requests }: Wire): Hit[] =>
  requests.flatMap(({ host, path, query, headers }) => [
    ...scan.text(`address at ${host}`, `${path}?${query}`),
    ...scan.text(`headers at ${host}`, JSON.stringify(headers)),
  ]);

const DESTINATIONS = '/accounts/api/event-destinations';

/** A save at Upstack, by its API or by the dashboard's own form: nothing else may carry a token. */
const isSave = ({ method, host, path }: Sandbox['requests'][number]): boolean =>
  method !== 'GET' &&
  ((host === 'api.upstackdata.com' && path.startsWith(DESTINATIONS)) || host === 'app.upstackdata.com');

/** Which hosts the extension has called: no page can send such a request, since its calls have a site that they come from. */
export const hostsCalled = ({ requests }: Wire): string[] => [
  ...new Set(
    requests
      .filter(({ headers }) => headers['sec-fetch-site'] === 'none' && headers['sec-fetch-dest'] === 'empty')
      .map(({ host }) => host),
  ),
];

/** The browser's own repeat of a call that broke comes as soon as it is connected anew; ours two seconds later at the earliest. */
const BY_BROWSER = 1_000;

/**
 * Saves of one token that came more than once for one attempt. They are alike to the byte; each but the first may come
 * only if the one before it was refused for good, or what became of it was asked in between. What the browser repeats by
 * itself is no attempt of ours (see storm.ts).
 */
export const sentTwice = (tokens: readonly string[], { requests }: Wire): string[] => {
  const calls = requests.filter(({ host }) => host === 'api.upstackdata.com');
  const last = new Map<string, { call: (typeof calls)[number]; isAsked: boolean }>();
  const twice: string[] = [];
  for (const call of calls) {
    const { method, path, headers, body, at } = call;
    if (method === 'GET') for (const one of last.values()) one.isAsked ||= path.startsWith(DESTINATIONS);
    if (!tokens.some((token) => body.includes(token))) continue;
    const alike = `${headers['x-pixel-id']} ${method} ${path} ${body}`;
    const before = last.get(alike);
    const { status, at: earlier = at } = before?.call ?? {};
    const isRefused = status !== undefined && status >= 400 && status < 500;
    const isByBrowser = status === undefined && at - earlier < BY_BROWSER;
    if (before && !before.isAsked && !isRefused && !isByBrowser)
      twice.push(
        `${method} ${path} again ${at - earlier} ms after one that ended with ${status ?? 'nothing'}`,
      );
    last.set(alike, { call, isAsked: false });
  }
  return twice;
};

/** Everything that a page of ours shows. */
export const faceOf = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.title,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
    ].join('\n'),
  );

/** The same as a screen reader has it: its tree of names and values. */
export const readingOf = (page: Page): Promise<string> => page.locator('body').ariaSnapshot();

/** What each notification says that the worker makes from now on: the browser tells of their ids alone. */
export const followNotices = async (worker: Worker): Promise<() => Promise<string[]>> => {
  await worker.evaluate(() => {
    const notices: string[] = [];
    const create = chrome.notifications.create.bind(chrome.notifications);
    const createAndNote = async (id: string, words: Parameters<typeof create>[0]): Promise<string> => {
      const made = await create(id, words);
      notices.push(`${words.title}. ${words.message}`);
      return made;
    };
    Object.assign(chrome.notifications, { create: createAndNote });
    Object.assign(globalThis, { notices });
  });
  return () => worker.evaluate(() => (globalThis as unknown as { notices: string[] }).notices);
};

/** All that the played platforms have issued. */
export const issuedBy = ({ platforms }: Pick<Sandbox, 'platforms'>): string[] =>
  Object.values(platforms).flatMap((platform) => platform.tokens.map(({ value }) => value));

interface Place {
  launched: Launched;
  sandbox: Wire;
  said: readonly string[];
  /** Texts of notifications. */
  notices: readonly string[];
  /** Folder of the browser's profile. */
  profile: string;
  /** When the test began: what was written before is another's. */
  since: number;
}

/** The browser keeps there what fields of every page hold, such as one in which an ad console shows its token. */
const isOurs = ({ where }: Hit): boolean => !where.split(sep).includes('Sessions');

/**
 * Every trace of these tokens: in what is stored (but the vault), in files of the profile, in our pages that are open, in
 * notifications, in console and errors, in addresses and headers, and in bodies that carry no save.
 */
export const tracesOf = async (
  tokens: readonly string[],
  { launched, sandbox: { requests }, said, notices, profile, since }: Place,
): Promise<Hit[]> => {
  if (tokens.length === 0) return [];
  const ours = launched.context.pages().filter((page) => page.url().startsWith(launched.url('')));
  const { 'storage.session': _vault, ...areas } = await areasOf(ours[0] ?? (await openToolPage(launched)));
  const places: [where: string, text: string][] = [
    ...Object.entries(areas),
    ['console and errors', said.join('\n')],
    ['notifications', notices.join('\n')],
    ['pages of ours', (await Promise.all(ours.map(faceOf))).join('\n')],
    ['what is read out of pages of ours', (await Promise.all(ours.map(readingOf))).join('\n')],
    ...requests.map((request): [string, string] => [
      `request to ${request.host}`,
      `${request.path}?${request.query}\n${JSON.stringify(request.headers)}\n${isSave(request) ? '' : request.body}`,
    ]),
  ];
  return tokens.flatMap((token) => {
    const scan = createScan(markerOf(token));
    return [
      ...scan.folder(profile, since).filter(isOurs),
      ...places.flatMap(([where, text]) => scan.text(where, text)),
    ];
  });
};
