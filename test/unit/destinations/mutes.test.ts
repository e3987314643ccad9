import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isMuted, muteDestinations, mutedUntil } from '../../../lib/destinations/mutes';
import { closeDatabase, rows } from '../../../lib/storage/database';
import { destination, NOW } from '../health/rows';

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  await rows.put('destinations', destination());
});
afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
});

const muted = async (at = Date.now()): Promise<boolean> =>
  isMuted((await rows.get('destinations', 'w1/dst_1')) ?? {}, at);
const noted = async () => (await rows.all('history')).map(({ what }) => what);

it('is for an hour, until the next morning, or until it is healthy', () => {
  expect(mutedUntil('hour', NOW)).toBe(NOW + 3_600_000);
  const morning = new Date(mutedUntil('tomorrow', NOW) ?? 0);
  expect([morning.getHours(), morning.getDate() - new Date(NOW).getDate()]).toEqual([8, 1]);
  expect(mutedUntil('healthy', NOW)).toBeUndefined();
});

it('begins, ends by itself, can be taken back, and is in the log', async () => {
  await muteDestinations(['w1/dst_1'], 'hour');
  expect([await muted(), await muted(NOW + 3_600_000)]).toEqual([true, false]);
  await muteDestinations(['w1/dst_1'], 'healthy');
  expect(await muted(NOW + 30 * 86_400_000)).toBe(true);
  vi.setSystemTime(NOW + 1);
  await muteDestinations(['w1/dst_1'], 'off');
  expect(await muted()).toBe(false);
  expect(await noted()).toEqual(['muted', 'unmuted']);
});

it('passes over what is gone', async () => {
  expect(await muteDestinations(['w1/dst_1', 'w1/gone'], 'hour')).toEqual({ ok: true });
  expect(await muteDestinations(['w1/gone'], 'hour')).toEqual({ ok: false, code: 'gone' });
});
