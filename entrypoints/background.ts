import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { boot, followRows } from '../lib/boot/boot';
import { deleteEverything } from '../lib/boot/delete-everything';
import { makeMenus, onMenuClick } from '../lib/boot/menus';
import { enterSample, leaveOldSample, leaveSample, notInSample } from '../lib/boot/sample';
import { onShortcut } from '../lib/boot/shortcuts';
import * as deliveries from '../lib/deliveries/deliveries';
import { lookAtDashboards, watchDashboard } from '../lib/deliveries/routes/dashboard-tab';
import { chooseForAccount, forgetAccount } from '../lib/destinations/account-choices';
import { dismissGone, undoDismissGone } from '../lib/destinations/gone';
import { startGuide, stopGuide } from '../lib/destinations/guides';
import { muteDestinations, mutedUntil } from '../lib/destinations/mutes';
import { oldTokenDeleted, readTokenLists, remindLater, wantsTokenList } from '../lib/destinations/reminders';
import { checkAll, checkNow } from '../lib/health/check-now';
import { repaintBadge } from '../lib/health/paint';
import { pollDue } from '../lib/health/poll';
import { forgetDashboard, takeDashboardStatus } from '../lib/health/seen';
import { openNotice, tellAlerts } from '../lib/health/tell';
import type { CommandAnswer } from '../lib/messages/commands';
import { reportBug } from '../lib/messages/report-bug';
import {
  type CommandTable,
  createRouter,
  type DashboardTable,
  type ReportTable,
} from '../lib/messages/router';
import { checkRowsWith, isSample } from '../lib/storage/database';
import { dismissQuarantine, undoDismissQuarantine } from '../lib/storage/dismissal';
import { isSoundRow } from '../lib/storage/schemas';
import { changeSettings, pauseAlerts, readSettings, type SettingsChange } from '../lib/storage/settings';
import { MINUTE } from '../lib/terms/time';
import { DASHBOARD_ORIGIN } from '../lib/upstack/origin';
import * as captures from '../lib/vault/captures';
import { followPage, lookAtOpenTabs, readAgain } from '../lib/vault/look';
import { forgetPage } from '../lib/vault/pages';
import { sweep } from '../lib/vault/sweep';
import { updateWhenFree } from '../lib/vault/watch';
import * as bulk from '../lib/workspaces/bulk';
import * as workspaces from '../lib/workspaces/workspaces';

/** Goes on by itself; if it fails, there is nobody to tell but the sink. */
const inBackground = (what: string, work: Promise<unknown>): void => {
  work.catch(() => reportBug(what));
};

/** With a key that works, what waited for one can be done. */
const thenPoll = async (answer: Promise<CommandAnswer>): Promise<CommandAnswer> => {
  const { ok } = await answer;
  if (ok) inBackground('pollDue', pollDue());
  return answer;
};

/** Other rows are in force: badge, alarm and polls are theirs. */
const thenBoot = async (answer: Promise<CommandAnswer>): Promise<CommandAnswer> => {
  await answer;
  inBackground('boot', boot());
  return answer;
};

/** Answers when the lines are read; they are tried one after the other, and polled when they are. */
const addMany = async (text: string, remember: boolean): Promise<CommandAnswer> => {
  const { taken, done } = await bulk.addMany(text, remember);
  inBackground('addMany', done.then(pollDue));
  return taken;
};

/** The person wants the pages of this platform left alone. */
const isOff = async (platform: string): Promise<boolean> => (await readSettings()).off.includes(platform);
const LEFT_ALONE = { ok: false, code: 'refused' } as const;

/** A platform that is switched on again is looked at at once: a token may stand there by now. */
const setUp = async (change: SettingsChange): Promise<CommandAnswer> => {
  const before = await readSettings();
  const answer = await changeSettings(change);
  if (change.off?.length !== undefined && change.off.length < before.off.length) {
    inBackground('lookAtOpenTabs', lookAtOpenTabs());
  }
  // Less time is meant for what waits by now, too.
  if (change.keepMinutes !== undefined) inBackground('sweep', sweep());
  return answer;
};

/** How long a page is followed: a guide asks again each minute; a list may be gone through at leisure. In ms. */
const UNDER_A_GUIDE = 90_000;
const ON_THE_LIST = 10 * MINUTE;

/** What a page shows matters neither among sample data nor where its platform is switched off. */
const isLeftAlone = async (platform: string): Promise<boolean> =>
  (await isSample()) || (await isOff(platform));

