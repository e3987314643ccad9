/** Never sooner than this, so that nothing is ever asked in a hot loop. */
const SHORTEST = 2_000;
const FIRST = 4_000;
const LONGEST = 5 * 60_000;

/**
 * When to try again: full jitter over a span that doubles with every attempt, so that many who failed together do
 * not come back together. What the server asked for is the floor. Times in ms since 1970.
 */
export const nextTry = (attempt: number, now: number, random: () => number, retryAt = now): number => {
  const span = Math.min(LONGEST, FIRST * 2 ** Math.max(0, attempt - 1));
  return Math.max(now, retryAt) + SHORTEST + Math.round(random() * span);
};
