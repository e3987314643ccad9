import { expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { backgroundAnswers, sendCommand } from '../../../lib/messages/send';

const answering = (answer: () => Promise<unknown>): void => {
  Object.assign(fakeBrowser.runtime, { sendMessage: answer });
};

test('the background’s word is given on; silence and a broken line are a failure, never an exception', async () => {
  answering(async () => ({ ok: false, code: 'busy' }));
  expect(await sendCommand({ type: 'ping' })).toEqual({ ok: false, code: 'busy' });
  for (const broken of [async () => undefined, () => Promise.reject(new Error('No one is there.'))]) {
    answering(broken);
    expect(await sendCommand({ type: 'ping' })).toEqual({ ok: false, code: 'failed' });
  }
});

test('a background that says nothing for half a second did not start', async () => {
  answering(async () => ({ ok: true }));
  expect(await backgroundAnswers()).toBe(true);
  vi.useFakeTimers();
  answering(() => new Promise(() => undefined));
  const answer = backgroundAnswers();
  await vi.advanceTimersByTimeAsync(500);
  expect(await answer).toBe(false);
  vi.useRealTimers();
});
