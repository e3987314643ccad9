import { beforeEach, expect, it, vi } from 'vitest';
import { shareSentence } from '../../../components/picture-texts';
import type { Slot } from '../../../lib/destinations/history';
import { DAY, MINUTE } from '../../../lib/terms/time';

beforeEach(() => vi.stubGlobal('navigator', { language: 'en-GB' }));

/** Thirty days, the last of which are these: of each how long it was healthy, and how long ill. */
const month = (...known: readonly (readonly [healthy: number, ill: number])[]): Slot[] =>
  Array.from({ length: 30 }, (_, day) => {
    const [healthy, ill] = known[day - 30 + known.length] ?? [0, 0];
    return { from: day * DAY, to: (day + 1) * DAY, healthy, ill, unchecked: DAY - healthy - ill };
  });

it('the share of healthy time names its window, which is no longer than it is known', () => {
  expect(shareSentence(month(...Array.from({ length: 30 }, () => [DAY - MINUTE, MINUTE] as const)))).toBe(
    '30 days: 99.9% healthy',
  );
  expect(shareSentence(month([DAY / 2, 0], [DAY, 0], [DAY / 4, DAY / 4]))).toBe('3 days: 87.5% healthy');
  // Days on which the computer slept lie in the window, too.
  expect(shareSentence(month([DAY, 0], [0, 0], [DAY, 0]))).toBe('3 days: 100% healthy');
  expect(shareSentence(month())).toBe('30 days: not checked yet');
});

it('of less than a day there is no share: the first illness would take nearly all of it', () => {
  expect(shareSentence(month([MINUTE, 13 * MINUTE]))).toMatch(/^Watched for 14 min\. /);
  expect(shareSentence(month([DAY / 2, 0], [DAY / 2 - 1, 0]))).toMatch(/^Watched for /);
  expect(shareSentence(month([DAY / 2, 0], [DAY / 2, 0]))).toBe('2 days: 100% healthy');
});
