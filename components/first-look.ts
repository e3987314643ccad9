import { browser } from 'wxt/browser';
import { stored } from '../lib/storage/database';
import type { Snapshot, Surroundings } from './popup-state';

/**
 * What pages of ours ask before they draw. Nothing here imports React, so that the answers are on their way while the
 * code that draws is still being fetched.
 */

/** Everything that pages of ours draw from. */
export const watched = [
  'captures',
  'deliveries',
  'destinations',
  'workspaces',
  'pages',
  'accountChoices',
  'guides',
  'bulkAdds',
  'quarantine',
] as const;

export type Beside = Pick<Surroundings, 'tabId' | 'origin'>;

export const readRows = (): Promise<Snapshot> => stored.together(watched);

/**
 * The tab that the popup belongs to; nothing if this page is itself that tab. Its id is given without the `tabs`
 * permission, its address for ad pages alone.
 */
export const tabOfPopup = async (): Promise<Beside> => {
  const [tab, own] = await Promise.all([
    browser.tabs.query({ active: true, currentWindow: true }),
    browser.tabs.getCurrent(),
  ]);
  const { id, url } = (own ? undefined : tab[0]) ?? {};
  return { tabId: id, origin: url && new URL(url).origin };
};

/** Which of the hosts that the extension cannot do without are switched off, as match patterns. */
export const sitesOff = async (): Promise<readonly string[]> => {
  const needed: string[] = browser.runtime.getManifest().host_permissions ?? [];
  const allowed = await Promise.all(
    needed.map((pattern) => browser.permissions.contains({ origins: [pattern] })),
  );
  return needed.filter((_pattern, index) => !allowed[index]);
};
