import { drain } from '../deliveries/deliveries';
import { watchDashboard } from '../deliveries/routes/dashboard-tab';
import { readTokenLists } from '../destinations/reminders';
import { ensureAlarm } from '../health/alarm';
import { endDeadChecks } from '../health/check-now';
import { forgetOld } from '../health/forget';
import { repaintBadge } from '../health/paint';
import { pollDue } from '../health/poll';
import { dropClosedDashboards } from '../health/seen';
import { tellAlerts } from '../health/tell';
import { reportBug } from '../messages/report-bug';
import { noticeVanished, releaseQuarantine } from '../storage/database';
import { onRowsChanged, type StoreName } from '../storage/signal';
import { dropClosedPages } from '../vault/pages';
import { sweep } from '../vault/sweep';
import { watchSecrets } from '../vault/watch';
import { colourOld } from '../workspaces/colours';
import { settleLeaving } from '../workspaces/leaving';
import { tickPause } from './menus';

/**
 * What is done at every wake of the worker, whatever woke it. Each step looks at what is stored and does what is
 * still to be done, so that it does not matter when the worker died, nor how often this is called.
 */
const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  noticeVanished,
  releaseQuarantine,
  dropClosedPages,
  dropClosedDashboards,
  sweep,
  settleLeaving,
  ensureAlarm,
  watchSecrets,
  repaintBadge,
  tickPause,
  colourOld,
  watchDashboard,
  endDeadChecks,
  // These may wait for the network, so they come last.
  drain,
  pollDue,
  // After the round, so that what it learned of several is one notice.
  tellAlerts,
  // Reads the whole log, and nobody waits for it.
  forgetOld,
};

/** A step that fails is told, and does not keep the others from their work. */
const runAll = async (): Promise<void> => {
  for (const [name, step] of Object.entries(steps)) await step().catch(() => reportBug(name));
};

let running: Promise<void> | undefined;
let again = false;

/** Asked again while it runs, it runs once more, since what it is asked for may have come too late for this round. */
export const boot = (): Promise<void> => {
  if (running) {
    again = true;
    return running;
  }
  const untilSettled = async (): Promise<void> => {
    do {
      again = false;
      await runAll();
    } while (again);
  };
  running = untilSettled().finally(() => {
    running = undefined;
  });
  return running;
};

/** What depends on the rows of a store besides the pages that show them. */
const dependents: Readonly<Partial<Record<StoreName, readonly (() => Promise<unknown>)[]>>> = {
  captures: [repaintBadge, watchSecrets],
  deliveries: [repaintBadge, ensureAlarm],
  // An old token may be known to be gone before it is safe to say so.
  destinations: [repaintBadge, readTokenLists],
  workspaces: [repaintBadge, ensureAlarm],
  leaving: [ensureAlarm],
  settings: [repaintBadge, tickPause, tellAlerts],
};

/** Keeps badge, alarm and watch in step with the rows for as long as the worker lives. */
export const followRows = (): (() => void) =>
  onRowsChanged((store) => {
    for (const follow of dependents[store] ?? []) follow().catch(() => reportBug(`following ${store}`));
  });
