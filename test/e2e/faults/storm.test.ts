import { expect, test } from 'vitest';
import { isByBrowser } from './storm';

/** Two destinations of one token: when the call came that broke, when the next, and when each was made. */

test('a call that breaks and comes again at once is the browser’s own, also within one millisecond', () => {
  const calls = [{ at: 0 }, { at: 1, status: 201 }];
  expect(isByBrowser(calls, [], 0, 57)).toBe(true);
  expect(isByBrowser(calls, [], 1, 2)).toBe(true);
  expect(isByBrowser(calls, [568], 1, 2)).toBe(true);
});

test('a call that was answered is not repeated by a browser', () => {
  expect(
    isByBrowser(
      [
        { at: 0, status: 201 },
        { at: 1, status: 201 },
      ],
      [],
      1,
      2,
    ),
  ).toBe(false);
});

test('after the time in which we do not send again ourselves it is ours', () => {
  const calls = [{ at: 0 }, { at: 2_100, status: 201 }];
  expect(isByBrowser(calls, [], 3, 2_103)).toBe(false);
});

test('another life of the worker may have sent it, unless there was no time for one', () => {
  const calls = [{ at: 0 }, { at: 60, status: 201 }];
  expect(isByBrowser(calls, [20], 2, 62)).toBe(false);
  expect(isByBrowser(calls, [20], 2, 40)).toBe(true);
});
