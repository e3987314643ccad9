import { describe, expect, it } from 'vitest';
import { GRACE, WATCH_LIMIT } from '../../../lib/deliveries/machine';
import type { Route } from '../../../lib/deliveries/route';
import type { Capture, Delivery, Destination } from '../../../lib/storage/rows';
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

  it('is told at the present time where the end does not say when it was', async () => {
    for (const outcome of ['rejected', 'lost', 'expired'] as const) {
      const ground = makeGround();
      await addCapture(ground, 'c1');
      const worker = makeWorker(ground);
      await worker.send('c1');
      const row = deliveryOf(ground, 'c1');
      ground.stores.deliveries.set(row.id, { ...row, state: 'settled', outcome, followUp: true });
      ground.clock.now += 5_000;
      await worker.drain();
      expect([...ground.stores.history.values()]).toMatchObject([{ what: outcome, at: ground.clock.now }]);
    }
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

  it('goes by when they were sent, not by the order in which rows lie, nor by the order of their ids', async () => {
    const ground = makeGround();
    const worker = makeWorker(ground);
    await addCapture(ground, 'older');
    await worker.send('older');
    ground.clock.now += 1_000;
    await addCapture(ground, 'newer');
    await worker.send('newer');
    const [older, newer] = [deliveryOf(ground, 'older'), deliveryOf(ground, 'newer')];
    ground.stores.deliveries.clear();
    for (const [row, config] of [
      [newer, { pixelId: 'a2_abcdefghijkl', tagId: '1' }],
      [older, { tagId: '1', pixelId: 'a2_abcdefghijkl' }],
    ] as const)
      ground.stores.deliveries.set(row.id, { ...row, config });
    await worker.drain();
    expect(deliveryOf(ground, 'older').outcome).toBe('superseded');
    expect(deliveryOf(ground, 'newer').state).toBe('verifying');
  });

  it('asks for the one with the fingerprints of the others, which are ours as well', async () => {
    const ground = makeGround();
    const asked: (readonly string[])[] = [];
    const worker = makeWorker(ground, {
      route: (real) => ({
        ...real,
        ask: async (row, ours) => {
          asked.push(ours);
          return real.ask(row, ours);
        },
      }),
    });
    await addCapture(ground, 'older');
    await worker.send('older');
    ground.upstack.outcomes.push('resetAfter');
    await worker.drain();
    const newer = await addCapture(ground, 'newer');
    ground.clock.now += 60_000;
    await worker.send('newer');
    await worker.drain();
    expect(asked[0]).toEqual([newer.chosen]);
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

describe('two destinations with the same ids', () => {
  /** Both there, with a token each; the captures are meant for one each. */
  const twins = async (): Promise<{ ground: Ground; ids: string[] }> => {
    const ground = makeGround({ honoursKey: true, refusesTwins: false });
    await addCapture(ground, 'seed');
    const worker = makeWorker(ground);
    await worker.send('seed');
    await finish(ground, worker);
    const [first] = ground.upstack.destinations.values();
    if (!first) throw new Error('Not created');
    const twin = { ...first, id: 'twin', token: { isSet: true, fingerprint: 'sha256:00000000000000bb' } };
    ground.upstack.destinations.set('twin', twin);
    const row = ground.stores.destinations.get(`w1/${first.id}`) as Destination;
    ground.stores.destinations.set('w1/twin', { ...row, ...twin, key: 'w1/twin', health: row.health });
    for (const [captureId, destination] of [
      ['one', first.id],
      ['other', 'twin'],
    ] as const) {
      const capture = await addCapture(ground, captureId);
      ground.stores.captures.set(captureId, { ...capture, workspaceId: 'w1', destination });
    }
    return { ground, ids: [first.id, 'twin'] };
  };

  it('get a token each, and neither send ends the other', async () => {
    const { ground, ids } = await twins();
    const worker = makeWorker(ground);
    await worker.send('one');
    ground.upstack.outcomes.push('rateLimited');
    await worker.drain();
    ground.clock.now += 1_000;
    await worker.send('other');
    await finish(ground, worker);
    const [one, other] = [deliveryOf(ground, 'one'), deliveryOf(ground, 'other')];
    expect([one, other]).toMatchObject([
      { destinationId: ids[0], outcome: 'healthy' },
      { destinationId: ids[1], outcome: 'healthy' },
    ]);
    expect(ids.map((id) => ground.upstack.destinations.get(id)?.token.fingerprint)).toEqual([
      one.fingerprint,
      other.fingerprint,
    ]);
  });

  it('may get the same token, one after the other', async () => {
    const { ground, ids } = await twins();
    const worker = makeWorker(ground);
    await worker.send('one');
    await worker.drain();
    const { fingerprint } = deliveryOf(ground, 'one');
    const capture = ground.stores.captures.get('one') as Capture;
    const again = await addCapture(ground, 'again');
    const secret = ground.secrets.get(again.chosen ?? '');
    if (secret) ground.secrets.set(fingerprint, secret);
    ground.stores.captures.set('again', {
      ...capture,
      id: 'again',
      state: 'open',
      destination: ids[1] as string,
    });
    expect(await worker.send('again')).toMatchObject({ ok: true });
    ground.stores.captures.set('again', {
      ...capture,
      id: 'again',
      state: 'open',
      destination: ids[0] as string,
    });
    ground.stores.deliveries.delete(deliveryOf(ground, 'again').id);
    expect(await worker.send('again')).toMatchObject({ ok: false, code: 'notReady' });
  });

  it('wait for a create of which nobody knows yet what it has made', async () => {
    const { ground } = await twins();
    const worker = makeWorker(ground);
    const fresh = await addCapture(ground, 'fresh');
    ground.stores.captures.set('fresh', { ...fresh, workspaceId: 'w1', destination: 'new' });
    await worker.send('fresh');
    ground.upstack.outcomes.push('resetAfter');
    await worker.drain();
    ground.clock.now += 1_000;
    const writes = ground.upstack.writes.length;
    await worker.send('one');
    await worker.drain();
    expect(ground.upstack.writes).toHaveLength(writes);
    await finish(ground, worker);
    expect(deliveryOf(ground, 'one').outcome).toBe('healthy');
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

  it('gives way as well where there was no token when the person looked', async () => {
    const ground = makeGround();
    const { worker, id } = await rotate(ground);
    ground.stores.deliveries.delete(deliveryOf(ground, 'second').id);
    const row = ground.stores.destinations.get(`w1/${id}`) as Destination;
    ground.stores.destinations.set(row.key, { ...row, token: { isSet: false } });
    await addCapture(ground, 'third');
    await worker.send('third');
    const there = ground.upstack.destinations.get(id);
    const colleagues = { isSet: true, fingerprint: 'sha256:ffffffffffffffff' };
    if (there) ground.upstack.destinations.set(id, { ...there, token: colleagues, etag: '"99"' });
    await finish(ground, worker);
    expect(deliveryOf(ground, 'third').outcome).toBe('superseded');
    expect(ground.upstack.destinations.get(id)?.token).toEqual(colleagues);
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
    // And is not proposed once more.
    expect(ground.stores.destinations.get(`w1/${id}`)?.goneAt).toBeDefined();
    await worker.send('second');
    expect([...ground.stores.deliveries.values()].at(-1)).toMatchObject({
      captureId: 'second',
      job: 'create',
    });
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

it('a send that is only watched ends without a word when its workspace is no more', async () => {
  const ground = makeGround();
  await addCapture(ground, 'c1');
  const worker = makeWorker(ground);
  await worker.send('c1');
  await worker.drain();
  expect(deliveryOf(ground, 'c1').state).toBe('verifying');
  ground.stores.workspaces.delete('w1');
  await worker.drain();
  expect(deliveryOf(ground, 'c1')).toMatchObject({ state: 'settled', outcome: 'unwatched' });
});

it('a workspace that may still come back keeps what waits to be sent, and it goes on when it does', async () => {
  const ground = makeGround();
  await addCapture(ground, 'c1');
  const worker = makeWorker(ground);
  await worker.send('c1');
  const workspace = workspaceRow();
  const { workspaces, leaving } = ground.stores;
  workspaces.clear();
  leaving.set('w1', { v: 1, id: 'w1', until: ground.clock.now + 10_000, workspace, destinations: [] });
  await worker.drain();
  expect(deliveryOf(ground, 'c1').state).toBe('queued');
  expect(ground.secrets.size).toBe(1);
  leaving.clear();
  workspaces.set('w1', workspace);
  await worker.drain();
  expect(deliveryOf(ground, 'c1').savedAt).toBeDefined();
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

describe('a route on which the person acts', () => {
  /** It fills a form: nothing is saved before the person has pressed a button there. */
  const form =
    (told: { saved: boolean }) =>
    (real: Route): Route => ({
      asksFirst: () => false,
      save: async () => ({ turn: { step: 'save' } }),
      ask: async (delivery, ours) =>
        told.saved ? real.ask(delivery, ours) : { found: 'turn', turn: { step: 'save', pressed: true } },
    });

  const handedOver = async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const told = { saved: false };
    const worker = makeWorker(ground, { route: form(told) });
    await worker.send('c1');
    await worker.drain();
    return { ground, worker, told };
  };

  it('waits for them, and says what it waits for', async () => {
    const { ground, worker } = await handedOver();
    expect(deliveryOf(ground, 'c1')).toMatchObject({
      state: 'person',
      turn: { step: 'save', pressed: true },
    });
    await worker.drain();
    expect(deliveryOf(ground, 'c1').state).toBe('person');
    expect(ground.secrets.size).toBe(1);
  });

  it('that is handed over may be saved though its secret is gone by now; else it ends as what it is', async () => {
    const { ground, worker } = await handedOver();
    ground.secrets.clear();
    ground.clock.now += 61 * 60_000;
    await worker.drain();
    expect(deliveryOf(ground, 'c1')).toMatchObject({ state: 'settled', outcome: 'expired' });
    expect([...ground.stores.history.values()]).toMatchObject([{ what: 'expired' }]);
  });

  it('cannot change ids by itself', async () => {
    const { ground, worker } = await handedOver();
    const { turn: _turn, ...row } = deliveryOf(ground, 'c1');
    const from = { pixelId: 'a2_000000000000' };
    const { id } = row;
    ground.stores.deliveries.set(id, { ...row, state: 'queued', from, tokenSavedAt: 1, job: 'rotate' });
    await expect(worker.drain()).rejects.toThrow('cannot change ids');
  });

  it('has nothing in the history for what they took back', async () => {
    const { ground, worker } = await handedOver();
    const row = deliveryOf(ground, 'c1');
    const taken = { state: 'settled', outcome: 'withdrawn', dismissed: true, followUp: true } as const;
    ground.stores.deliveries.set(row.id, { ...row, ...taken, settledAt: ground.clock.now });
    await worker.drain();
    expect(ground.stores.captures.get('c1')?.state).toBe('open');
    expect(ground.stores.history.size).toBe(0);
    expect(ground.secrets.size).toBe(1);
  });
});

describe('at any moment', () => {
  it('two workers that know nothing of each other make one call', async () => {
    const ground = makeGround({ honoursKey: false, refusesTwins: false });
    await addCapture(ground, 'c1');
    const workers = [makeWorker(ground), makeWorker(ground), makeWorker(ground)];
    await workers[0]?.send('c1');
    await Promise.all(workers.map(({ drain }) => drain()));
    expect(ground.upstack.writes).toHaveLength(1);
    expect(deliveryOf(ground, 'c1').state).toBe('verifying');
  });

  it('a secret that goes between two looks is told as lost, and nothing is called', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    let looks = 0;
    const get = ground.secrets.get.bind(ground.secrets);
    ground.secrets.get = (fingerprint) => {
      looks += 1;
      return looks === 1 ? get(fingerprint) : undefined;
    };
    await worker.drain();
    expect(deliveryOf(ground, 'c1').outcome).toBe('lost');
    expect(ground.upstack.writes).toHaveLength(0);
  });

  it('a row that is deleted while it is being sent ends there', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground, {
      route: (real) => ({
        ...real,
        save: async (delivery, secret) => {
          ground.stores.deliveries.clear();
          return real.save(delivery, secret);
        },
      }),
    });
    await worker.send('c1');
    await worker.drain();
    expect(ground.stores.deliveries.size).toBe(0);
    expect(ground.stores.history.size).toBe(0);
  });

  it('what follows from a state is not struck off where the row has gone on meanwhile', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    const row = deliveryOf(ground, 'c1');
    expect(row.followUp).toBe(true);
    const { captures, deliveries, workspaces } = ground.stores;
    // No workspace, so that nothing but what follows is done.
    workspaces.clear();
    captures.get = () => {
      const settled = { ...row, state: 'settled', outcome: 'withdrawn', settledAt: 1 } as const;
      if (deliveries.get(row.id)?.state === 'queued') deliveries.set(row.id, settled);
      return undefined;
    };
    await worker.drain();
    // It was done for the new state as well, and only then struck off.
    expect(deliveries.get(row.id)).toMatchObject({ outcome: 'withdrawn' });
    expect(deliveries.get(row.id)).not.toHaveProperty('followUp');
  });

  it('a question that fails is put again later, and the key’s trouble is noted', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    ground.upstack.outcomes.push('resetAfter');
    await worker.drain();
    const list = ground.upstack.client.listDestinations;
    ground.upstack.client.listDestinations = async () => ({ ok: false, problem: { kind: 'keyRefused' } });
    ground.clock.now += 60_000;
    await worker.drain();
    expect(deliveryOf(ground, 'c1')).toMatchObject({ state: 'needsKey', ambiguous: true });
    expect(ground.stores.workspaces.get('w1')?.state).toBe('keyRefused');
    ground.upstack.client.listDestinations = list;
    await finish(ground, worker);
    expect(deliveryOf(ground, 'c1').outcome).toBe('healthy');
    expect(ground.upstack.destinations.size).toBe(1);
  });

  it('what waited for the network goes on as soon as it is back', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    const row = deliveryOf(ground, 'c1');
    const until = ground.clock.now + 10 * 60_000;
    const waits = { ...row, state: 'waiting', until } as const;
    ground.stores.deliveries.set(row.id, { ...waits, problem: { kind: 'unreachable' } });
    await worker.drain();
    expect(deliveryOf(ground, 'c1').state).toBe('waiting');
    ground.stores.deliveries.set(row.id, { ...waits, problem: { kind: 'offline' } });
    await worker.drain();
    expect(deliveryOf(ground, 'c1').state).toBe('verifying');
  });

  it('a wait that no clock of ours can have set is over', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    const row = deliveryOf(ground, 'c1');
    const wait = (ms: number) => {
      const until = ground.clock.now + ms;
      ground.stores.deliveries.set(row.id, { ...row, state: 'waiting', until, problem: { kind: 'timeout' } });
    };
    wait(2 * 60 * 60_000);
    await worker.drain();
    expect(deliveryOf(ground, 'c1').state).toBe('waiting');
    wait(2 * 60 * 60_000 + 1);
    await worker.drain();
    expect(deliveryOf(ground, 'c1').state).toBe('verifying');
  });

  it('leaves a timer for what is near, and the rest to the alarm', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const timers: { ms: number; task: () => void }[] = [];
    const worker = makeWorker(ground, {
      later: (ms, task) => void timers.push({ ms, task }),
      random: () => 0,
    });
    await worker.send('c1');
    ground.upstack.outcomes.push('resetBefore', 'rateLimited');
    await worker.drain();
    // The call that was cut off may be at work until then.
    expect(timers.map(({ ms }) => ms)).toEqual([2_000]);
    ground.clock.now += GRACE;
    timers[0]?.task();
    await expect.poll(() => timers.length).toBe(2);
    expect(deliveryOf(ground, 'c1')).toMatchObject({ state: 'waiting', problem: { kind: 'rateLimited' } });
    expect(timers[1]?.ms).toBe(22_000);
    const row = deliveryOf(ground, 'c1');
    ground.stores.deliveries.set(row.id, { ...row, until: ground.clock.now + 25_001 });
    await worker.drain();
    expect(timers).toHaveLength(2);
  });
});

describe('a token that is saved', () => {
  const savedOne = async (ground = makeGround()) => {
    await addCapture(ground, 'c1');
    const worker = makeWorker(ground);
    await worker.send('c1');
    await worker.drain();
    return { ground, worker, row: deliveryOf(ground, 'c1') };
  };

  it('gives way to a newer one that is saved for the same destination', async () => {
    const { ground, worker, row } = await savedOne();
    const newer = { ...row, id: 'newer', captureId: 'c2', createdAt: row.createdAt + 1 };
    ground.stores.deliveries.set('newer', newer);
    await worker.drain();
    expect(ground.stores.deliveries.get(row.id)?.outcome).toBe('superseded');
    expect(ground.stores.deliveries.get('newer')?.state).toBe('verifying');
  });

  it('of which nobody knows the destination is watched for a day', async () => {
    const { ground, worker, row } = await savedOne();
    const { destinationId: _id, ...nameless } = row;
    ground.stores.deliveries.set(row.id, nameless);
    ground.clock.now += WATCH_LIMIT;
    await worker.drain();
    expect(deliveryOf(ground, 'c1').state).toBe('verifying');
    ground.clock.now += 1;
    await worker.drain();
    expect(deliveryOf(ground, 'c1')).toMatchObject({ outcome: 'unhealthy', problem: { kind: 'timeout' } });
  });

  it('is looked at soon, and not later than it would be anyway', async () => {
    const soon = makeGround();
    const { poll, ...rest } = workspaceRow();
    soon.stores.workspaces.set('w1', { ...rest, poll: { ...poll, nextAt: soon.clock.now + 5_000 } });
    await savedOne(soon);
    expect(soon.stores.workspaces.get('w1')?.poll.nextAt).toBe(soon.clock.now + 5_000);
  });
});

describe('one token for several destinations', () => {
  /** Two destinations with the same token, and a capture that is to replace it in both. */
  const prepared = async (): Promise<{ ground: Ground; capture: Capture; others: Destination[] }> => {
    const ground = makeGround();
    const old = 'sha256:00000000000000b2';
    const others = ['a2_aaaaaaaaaaaa', 'a2_bbbbbbbbbbbb'].map((pixelId, n): Destination => {
      const id = `dst_${n + 100}`;
      const remote = {
        id,
        type: 'reddit',
        name: `Acme ${n}`,
        enabled: true,
        config: { pixelId },
        token: { isSet: true, fingerprint: old },
        etag: `"${n}"`,
      };
      ground.upstack.destinations.set(id, { ...remote, health: { state: 'healthy' } });
      const key = `w1/${id}`;
      const health = { state: 'healthy', confirmedAt: ground.clock.now } as const;
      const row: Destination = { v: 1, key, workspaceId: 'w1', ...remote, health };
      ground.stores.destinations.set(key, row);
      return row;
    });
    const capture = await addCapture(ground, 'c1', 'a2_aaaaaaaaaaaa');
    const ticked: Capture = { ...capture, account: 'a2_account', ticks: { ...capture.ticks, others: true } };
    ground.stores.captures.set('c1', ticked);
    return { ground, capture: ticked, others };
  };

  it('is kept until the last of them has it, each with its own ids', async () => {
    const { ground, others } = await prepared();
    const worker = makeWorker(ground);
    await worker.send('c1');
    expect(deliveryOf(ground, 'c1')).toMatchObject({ job: 'rotate', replaces: 'sha256:00000000000000b2' });
    // Where captures of this ad account go from now on.
    expect([...ground.stores.accountChoices.values()]).toMatchObject([
      { key: 'reddit/a2_account', workspaceId: 'w1', destination: 'dst_100' },
    ]);
    await worker.drain();
    expect(ground.secrets.size).toBe(1);
    const again = ground.stores.captures.get('c1');
    expect(again).toMatchObject({ state: 'open', sent: [{ key: others[0]?.key }] });

    if (again) ground.stores.captures.set('c1', { ...again, workspaceId: 'w1', destination: 'dst_101' });
    await worker.send('c1');
    const second = [...ground.stores.deliveries.values()].find(
      ({ destinationId }) => destinationId === 'dst_101',
    );
    expect(second).toMatchObject({ other: true, config: { pixelId: 'a2_bbbbbbbbbbbb' } });
    await worker.drain();
    expect(ground.secrets.size).toBe(0);
    const there = [...ground.upstack.destinations.values()];
    expect(new Set(there.map(({ token }) => token.fingerprint))).toEqual(new Set([second?.fingerprint]));
    expect(there.map(({ config }) => config.pixelId)).toEqual(['a2_aaaaaaaaaaaa', 'a2_bbbbbbbbbbbb']);
    // One that is merely another of them is no choice for the account.
    expect([...ground.stores.accountChoices.values()]).toMatchObject([{ destination: 'dst_100' }]);
  });

  it('goes on where version or token of a destination are not known, by asking first', async () => {
    const { ground, others } = await prepared();
    const [first] = others;
    if (!first) throw new Error('There is one.');
    const { etag: _etag, ...bare } = first;
    ground.stores.destinations.set(first.key, { ...bare, token: { isSet: true } });
    const worker = makeWorker(ground);
    await worker.send('c1');
    const row = deliveryOf(ground, 'c1');
    expect(row).not.toHaveProperty('etag');
    expect(row).not.toHaveProperty('replaces');
    await worker.drain();
    expect(ground.upstack.destinations.get('dst_100')?.token.fingerprint).toBe(row.fingerprint);
    expect(ground.stores.captures.get('c1')?.sent).toEqual([{ key: first.key }]);
  });

  it('has its account remembered for a new destination, too', async () => {
    const ground = makeGround();
    const capture = await addCapture(ground, 'c1');
    ground.stores.captures.set('c1', { ...capture, account: 'a2_account' });
    await makeWorker(ground).send('c1');
    expect([...ground.stores.accountChoices.values()]).toEqual([
      { v: 1, key: 'reddit/a2_account', workspaceId: 'w1', at: ground.clock.now },
    ]);
  });
});
