import { afterEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../../lib/credentials/secret';
import { pinterestKey } from '../../sandbox/tokens';
import { API_KEY, access, clientOn, destination, health, json, NOW, problem } from './network';

const page = (destinations: unknown[], nextCursor: string | null = null): Response =>
  json({ destinations, nextCursor });

afterEach(() => {
  vi.useRealTimers();
});

describe('every call', () => {
  it('goes to the one origin, with the flags that keep it there', async () => {
    const { client, requests } = clientOn(() => page([]));
    await client.listDestinations(access);
    const [request] = requests;
    expect(new URL(request?.url ?? '').origin).toBe('https://api.upstackdata.com');
    expect(request?.init).toMatchObject({
      method: 'GET',
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      headers: { 'x-api-key': API_KEY, 'x-pixel-id': access.pixelId },
    });
  });

  it('puts ids into the path as they are, whatever they hold', async () => {
    const { client, requests } = clientOn(() => json({ destination: destination() }));
    await client.getDestination(access, '../../x?y');
    expect(requests[0]?.url).toBe(
      'https://api.upstackdata.com/accounts/api/event-destinations/..%2F..%2Fx%3Fy',
    );
  });

  it('is not made while the browser is offline', async () => {
    const { client, requests } = clientOn(() => page([]), { online: () => false });
    expect(await client.listDestinations(access)).toEqual({ ok: false, problem: { kind: 'offline' } });
    expect(requests).toHaveLength(0);
  });
});

describe('the body of a write', () => {
  const token = pinterestKey();

  it('carries the token of a create, and nothing else does', async () => {
    const { client, requests } = clientOn(() => json({ destination: destination() }, { status: 201 }));
    const wanted = { type: 'reddit', config: { pixelId: 'a2_x' }, name: 'n', token: Secret.of(token) };
    await client.createDestination(access, wanted, 'key-1');
    const { url, init } = requests[0] ?? { url: '', init: {} };
    expect(JSON.parse(String(init.body))).toEqual({
      type: 'reddit',
      name: 'n',
      config: { pixelId: 'a2_x' },
      credentials: { accessToken: token },
    });
    expect(init.method).toBe('POST');
    expect(init.headers).toMatchObject({ 'Idempotency-Key': 'key-1', 'Content-Type': 'application/json' });
    expect(url + JSON.stringify(init.headers)).not.toContain(token);
  });

  it('of a rotation has the token only, under the version it was decided on', async () => {
    const { client, requests } = clientOn(() => json({ destination: destination() }));
    await client.rotateAccessToken(access, 'dst_1', '"7"', Secret.of(token), 'Upstack Data');
    expect(requests[0]).toMatchObject({
      url: 'https://api.upstackdata.com/accounts/api/event-destinations/dst_1/access-token',
      init: { method: 'PUT', headers: { 'If-Match': '"7"' } },
    });
    expect(JSON.parse(String(requests[0]?.init.body))).toEqual({ accessToken: token, label: 'Upstack Data' });
  });

  it('of a change is a merge patch', async () => {
    const { client, requests } = clientOn(() => json({ destination: destination() }));
    await client.patchDestination(access, 'dst_1', '"7"', { config: { pixelId: 'a2_y' } });
    expect(requests[0]?.init).toMatchObject({
      method: 'PATCH',
      headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': '"7"' },
      body: '{"config":{"pixelId":"a2_y"}}',
    });
  });
});

describe('an answer', () => {
  it('takes its version from the header, or from the body', async () => {
    const replies = [
      json({ destination: destination({ etag: '"body"' }) }, { headers: { ETag: '"head"' } }),
      json({ destination: destination({ etag: '"body"' }) }),
    ];
    const { client } = clientOn((_request, count) => replies[count - 1] ?? Response.error());
    expect(await client.getDestination(access, 'dst_1')).toMatchObject({
      value: { destination: { etag: '"head"' } },
    });
    expect(await client.getDestination(access, 'dst_1')).toMatchObject({
      value: { destination: { etag: '"body"' } },
    });
  });

  it('of many pages is all of them', async () => {
    const { client, requests } = clientOn((_request, count) =>
      count === 1 ? page([destination()], 'a b') : page([destination({ id: 'dst_2' })]),
    );
    const answer = await client.listDestinations(access);
    expect(answer.ok && answer.value.destinations.map(({ id }) => id)).toEqual(['dst_1', 'dst_2']);
    expect(requests[1]?.url).toContain('cursor=a%20b');
  });

  it('of which one page fails is none', async () => {
    const { client } = clientOn((_request, count) =>
      count === 1 ? page([destination()], 'x') : problem(500),
    );
    expect(await client.listDestinations(access)).toMatchObject({
      ok: false,
      problem: { kind: 'unavailable' },
    });
  });

  it('that never ends is none', async () => {
    const { client, requests } = clientOn(() => page([destination()], 'again'));
    expect(await client.listDestinations(access)).toMatchObject({ ok: false, problem: { kind: 'garbled' } });
    expect(requests.length).toBe(50);
  });

  it('"not modified" confirms, to who said what he has', async () => {
    const { client, requests } = clientOn(() => new Response(null, { status: 304 }));
    expect(await client.listHealth(access, '"h"')).toEqual({ ok: true, value: { changed: false } });
    expect(requests[0]?.init.headers).toMatchObject({ 'If-None-Match': '"h"' });
    expect(await client.listHealth(access)).toMatchObject({ ok: false, problem: { kind: 'garbled' } });
  });

  it('gives health, pace and version', async () => {
    const { client } = clientOn(() =>
      json(
        { items: [health()], checkedAt: '2026-11-22T12:00:00Z', pollAfterSeconds: 300 },
        { headers: { ETag: 'W/"h2"' } },
      ),
    );
    const answer = await client.listHealth(access);
    expect(answer).toMatchObject({
      ok: true,
      value: { changed: true, etag: 'W/"h2"', paceSeconds: 300, unreadable: 0 },
    });
    expect(answer.ok && answer.value.changed && answer.value.health.get('dst_1')).toMatchObject({
      state: 'healthy',
      lastCheckedAt: Date.UTC(2026, 10, 22, 11, 59),
    });
  });
});

describe('trouble on the way', () => {
  it.each([
    ['a network error, or a redirect', true, 'unreachable'],
    ['a connection that broke', false, 'offline'],
  ])('%s', async (_what, stillOnline, kind) => {
    let online = true;
    const { client } = clientOn(
      () => {
        online = stillOnline;
        throw new TypeError('Failed to fetch');
      },
      { online: () => online },
    );
    expect(await client.getAccount(access)).toEqual({ ok: false, problem: { kind } });
  });

  it('a server that does not answer', async () => {
    vi.useFakeTimers();
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      expect(ms).toBe(15_000);
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), ms);
      return controller.signal;
    });
    const { client } = clientOn(
      ({ init }) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        }),
    );
    const answer = client.getAccount(access);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await answer).toEqual({ ok: false, problem: { kind: 'timeout' } });
  });

  it('a body that stops in the middle, even if it looks whole', async () => {
    const controller = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(controller.signal);
    const { client } = clientOn(
      () =>
        new Response(
          new ReadableStream({
            start: (stream) => {
              stream.enqueue(new TextEncoder().encode('{"account":{"name":"Acme"}}'));
              setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), 5);
            },
          }),
          { headers: { 'Content-Type': 'application/json' } },
        ),
    );
    expect(await client.getAccount(access)).toEqual({ ok: false, problem: { kind: 'timeout' } });
  });

  it('an answer without end is cut off at 256 kB', async () => {
    let sent = 0;
    let cancelled = false;
    const endless = (): Response =>
      new Response(
        new ReadableStream({
          pull: (stream) => {
            sent += 65_536;
            stream.enqueue(new Uint8Array(65_536).fill(0x20));
          },
          cancel: () => {
            cancelled = true;
          },
        }),
        { headers: { 'Content-Type': 'application/json' } },
      );
    const { client } = clientOn(endless);
    expect(await client.getAccount(access)).toMatchObject({ problem: { kind: 'tooLarge' } });
    expect(sent).toBeLessThan(8 * 65_536);
    await vi.waitFor(() => expect(cancelled).toBe(true));
  });

  it.each([
    ['a sign-in page', new Response('<html>Sign in</html>', { headers: { 'Content-Type': 'text/html' } })],
    [
      'HTML that calls itself JSON',
      new Response('<html>', { headers: { 'Content-Type': 'application/json' } }),
    ],
    [
      'JSON that calls itself HTML',
      new Response('{"account":{}}', { headers: { 'Content-Type': 'text/html' } }),
    ],
    ['nothing', new Response(null, { status: 204 })],
  ])('%s is no answer of Upstack’s', async (_what, response) => {
    const { client } = clientOn(() => response);
    expect(await client.getAccount(access)).toMatchObject({ ok: false, problem: { kind: 'garbled' } });
  });

  it('an answer that came by a redirect is none', async () => {
    const redirected = json({ account: { name: 'Evil' } });
    Object.defineProperty(redirected, 'redirected', { value: true });
    const { client } = clientOn(() => redirected);
    expect(await client.getAccount(access)).toMatchObject({ ok: false, problem: { kind: 'garbled' } });
  });

  it('a bug of ours is not hidden as trouble on the way', async () => {
    const { client } = clientOn(() => {
      throw new RangeError('ours');
    });
    await expect(client.getAccount(access)).rejects.toThrow('ours');
  });
});

