import { browser } from 'wxt/browser';
import { holdsSecret, nextDue, sweep } from './sweep';

/**
 * While a secret waits: what falls due is done on time, and the worker is kept awake, since an idle extension is
 * updated by the browser, which empties the vault. Both rest on timers that die with the worker; the alarm brings
 * it back for what is due.
 */

export const SWEEP_ALARM = 'sweep';

/** A worker is idle after 30 s; a call to the browser within them begins the count anew. */
const STEP = 20_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let updateWaits = false;

/** Creating an alarm again would put it off, so one that comes early enough is left. None can come within 30 s. */
const ensureAlarm = async (due: number): Promise<void> => {
  const alarm = await browser.alarms.get(SWEEP_ALARM);
  if (alarm && alarm.scheduledTime <= Math.max(due, Date.now() + 31_000)) return;
  await browser.alarms.create(SWEEP_ALARM, { when: due });
};

const wakeIn = (delay: number, step: () => Promise<unknown>): void => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    // A step that failed is tried again, but not in a hot loop.
    step().then(watchSecrets, () => wakeIn(STEP, watchSecrets));
  }, delay);
};

/** Begins to watch, or goes on, for as long as something waits. Cheap to call at every change. */
export const watchSecrets = async (): Promise<void> => {
  const due = await nextDue();
  if (due === undefined) {
    clearTimeout(timer);
    await browser.alarms.clear(SWEEP_ALARM);
    await updateIfFree();
    return;
  }
  await ensureAlarm(due);
  const left = due - Date.now();
  if (left <= STEP) wakeIn(Math.max(0, left), sweep);
  else wakeIn(STEP, () => browser.runtime.getPlatformInfo());
};

const updateIfFree = async (): Promise<void> => {
  if (updateWaits && !(await holdsSecret())) browser.runtime.reload();
};

/** The browser has an update for us. It waits until no secret does. */
export const updateWhenFree = async (): Promise<void> => {
  updateWaits = true;
  await updateIfFree();
};
