import { type Browser, browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { mutedUntil } from '../destinations/mutes';
import { checkAll } from '../health/check-now';
import { isPaused } from '../health/quiet';
import { judgeClick } from '../messages/gate';
import { matchPatterns } from '../platforms/index';
import { pauseAlerts, readSettings } from '../storage/settings';
import { DASHBOARD_ORIGIN } from '../upstack/origin';
import { takeSelection } from '../vault/captures';
import { leaveSample } from './sample';

/** The menus of the right mouse button: on ad pages over a selected text, and on our button in the toolbar. */

type Click = Browser.contextMenus.OnClickData;
type Tab = Browser.tabs.Tab;

/** Made anew at each install, update and start, since the browser's language may have changed. */
export const makeMenus = async (): Promise<void> => {
  const { contextMenus } = browser;
  await contextMenus.removeAll();
  contextMenus.create({
    id: 'useSelection',
    title: i18n.t('menu.useSelection'),
    contexts: ['selection'],
    documentUrlPatterns: [...matchPatterns],
  });
  contextMenus.create({ id: 'checkNow', title: i18n.t('check.now'), contexts: ['action'] });
  contextMenus.create({
    id: 'pause',
    type: 'checkbox',
    title: i18n.t('menu.pause'),
    contexts: ['action'],
    checked: isPaused(await readSettings(), Date.now()),
  });
  contextMenus.create({ id: 'openUpstack', title: i18n.t('workspace.openUpstack'), contexts: ['action'] });
};

/** The pause ends by itself, and its tick with it. Before the first `makeMenus` there is none to set. */
export const tickPause = async (): Promise<void> => {
  const checked = isPaused(await readSettings(), Date.now());
  await browser.contextMenus.update('pause', { checked }).catch(() => undefined);
};

/** Rescues a token that was not found by itself. Only from the page's own top frame, on an exact origin. */
const takeSelected = async (click: Click, tab: Tab | undefined): Promise<void> => {
  const from = judgeClick(click, tab);
  if (from.from !== 'console' || !click.selectionText) return;
  await leaveSample();
  await takeSelection(from.platform, from.tabId, click.selectionText);
  // What became of it is to be seen there. Not every browser opens it for us; the badge tells all the same.
  await browser.action.openPopup?.().catch(() => undefined);
};

export const onMenuClick = async (click: Click, tab: Tab | undefined): Promise<void> => {
  switch (click.menuItemId) {
    case 'useSelection':
      return takeSelected(click, tab);
    case 'checkNow':
      return checkAll();
    case 'pause':
      return pauseAlerts(click.checked ? mutedUntil('tomorrow', Date.now()) : undefined);
    case 'openUpstack':
      await browser.tabs.create({ url: `${DASHBOARD_ORIGIN}/` });
  }
};
