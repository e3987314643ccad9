import { describe, expect, it } from 'vitest';
import type { Capture, Delivery, Destination } from '../../../lib/storage/rows';
import { addCapture, type Ground, makeGround, makeWorker, workspaceRow } from './pretend-world';

/** What a send takes along from the review, and what it does not begin. */

const PIXEL = 'a2_abcdefghijkl';
const OTHER_PIXEL = 'a2_000000000000';

const destinationRow = (changes: Partial<Destination> = {}): Destination => ({
  v: 1,
  key: 'w1/dst_1',
  workspaceId: 'w1',
  id: 'dst_1',
  type: 'reddit',
  name: 'Acme',
  enabled: true,
  config: { pixelId: PIXEL },
  token: { isSet: true, fingerprint: 'sha256:00000000000000aa' },
  health: { state: 'healthy', confirmedAt: 1 },
  ...changes,
});

const has = (ground: Ground, row: Destination): void => void ground.stores.destinations.set(row.key, row);

const changeCapture = (ground: Ground, changes: Partial<Capture>): void => {
  for (const row of ground.stores.captures.values())
    ground.stores.captures.set(row.id, { ...row, ...changes });
};

const changeDelivery = (ground: Ground, changes: Partial<Delivery>): void => {
  for (const row of ground.stores.deliveries.values())
    ground.stores.deliveries.set(row.id, { ...row, ...changes });
};

/** Sends the capture and gives the row. */
const sent = async (ground: Ground, captureId = 'c1'): Promise<Delivery> => {
  const answer = await makeWorker(ground).send(captureId);
  if (!answer.ok) throw new Error(`Not sent: ${answer.code}`);
  return ground.stores.deliveries.get(answer.id) as Delivery;
};

describe('a send', () => {
  it('to a new destination has a name, and no part of another', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const row = await sent(ground);
    expect(row).toMatchObject({ job: 'create', name: `Reddit · ${PIXEL}`, route: 'api', state: 'queued' });
    for (const field of ['destinationId', 'etag', 'replaces', 'from', 'other', 'issuedAt'])
      expect(row).not.toHaveProperty(field);
  });

  it('to one that is there says which, of which version, and which token it replaces', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    has(ground, destinationRow({ etag: '"7"' }));
    const row = await sent(ground);
    expect(row).toMatchObject({
      job: 'rotate',
      destinationId: 'dst_1',
      etag: '"7"',
      replaces: 'sha256:00000000000000aa',
    });
    for (const field of ['name', 'from', 'other']) expect(row).not.toHaveProperty(field);
  });

  it('says no version and no token where none is known', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    has(ground, destinationRow({ token: { isSet: true } }));
    const row = await sent(ground);
    expect(row.destinationId).toBe('dst_1');
    for (const field of ['etag', 'replaces']) expect(row).not.toHaveProperty(field);
  });

  it('to one without a token says that it replaces none', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    has(ground, destinationRow({ token: { isSet: false } }));
    expect(await sent(ground)).toMatchObject({ destinationId: 'dst_1', replaces: '' });
  });

  it('takes the one of its own workspace, though another has one of the same id', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    // The other one stands first.
    ground.stores.workspaces.delete('w1');
    ground.stores.workspaces.set('w0', { ...workspaceRow(), id: 'w0', route: 'dashboard', active: false });
    has(ground, destinationRow({ key: 'w0/dst_1', workspaceId: 'w0', etag: '"theirs"' }));
    has(ground, destinationRow({ key: 'w1/dst_0', id: 'dst_0', config: { pixelId: OTHER_PIXEL } }));
    has(ground, destinationRow({ etag: '"ours"' }));
    ground.stores.workspaces.set('w1', workspaceRow());
    changeCapture(ground, { workspaceId: 'w1', destination: 'dst_1' });
    expect(await sent(ground)).toMatchObject({
      workspaceId: 'w1',
      route: 'api',
      destinationId: 'dst_1',
      etag: '"ours"',
    });
  });

  it('with a change of ids that was confirmed says what they were', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    has(ground, destinationRow({ config: { pixelId: OTHER_PIXEL } }));
    const confirmed = { key: 'w1/dst_1', from: { pixelId: OTHER_PIXEL }, to: { pixelId: PIXEL } };
    changeCapture(ground, { workspaceId: 'w1', destination: 'dst_1', confirmed });
    const row = await sent(ground);
    expect(row).toMatchObject({ from: { pixelId: OTHER_PIXEL }, config: { pixelId: PIXEL } });
    expect(row).not.toHaveProperty('other');
  });

  it('says when the chosen token was made, and takes that one of several', async () => {
    const ground = makeGround();
    const { tokens } = await addCapture(ground, 'c1');
    const [token] = tokens;
    if (!token) throw new Error('A capture has a token.');
    const older = { ...token, fingerprint: 'sha256:00000000000000bb', mask: '••••old1' };
    const issuedAt = ground.clock.now - 1_000;
    changeCapture(ground, { tokens: [older, { ...token, issuedAt }] });
    expect(await sent(ground)).toMatchObject({
      fingerprint: token.fingerprint,
      mask: token.mask,
      verdict: 'good',
      issuedAt,
    });
  });

  it('is remembered for the ad account, where that is known', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    await sent(ground);
    expect(ground.stores.accountChoices.size).toBe(0);

    const known = makeGround();
    await addCapture(known, 'c1');
    changeCapture(known, { account: 'a2_account' });
    await sent(known);
    const choice = { v: 1, key: 'reddit/a2_account', workspaceId: 'w1', at: known.clock.now };
    expect([...known.stores.accountChoices.values()]).toEqual([choice]);

    const there = makeGround();
    await addCapture(there, 'c1');
    changeCapture(there, { account: 'a2_account' });
    has(there, destinationRow());
    await sent(there);
    expect([...there.stores.accountChoices.values()]).toEqual([{ ...choice, destination: 'dst_1' }]);
  });
});