const reports: ReportTable = {
  'capture.offer': async (offer, { tabId, platform }) => {
    // A real token ends the sample, before anything else is asked.
    await leaveSample();
    return (await isOff(platform)) ? LEFT_ALONE : captures.takeOffer(offer, tabId);
  },
  'page.status': async (status, { tabId, platform }) => {
    if (await isLeftAlone(platform)) return LEFT_ALONE;
    const answer = await captures.takeStatus(status, tabId);
    if (answer.ok && (await wantsTokenList(tabId)))
      inBackground('followPage', followPage(tabId, ON_THE_LIST));
    return answer;
  },
  'page.marks': async (marks, { tabId, platform }) => {
    if (await isLeftAlone(platform)) return LEFT_ALONE;
    const answer = await captures.takeMarks(marks, tabId);
    if (answer.ok) await readTokenLists();
    return answer;
  },
};

const dashboard: DashboardTable = {
  'dashboard.status': async (status, { tabId }) =>
    (await isSample()) ? LEFT_ALONE : takeDashboardStatus(status, tabId),
};

const commands: CommandTable = {
  ping: async () => ({ ok: true }),

  'capture.draft': ({ platform }) => captures.draft(platform),
  'capture.readAgain': ({ tabId }) => readAgain(tabId),
  'capture.paste': notInSample(({ captureId, kind, value }) => captures.paste(captureId, kind, value)),
  'capture.setId': ({ captureId, kind, value }) => captures.setId(captureId, kind, value),
  'capture.swapIds': ({ captureId }) => captures.swapIds(captureId),
  'capture.chooseToken': ({ captureId, fingerprint }) => captures.chooseToken(captureId, fingerprint),
  'capture.tick': ({ captureId, tick, on }) => captures.tick(captureId, tick, on),
  'capture.chooseDestination': ({ captureId, workspaceId, destination }) =>
    captures.chooseDestination(captureId, workspaceId, destination),
  'capture.confirmIds': ({ captureId, workspaceId, destination, on }) =>
    captures.confirmIds(captureId, workspaceId, destination, on),
  'capture.discard': ({ captureId }) => captures.discard(captureId),
  'capture.undoDiscard': ({ captureId }) => captures.undoDiscard(captureId),
  'capture.dismiss': ({ captureId }) => captures.dismiss(captureId),
  'capture.undoDismiss': ({ captureId }) => captures.undoDismiss(captureId),

  'delivery.send': ({ captureId }) => deliveries.send(captureId),
  'delivery.retryNow': ({ deliveryId }) => deliveries.retryNow(deliveryId),
  'delivery.dismiss': ({ deliveryId }) => deliveries.dismiss(deliveryId),
  'delivery.undoDismiss': ({ deliveryId }) => deliveries.undoDismiss(deliveryId),
  'delivery.keepIds': ({ deliveryId }) => deliveries.keepIds(deliveryId),
  'delivery.place': ({ deliveryId, kind }) => deliveries.place(deliveryId, kind),
  'delivery.saved': ({ deliveryId }) => deliveries.saved(deliveryId),
  'delivery.withdraw': ({ deliveryId }) => deliveries.withdraw(deliveryId),

  'workspace.connect': notInSample((wanted) => thenPoll(workspaces.connect(wanted))),
  'workspace.useDashboard': notInSample(({ name }) => workspaces.useDashboard(name)),
  'workspace.replaceKey': notInSample(({ workspaceId, apiKey }) =>
    thenPoll(workspaces.replaceKey(workspaceId, apiKey)),
  ),
  'workspace.rename': ({ workspaceId, name }) => workspaces.rename(workspaceId, name),
  'workspace.recolour': ({ workspaceId, colour }) => workspaces.recolour(workspaceId, colour),
  'workspace.test': ({ workspaceId }) => thenPoll(workspaces.test(workspaceId)),
  'workspace.disconnect': ({ workspaceId, force }) => workspaces.disconnect(workspaceId, force),
  'workspace.undoDisconnect': ({ workspaceId }) => thenPoll(workspaces.undoDisconnect(workspaceId)),
  'workspace.activate': ({ workspaceId }) => workspaces.activate(workspaceId),
  'workspace.addMany': notInSample(({ text, remember }) => addMany(text, remember)),
  'workspace.dismissMany': ({ bulkId }) => bulk.dismissMany(bulkId),

  'account.choose': ({ account, destination }) => chooseForAccount(account, destination),
  'account.forget': ({ account }) => forgetAccount(account),

  'reminder.done': ({ workspaceId, destinationId }) => oldTokenDeleted(workspaceId, destinationId),
  'reminder.later': ({ workspaceId, destinationId }) => remindLater(workspaceId, destinationId),
  'destination.dismiss': ({ key }) => dismissGone(key),
  'destination.undoDismiss': ({ key }) => undoDismissGone(key),

  'destination.mute': ({ keys, span }) => muteDestinations(keys, span),

  'settings.change': ({ change }) => setUp(change),
  'alerts.pause': async ({ on }) => {
    await pauseAlerts(on ? mutedUntil('tomorrow', Date.now()) : undefined);
    return { ok: true };
  },
  'quarantine.dismiss': async () => {
    await dismissQuarantine();
    return { ok: true };
  },
  'quarantine.undoDismiss': async () => {
    await undoDismissQuarantine();
    return { ok: true };
  },
  'everything.delete': notInSample(({ force }) => deleteEverything(force)),
  'sample.enter': () => thenBoot(enterSample()),
  'sample.leave': () => thenBoot(leaveSample()),

  'guide.start': ({ type: _type, ...wanted }) => startGuide(wanted),
  'guide.stop': ({ platform }) => stopGuide(platform),
  'guide.follow': async ({ tabId }) =>
    followPage(tabId, (await wantsTokenList(tabId)) ? ON_THE_LIST : UNDER_A_GUIDE),

  'health.checkNow': async ({ workspaceId, destinationId }) => {
    const answer = await checkNow(workspaceId, destinationId);
    inBackground('tellAlerts', tellAlerts());
    return answer;
  },
  'health.checkAll': async () => {
    inBackground('checkAll', checkAll().then(tellAlerts));
    return { ok: true };
  },
};