describe('refusals by kind', () => {
  it.each([
    [400, 'invalid_request', 'invalidRequest'],
    [401, 'key_invalid', 'keyRefused'],
    [403, 'scope_missing', 'scopeMissing'],
    [403, 'pixel_mismatch', 'pixelMismatch'],
    [403, undefined, 'scopeMissing'],
    [404, 'not_found', 'notFound'],
    [405, undefined, 'unknown'],
    [407, undefined, 'unreachable'],
    [408, undefined, 'timeout'],
    [409, 'destination_exists', 'exists'],
    [409, 'idempotency_in_progress', 'unavailable'],
    [409, 'a_new_word', 'exists'],
    [412, 'stale_version', 'stale'],
    [422, 'credential_rejected', 'rejected'],
    [422, 'idempotency_mismatch', 'invalidRequest'],
    [428, 'precondition_required', 'stale'],
    [429, 'rate_limited', 'rateLimited'],
    [500, 'internal', 'unavailable'],
    // The status speaks first: a code cannot turn trouble into a verdict on the token.
    [500, 'credential_rejected', 'unavailable'],
    [503, 'unavailable', 'unavailable'],
  ])('%i %s is %s', async (status, code, kind) => {
    const { client } = clientOn(() => problem(status, code));
    expect(await client.getAccount(access)).toMatchObject({ ok: false, problem: { kind, status } });
  });

  it.each([
    [401, 'garbled'],
    [403, 'garbled'],
    [404, 'garbled'],
    [429, 'rateLimited'],
    [502, 'unavailable'],
  ])('%i in HTML is %s: that was not Upstack’s API', async (status, kind) => {
    const headers = { 'Content-Type': 'text/html' };
    const { client } = clientOn(() => new Response('<h1>Blocked</h1>', { status, headers }));
    expect(await client.getAccount(access)).toMatchObject({ problem: { kind } });
  });

  it('tells what is known of them', async () => {
    const { client } = clientOn(() =>
      problem(
        409,
        'destination_exists',
        {
          existingId: 'dst_9',
          requestId: 'req_1',
          errors: [{ pointer: '/config/pixelId', detail: 'taken' }],
        },
        { 'Retry-After': '5' },
      ),
    );
    expect(await client.getAccount(access)).toEqual({
      ok: false,
      problem: {
        kind: 'exists',
        status: 409,
        code: 'destination_exists',
        existingId: 'dst_9',
        requestId: 'req_1',
        pointers: ['/config/pixelId'],
        retryAt: NOW + 5_000,
      },
    });
  });

  it('gives the steps of the server’s test in order, and an unknown word as unknown', async () => {
    const steps = [
      { name: 'format', status: 'passed' },
      { name: 'authenticate', status: 'failed', code: 'token_invalid', message: 'secret words' },
      { name: 'test_event', status: 'exploded' },
    ];
    const validation = { id: 'v', status: 'failed', steps };
    const { client } = clientOn(() => problem(422, 'credential_rejected', { validation }));
    const answer = await client.getAccount(access);
    expect(!answer.ok && answer.problem.steps).toEqual([
      { name: 'format', status: 'passed' },
      { name: 'authenticate', status: 'failed', code: 'token_invalid' },
      { name: 'test_event', status: 'unknown' },
    ]);
  });
});

