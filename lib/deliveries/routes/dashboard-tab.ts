import { browser } from 'wxt/browser';
import { Secret } from '../../credentials/secret';
import type { Dashboard } from '../../dashboard/dashboard';
import type { Filled, Order } from '../../dashboard/definition';
import { rows } from '../../storage/database';
import { DASHBOARD_ORIGIN, DESTINATIONS_PAGE } from '../../upstack/origin';
import type { DashboardTabs, FormOrder } from './dashboard';

/**
 * Reaches into Upstack's dashboard, and is the third place that may open a secret: it passes as an argument of one
 * call into the top frame of one tab, where our script checks the exact origin once more before it writes.
 */

/** For asking, querying and registering; a pattern is no proof, so the origin is compared as well. */
export const DASHBOARD_PATTERN = `${DASHBOARD_ORIGIN}/*`;

const UNREACHABLE: Filled = { ok: false, faults: [{ code: 'unreachable' }] };
const ELSEWHERE: Filled = { ok: false, faults: [{ code: 'elsewhere' }] };

const openTabs = async () =>
  (await browser.tabs.query({ url: DASHBOARD_PATTERN })).filter(
    ({ url }) => url !== undefined && new URL(url).origin === DASHBOARD_ORIGIN,
  );

/** What lies in the script's own world there, see entrypoints/dashboard. Runs in the page, so it stands alone. */
type Slot = { upstackDashboard?: Pick<Dashboard, 'fill' | 'place'> };

const fillThere = async (order: Order): Promise<Filled | undefined> =>
  (globalThis as Slot).upstackDashboard?.fill(order);

const placeThere = async (value: string, secret: boolean): Promise<Filled | undefined> =>
  (globalThis as Slot).upstackDashboard?.place(value, secret);

/** A tab that has gone somewhere else since is not even called. */
const isStillThere = async (tabId: number): Promise<boolean> =>
  (await openTabs()).some((tab) => tab.id === tabId);

const fill = async (
  tabId: number,
  { job, platform, ids, secretKind, secret }: FormOrder,
): Promise<Filled> => {
  if (!(await isStillThere(tabId))) return ELSEWHERE;
  const [frame] = await browser.scripting.executeScript({
    target: { tabId },
    func: fillThere,
    args: [{ job, platform, values: { ...ids, [secretKind]: secret.reveal() } }],
  });
  return (frame?.result as Filled | undefined) ?? UNREACHABLE;
};

const place = async (tabId: number, value: Secret | string): Promise<Filled> => {
  if (!(await isStillThere(tabId))) return ELSEWHERE;
  const isSecret = value instanceof Secret;
  const [frame] = await browser.scripting.executeScript({
    target: { tabId },
    func: placeThere,
    args: [isSecret ? value.reveal() : value, isSecret],
  });
  return (frame?.result as Filled | undefined) ?? UNREACHABLE;
};

/** Brings the dashboard to the front, in this tab if it is one of those where it is open. */
export const showDashboard = async (tabId?: number): Promise<void> => {
  const open = (await isAllowed()) ? await openTabs() : [];
  const tab = open.find(({ id }) => id === tabId) ?? open[0];
  if (tab?.id === undefined) {
    await browser.tabs.create({ url: DESTINATIONS_PAGE });
    return;
  }
  await browser.tabs.update(tab.id, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
};

export const isAllowed = (): Promise<boolean> =>
  browser.permissions.contains({ origins: [DASHBOARD_PATTERN] });

export const browserDashboard: DashboardTabs = {
  isAllowed,
  show: showDashboard,
  // A tab may close, or crash, at any moment.
  fill: (tabId, order) => fill(tabId, order).catch(() => UNREACHABLE),
  place: (tabId, value) => place(tabId, value).catch(() => UNREACHABLE),
  seen: async () => (await rows.all('dashboards')).sort((one, other) => other.at - one.at),
  known: async (workspaceId) =>
    (await rows.all('destinations')).filter((row) => row.workspaceId === workspaceId),
  now: () => Date.now(),
};

const SCRIPT = 'dashboard';

/**
 * Puts our script into the dashboard: by itself whenever it is opened, and now where it is open. Only with the
 * person's permission, which may come and go; idempotent, run at each wake.
 */
export const watchDashboard = async (): Promise<void> => {
  if (!(await isAllowed())) return;
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT] });
  if (registered.length > 0) return;
  await browser.scripting.registerContentScripts([
    {
      id: SCRIPT,
      matches: [DASHBOARD_PATTERN],
      js: ['dashboard.js'],
      runAt: 'document_idle',
      allFrames: false,
    },
  ]);
  await lookAtDashboards();
};

/** Runs the script where the dashboard is open already. */
export const lookAtDashboards = async (): Promise<void> => {
  if (!(await isAllowed())) return;
  await Promise.allSettled(
    (await openTabs()).map(({ id }) =>
      id === undefined
        ? undefined
        : browser.scripting.executeScript({ target: { tabId: id }, files: ['/dashboard.js'] }),
    ),
  );
};
