import { describe, expect, it } from 'vitest';
import { step } from '../../../lib/deliveries/machine';
import { FROM, prepared, TO, theDelivery } from './pretend-rotation';
import { OUTCOMES, type Outcome } from './pretend-upstack';
import { type Ground, makeWorker, survives, untilSettled } from './pretend-world';

/** A rotation that changes the ids too: two writes, of which the second needs no secret, and a person between them. */

const REFUSED: readonly Outcome[] = ['rejected', 'invalidRequest'];

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
