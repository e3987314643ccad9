import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../lib/storage/rows';
import { addCapture, type Ground, makeGround, makeWorker, untilSettled, workspaceRow } from './pretend-world';

const deliveryOf = (ground: Ground, captureId: string): Delivery => {
  const found = [...ground.stores.deliveries.values()].find((row) => row.captureId === captureId);
  if (!found) throw new Error(`No delivery of ${captureId}`);
  return found;
};

const finish = (ground: Ground, worker = makeWorker(ground)): Promise<void> =>
  untilSettled(ground, worker, () => makeWorker(ground));

describe('sending', () => {
  it('is one delivery however often Send is pressed', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    const answers = await Promise.all([worker.send('c1'), worker.send('c1'), worker.send('c1')]);
    const [first] = ground.stores.deliveries.keys();
    expect(answers).toEqual(answers.map(() => ({ ok: true, id: first })));
    await finish(ground, worker);
    expect(await worker.send('c1')).toEqual({ ok: false, code: 'gone' });
    expect(ground.upstack.writes).toHaveLength(1);
  });

  it('refuses what the review does not let through, and what is not in the vault', async () => {
    const ground = makeGround();
    const capture = await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    ground.stores.captures.set('c1', { ...capture, ids: {} });
    expect(await worker.send('c1')).toEqual({ ok: false, code: 'notReady' });
    ground.stores.captures.set('c1', capture);
    ground.secrets.clear();
    expect(await worker.send('c1')).toEqual({ ok: false, code: 'notReady' });
    expect(await worker.send('nothing')).toEqual({ ok: false, code: 'gone' });
    expect(ground.stores.deliveries.size).toBe(0);
  });

  it('sends a token once, also where it was captured anew while its older capture was being sent', async () => {
    const ground = makeGround({ honoursKey: false, refusesTwins: false });
    const capture = await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    ground.upstack.outcomes.push('rateLimited');
    await worker.drain();
    ground.stores.captures.set('c2', { ...capture, id: 'c2' });
    expect(await worker.send('c2')).toEqual({ ok: false, code: 'notReady' });
    await finish(ground, worker);
    expect(ground.upstack.destinations.size).toBe(1);
  });

  it('says the same Idempotency-Key at every attempt', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    ground.upstack.outcomes.push('rateLimited', 'resetBefore', 'unavailableBefore');
    await finish(ground, worker);
    const keys = ground.upstack.writes.map(({ key }) => key);
    expect(keys).toHaveLength(4);
    expect(new Set(keys)).toEqual(new Set([deliveryOf(ground, 'c1').idempotencyKey]));
  });

  it('drops the secret as soon as Upstack has the token', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    expect(ground.secrets.size).toBe(1);
    await worker.drain();
    expect(deliveryOf(ground, 'c1').state).toBe('verifying');
    expect(ground.secrets.size).toBe(0);
  });
});

describe('a refused key', () => {
  it.each(['keyRefused', 'scopeMissing', 'pixelMismatch'] as const)(
    '(%s) keeps the secret, and the token is sent once after another key came',
    async (trouble) => {
      const ground = makeGround();
      await addCapture(ground, 'c1');
      const worker = makeWorker(ground);
      await worker.send('c1');
      ground.stores.workspaces.set('w1', workspaceRow());
      const { upstack } = ground;
      const real = upstack.client.createDestination;
      upstack.client.createDestination = async () => ({ ok: false, problem: { kind: trouble } });
      await worker.drain();
      expect(deliveryOf(ground, 'c1')).toMatchObject({ state: 'needsKey', problem: { kind: trouble } });
      expect(ground.stores.workspaces.get('w1')?.state).toBe(trouble);
      ground.clock.now += 10 * 60_000;
      await worker.drain();
      expect(deliveryOf(ground, 'c1').state).toBe('needsKey');
      expect(ground.secrets.size).toBe(1);

      upstack.client.createDestination = real;
      ground.stores.workspaces.set('w1', workspaceRow());
      await worker.drain();
      expect(deliveryOf(ground, 'c1').state).toBe('verifying');
      expect(upstack.writes).toHaveLength(1);
    },
  );

  it('ends as expired with its hour, and says so', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    ground.upstack.outcomes.push('keyRefused');
    await worker.drain();
    ground.clock.now += 60 * 60_000;
    await worker.drain();
    expect(deliveryOf(ground, 'c1')).toMatchObject({ state: 'settled', outcome: 'expired' });
    expect([...ground.stores.history.values()].map(({ what }) => what)).toEqual(['expired']);
  });
});

describe('a secret that is gone', () => {
  it('ends what was not sent as lost', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    ground.secrets.clear();
    await worker.drain();
    expect(deliveryOf(ground, 'c1')).toMatchObject({ outcome: 'lost' });
    expect(ground.upstack.writes).toHaveLength(0);
  });

  it('asks first where the call may have been applied', async () => {
    for (const [outcome, end] of [
      ['resetAfter', 'healthy'],
      ['resetBefore', 'lost'],
    ] as const) {
      const ground = makeGround();
      await addCapture(ground, 'c1');
      const worker = makeWorker(ground);
      await worker.send('c1');
      ground.upstack.outcomes.push(outcome);
      await worker.drain();
      ground.secrets.clear();
      await finish(ground, worker);
      expect(deliveryOf(ground, 'c1').outcome).toBe(end);
    }
  });
});

