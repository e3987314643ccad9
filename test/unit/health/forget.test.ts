import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KEPT_FOR } from '../../../lib/destinations/history';
import { closeDatabase, rows } from '../../../lib/storage/database';
import { DAY } from '../../../lib/terms/time';
import { delivery, destination, NOW } from './rows';

const OLD = NOW - KEPT_FOR - 1;

/** A worker of its own, which has not looked yet. */
const freshWorker = async () => {
  vi.resetModules();
  return (await import('../../../lib/health/forget')).forgetOld;
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
});

const idsOf = async (store: 'deliveries' | 'destinations'): Promise<string[]> =>
  (await rows.all(store)).map(({ id }) => id).sort();

it('forgets deliveries that ended 90 days ago, but none that is under way, unread or not followed up', async () => {
  const ended = { state: 'settled', settledAt: OLD, createdAt: OLD } as const;
  const all = [
    delivery({ ...ended, id: 'healthy', outcome: 'healthy' }),
    delivery({ ...ended, id: 'rejected', outcome: 'rejected' }),
    delivery({ ...ended, id: 'lost, read', outcome: 'lost', dismissed: true }),
    delivery({ ...ended, id: 'lost', outcome: 'lost' }),
    delivery({ ...ended, id: 'expired', outcome: 'expired' }),
    delivery({ ...ended, id: 'not followed up', outcome: 'healthy', followUp: true }),
    delivery({ ...ended, id: 'younger', outcome: 'healthy', settledAt: NOW - KEPT_FOR }),
    delivery({ id: 'under way', createdAt: OLD, savedAt: OLD }),
  ];
  for (const row of all) await rows.put('deliveries', row);
  await (await freshWorker())();
  expect(await idsOf('deliveries')).toEqual(['expired', 'lost', 'not followed up', 'under way', 'younger']);
});

it('forgets destinations that have been gone for 90 days, and none that is there', async () => {
  await rows.put('destinations', destination({}, { key: 'w1/gone', id: 'gone', goneAt: OLD }));
  await rows.put('destinations', destination({}, { key: 'w1/just', id: 'just', goneAt: NOW - DAY }));
  await rows.put('destinations', destination({ confirmedAt: OLD }, { key: 'w1/here', id: 'here' }));
  await (await freshWorker())();
  expect(await idsOf('destinations')).toEqual(['here', 'just']);
});

it('looks once a day', async () => {
  const forgetOld = await freshWorker();
  await forgetOld();
  await rows.put('destinations', destination({}, { goneAt: OLD }));
  await forgetOld();
  expect(await idsOf('destinations')).toHaveLength(1);
  vi.setSystemTime(NOW + DAY);
  await forgetOld();
  expect(await idsOf('destinations')).toEqual([]);
});
