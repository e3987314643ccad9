import { createHash } from 'node:crypto';
import type { Worker } from '@playwright/test';
import type { Report } from '../../../lib/messages/reports';
import type { Capture } from '../../../lib/storage/rows';

/** A report as it reached the background. */
export interface Heard {
  report: Report;
  /** The seed of the case, from the address of the page that sent it. */
  seed: number;
  tabId: number;
  /** In ms since 1970, when it arrived. */
  at: number;
}

/** What the extension holds at one moment. */
export interface Holdings {
  captures: Capture[];
  /** By fingerprint, out of the vault. */
  secrets: Record<string, string>;
}

export interface Watch {
  /** Every report since the start. */
  heard: readonly Heard[];
  /** Looks until `enough` says so or the time is up, and gives what was seen last. */
  until(enough: (holdings: Holdings) => boolean, timeout: number): Promise<Holdings>;
  /** Deletes these captures with their secrets, as if they had never been. */
  forget(captureIds: readonly string[], fingerprints: readonly string[]): Promise<void>;
  stop(): void;
}

export const fingerprintOf = (value: string): string =>
  `sha256:${createHash('sha256').update(value).digest('hex').slice(0, 16)}`;

/** All that runs in the worker is given as text, so that nothing of a bundler is in it. */
const listen = `
  self.zooHeard = [];
  chrome.runtime.onMessage.addListener((report, sender) => {
    if (report?.type !== 'capture.offer' && report?.type !== 'page.status') return;
    const seed = Number(new URL(sender.url ?? 'about:blank').searchParams?.get('zoo'));
    self.zooHeard.push({ report, seed, tabId: sender.tab?.id, at: Date.now() });
  });
`;

/** To open a database that is not there yet would make an empty one, and the extension would find no stores. */
const inDatabase = (mode: string, work: string): string => `
  const made = await indexedDB.databases();
  if (!made.some(({ name }) => name === 'upstack-capture')) return { heard, secrets, captures: [] };
  const database = await new Promise((done, fail) => {
    const request = indexedDB.open('upstack-capture');
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  try {
    const store = database.transaction('captures', '${mode}').objectStore('captures');
    ${work}
  } finally {
    database.close();
  }
`;

const look = `(async () => {
  const heard = self.zooHeard.splice(0);
  const items = await chrome.storage.session.get(null);
  const secrets = {};
  for (const [key, item] of Object.entries(items)) {
    if (typeof item?.value === 'string') secrets[key.replace(/^secret:/, '')] = item.value;
  }
  ${inDatabase(
    'readonly',
    `const captures = await new Promise((done, fail) => {
      const request = store.getAll();
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    return { heard, secrets, captures };`,
  )}
})()`;

/** Watches the background from inside: its messages, its rows and its vault. One look serves all tabs. */
export const startWatch = async (worker: Worker): Promise<Watch> => {
  await worker.evaluate(listen);
  const heard: Heard[] = [];
  const waiting = new Set<(holdings: Holdings) => void>();
  let stopped = false;
  const run = async (): Promise<void> => {
    while (!stopped) {
      if (waiting.size > 0) {
        const seen = (await worker.evaluate(look)) as Holdings & { heard: Heard[] };
        heard.push(...seen.heard);
        for (const tell of [...waiting]) tell(seen);
      }
      await new Promise((done) => setTimeout(done, 40));
    }
  };
  let failure: unknown;
  const running = run().catch((error: unknown) => {
    failure = error;
    stopped = true;
  });
  void running;
  return {
    heard,
    until: (enough, timeout) =>
      new Promise((done, fail) => {
        const end = Date.now() + timeout;
        const broken = setInterval(() => {
          if (!stopped) return;
          clearInterval(broken);
          fail(failure ?? new Error('The watch was stopped.'));
        }, 200);
        const tell = (holdings: Holdings): void => {
          if (!enough(holdings) && Date.now() < end) return;
          waiting.delete(tell);
          clearInterval(broken);
          done(holdings);
        };
        waiting.add(tell);
      }),
    forget: async (captureIds, fingerprints) => {
      await worker.evaluate(`(async () => {
        const [heard, secrets] = [[], {}];
        await chrome.storage.session.remove(${JSON.stringify(fingerprints.map((one) => `secret:${one}`))});
        ${inDatabase(
          'readwrite',
          `for (const id of ${JSON.stringify(captureIds)}) store.delete(id);
          await new Promise((done) => { store.transaction.oncomplete = done; });`,
        )}
      })()`);
    },
    stop: () => {
      stopped = true;
    },
  };
};
