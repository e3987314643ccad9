import { describe, expect, it } from 'vitest';
import { step } from '../../../lib/deliveries/machine';
import type { Delivery, Destination } from '../../../lib/storage/rows';
import { OUTCOMES, type Outcome } from './pretend-upstack';
import { addCapture, type Ground, makeGround, makeWorker, survives, untilSettled } from './pretend-world';

/** A rotation that changes the ids too: two writes, of which the second needs no secret, and a person between them. */

const FROM = 'a2_000000000000';
const TO = 'a2_abcdefghijkl';

const REFUSED: readonly Outcome[] = ['rejected', 'invalidRequest'];

const prepared = async (): Promise<Ground> => {
  const ground = makeGround();
  const old = await addCapture(ground, 'old', FROM);
  const seed = makeWorker(ground);
  await seed.send('old');
  await untilSettled(ground, seed, () => makeWorker(ground));
  ground.stores.captures.delete(old.id);
  ground.stores.deliveries.clear();
  ground.stores.history.clear();
  ground.upstack.writes.length = 0;
  const target = [...ground.stores.destinations.values()][0] as Destination;
  const capture = await addCapture(ground, 'c1', TO);
  ground.stores.captures.set('c1', {
    ...capture,
    workspaceId: 'w1',
    destination: target.id,
    confirmed: { key: target.key, from: { pixelId: FROM }, to: { pixelId: TO } },
  });
  return ground;
};

const theDelivery = ({ stores }: Ground): Delivery => [...stores.deliveries.values()][0] as Delivery;

/** The person answers as soon as they are asked. */
const answer = (ground: Ground, how: 'resumed' | 'idsKept'): void => {
  for (const row of ground.stores.deliveries.values()) {
    if (row.state !== 'person') continue;
    const next = step(row, { type: how }, ground.clock.now);
    if (next) ground.stores.deliveries.set(row.id, next);
  }
};

const run = async (
  outcomes: readonly Outcome[],
  killAt: number,
  how: 'resumed' | 'idsKept',
): Promise<{ ground: Ground; died: boolean; awaits: number }> => {
  const ground = await prepared();
  ground.upstack.outcomes.push(...outcomes);
  const worker = makeWorker(ground, { killAt });
  let died = !(await survives(() => worker.send('c1')));
  if (died) await makeWorker(ground).send('c1');
  let current = died ? makeWorker(ground) : worker;
  for (let round = 0; round < 4 && theDelivery(ground).state !== 'settled'; round += 1) {
    try {
      await untilSettled(ground, current, () => {
        died = true;
        return makeWorker(ground);
      });
    } catch (error) {
      if (theDelivery(ground).state !== 'person') throw error;
      answer(ground, how);
      current = makeWorker(ground);
    }
  }
  return { ground, died, awaits: worker.awaits() };
};

const faultsOf = (ground: Ground): string[] => {
  const { upstack, stores, secrets, breaches } = ground;
  const delivery = theDelivery(ground);
  const [there] = [...upstack.destinations.values()];
  const faults: string[] = [];
  if (stores.deliveries.size !== 1) faults.push('more than one delivery');
  if (upstack.destinations.size !== 1) faults.push('more than one destination');
  if (breaches.length > 0) faults.push('a call without a row that says sending');
  if (delivery.outcome !== 'healthy') faults.push(`ended as ${delivery.outcome}`);
  if (there?.token.fingerprint !== delivery.fingerprint) faults.push('the token is not there');
  if (there?.config.pixelId !== (delivery.idsKept ? FROM : TO))
    faults.push(`the ids are ${there?.config.pixelId}`);
  if (secrets.has(delivery.fingerprint)) faults.push('the secret outlived its delivery');
  if (![...stores.history.values()].some(({ what }) => what === 'rotated'))
    faults.push('no word in the history');
  return faults;
};

describe.each(['resumed', 'idsKept'] as const)(
  'killed at every await, the person’s answer %s',
  { timeout: 120_000 },
  (how) => {
    it.each(OUTCOMES)('comes to its end when the second write ends as: %s', async (second) => {
      const faults: string[] = [];
      let runs = 0;
      for (let killAt = 1; ; killAt += 1) {
        const { ground, died } = await run(['natural', second], killAt, how);
        faults.push(...faultsOf(ground).map((fault) => `killed at ${killAt}: ${fault}`));
        runs = killAt;
        if (died) continue;
        // Nothing was lost on the way, so the refusal was heard and the person asked.
        expect(theDelivery(ground).idsKept === true).toBe(how === 'idsKept' && REFUSED.includes(second));
        break;
      }
      expect(faults).toEqual([]);
      expect(runs).toBeGreaterThan(40);
    });
  },
);

describe('between the two', () => {
  it('the secret is gone as soon as the token is there, and the row says which half is done', async () => {
    const ground = await prepared();
    ground.upstack.outcomes.push('natural', 'rejected');
    const worker = makeWorker(ground);
    await worker.send('c1');
    await worker.drain();
    const row = theDelivery(ground);
    expect(row).toMatchObject({
      state: 'person',
      problem: { kind: 'rejected' },
      from: { pixelId: FROM },
      config: { pixelId: TO },
    });
    expect(row.tokenSavedAt).toBeDefined();
    expect(row.savedAt).toBeUndefined();
    expect(ground.secrets.has(row.fingerprint)).toBe(false);
    expect(ground.upstack.writes).toHaveLength(1);
    // It asks for no more until the person has answered.
    await worker.drain();
    expect(ground.upstack.patches).toHaveLength(1);
    expect(theDelivery(ground).state).toBe('person');
  });

  it('a refused token changes nothing: the old one and the old ids stay, and the capture is in review again', async () => {
    const ground = await prepared();
    ground.upstack.outcomes.push('rejected');
    const worker = makeWorker(ground);
    await worker.send('c1');
    await worker.drain();
    expect(theDelivery(ground)).toMatchObject({ state: 'settled', outcome: 'rejected' });
    expect(ground.upstack.patches).toEqual([]);
    expect([...ground.upstack.destinations.values()][0]?.config).toEqual({ pixelId: FROM });
    expect(ground.stores.captures.get('c1')?.state).toBe('open');
    expect(ground.secrets.has(theDelivery(ground).fingerprint)).toBe(true);
  });

  it('ids that somebody else has changed meanwhile are not overwritten', async () => {
    const ground = await prepared();
    ground.upstack.outcomes.push('natural', 'stale');
    const [[id, there] = []] = [...ground.upstack.destinations];
    const worker = makeWorker(ground, {
      route: (real) => ({
        ...real,
        changeIds: async (delivery) => {
          const now = ground.upstack.destinations.get(id ?? '') ?? there;
          if (now)
            ground.upstack.destinations.set(now.id, { ...now, config: { pixelId: 'a2_111111111111' } });
          return (real.changeIds as NonNullable<typeof real.changeIds>)(delivery);
        },
      }),
    });
    await worker.send('c1');
    await worker.drain();
    ground.clock.now += 60_000;
    await worker.drain();
    expect(theDelivery(ground)).toMatchObject({ state: 'person', problem: { kind: 'stale' } });
    expect(ground.upstack.destinations.get(id ?? '')?.config).toEqual({ pixelId: 'a2_111111111111' });
  });

  it('cannot be withdrawn, since half of it is done', async () => {
    const ground = await prepared();
    ground.upstack.outcomes.push('natural', 'rejected');
    const worker = makeWorker(ground);
    await worker.send('c1');
    await worker.drain();
    expect(step(theDelivery(ground), { type: 'withdrawn' }, ground.clock.now)).toBeUndefined();
  });
});
