import { vi } from 'vitest';
import { rows } from '../../lib/storage/database';

/** Lets somebody else come in just before the next change of a row, between the look at it and the write. */
export const justBeforeChange = (work: () => Promise<unknown>): void => {
  const change = rows.change;
  vi.spyOn(rows, 'change').mockImplementationOnce(async (...asked) => {
    await work();
    return change(...asked);
  });
};
