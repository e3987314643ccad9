/** How long a person may take back what they have thrown away, in ms. */
export const UNDO_TIME = 10_000;

/** What was put away at `at` can still be brought back. Not where the clock was put back since, or it never ended. */
export const canUndo = (at: number | undefined, now: number): boolean =>
  at !== undefined && at <= now && now < at + UNDO_TIME;
