import { describe, expect, it, vi } from 'vitest';
import { Secret } from '../../../lib/credentials/secret';
import { createApiRoute } from '../../../lib/deliveries/routes/api';
import type { Delivery, Problem } from '../../../lib/storage/rows';
import type { Access } from '../../../lib/upstack/client';
import type { RemoteDestination } from '../../../lib/upstack/decode';

const OURS = 'sha256:0123456789abcdef';
const BEFORE = 'sha256:00000000000000b2';
const STRANGE = 'sha256:ffffffffffffffff';
const access: Access = { key: Secret.of('upstack key of a test'), pixelId: 'pixel' };
const secret = Secret.of('a token of a test');

const create = (changes: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  id: 'd1',
  captureId: 'c1',
  workspaceId: 'w1',
  route: 'api',
  job: 'create',
  platform: 'pinterest',
  config: { tagId: '2612345678901', advertiserId: '549876543210' },
  fingerprint: OURS,
  mask: '••••',
  idempotencyKey: 'k1',
  createdAt: 1,
  state: 'sending',
  attempt: 1,
  ambiguous: true,
  ...changes,
});
const rotation = (changes: Partial<Delivery> = {}): Delivery =>
  create({ job: 'rotate', destinationId: 'dst_1', etag: '"1"', replaces: BEFORE, ...changes });
/** Its token is there; the ids are what is left to do. */
const halfway = (changes: Partial<Delivery> = {}): Delivery =>
  rotation({
    from: { tagId: '2600000000000', advertiserId: '549876543210' },
    tokenSavedAt: 5,
    ...changes,
  });

const remote = (changes: Partial<RemoteDestination> = {}): RemoteDestination => ({
  id: 'dst_1',
  type: 'pinterest',
  name: 'made',
  enabled: true,
  config: { tagId: '2612345678901', advertiserId: '549876543210' },
  token: { isSet: true, fingerprint: OURS },
  etag: '"2"',
  health: { state: 'pending' },
  ...changes,
});
const withToken = (fingerprint: string, changes: Partial<RemoteDestination> = {}): RemoteDestination =>
  remote({ token: { isSet: true, fingerprint }, ...changes });
const noEtag = ({ etag: _etag, ...rest }: RemoteDestination): RemoteDestination => rest;

type Client = Parameters<typeof createApiRoute>[0];

const saved = (destination: RemoteDestination) => async () => ({ ok: true as const, value: { destination } });
const refused = (problem: Problem) => async () => ({ ok: false as const, problem });
const listed =
  (destinations: RemoteDestination[], unreadable = 0) =>
  async () => ({ ok: true as const, value: { destinations, unreadable } });

/** The route over a client in which these calls answer so, and every other is a fault. */
const routeOn = (calls: Partial<Client>) => {
  const fault = () => Promise.reject(new Error('Nobody should ask this.'));
  const client = {
    createDestination: vi.fn(calls.createDestination ?? fault),
    rotateAccessToken: vi.fn(calls.rotateAccessToken ?? fault),
    patchDestination: vi.fn(calls.patchDestination ?? fault),
    listDestinations: vi.fn(calls.listDestinations ?? fault),
    getDestination: vi.fn(calls.getDestination ?? fault),
  };
  return { client, route: createApiRoute(client, async () => access) };
};

const GARBLED = { kind: 'garbled' };

describe('without a key', () => {
  it('nothing is called, and the key is what is wrong', async () => {
    const none = createApiRoute(routeOn({}).client, async () => undefined);
    expect(await none.save(create(), secret)).toMatchObject({ ok: false, problem: { kind: 'keyMissing' } });
    expect(await none.changeIds?.(halfway())).toMatchObject({ ok: false, problem: { kind: 'keyMissing' } });
    expect(await none.ask(create(), [])).toMatchObject({ found: 'unknown', problem: { kind: 'keyMissing' } });
  });
});

describe('what is asked first', () => {
  it('a rotation whose version is not known', () => {
    const { route } = routeOn({});
    const { etag: _etag, ...unknown } = rotation();
    expect(route.asksFirst(unknown)).toBe(true);
    expect(route.asksFirst(rotation())).toBe(false);
    expect(route.asksFirst(create())).toBe(false);
  });
});

