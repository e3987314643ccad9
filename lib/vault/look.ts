import { browser } from 'wxt/browser';
import type { Order } from '../capture/follow';
import type { CommandAnswer } from '../messages/commands';
import { matchPatterns, platformOf } from '../platforms/index';
import { rows } from '../storage/database';
import { readSettings } from '../storage/settings';
import { forgetEnded } from './captures';

/**
 * Looks at ad pages by running the capture script in them: after an update, when the script that is there is an
 * orphan, and when the person asks. Never by a reload, since a token may stand there that is shown only once. And
 * follows a person through them, by a script of its own that comes for a while.
 */

/** The script itself checks that the origin is one of ours before it reads a thing. */
const look = async (tabId: number): Promise<void> => {
  await browser.scripting.executeScript({ target: { tabId }, files: ['/capture.js'] });
};

/** The page is read again, and what was discarded or sent from it may be taken once more. */
export const readAgain = async (tabId: number): Promise<CommandAnswer> => {
  const [tab] = (await openTabs()).filter(({ id }) => id === tabId);
  if (!tab) return { ok: false, code: 'gone' };
  await forgetEnded(tabId);
  await look(tabId);
  return { ok: true };
};

const openTabs = () => browser.tabs.query({ url: [...matchPatterns] });

/** One page that cannot be looked at (asleep, crashed, access taken away) does not keep the others from it. */
export const lookAtOpenTabs = async (): Promise<void> => {
  const tabs = await openTabs();
  await Promise.allSettled(tabs.map(({ id }) => (id === undefined ? undefined : look(id))));
};

/** What lies in the script's own world there, see entrypoints/landmarks. Runs in the page, so it stands alone. */
const followThere = (order: Order): void =>
  (globalThis as { upstackFollow?: (order: Order) => void }).upstackFollow?.(order);

/** Tells for a while, in ms, what of the guide's steps and of the list of tokens can be seen in this tab. */
export const followPage = async (tabId: number, patience: number): Promise<CommandAnswer> => {
  const page = await rows.get('pages', tabId);
  const platform = page && platformOf(page.platform);
  const [tab] = (await openTabs()).filter(({ id }) => id === tabId);
  const origin = tab?.url === undefined ? '' : new URL(tab.url).origin;
  if (!page || !platform?.origins.includes(origin)) return { ok: false, code: 'gone' };
  if ((await readSettings()).off.includes(platform.id)) return { ok: false, code: 'refused' };
  const { id, landmarks } = platform;
  const order: Order = { origin, platform: id, page: page.page, landmarks, patience };
  const target = { tabId };
  try {
    await browser.scripting.executeScript({ target, files: ['/landmarks.js'] });
    await browser.scripting.executeScript({ target, func: followThere, args: [order] });
  } catch {
    // The tab may close, crash or go elsewhere at any moment.
    return { ok: false, code: 'gone' };
  }
  return { ok: true };
};
