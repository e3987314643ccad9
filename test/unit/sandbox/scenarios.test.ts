import { expect, it } from 'vitest';
import { call } from '../../sandbox/call';
import type { Effect } from '../../sandbox/scenarios';
import { API, DESTINATIONS, HEALTH, problemIn, sandboxPerTest } from './client';

const { sandbox, ask, create, createBody } = sandboxPerTest();
const post = { method: 'POST', path: DESTINATIONS };
const newBody = () => createBody('reddit', sandbox().platforms.reddit.issue().value);
const made = () => sandbox().upstack.destinations().length;

it('are for the next so many matching requests', async () => {
  const { scenario } = sandbox().upstack;
  const twice = scenario.next(2, { path: HEALTH }, { kind: 'problem', status: 503, retryAfter: '1' });
  expect((await ask(DESTINATIONS)).status).toBe(200);
  const statuses = [await ask(HEALTH), await ask(HEALTH), await ask(HEALTH)].map((one) => one.status);
  expect(statuses).toEqual([503, 503, 200]);
  expect(twice.hits).toBe(2);
});

it('or until cleared', async () => {
  const { scenario } = sandbox().upstack;
  const one = scenario.always({ path: '/accounts/*', method: 'GET' }, { kind: 'problem', status: 401 });
  for (let index = 0; index < 3; index += 1) expect((await ask(HEALTH)).status).toBe(401);
  scenario.clear(one.id);
  expect((await ask(HEALTH)).status).toBe(200);
});

it.each([401, 403, 409, 412, 422, 429, 500, 503])('answer %i as a problem', async (status) => {
  sandbox().upstack.scenario.next(1, post, { kind: 'problem', status, members: { existingId: 'dst_1' } });
  const answer = await create(newBody());
  expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
  expect(problemIn(answer)).toMatchObject({ status, existingId: 'dst_1' });
  expect(made()).toBe(0);
});

it.each(['7', 'Wed, 21 Oct 2026 07:28:00 GMT', 'soon'])('say Retry-After: %s', async (retryAfter) => {
  sandbox().upstack.scenario.next(1, {}, { kind: 'problem', status: 429, retryAfter });
  expect((await ask(HEALTH)).headers['retry-after']).toBe(retryAfter);
});

it.each([false, true])('break the connection; applied before: %s', async (applied) => {
  sandbox().upstack.scenario.next(1, post, { kind: 'reset', applied });
  const body = newBody();
  await expect(create(body, 'k')).rejects.toThrow(/hang up|ECONNRESET/);
  expect(made()).toBe(applied ? 1 : 0);
  expect((await create(body, 'k')).status).toBe(201);
  expect(made()).toBe(1);
});

it.each([false, true])('never answer; applied before: %s', async (applied) => {
  sandbox().upstack.scenario.next(1, { path: DESTINATIONS }, { kind: 'never', applied });
  const asking = ask(DESTINATIONS, {
    method: 'POST',
    value: newBody(),
    headers: { 'idempotency-key': 'k' },
    timeoutMs: 600,
  });
  await expect(asking).rejects.toThrow(/aborted/);
  expect(made()).toBe(applied ? 1 : 0);
  expect(sandbox().requests.at(-1)?.status).toBeUndefined();
});

