import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { session } from './memory';
import { clock, nextId, type Sabotage, tabs, tellSchedule } from './schedule';

vi.mock('../../lib/storage/database', async () => ({
  rows: (await import('./memory')).rows,
  stored: (await import('./memory')).rows,
  isSample: async () => false,
}));

/** `npm run soak` tells more of them, from another seed. */
const COUNT = Number(process.env.SIM_SCHEDULES ?? 1_000);
const SEED = Number(process.env.SIM_SEED ?? 1);

/** Time, chance and digests that come back the same, so that a seed tells the same story again. */
const truth = {
  now: Date.now,
  uuid: crypto.randomUUID,
  digest: crypto.subtle.digest,
  session: browser.storage.session,
  query: browser.tabs.query,
};

beforeAll(() => {
  Date.now = () => clock.shown;
  crypto.randomUUID = nextId;
  crypto.subtle.digest = async (_name, bytes) =>
    new Uint8Array(
      createHash('sha256')
        .update(bytes as Uint8Array)
        .digest(),
    ).buffer;
  Object.assign(browser.storage, { session });
  Object.assign(browser.tabs, tabs);
});

afterAll(() => {
  Date.now = truth.now;
  crypto.randomUUID = truth.uuid;
  crypto.subtle.digest = truth.digest;
  Object.assign(browser.storage, { session: truth.session });
  Object.assign(browser.tabs, { query: truth.query });
});

describe('whatever happens, in whatever order', () => {
  it(`${COUNT} schedules from seed ${SEED} lose, double, keep and tell nothing wrongly`, {
    timeout: 60_000 + COUNT * 500,
  }, async () => {
    const wrong: string[] = [];
    const outcomes = new Map<string, number>();
    let kills = 0;
    for (let seed = SEED; seed < SEED + COUNT && wrong.length < 10; seed += 1) {
      const told = await tellSchedule(seed);
      kills += told.kills;
      for (const outcome of told.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (told.faults.length > 0) wrong.push(`seed ${seed}: ${[...new Set(told.faults)].join('; ')}`);
    }
    console.log(`${COUNT} schedules, ${kills} kills:`, Object.fromEntries(outcomes));
    expect(wrong).toEqual([]);
    // They went everywhere: else nothing was proven.
    expect(kills).toBeGreaterThan(COUNT / 2);
    for (const outcome of ['healthy', 'unhealthy', 'rejected', 'superseded', 'expired', 'lost'])
      expect(outcomes.get(outcome), outcome).toBeGreaterThan(0);
  });

  it('tells the same story again from the same seed', async () => {
    expect(await tellSchedule(SEED + 7)).toEqual(await tellSchedule(SEED + 7));
  });
});

describe('the same schedules notice that a defence is off', () => {
  const offs: [Sabotage, RegExp][] = [
    ['askFirst', /doubled/],
    ['sweeper', /nobody needs|still|left at the end/],
    ['oneKey', /another Idempotency-Key/],
    ['lock', /doubled|I5|I6/],
  ];
  it.each(offs)('%s', { timeout: 60_000 }, async (sabotage, sentence) => {
    let noticed = 0;
    for (let seed = 1; seed <= 400 && noticed < 3; seed += 1) {
      const { faults } = await tellSchedule(seed, sabotage);
      if (faults.some((fault) => sentence.test(fault))) noticed += 1;
    }
    expect(noticed).toBe(3);
  });
});
