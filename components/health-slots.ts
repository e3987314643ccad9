import {
  dayEdges,
  halfHourEdges,
  knownUntil,
  type Slot,
  type Stretch,
  slotsOf,
  stretchesOf,
} from '../lib/destinations/history';
import type { Destination, HistoryEntry, Workspace } from '../lib/storage/rows';
import { DAY } from '../lib/terms/time';

interface Subject {
  entries: readonly HistoryEntry[];
  destination: Destination;
  workspace: Workspace | undefined;
  now: number;
}

const between = ({ entries, destination, workspace, now }: Subject, from: number): Stretch[] =>
  stretchesOf(entries, destination, { from, to: now, until: knownUntil(destination, workspace, now) });

/** The last days of a destination by the calendar, today's last. */
export const daysOf = (subject: Subject, days = 30): Slot[] => {
  const edges = dayEdges(subject.now, days);
  return slotsOf(between(subject, edges[0] ?? subject.now), edges);
};

/** Its last 24 hours. */
export const hoursOf = (subject: Subject): Slot[] => {
  const edges = halfHourEdges(subject.now, 48);
  return slotsOf(between(subject, edges[0] ?? subject.now), edges);
};

export const stretchesSince = (subject: Subject, days: number): Stretch[] =>
  between(subject, subject.now - days * DAY);
