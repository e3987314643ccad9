import { describe, expect, it } from 'vitest';
import type { PlatformId } from '../../sandbox/ad-accounts';
import { fingerprintOf, type ReasonCode } from '../../sandbox/upstack-state';
import { configs, DESTINATIONS, destinationIn, HEALTH, problemIn, sandboxPerTest, stepsIn } from './client';

const { sandbox, ask, create, createBody } = sandboxPerTest();
const platformIds: PlatformId[] = ['reddit', 'pinterest'];

interface HealthShown {
  items: {
    destinationId: string;
    state: string;
    reason: { code: string; httpStatus?: number; platformCode?: string | null } | null;
  }[];
  pollAfterSeconds: number;
}
const healthOf = async () => {
  const shown = (await ask(HEALTH)).json() as HealthShown;
  return shown.items[0] as HealthShown['items'][number];
};

const madeDestination = async (type: PlatformId = 'reddit') => {
  const token = sandbox().platforms[type].issue({ name: 'Upstack Data' });
  const value = createBody(type, token.value, {
    credentials: { accessToken: token.value, label: 'Upstack Data' },
  });
  return { token, destination: destinationIn(await create(value)) };
};

const rotate = (id: string, etag: string, token: string, label = 'new') =>
  ask(`${DESTINATIONS}/${id}/access-token`, {
    method: 'PUT',
    value: { accessToken: token, label },
    headers: { 'if-match': etag },
  });

const patch = (id: string, etag: string | undefined, value: unknown) =>
  ask(`${DESTINATIONS}/${id}`, {
    method: 'PATCH',
    value,
    headers: { 'content-type': 'application/merge-patch+json', ...(etag ? { 'if-match': etag } : {}) },
  });

describe('keys', () => {
  it('are refused with 401 when missing, unknown, revoked or expired', async () => {
    const { upstack, clock } = sandbox();
    expect((await ask(DESTINATIONS)).status).toBe(200);
    for (const key of ['', 'upstack_wrong']) {
      const answer = await ask(DESTINATIONS, { key });
      expect([answer.status, problemIn(answer).code]).toEqual([401, 'key_invalid']);
      expect(problemIn(answer).requestId).toMatch(/^req_/);
    }
    const revoked = upstack.addKey(upstack.workspace);
    revoked.revoked = true;
    expect((await ask(DESTINATIONS, { key: revoked.value })).status).toBe(401);
    const expiring = upstack.addKey(upstack.workspace);
    expiring.expiresAt = clock.now() + 1_000;
    expect((await ask(DESTINATIONS, { key: expiring.value })).status).toBe(200);
    clock.advance(2_000);
    expect((await ask(DESTINATIONS, { key: expiring.value })).status).toBe(401);
  });

  it('need the scope, and writing implies reading', async () => {
    const { upstack, platforms } = sandbox();
    const reader = upstack.addKey(upstack.workspace, ['destinations:read']);
    expect((await ask(HEALTH, { key: reader.value })).status).toBe(200);
    const refused = await ask(DESTINATIONS, {
      key: reader.value,
      method: 'POST',
      value: createBody('reddit', platforms.reddit.issue().value),
      headers: { 'idempotency-key': 'k' },
    });
    expect([refused.status, problemIn(refused).code]).toEqual([403, 'scope_missing']);
    const bare = upstack.addKey(upstack.workspace, []);
    expect((await ask(HEALTH, { key: bare.value })).status).toBe(403);
    reader.readsAccount = false;
    expect((await ask('/accounts/api/account', { key: reader.value })).status).toBe(403);
    expect((await ask('/accounts/api/account')).json()).toEqual({
      account: { name: 'Northwind Outfitters' },
    });
  });

  it('belong to one Upstack pixel', async () => {
    const other = sandbox().upstack.addWorkspace('Fernweh Kaffee');
    const mismatch = await ask(DESTINATIONS, { pixel: other.pixelId });
    expect([mismatch.status, problemIn(mismatch).code]).toEqual([403, 'pixel_mismatch']);
    const malformed = await ask(DESTINATIONS, { pixel: 'a2_f7k2m9x4q1zt' });
    expect([malformed.status, problemIn(malformed).code]).toEqual([400, 'invalid_request']);
  });
});

