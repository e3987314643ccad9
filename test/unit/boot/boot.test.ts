import { beforeEach, expect, it, vi } from 'vitest';

/** Every step is one of ours, played: what counts here is that each is taken, in which order, and how often. */
const steps = vi.hoisted(() => ({
  taken: [] as string[],
  fails: undefined as string | undefined,
  bugs: [] as string[],
  /** Called in the midst of the first step. */
  during: undefined as (() => void) | undefined,
  listener: undefined as ((store: string) => void) | undefined,
}));

const take = vi.hoisted(() => (name: string) => async (): Promise<void> => {
  steps.taken.push(name);
  await Promise.resolve();
  const { during } = steps;
  steps.during = undefined;
  during?.();
  if (steps.fails === name) throw new Error(name);
});

vi.mock('../../../lib/storage/database', () => ({
  noticeVanished: take('noticeVanished'),
  releaseQuarantine: take('releaseQuarantine'),
}));
vi.mock('../../../lib/storage/signal', () => ({
  onRowsChanged: (listener: (store: string) => void) => {
    steps.listener = listener;
    return () => undefined;
  },
}));
vi.mock('../../../lib/vault/pages', () => ({ dropClosedPages: take('dropClosedPages') }));
vi.mock('../../../lib/vault/sweep', () => ({ sweep: take('sweep') }));
vi.mock('../../../lib/workspaces/colours', () => ({ colourOld: take('colourOld') }));
vi.mock('../../../lib/workspaces/leaving', () => ({ settleLeaving: take('settleLeaving') }));
vi.mock('../../../lib/vault/watch', () => ({ watchSecrets: take('watchSecrets') }));
vi.mock('../../../lib/health/seen', () => ({ dropClosedDashboards: take('dropClosedDashboards') }));
vi.mock('../../../lib/health/check-now', () => ({ endDeadChecks: take('endDeadChecks') }));
vi.mock('../../../lib/health/alarm', () => ({ ensureAlarm: take('ensureAlarm') }));
vi.mock('../../../lib/health/paint', () => ({ repaintBadge: take('repaintBadge') }));
vi.mock('../../../lib/health/forget', () => ({ forgetOld: take('forgetOld') }));
vi.mock('../../../lib/health/poll', () => ({ pollDue: take('pollDue') }));
vi.mock('../../../lib/health/tell', () => ({ tellAlerts: take('tellAlerts') }));
vi.mock('../../../lib/boot/menus', () => ({ tickPause: take('tickPause') }));
vi.mock('../../../lib/deliveries/deliveries', () => ({ drain: take('drain') }));
vi.mock('../../../lib/deliveries/routes/dashboard-tab', () => ({ watchDashboard: take('watchDashboard') }));
vi.mock('../../../lib/destinations/reminders', () => ({ readTokenLists: take('readTokenLists') }));
vi.mock('../../../lib/messages/report-bug', () => ({ reportBug: (what: string) => steps.bugs.push(what) }));

const { boot, followRows } = await import('../../../lib/boot/boot');

beforeEach(() => {
  Object.assign(steps, { taken: [], fails: undefined, bugs: [], during: undefined });
});

const before = (one: string, other: string): boolean =>
  steps.taken.indexOf(one) >= 0 && steps.taken.indexOf(one) < steps.taken.indexOf(other);

it('takes each step once, rows first and the network last', async () => {
  await boot();
  expect(new Set(steps.taken).size).toBe(steps.taken.length);
  expect(steps.taken).toHaveLength(17);
  // A secret is not sent before it is known that it may still be.
  expect(before('releaseQuarantine', 'sweep') && before('sweep', 'drain')).toBe(true);
  // The worker may die while it waits for the network: by then the alarm is set that will wake it.
  expect(before('ensureAlarm', 'drain') && before('drain', 'pollDue')).toBe(true);
  expect(before('pollDue', 'tellAlerts')).toBe(true);
  expect(steps.bugs).toEqual([]);
});

it('tells of a step that fails, and takes the others all the same', async () => {
  steps.fails = 'sweep';
  await boot();
  expect(steps.taken).toHaveLength(17);
  expect(steps.bugs).toEqual(['sweep']);
});

it('asked while it runs, runs once more, and no oftener', async () => {
  steps.during = () => {
    void boot();
    void boot();
  };
  await boot();
  expect(steps.taken).toHaveLength(34);
  await boot();
  expect(steps.taken).toHaveLength(51);
});

it('follows the rows, and tells of what fails in doing so', async () => {
  followRows();
  steps.listener?.('captures');
  expect(steps.taken.sort()).toEqual(['repaintBadge', 'watchSecrets']);
  steps.listener?.('history');
  expect(steps.taken).toHaveLength(2);
  steps.listener?.('destinations');
  expect(steps.taken.slice(2).sort()).toEqual(['readTokenLists', 'repaintBadge']);
  steps.fails = 'ensureAlarm';
  steps.listener?.('deliveries');
  await vi.waitFor(() => expect(steps.bugs).toEqual(['following deliveries']));
});
