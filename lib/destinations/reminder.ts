import type { Destination, PreviousToken, Reminder } from '../storage/rows';
import { DAY, HOUR } from '../terms/time';

/** The token that was in use before, which is to be deleted in the ad console: when to say so, and how often. Pure. */

/** Tomorrow, then weekly three times; then no more. */
const PAUSES: readonly number[] = [DAY, 7 * DAY, 7 * DAY, 7 * DAY];

/** What was replaced longer ago than this has been dealt with, or never will be. */
const TOO_LATE = 60 * DAY;

/**
 * `keep`: the old token must not be deleted yet. `due`: it may be, so say it. `resting`: put off until then. `done`:
 * the person has deleted it, or says so.
 */
export interface OldToken {
  state: 'keep' | 'due' | 'resting' | 'done';
  mask: string;
  /** The name to look for. */
  label?: string;
  /** Ids of other destinations of the account. */
  stillUsedBy: readonly string[];
  until?: number;
}

const reminderFor = (reminder: Reminder | undefined, { replacedAt }: PreviousToken): Reminder | undefined =>
  reminder?.replacedAt === replacedAt ? reminder : undefined;

/** What is to be said of the old token now; undefined if there is none, or no more to say. */
export const reminderOf = (destination: Destination, now: number): OldToken | undefined => {
  const { goneAt, health, token } = destination;
  const { previous } = token;
  if (!previous || goneAt !== undefined || now - previous.replacedAt > TOO_LATE) return undefined;
  const { mask, label, stillUsedBy, safeToRevoke } = previous;
  const told = { mask, stillUsedBy, ...(label === undefined ? {} : { label }) };
  const reminder = reminderFor(destination.reminder, previous);
  if (reminder?.doneAt !== undefined) return { ...told, state: 'done' };
  // Healthy is our own proof, safe is Upstack's; only the two together will do.
  if (health.state !== 'healthy' || !safeToRevoke) return { ...told, state: 'keep' };
  if (!reminder) return { ...told, state: 'due' };
  if (reminder.later > PAUSES.length) return undefined;
  return reminder.nextAt <= now
    ? { ...told, state: 'due' }
    : { ...told, state: 'resting', until: reminder.nextAt };
};

/** The reminder after it was put off once more. */
export const putOff = (destination: Destination, now: number): Reminder | undefined => {
  const { previous } = destination.token;
  if (!previous) return undefined;
  const later = (reminderFor(destination.reminder, previous)?.later ?? 0) + 1;
  return { replacedAt: previous.replacedAt, later, nextAt: now + (PAUSES[later - 1] ?? 0) };
};

/** The reminder after the old token was deleted. */
export const settled = (destination: Destination, now: number): Reminder | undefined => {
  const { previous } = destination.token;
  if (!previous) return undefined;
  const before = reminderFor(destination.reminder, previous);
  return { replacedAt: previous.replacedAt, later: before?.later ?? 0, nextAt: now, doneAt: now };
};

/**
 * True if a list of tokens shows that the old one is gone: the new one's name is there, the old one's is not. Only
 * with a name of its own each; a list may go on on another page, and then the new one, made last, shows that it began.
 */
export const isSeenGone = ({ token }: Destination, names: readonly string[]): boolean => {
  const old = token.previous?.label;
  return (
    old !== undefined && token.label !== undefined && names.includes(token.label) && !names.includes(old)
  );
};

/** Names for ids of other destinations, where they are known here. */
export const namesOf = (
  ids: readonly string[],
  { workspaceId }: Destination,
  destinations: readonly Destination[],
): string[] =>
  ids.map((id) => {
    const known = destinations.filter((one) => one.id === id);
    return (known.find((one) => one.workspaceId === workspaceId) ?? known[0])?.name ?? id;
  });

/** An old token that Upstack has not yet called safe to delete: worth asking about, first often, then seldom. */
export const wantsNews = ({ goneAt, health, token: { previous } }: Destination, now: number): boolean => {
  if (!previous || previous.safeToRevoke || goneAt !== undefined || health.state !== 'healthy') return false;
  const { replacedAt, toldAt = replacedAt } = previous;
  return now - replacedAt < TOO_LATE && now - toldAt >= Math.min(6 * HOUR, (toldAt - replacedAt) / 4);
};
