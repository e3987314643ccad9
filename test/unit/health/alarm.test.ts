import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { ensureAlarm, WAKE_ALARM } from '../../../lib/health/alarm';
import { closeDatabase, rows } from '../../../lib/storage/database';
import { delivery, NOW, workspace } from './rows';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
});

const ringsIn = async (): Promise<number | undefined> => {
  const alarm = await browser.alarms.get(WAKE_ALARM);
  return alarm && (alarm.scheduledTime - Date.now()) / 1000;
};

const due = (seconds: number): Promise<void> =>
  rows.put('workspaces', workspace({ poll: { nextAt: NOW + seconds * 1000, misses: 0 } }));

it('rings when a workspace is due, and again by itself', async () => {
  await due(120);
  await ensureAlarm();
  expect(await ringsIn()).toBe(120);
  expect((await browser.alarms.get(WAKE_ALARM))?.periodInMinutes).toBe(5);
});

it('does not ring before the time that Upstack has named, however soon a look is wanted', async () => {
  const problem = { kind: 'rateLimited', retryAt: NOW + 200_000 } as const;
  await rows.put('workspaces', workspace({ poll: { nextAt: NOW + 60_000, misses: 1, problem } }));
  await ensureAlarm();
  expect(await ringsIn()).toBe(200);
});

it('rings for a delivery that waits, and at once for one that was cut off, but not for one that needs a key', async () => {
  await due(240);
  const { savedAt: _never, ...unsaved } = delivery();
  await rows.put('deliveries', { ...unsaved, state: 'needsKey' });
  await ensureAlarm();
  expect(await ringsIn()).toBe(240);
  await rows.put('deliveries', { ...unsaved, state: 'waiting', until: NOW + 90_000 });
  await ensureAlarm();
  expect(await ringsIn()).toBe(90);
  await rows.put('deliveries', { ...unsaved, state: 'sending' });
  await ensureAlarm();
  expect(await ringsIn()).toBe(30);
});

it('is left alone while it rings in time: setting it again would start it anew', async () => {
  await due(120);
  await ensureAlarm();
  const create = vi.spyOn(browser.alarms, 'create');
  vi.setSystemTime(NOW + 60_000);
  await ensureAlarm();
  expect(create).not.toHaveBeenCalled();
  await due(70);
  await ensureAlarm();
  expect(create).toHaveBeenCalledTimes(1);
});

it('does not ring just before something is due: the next one could not ring for half a minute', async () => {
  await due(29);
  await ensureAlarm();
  expect(await ringsIn()).toBe(30);
  vi.setSystemTime(NOW + 3_000);
  await due(33);
  await ensureAlarm();
  expect(await ringsIn()).toBe(30);
  await due(32);
  await ensureAlarm();
  expect(await ringsIn()).toBe(30);
  // Never put off by being looked at again and again.
  for (let wake = 0; wake < 20; wake += 1) {
    vi.setSystemTime(Date.now() + 1_000);
    await ensureAlarm();
  }
  expect(await ringsIn()).toBeLessThanOrEqual(15);
});

it('rings when a disconnection is to be made final, should the worker die before', async () => {
  const row = workspace();
  await rows.put('leaving', { v: 1, id: row.id, until: NOW + 40_000, workspace: row, destinations: [] });
  await ensureAlarm();
  expect(await ringsIn()).toBe(40);
});

it('is there even when nothing is due, and when it was missed', async () => {
  await ensureAlarm();
  expect(await ringsIn()).toBe(300);
  vi.setSystemTime(NOW + 3_600_000);
  await ensureAlarm();
  expect(await ringsIn()).toBe(300);
});
