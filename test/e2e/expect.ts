import { expect as patient } from '@playwright/test';

/** Of one look at what a test waits for, in ms: Playwright's own grow to a second, which is most of a short test. */
const INTERVALS = [25, 50, 100];

const poll: typeof patient.poll = (ask, options) =>
  patient.poll(ask, {
    intervals: INTERVALS,
    ...(typeof options === 'string' ? { message: options } : options),
  });

/** Playwright's, whose `poll` looks often. */
export const expect: typeof patient = new Proxy(patient, {
  get: (target, name) => (name === 'poll' ? poll : Reflect.get(target, name)),
});