describe('create', () => {
  it.each(platformIds)(
    'tests the token of %s, saves it byte for byte, and starts as pending',
    async (type) => {
      const token = sandbox().platforms[type].issue();
      const answer = await create(createBody(type, token.value, { name: 'My store' }));
      expect(answer.status).toBe(201);
      const destination = destinationIn(answer);
      expect(answer.headers.location).toBe(`${DESTINATIONS}/${destination.id}`);
      expect(answer.headers.etag).toBe(destination.etag);
      expect(destination).toMatchObject({
        name: 'My store',
        config: configs[type],
        credentials: {
          accessToken: {
            fingerprint: fingerprintOf(token.value),
            issuedAt: new Date(token.createdAt).toISOString(),
          },
        },
        health: { state: 'pending' },
      });
      expect(answer.text).not.toContain(token.value);
      expect(sandbox().apis.calls).toMatchObject([{ platform: type, test: true, status: 200 }]);
      expect(sandbox().upstack.received).toMatchObject([
        { operation: 'createDestination', token: token.value, destinationId: destination.id },
      ]);
      expect(stepsIn(answer)).toEqual([
        'format passed',
        'authenticate passed',
        'account_match passed',
        'test_event passed',
        ...(type === 'pinterest' ? ['tag_id not_verifiable'] : []),
      ]);
    },
  );

  it('refuses with the failed step and saves nothing', async () => {
    const { platforms, upstack } = sandbox();
    const deleted = platforms.reddit.issue();
    platforms.reddit.deleteToken(deleted.id);
    const answer = await create(createBody('reddit', deleted.value));
    expect([answer.status, problemIn(answer).code]).toEqual([422, 'credential_rejected']);
    expect(stepsIn(answer)).toEqual([
      'format passed',
      'authenticate failed',
      'account_match skipped',
      'test_event skipped',
    ]);
    const foreign = platforms.reddit.issue({ businessId: platforms.reddit.businesses[1]?.id ?? '' });
    const mismatch = await create(createBody('reddit', foreign.value));
    expect(stepsIn(mismatch)[2]).toBe('account_match failed');
    expect(problemIn(mismatch).validation?.steps[2]?.code).toBe('account_mismatch');
    expect(upstack.destinations()).toHaveLength(0);
    expect(upstack.received.map((one) => one.destinationId)).toEqual([undefined, undefined]);
  });

  it('does not blame the token when the platform is down', async () => {
    const { apis, platforms, upstack } = sandbox();
    apis.modes.reddit = { kind: 'outage' };
    const answer = await create(createBody('reddit', platforms.reddit.issue().value));
    expect([answer.status, problemIn(answer).code]).toEqual([503, 'unavailable']);
    expect(answer.headers['retry-after']).toBe('30');
    expect(upstack.destinations()).toHaveLength(0);
  });

  it('knows a destination that exists', async () => {
    const { destination } = await madeDestination();
    const again = await create(createBody('reddit', sandbox().platforms.reddit.issue().value));
    expect([again.status, problemIn(again).code]).toEqual([409, 'destination_exists']);
    expect(problemIn(again).existingId).toBe(destination.id);
  });
});

