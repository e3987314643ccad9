import { browser } from 'wxt/browser';
import { rows } from '../storage/database';
import { MINUTE } from '../terms/time';
import { dueAt, WATCH_TIME } from './pace';

/** Wakes the worker when a workspace is due, or a delivery. */
export const WAKE_ALARM = 'wake';

/** Browsers take no sooner one. */
const LEAST = 30_000;
/** Rings again by itself, so that a worker that dies before it could set the next one is woken all the same. */
const REPEAT_MINUTES = 5;
/** Not worth setting an alarm anew for less. */
const SLACK = 1_000;
/** How much later than due is better than half a minute later. */
const NEAR = 5_000;

const soonest = async (): Promise<number> => {
  const now = Date.now();
  const polls = (await rows.all('workspaces')).flatMap((workspace) =>
    workspace.testedAt === undefined || workspace.route !== 'api' ? [] : [dueAt(workspace, now)],
  );
  const waits = (await rows.all('deliveries')).flatMap(({ state, until, route, savedAt = 0 }) => {
    if (state === 'waiting') return until ?? [];
    // Nothing is asked on the dashboard's route, but the badge has to say when it is time to look.
    const reminder = savedAt + WATCH_TIME;
    if (route === 'dashboard' && state === 'verifying') return reminder > now ? reminder : [];
    // One that was cut off goes on as soon as may be; one that needs a key waits for a person, not for a time.
    return state === 'queued' || state === 'sending' ? 0 : [];
  });
  const ends = (await rows.all('leaving')).map(({ until }) => until);
  return Math.min(...polls, ...waits, ...ends);
};

/** Sees to it that the worker wakes in time. Read before it is set: setting an alarm again starts it anew. */
export const ensureAlarm = async (): Promise<void> => {
  const now = Date.now();
  const wanted = await soonest();
  const earliest = now + LEAST;
  const latest = now + REPEAT_MINUTES * MINUTE;
  const when = Math.ceil(Math.min(Math.max(wanted, earliest), latest));
  const existing = await browser.alarms.get(WAKE_ALARM);
  const rings = existing?.scheduledTime ?? Number.NaN;
  const inTime = rings > now - LEAST && rings <= when + SLACK;
  // One that rings just before something is due wakes for nothing, and the next can't ring for half a minute more.
  // Moved only to a time that stays the same at the next wake, or it would be put off for ever.
  const tooSoon = rings < when && wanted > earliest - NEAR && wanted <= latest;
  if (inTime && !tooSoon) return;
  await browser.alarms.create(WAKE_ALARM, { when, periodInMinutes: REPEAT_MINUTES });
};