describe('two tokens for one destination', () => {
  it('sends the newer one, and says of the older one that it was superseded', async () => {
    const ground = makeGround();
    const worker = makeWorker(ground);
    await addCapture(ground, 'older');
    await worker.send('older');
    ground.upstack.outcomes.push('rateLimited');
    await worker.drain();
    ground.clock.now += 1_000;
    const newer = await addCapture(ground, 'newer');
    await worker.send('newer');
    await finish(ground, worker);
    expect(deliveryOf(ground, 'older').outcome).toBe('superseded');
    expect(deliveryOf(ground, 'newer').outcome).toBe('healthy');
    const [there] = ground.upstack.destinations.values();
    expect(there?.token.fingerprint).toBe(newer.chosen);
    expect(ground.secrets.size).toBe(0);
  });

  it('finds out about the older one before it sends the newer one', async () => {
    const ground = makeGround();
    const worker = makeWorker(ground);
    await addCapture(ground, 'older');
    await worker.send('older');
    ground.upstack.outcomes.push('resetAfter');
    await worker.drain();
    await addCapture(ground, 'newer');
    ground.clock.now += 1_000;
    await worker.send('newer');
    await worker.drain();
    expect(ground.upstack.writes).toHaveLength(1);
    await finish(ground, worker);
    // The older one was applied, so the newer one's destination exists: the person is asked, nothing is overwritten.
    const [there] = ground.upstack.destinations.values();
    expect(deliveryOf(ground, 'newer')).toMatchObject({
      outcome: 'rejected',
      problem: { kind: 'exists', existingId: there?.id },
    });
    expect(ground.stores.captures.get('newer')?.state).toBe('open');
    // And what exists can be chosen.
    expect(ground.stores.destinations.get(`w1/${there?.id}`)).toBeDefined();
  });

  it('does not hold up what goes elsewhere', async () => {
    const ground = makeGround();
    const worker = makeWorker(ground);
    await addCapture(ground, 'here', 'a2_aaaaaaaaaaaa');
    await addCapture(ground, 'there', 'a2_bbbbbbbbbbbb');
    await worker.send('here');
    await worker.send('there');
    ground.upstack.outcomes.push('rateLimited');
    await worker.drain();
    // Both are begun beside each other, so either may meet the refusal.
    const states = ['here', 'there'].map((id) => deliveryOf(ground, id).state);
    expect(states.sort()).toEqual(['verifying', 'waiting']);
  });
});

describe('a rotation', () => {
  const rotate = async (ground: Ground): Promise<{ worker: ReturnType<typeof makeWorker>; id: string }> => {
    await addCapture(ground, 'first');
    const worker = makeWorker(ground);
    await worker.send('first');
    await finish(ground, worker);
    const [there] = ground.upstack.destinations.values();
    await addCapture(ground, 'second');
    await worker.send('second');
    return { worker, id: there?.id ?? '' };
  };

  it('is proposed by the ids, and changes the token only', async () => {
    const ground = makeGround();
    const { worker, id } = await rotate(ground);
    expect(deliveryOf(ground, 'second')).toMatchObject({ job: 'rotate', destinationId: id });
    await finish(ground, worker);
    expect(deliveryOf(ground, 'second').outcome).toBe('healthy');
    expect([...ground.upstack.destinations.values()]).toMatchObject([
      { id, token: { fingerprint: deliveryOf(ground, 'second').fingerprint } },
    ]);
  });

  it('is repeated on a stale version, if only other fields have changed', async () => {
    const ground = makeGround();
    const { worker, id } = await rotate(ground);
    const there = ground.upstack.destinations.get(id);
    if (there) ground.upstack.destinations.set(id, { ...there, name: 'renamed', etag: '"99"' });
    await finish(ground, worker);
    expect(deliveryOf(ground, 'second').outcome).toBe('healthy');
  });

  it('gives way to a token that somebody else has put there meanwhile', async () => {
    const ground = makeGround();
    const { worker, id } = await rotate(ground);
    const there = ground.upstack.destinations.get(id);
    const strange = { isSet: true, fingerprint: 'sha256:ffffffffffffffff' };
    if (there) ground.upstack.destinations.set(id, { ...there, token: strange, etag: '"99"' });
    await finish(ground, worker);
    expect(deliveryOf(ground, 'second').outcome).toBe('superseded');
    expect(ground.upstack.destinations.get(id)?.token).toEqual(strange);
  });

  it('of what is gone is handed back to the person', async () => {
    const ground = makeGround();
    const { worker, id } = await rotate(ground);
    ground.upstack.destinations.delete(id);
    await finish(ground, worker);
    expect(deliveryOf(ground, 'second')).toMatchObject({
      outcome: 'rejected',
      problem: { kind: 'notFound' },
    });
    expect(ground.stores.captures.get('second')?.state).toBe('open');
  });
});

it('a workspace that is no more ends its deliveries', async () => {
  const ground = makeGround();
  await addCapture(ground, 'c1');
  const worker = makeWorker(ground);
  await worker.send('c1');
  ground.stores.workspaces.clear();
  await worker.drain();
  expect(deliveryOf(ground, 'c1').outcome).toBe('lost');
  expect(ground.secrets.size).toBe(0);
});

it('waits for the server as long as it asked, and is first asked to look at health after 30 seconds', async () => {
  const ground = makeGround();
  await addCapture(ground, 'c1');
  ground.stores.workspaces.set('w1', {
    ...workspaceRow(),
    poll: { nextAt: Number.MAX_SAFE_INTEGER, misses: 0 },
  });
  const worker = makeWorker(ground);
  await worker.send('c1');
  ground.upstack.outcomes.push('rateLimited');
  await worker.drain();
  ground.clock.now += 19_999;
  await worker.drain();
  expect(ground.upstack.writes).toHaveLength(1);
  ground.clock.now += 10_000;
  await worker.drain();
  expect(ground.upstack.writes).toHaveLength(2);
  expect(ground.stores.workspaces.get('w1')?.poll.nextAt).toBe(ground.clock.now + 30_000);
});