describe('a create', () => {
  it('is sent with its ids, its key and the names that it has', async () => {
    const { route, client } = routeOn({ createDestination: saved(remote()) });
    expect(await route.save(create({ name: 'n', label: 'l' }), secret)).toMatchObject({ ok: true });
    const { platform: type, config, idempotencyKey } = create();
    expect(client.createDestination).toHaveBeenLastCalledWith(
      access,
      { type, config, token: secret, name: 'n', label: 'l' },
      idempotencyKey,
    );
    await route.save(create(), secret);
    expect(client.createDestination).toHaveBeenLastCalledWith(
      access,
      { type, config, token: secret },
      idempotencyKey,
    );
  });

  it('that is refused says why', async () => {
    const { route } = routeOn({ createDestination: refused({ kind: 'rejected', status: 422 }) });
    expect(await route.save(create(), secret)).toEqual({
      ok: false,
      problem: { kind: 'rejected', status: 422 },
    });
  });

  it.each([
    ['another token', withToken(STRANGE)],
    ['no token', remote({ token: { isSet: false } })],
    ['another platform', remote({ type: 'reddit' })],
  ])('that is answered with %s is not proven', async (_what, answer) => {
    const { route } = routeOn({ createDestination: saved(answer) });
    expect(await route.save(create(), secret)).toEqual({ ok: false, problem: GARBLED });
  });

  it('is found by type, ids and token', async () => {
    const { route } = routeOn({
      listDestinations: listed([
        withToken(OURS, { id: 'dst_8', type: 'reddit' }),
        withToken(OURS, { id: 'dst_7', config: { tagId: '2612345678901' } }),
        withToken(STRANGE, { id: 'dst_5' }),
        remote(),
      ]),
    });
    expect(await route.ask(create(), [])).toEqual({ found: 'applied', destination: remote() });
  });

  it('whose ids have another token already is told with that one', async () => {
    const other = withToken(STRANGE, { id: 'dst_5' });
    const { route } = routeOn({ listDestinations: listed([other], 3) });
    expect(await route.ask(create(), [])).toEqual({
      found: 'taken',
      problem: { kind: 'exists', existingId: 'dst_5' },
      destination: other,
    });
  });

  it('is absent only if every item could be read', async () => {
    const elsewhere = remote({ id: 'dst_7', config: { tagId: '1', advertiserId: '2' } });
    expect(await routeOn({ listDestinations: listed([elsewhere]) }).route.ask(create(), [])).toEqual({
      found: 'absent',
    });
    expect(await routeOn({ listDestinations: listed([elsewhere], 1) }).route.ask(create(), [])).toEqual({
      found: 'unknown',
      problem: GARBLED,
    });
  });

  it('stays open where the list cannot be had, or its platform is none of ours', async () => {
    const silent = routeOn({ listDestinations: refused({ kind: 'timeout' }) }).route;
    expect(await silent.ask(create(), [])).toEqual({ found: 'unknown', problem: { kind: 'timeout' } });
    const { route } = routeOn({ listDestinations: listed([remote({ type: 'elsewhere' })]) });
    expect(await route.ask(create({ platform: 'elsewhere' }), [])).toEqual({ found: 'absent' });
  });
});

describe('a rotation', () => {
  it('is written under the version it was decided on', async () => {
    const { route, client } = routeOn({ rotateAccessToken: saved(remote()) });
    expect(await route.save(rotation({ label: 'l' }), secret)).toMatchObject({ ok: true });
    expect(client.rotateAccessToken).toHaveBeenCalledWith(access, 'dst_1', '"1"', secret, 'l');
  });

  it.each([
    ['another destination', remote({ id: 'dst_2' })],
    ['another token', withToken(STRANGE)],
    ['another platform', remote({ type: 'reddit' })],
  ])('that is answered with %s is not proven', async (_what, answer) => {
    const { route } = routeOn({ rotateAccessToken: saved(answer) });
    expect(await route.save(rotation(), secret)).toEqual({ ok: false, problem: GARBLED });
  });

  const asked = (delivery: Delivery, answer: Client['getDestination'], ours: string[] = []) =>
    routeOn({ getDestination: answer }).route.ask(delivery, ours);

  it('is applied when its token is there', async () => {
    expect(await asked(rotation(), saved(remote()))).toEqual({ found: 'applied', destination: remote() });
  });

  it('is absent while the old token is there, or one of ours, or it is not known which one was', async () => {
    const absent = { found: 'absent', etag: '"2"' };
    expect(await asked(rotation(), saved(withToken(BEFORE)))).toEqual(absent);
    expect(await asked(rotation(), saved(withToken(STRANGE)), [STRANGE])).toEqual(absent);
    const { replaces: _replaces, ...unknown } = rotation();
    expect(await asked(unknown, saved(withToken(STRANGE)))).toEqual(absent);
  });

  it('is overtaken when a stranger’s token is there, or none', async () => {
    expect(await asked(rotation(), saved(withToken(STRANGE)))).toEqual({ found: 'overtaken' });
    expect(await asked(rotation(), saved(remote({ token: { isSet: false } })))).toEqual({
      found: 'overtaken',
    });
  });

  it('to one that had no token is absent while there is none, and overtaken when a stranger’s is there', async () => {
    const none = rotation({ replaces: '' });
    const bare = remote({ token: { isSet: false } });
    expect(await asked(none, saved(bare))).toEqual({ found: 'absent', etag: '"2"' });
    expect(await asked(none, saved(withToken(STRANGE)))).toEqual({ found: 'overtaken' });
  });

  it('cannot be sent again without a version to send it under', async () => {
    expect(await asked(rotation(), saved(noEtag(withToken(BEFORE))))).toEqual({
      found: 'unknown',
      problem: GARBLED,
    });
  });

  it('of what is gone is taken; of what does not answer, open', async () => {
    expect(await asked(rotation(), refused({ kind: 'notFound', status: 404 }))).toEqual({
      found: 'taken',
      problem: { kind: 'notFound', status: 404 },
    });
    expect(await asked(rotation(), refused({ kind: 'unavailable', status: 503 }))).toEqual({
      found: 'unknown',
      problem: { kind: 'unavailable', status: 503 },
    });
  });

  it('that names no destination is looked for among all, like a create', async () => {
    const { destinationId: _id, ...nameless } = rotation();
    const { route } = routeOn({ listDestinations: listed([remote()]) });
    expect(await route.ask(nameless, [])).toMatchObject({ found: 'applied' });
  });
});