describe('what does not keep to the contract', () => {
  it.each([
    ['/extra', { extra: 1 }],
    ['/type', { type: 'myspace' }],
    ['/config/pixelId', { config: {} }],
    ['/config/pixelId', { config: { pixelId: 'a b' } }],
    ['/credentials/accessToken', { credentials: { accessToken: 'short' } }],
    ['/name', { name: 'x'.repeat(101) }],
  ])('is refused with a pointer to %s', async (pointer, more) => {
    const answer = await create(createBody('reddit', 'x'.repeat(60), more));
    expect([answer.status, problemIn(answer).code]).toEqual([400, 'invalid_request']);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('is refused also as no JSON, as another type, as unknown query, as unknown path or method', async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' };
    const post = (more: object) => ask(DESTINATIONS, { method: 'POST', headers, ...more });
    expect((await post({ body: '{' })).status).toBe(400);
    expect((await post({ body: '{}', headers: { ...headers, 'content-type': 'text/plain' } })).status).toBe(
      400,
    );
    expect((await ask(`${DESTINATIONS}?page=2`)).status).toBe(400);
    expect((await ask(`${DESTINATIONS}?pageSize=101`)).status).toBe(400);
    expect((await ask('/accounts/api/nothing')).status).toBe(404);
    expect((await ask(DESTINATIONS, { method: 'DELETE' })).status).toBe(405);
  });
});

describe('our own answers', () => {
  it('are judged too: one that breaks the contract is a 500, and closing fails', async () => {
    const { upstack } = sandbox();
    upstack.health.pollAfterSeconds = 5;
    const answer = await ask(HEALTH);
    expect([answer.status, problemIn(answer).code]).toEqual([500, 'internal']);
    expect(upstack.violations).toEqual(['listHealth 200 /pollAfterSeconds: must be >= 30.']);
    await expect(sandbox().close()).rejects.toThrow('pollAfterSeconds');
    upstack.violations.length = 0;
  });

  it('may hold nothing that the contract does not name, and no token that was just sent', async () => {
    const { upstack, platforms } = sandbox();
    const token = platforms.pinterest.issue().value;
    const seed = { type: 'pinterest', config: configs.pinterest ?? {}, token, name: token };
    const held = upstack.addDestination(seed);
    const answer = await rotate(held.id, `"${held.id}.1"`, token);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain(token);
    expect(upstack.violations).toEqual(['rotateAccessToken 200 echoes a token.']);
    upstack.violations.length = 0;

    Object.assign(held.health.window, { secondsMore: 1 });
    upstack.force(held.id, { state: 'healthy' });
    expect((await ask(HEALTH)).status).toBe(500);
    expect(upstack.violations).toEqual([
      'listHealth 200 /items/0/window/secondsMore: must NOT have additional properties.',
    ]);
    upstack.violations.length = 0;
  });
});

describe('Idempotency-Key', () => {
  it('gives the first answer again for 24 hours', async () => {
    const { platforms, upstack, clock } = sandbox();
    const value = createBody('reddit', platforms.reddit.issue().value);
    const first = await create(value, 'k1');
    const second = await create(value, 'k1');
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect(upstack.destinations()).toHaveLength(1);
    clock.advance(24 * 60 * 60 * 1000);
    expect((await create(value, 'k1')).status).toBe(409);
  });

  it('is wanted, and is for one body', async () => {
    const { platforms } = sandbox();
    const value = createBody('reddit', platforms.reddit.issue().value);
    const missing = await ask(DESTINATIONS, { method: 'POST', value });
    expect([missing.status, problemIn(missing).code]).toEqual([400, 'idempotency_key_missing']);
    await create(value, 'k1');
    const mismatch = await create({ ...value, name: 'other' }, 'k1');
    expect([mismatch.status, problemIn(mismatch).code]).toEqual([422, 'idempotency_mismatch']);
  });

  it('is busy while the first is running', async () => {
    const { platforms, apis } = sandbox();
    apis.latency = 600;
    const value = createBody('reddit', platforms.reddit.issue().value);
    const answers = await Promise.all([create(value, 'k1'), create(value, 'k1')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    const busy = answers.find((answer) => answer.status === 409);
    expect(busy && problemIn(busy).code).toBe('idempotency_in_progress');
  });

  it('does not keep a trouble that passes', async () => {
    const { platforms, apis } = sandbox();
    const value = createBody('reddit', platforms.reddit.issue().value);
    apis.modes.reddit = { kind: 'outage' };
    expect((await create(value, 'k1')).status).toBe(503);
    apis.modes.reddit = { kind: 'normal' };
    expect((await create(value, 'k1')).status).toBe(201);
  });

  it('does not make two of a kind, even with two keys at once', async () => {
    const { platforms, apis, upstack } = sandbox();
    apis.latency = 100;
    const value = createBody('reddit', platforms.reddit.issue().value);
    const answers = await Promise.all([create(value, 'k1'), create(value, 'k2')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(upstack.destinations()).toHaveLength(1);
  });
});

describe('reading', () => {
  it('pages by cursor and filters by type', async () => {
    const { upstack } = sandbox();
    for (let index = 0; index < 5; index += 1)
      upstack.addDestination({
        type: index === 4 ? 'elsewhere' : 'reddit',
        config: { pixelId: `a2_${index}` },
        token: `not-issued-${index}`,
      });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const page = (await ask(`${DESTINATIONS}?pageSize=2${query}`)).json() as {
        destinations: { id: string }[];
        nextCursor: string | null;
      };
      seen.push(...page.destinations.map((one) => one.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(upstack.destinations().map((one) => one.id));
    const reddit = (await ask(`${DESTINATIONS}?type=reddit`)).json() as { destinations: unknown[] };
    expect(reddit.destinations).toHaveLength(4);
    expect((await ask(`${DESTINATIONS}?cursor=nonsense`)).status).toBe(400);
  });

  it('answers 304 while nothing but the time of the check has changed', async () => {
    await madeDestination();
    for (const path of [DESTINATIONS, HEALTH]) {
      sandbox().clock.advance(5_000);
      const etag = (await ask(path)).headers.etag ?? '';
      sandbox().clock.advance(60_000);
      const same = await ask(path, { headers: { 'if-none-match': etag } });
      expect([same.status, same.text, same.headers.etag]).toEqual([304, '', etag]);
    }
    const etag = (await ask(HEALTH)).headers.etag ?? '';
    sandbox().apis.modes.reddit = { kind: 'outage' };
    expect((await ask(HEALTH, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });
});

describe('update', () => {
  it('wants If-Match, refuses a stale one, and merges', async () => {
    const { destination } = await madeDestination();
    const without = await patch(destination.id, undefined, { name: 'x' });
    expect([without.status, problemIn(without).code]).toEqual([428, 'precondition_required']);
    const done = await patch(destination.id, destination.etag, { name: 'x', enabled: false });
    expect(destinationIn(done)).toMatchObject({ name: 'x', enabled: false, health: { state: 'paused' } });
    expect(done.headers.etag).not.toBe(destination.etag);
    const stale = await patch(destination.id, destination.etag, { name: 'y' });
    expect([stale.status, problemIn(stale).code]).toEqual([412, 'stale_version']);
  });

  it('takes no secret, and no id that is not of the type', async () => {
    const { destination } = await madeDestination();
    for (const value of [{ credentials: { accessToken: 'x'.repeat(40) } }, { config: { tagId: '1' } }, {}])
      expect((await patch(destination.id, destination.etag, value)).status).toBe(400);
    const moved = await patch(destination.id, destination.etag, { config: { pixelId: 'a2_c3w8r5n0b6yh' } });
    expect(destinationIn(moved).config).toEqual({ pixelId: 'a2_c3w8r5n0b6yh' });
    expect((await patch('dst_none', '*', { name: 'x' })).status).toBe(404);
  });
});

describe('rotate', () => {
  it('swaps the token, remembers the old one, and says when that may go', async () => {
    const { upstack, platforms, clock } = sandbox();
    const { destination, token: old } = await madeDestination();
    const sharing = upstack.addDestination({
      type: 'reddit',
      config: { pixelId: 'a2_p4d1s9j7v2ke' },
      token: old.value,
    });
    const fresh = platforms.reddit.issue({ name: 'Upstack Data (rotated)' });
    const answer = await rotate(destination.id, destination.etag, fresh.value, fresh.name);
    expect(answer.status).toBe(200);
    expect(destinationIn(answer)).toMatchObject({
      config: destination.config,
      credentials: {
        accessToken: {
          fingerprint: fingerprintOf(fresh.value),
          label: 'Upstack Data (rotated)',
          previous: {
            fingerprint: fingerprintOf(old.value),
            label: 'Upstack Data',
            safeToRevoke: false,
            stillUsedBy: [sharing.id],
          },
        },
      },
      health: { state: 'pending' },
    });

    const previous = async () =>
      destinationIn(await ask(`${DESTINATIONS}/${destination.id}`)).credentials.accessToken.previous;
    clock.advance(5_000);
    expect(await previous()).toMatchObject({ safeToRevoke: false, stillUsedBy: [sharing.id] });
    upstack.removeDestination(sharing.id);
    expect(await previous()).toMatchObject({ safeToRevoke: true, stillUsedBy: [] });
  });

  it('does not call the old token safe to revoke before an event went through with the new one', async () => {
    const { upstack, platforms, clock } = sandbox();
    const { destination } = await madeDestination();
    upstack.workspace.store = 'silent';
    await rotate(destination.id, destination.etag, platforms.reddit.issue().value);
    clock.advance(60_000);
    const previous = async () =>
      destinationIn(await ask(`${DESTINATIONS}/${destination.id}`)).credentials.accessToken.previous;
    expect((await previous())?.safeToRevoke).toBe(false);
    upstack.workspace.store = 'flowing';
    expect((await previous())?.safeToRevoke).toBe(true);
  });

  it('keeps the old token when the new one fails, and refuses a stale write', async () => {
    const { upstack, platforms } = sandbox();
    const { destination, token: old } = await madeDestination();
    const deleted = platforms.reddit.issue();
    platforms.reddit.deleteToken(deleted.id);
    const refused = await rotate(destination.id, destination.etag, deleted.value);
    expect([refused.status, problemIn(refused).code]).toEqual([422, 'credential_rejected']);
    expect(upstack.destination(destination.id).token?.value).toBe(old.value);

    const fresh = platforms.reddit.issue().value;
    expect((await rotate(destination.id, '"other"', fresh)).status).toBe(412);
    expect((await rotate('dst_none', '"x"', fresh)).status).toBe(404);
    expect((await rotate(destination.id, destination.etag, fresh)).status).toBe(200);
    expect((await rotate(destination.id, destination.etag, fresh)).status).toBe(412);
  });
});

describe('check now', () => {
  it('sends a test event with what is saved, or with a draft', async () => {
    const { platforms } = sandbox();
    const { destination, token } = await madeDestination('pinterest');
    const check = () =>
      ask(`${DESTINATIONS}/${destination.id}/validations`, {
        method: 'POST',
        headers: { 'idempotency-key': crypto.randomUUID() },
      });
    expect(stepsIn(await check())).toContain('test_event passed');
    platforms.pinterest.deleteToken(token.id);
    expect(stepsIn(await check())).toContain('authenticate failed');
    const draft = await ask('/accounts/api/event-destination-validations', {
      method: 'POST',
      value: createBody('pinterest', platforms.pinterest.issue().value),
    });
    expect(draft.json()).toMatchObject({ validation: { status: 'passed' } });
  });
});

describe('health', () => {
  it('turns healthy after the settling time', async () => {
    const { upstack, clock } = sandbox();
    upstack.health.settleMs = 240_000;
    upstack.health.pollAfterSeconds = 45;
    await madeDestination();
    clock.advance(239_000);
    expect((await healthOf()).state).toBe('pending');
    clock.advance(2_000);
    expect((await healthOf()).state).toBe('healthy');
    expect(((await ask(HEALTH)).json() as HealthShown).pollAfterSeconds).toBe(45);
  });

  const reasons: [ReasonCode, number | undefined][] = [
    ['token_invalid', 401],
    ['account_mismatch', 403],
    ['pixel_not_found', 404],
    ['payload_rejected', 422],
    ['rate_limited', 429],
    ['platform_unavailable', 503],
    ['no_recent_events', undefined],
    ['config_incomplete', undefined],
    ['unknown', 451],
  ];
  for (const type of platformIds)
    it.each(reasons)(`of ${type} follows from the world: %s`, async (reason, httpStatus) => {
      const { troubles, clock } = sandbox();
      const { destination } = await madeDestination(type);
      clock.advance(5_000);
      expect((await healthOf()).state).toBe('healthy');
      troubles.makeUnhealthy(destination.id, reason);
      expect(await healthOf()).toMatchObject({ state: 'unhealthy', reason: { code: reason } });
      expect((await healthOf()).reason?.httpStatus).toBe(httpStatus);
      troubles.mend();
      expect((await healthOf()).state).toBe('healthy');
    });

  it('is degraded when some events fail, and can be forced', async () => {
    const { upstack, clock } = sandbox();
    const { destination } = await madeDestination();
    clock.advance(5_000);
    upstack.workspace.store = 'partlyFailing';
    expect(await healthOf()).toMatchObject({ state: 'degraded', reason: { code: 'payload_rejected' } });
    upstack.force(destination.id, { state: 'unhealthy', reasonCode: 'rate_limited' });
    expect(await healthOf()).toMatchObject({ state: 'unhealthy', reason: { code: 'rate_limited' } });
    upstack.force(destination.id, undefined);
    upstack.workspace.store = 'flowing';
    expect((await healthOf()).state).toBe('healthy');
  });
});
