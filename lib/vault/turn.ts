let last: Promise<unknown> = Promise.resolve();

/**
 * Runs one piece of work on captures after the other. A row and its secret are two writes, and whoever looks in
 * between (a sweep, a second report of the same token) would take a capture for lost. The background is one
 * context, so a queue in memory is enough; after the death of a worker nothing of it is left to wait for.
 */
export const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const result = last.then(work);
  last = result.catch(() => undefined);
  return result;
};