describe('the ids, once the token is there', () => {
  it('are patched under the version that is there now', async () => {
    const { route, client } = routeOn({ patchDestination: saved(remote()) });
    expect(await route.changeIds?.(halfway({ etag: '"2"' }))).toMatchObject({ ok: true });
    expect(client.patchDestination).toHaveBeenCalledWith(access, 'dst_1', '"2"', { config: create().config });
  });

  it.each([
    ['another destination', remote({ id: 'dst_2' })],
    ['another token', withToken(STRANGE)],
    ['the old ids', remote({ config: halfway().from ?? {} })],
  ])('that are answered with %s are not proven', async (_what, answer) => {
    const { route } = routeOn({ patchDestination: saved(answer) });
    expect(await route.changeIds?.(halfway())).toEqual({ ok: false, problem: GARBLED });
  });

  it('that are refused say why; those of an unknown platform prove nothing', async () => {
    const no = routeOn({ patchDestination: refused({ kind: 'invalidRequest' }) }).route;
    expect(await no.changeIds?.(halfway())).toEqual({ ok: false, problem: { kind: 'invalidRequest' } });
    const odd = routeOn({ patchDestination: saved(remote()) }).route;
    expect(await odd.changeIds?.(halfway({ platform: 'elsewhere' }))).toEqual({
      ok: false,
      problem: GARBLED,
    });
  });

  const asked = (delivery: Delivery, answer: RemoteDestination) =>
    routeOn({ getDestination: saved(answer) }).route.ask(delivery, []);
  const old = halfway().from ?? {};

  it('are applied when they are there', async () => {
    expect(await asked(halfway(), remote())).toEqual({ found: 'applied', destination: remote() });
  });

  it('are absent while the old ones are there, with the version to change them under', async () => {
    expect(await asked(halfway(), remote({ config: old }))).toEqual({ found: 'absent', etag: '"2"' });
    expect(await asked(halfway(), noEtag(remote({ config: old })))).toEqual({
      found: 'unknown',
      problem: GARBLED,
    });
    // An id that neither had nor has a value has not changed.
    const bare = { tagId: '2600000000000' };
    expect(await asked(halfway({ from: bare }), remote({ config: bare }))).toMatchObject({
      found: 'absent',
    });
  });

  it('are taken when somebody has put others there, or taken one away', async () => {
    const stale = { found: 'taken', problem: { kind: 'stale' } };
    const third = { tagId: '2699999999999', advertiserId: '549876543210' };
    expect(await asked(halfway(), remote({ config: third }))).toEqual(stale);
    expect(await asked(halfway(), remote({ config: { tagId: '2600000000000' } }))).toEqual(stale);
  });

  it('are of no use any more when the token is not ours by now', async () => {
    expect(await asked(halfway(), withToken(BEFORE))).toEqual({ found: 'overtaken' });
  });

  it('of a platform that we do not know cannot be compared', async () => {
    expect(await asked(halfway({ platform: 'elsewhere' }), remote())).toEqual({
      found: 'unknown',
      problem: GARBLED,
    });
  });
});
