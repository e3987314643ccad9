import { browser } from 'wxt/browser';
import type { CommandAnswer } from '../messages/commands';
import { matchPatterns } from '../platforms/index';
import { forgetEnded } from './captures';

/**
 * Looks at ad pages by running the capture script in them: after an update, when the script that is there is an
 * orphan, and when the person asks. Never by a reload, since a token may stand there that is shown only once.
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