describe('is not begun again', () => {
  it('while the one before it is under way, though the capture is open for others and not saved yet', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const first = await sent(ground);
    changeCapture(ground, { state: 'open' });
    expect(await makeWorker(ground).send('c1')).toEqual({ ok: true, id: first.id });
    expect(ground.stores.deliveries.size).toBe(1);
  });

  it.each(['savedAt', 'tokenSavedAt'] as const)(
    'is, once its token is there (%s), where the capture is open again for others',
    async (field) => {
      const ground = makeGround();
      await addCapture(ground, 'c1');
      const first = await sent(ground);
      changeDelivery(ground, { state: 'verifying', [field]: ground.clock.now });
      changeCapture(ground, { state: 'open' });
      // The same ids are still on their way, so this is refused, as anything but the one before.
      expect(await makeWorker(ground).send('c1')).toEqual({ ok: false, code: 'notReady' });
      const ids = { pixelId: { candidates: [], value: OTHER_PIXEL, byPerson: true, conflict: false } };
      changeCapture(ground, { ids });
      const second = await sent(ground);
      expect(second.id).not.toBe(first.id);
      expect(second.config).toEqual({ pixelId: OTHER_PIXEL });
    },
  );

  it('though it is saved, while the capture counts as sent', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const first = await sent(ground);
    changeDelivery(ground, { state: 'verifying', savedAt: ground.clock.now });
    expect(await makeWorker(ground).send('c1')).toEqual({ ok: true, id: first.id });
  });

  it('is, where the one before it has ended, or went to another workspace', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    const first = await sent(ground);
    changeDelivery(ground, { state: 'settled', outcome: 'rejected' });
    changeCapture(ground, { state: 'open' });
    expect((await sent(ground)).id).not.toBe(first.id);

    const elsewhere = makeGround();
    await addCapture(elsewhere, 'c1');
    await sent(elsewhere);
    changeDelivery(elsewhere, { workspaceId: 'w0', captureId: 'c0' });
    changeCapture(elsewhere, { state: 'open' });
    expect(await sent(elsewhere)).toMatchObject({ workspaceId: 'w1' });
  });
});

describe('is not ready', () => {
  it('without a workspace, or without a destination where several have these ids', async () => {
    const ground = makeGround();
    await addCapture(ground, 'c1');
    ground.stores.workspaces.clear();
    expect(await makeWorker(ground).send('c1')).toEqual({ ok: false, code: 'notReady' });
    ground.stores.workspaces.set('w1', workspaceRow());
    has(ground, destinationRow());
    has(ground, destinationRow({ key: 'w1/dst_2', id: 'dst_2' }));
    expect(await makeWorker(ground).send('c1')).toEqual({ ok: false, code: 'notReady' });
  });
});