it('are slow by so many ms', async () => {
  sandbox().upstack.scenario.next(1, {}, { kind: 'delay', ms: 120 });
  const before = performance.now();
  expect((await ask(HEALTH)).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
});

const falseAnswers: [Effect, (text: string) => unknown, number][] = [
  [{ kind: 'html' }, (text) => expect(text).toContain('<h1>'), 200],
  [{ kind: 'garbled' }, (text) => expect(() => JSON.parse(text)).toThrow(), 200],
  [{ kind: 'huge', bytes: 300_000 }, (text) => expect(text.length).toBeGreaterThan(300_000), 200],
  [{ kind: 'redirect', to: 'https://elsewhere.example/' }, (text) => expect(text).toBe(''), 307],
];
it.each(falseAnswers)('give a false answer: %o', async (effect, check, status) => {
  sandbox().upstack.scenario.next(1, {}, effect);
  const answer = await ask(HEALTH);
  expect(answer.status).toBe(status);
  check(answer.text);
  if (effect.kind === 'redirect') expect(answer.headers.location).toBe(effect.to);
});

it('say a word for health that nobody knows, also to who would get a 304', async () => {
  const { upstack, clock } = sandbox();
  await create(newBody());
  clock.advance(5_000);
  const etag = (await ask(HEALTH)).headers.etag ?? '';
  upstack.scenario.always({}, { kind: 'unknownHealth', word: 'sleeping' });
  const health = await ask(HEALTH, { headers: { 'if-none-match': etag } });
  expect(health.json()).toMatchObject({ items: [{ state: 'sleeping' }] });
  expect((await ask(DESTINATIONS)).json()).toMatchObject({
    destinations: [{ name: 'Reddit', health: { state: 'sleeping' } }],
  });
  expect(upstack.violations).toEqual([]);
});

it('forget the Idempotency-Key', async () => {
  const { upstack } = sandbox();
  upstack.scenario.always(post, { kind: 'ignoreIdempotencyKey' });
  const body = newBody();
  expect((await create(body, 'k')).status).toBe(201);
  expect((await create(body, 'k')).status).toBe(409);
  upstack.scenario.clear();
  upstack.scenario.next(1, post, { kind: 'ignoreIdempotencyKey', duplicates: true });
  expect((await create(body, 'k')).status).toBe(201);
  expect(made()).toBe(2);
});

it('can be several at once: slow, applied, then reset', async () => {
  const { scenario } = sandbox().upstack;
  scenario.next(1, post, { kind: 'delay', ms: 100 });
  scenario.next(1, post, { kind: 'reset', applied: true });
  const before = performance.now();
  await expect(create(newBody())).rejects.toThrow();
  expect(performance.now() - before).toBeGreaterThanOrEqual(95);
  expect(made()).toBe(1);
});

it('are of the Upstack API unless another host is named', async () => {
  const { scenario } = sandbox().upstack;
  scenario.next(1, { host: 'ads.reddit.com' }, { kind: 'problem', status: 503 });
  expect((await ask(HEALTH)).status).toBe(200);
  expect((await call(sandbox(), 'https://ads.reddit.com/')).headers['content-type']).toBe(
    'application/problem+json',
  );
});

it('can be switched by hand, over HTTP', async () => {
  const control = `https://localhost`;
  const page = await call(sandbox(), `${control}/`);
  expect(page.text).toContain('every destination: token_invalid');
  const flip = (name: string) =>
    call(sandbox(), `${control}/switch/${encodeURIComponent(name)}`, { method: 'POST' });

  await create(newBody());
  expect((await flip('every destination: token_invalid')).status).toBe(303);
  sandbox().clock.advance(5_000);
  expect((await ask(HEALTH)).json()).toMatchObject({ items: [{ state: 'unhealthy' }] });
  await flip('until cleared: garbled JSON');
  expect((await ask(HEALTH)).text).toMatch(/dst_$/);
  await flip('all well again');
  expect((await ask(HEALTH)).json()).toMatchObject({ items: [{ state: 'healthy' }] });

  const body = JSON.stringify({ effect: { kind: 'problem', status: 503 }, times: 1 });
  expect((await call(sandbox(), `${control}/scenarios`, { method: 'POST', body })).status).toBe(201);
  expect((await ask(HEALTH)).status).toBe(503);
  expect((await flip('nothing of the kind')).status).toBe(404);
});

it('let no page read the API: a preflight is allowed nothing', async () => {
  const preflight = await call(sandbox(), API + HEALTH, {
    method: 'OPTIONS',
    headers: { origin: 'https://ads.reddit.com', 'access-control-request-method': 'GET' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
});
