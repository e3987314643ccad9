import { describe, expect, it } from 'vitest';
import { step } from '../../../lib/deliveries/machine';
import { FROM, prepared, TO, theDelivery } from './pretend-rotation';
import { makeWorker, untilSettled } from './pretend-world';

/** The token is saved, and the ids that were to follow it were refused. */
const halfway = async () => {
  const ground = await prepared();
  ground.upstack.outcomes.push('natural', 'rejected');
  const worker = makeWorker(ground);
  await worker.send('c1');
  await worker.drain();
  return { ground, worker };
};

describe('between the two writes of a rotation that changes the ids', () => {
  it('the secret is gone as soon as the token is there, and the row says which half is done', async () => {
    const { ground, worker } = await halfway();
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
    const { ground } = await halfway();
    expect(step(theDelivery(ground), { type: 'withdrawn' }, ground.clock.now)).toBeUndefined();
  });

  it('the history has the rotation once, though the second half is still to come, and its end says nothing new', async () => {
    const { ground, worker } = await halfway();
    const row = theDelivery(ground);
    const entry = {
      v: 1,
      id: `${row.id}.rotated`,
      at: row.tokenSavedAt,
      workspaceId: 'w1',
      destinationId: row.destinationId,
      what: 'rotated',
    };
    expect([...ground.stores.history.values()]).toMatchObject([entry]);
    const next = step(row, { type: 'idsKept' }, ground.clock.now);
    ground.stores.deliveries.set(row.id, next as typeof row);
    await untilSettled(ground, worker, () => makeWorker(ground));
    expect([...ground.stores.history.values()]).toMatchObject([{ id: entry.id }]);
  });
});