/** After the install only: an update opens nothing. */
const welcome = (): Promise<unknown> => browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });

let listening = false;
/** The permission is optional: before it is given, there is nothing to listen to. */
const listenToNotices = (): void => {
  if (listening || !browser.notifications) return;
  listening = true;
  browser.notifications.onClicked.addListener((id) => inBackground('openNotice', openNotice(id)));
};

export default defineBackground(() => {
  checkRowsWith(isSoundRow);
  const router = createRouter(
    {
      id: browser.runtime.id,
      baseUrl: browser.runtime.getURL('/'),
      dashboardOrigin: DASHBOARD_ORIGIN,
    },
    { reports, dashboard, commands },
  );

  // All listeners now: one that is added after an `await` misses the event that woke the worker.
  browser.runtime.onMessage.addListener(router.onMessage);
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') inBackground('welcome', welcome());
    inBackground('makeMenus', makeMenus());
    inBackground('lookAtOpenTabs', lookAtOpenTabs());
    inBackground('lookAtDashboards', lookAtDashboards());
  });
  browser.runtime.onStartup.addListener(() => {
    inBackground('makeMenus', makeMenus());
    // The sample does not outlive the browser that it was begun in.
    inBackground('boot', leaveSample().then(boot));
  });
  browser.contextMenus.onClicked.addListener((click, tab) =>
    inBackground('onMenuClick', onMenuClick(click, tab)),
  );
  browser.commands.onCommand.addListener((name, tab) =>
    inBackground('onShortcut', onShortcut(name, tab?.windowId)),
  );
  listenToNotices();
  browser.runtime.onUpdateAvailable.addListener(() => inBackground('updateWhenFree', updateWhenFree()));
  browser.alarms.onAlarm.addListener(() => inBackground('boot', leaveOldSample().then(boot)));
  browser.tabs.onRemoved.addListener((tabId) => {
    router.forgetTab(tabId);
    inBackground('forgetPage', forgetPage(tabId));
    inBackground('forgetDashboard', forgetDashboard(tabId));
  });
  browser.permissions.onAdded.addListener(() => {
    listenToNotices();
    inBackground('lookAtOpenTabs', lookAtOpenTabs());
    inBackground('repaintBadge', repaintBadge());
    // A delivery may have waited for just this.
    inBackground('watchDashboard', watchDashboard().then(deliveries.drain));
  });
  browser.permissions.onRemoved.addListener(() => inBackground('repaintBadge', repaintBadge()));
  followRows();

  inBackground('boot', boot());
});