describe('a server that repeats what it was sent', () => {
  const token = pinterestKey();
  const echo = (text: string): object => ({
    detail: text,
    message: text,
    code: text,
    requestId: text,
    existingId: text,
    errors: [{ pointer: text, detail: text }],
    validation: {
      id: text,
      status: 'failed',
      steps: [{ name: 'format', status: 'failed', code: text, message: text }],
    },
  });

  it('is not repeated by us', async () => {
    const texts = [token, `x${token}`, `/${token}`, token.toLowerCase(), API_KEY, encodeURIComponent(token)];
    for (const status of [400, 409, 422, 500]) {
      for (const text of texts) {
        const { client } = clientOn(() => problem(status, undefined, echo(text)));
        const answer = await client.createDestination(
          access,
          { type: 'reddit', config: {}, token: Secret.of(token) },
          'k',
        );
        const told = JSON.stringify(answer);
        expect(told).not.toContain(token);
        expect(told).not.toContain(API_KEY);
        expect(told.toLowerCase()).not.toContain(token.slice(10, 40).toLowerCase());
      }
    }
  });

  it('not even where the answer is good', async () => {
    const { client } = clientOn(() => json({ destination: destination({ name: `My ${token}` }) }));
    const answer = await client.createDestination(
      access,
      { type: 'reddit', config: {}, token: Secret.of(token) },
      'k',
    );
    expect(answer).toMatchObject({ ok: true, value: { destination: { name: 'My ' } } });
  });

  it('and would be found out if it were', () => {
    expect(JSON.stringify(echo(token))).toContain(token);
  });
});
