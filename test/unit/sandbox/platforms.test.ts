import { describe, expect, it, vi } from 'vitest';
import type { PlatformId } from '../../sandbox/ad-accounts';
import { call } from '../../sandbox/call';
import type { BusinessList, GeneratedToken, Session, TokenList } from '../../sandbox/consoles-api';
import { eventCall } from '../../sandbox/platform-apis';
import { sandboxPerTest } from './client';

const { sandbox } = sandboxPerTest();

const targets: Record<PlatformId, string> = { reddit: 'a2_f7k2m9x4q1zt', pinterest: '549761482039' };
const foreign: Record<PlatformId, string> = { reddit: 'a2_h1z7k4y9d3qa', pinterest: '549768205417' };
const platformIds: PlatformId[] = ['reddit', 'pinterest'];

const sendEvent = (
  platform: PlatformId,
  token: string,
  target = targets[platform],
  quality: 'test' | 'malformed' = 'test',
) => {
  const outgoing = eventCall(platform, target, token, quality, Date.now());
  const query = outgoing.query.toString();
  return call(sandbox(), `https://${outgoing.host}${outgoing.path}${query && `?${query}`}`, {
    method: 'POST',
    headers: { ...outgoing.headers },
    body: outgoing.body,
  });
};

describe('the server', () => {
  it('starts with modules and contract unread, and says how long that took', async () => {
    vi.resetModules();
    const before = process.cpuUsage();
    const { startSandbox } = await import('../../sandbox/server');
    const another = await startSandbox();
    const { status } = await call(another, 'https://api.upstackdata.com/accounts/api/account');
    // Processor time, since a busy machine would make the clock on the wall say anything.
    const { user, system } = process.cpuUsage(before);
    await another.close();
    const took = (user + system) / 1_000;
    console.log(`sandbox imported, started and asked in ${took.toFixed(0)} ms of processor time`);
    expect(status).toBe(401);
  });

  it('maps every played host and lets no other exist', () => {
    const rules = sandbox().resolverRules.split(',');
    for (const host of ['ads.reddit.com', 'ads.pinterest.com', 'api.upstackdata.com'])
      expect(rules).toContain(`MAP ${host} 127.0.0.1:${sandbox().port}`);
    expect(rules).toContain('MAP * ~NOTFOUND');
  });

  it('serves pages of a test in front of the console, and takes them away again', async () => {
    const address = 'https://ads.reddit.com/account/x/dashboard';
    const withdraw = sandbox().serve('ads.reddit.com', '/account/*', '<title>Mine</title>');
    expect((await call(sandbox(), address)).text).toBe('<title>Mine</title>');
    withdraw();
    expect((await call(sandbox(), address)).text).not.toContain('Mine');
    sandbox().serve('shop.sandbox.example', '/', (asked) => ({ status: 418, body: asked.method }));
    expect(await call(sandbox(), 'https://shop.sandbox.example/')).toMatchObject({
      status: 418,
      text: 'GET',
    });
    expect((await call(sandbox(), 'https://unplayed.sandbox.example/')).status).toBe(404);
  });

  it('writes down what came in, and drops it when told', async () => {
    await call(sandbox(), 'https://ads-api.reddit.com/x?y=1', { method: 'POST', body: 'hello' });
    expect(sandbox().requests).toMatchObject([
      { method: 'POST', host: 'ads-api.reddit.com', path: '/x', query: 'y=1', body: 'hello', status: 404 },
    ]);
    sandbox().dropRecords();
    expect(sandbox().requests).toHaveLength(0);
  });
});

describe.each(platformIds)('the event API of %s', (platform) => {
  it('accepts an event with an issued token, and notes that it was a test', async () => {
    const token = sandbox().platforms[platform].issue();
    expect((await sendEvent(platform, token.value)).status).toBe(200);
    expect(sandbox().apis.calls).toMatchObject([
      { platform, target: targets[platform], test: true, status: 200 },
    ]);
  });

  it('answers 401 to a token that was never issued, cut, or deleted', async () => {
    const token = sandbox().platforms[platform].issue();
    const unknown = await sendEvent(platform, 'nobody-issued-this');
    expect(unknown.status).toBe(401);
    if (platform === 'pinterest') expect(unknown.json()).toMatchObject({ code: 2 });
    expect((await sendEvent(platform, token.value.slice(0, -1))).status).toBe(401);
    sandbox().platforms[platform].deleteToken(token.id);
    expect((await sendEvent(platform, token.value)).status).toBe(401);
  });

  it('answers 403 when the role was lost', async () => {
    const world = sandbox().platforms[platform];
    const token = world.issue();
    world.setRole(token.businessId, token.userId, undefined);
    const answer = await sendEvent(platform, token.value);
    expect(answer.status).toBe(403);
    if (platform === 'pinterest') expect(answer.json()).toMatchObject({ code: 29 });
  });

  it('answers 404 to an id that does not exist, or no longer', async () => {
    const world = sandbox().platforms[platform];
    const token = world.issue();
    expect((await sendEvent(platform, token.value, '999')).status).toBe(404);
    world.close(targets[platform]);
    expect((await sendEvent(platform, token.value)).status).toBe(404);
    world.restore();
    expect((await sendEvent(platform, token.value)).status).toBe(200);
  });

  it('answers 400 and 422 to bad events', async () => {
    const token = sandbox().platforms[platform].issue();
    expect((await sendEvent(platform, token.value, targets[platform], 'malformed')).status).toBe(422);
    const good = eventCall(platform, targets[platform], token.value, 'test', Date.now());
    const empty = await call(sandbox(), `https://${good.host}${good.path}`, {
      method: 'POST',
      headers: { ...good.headers },
      body: '{}',
    });
    expect(empty.status).toBe(400);
    if (platform === 'pinterest') expect(empty.json()).toMatchObject({ code: 4196 });
  });

  it('can be throttled and can be down', async () => {
    const token = sandbox().platforms[platform].issue();
    sandbox().apis.modes[platform] = { kind: 'throttled', retryAfterSeconds: 7 };
    const throttled = await sendEvent(platform, token.value);
    expect([throttled.status, throttled.headers['retry-after']]).toEqual([429, '7']);
    sandbox().apis.modes[platform] = { kind: 'outage' };
    const down = await sendEvent(platform, token.value);
    expect(down.status).toBe(503);
    if (platform === 'pinterest') expect(down.json()).toMatchObject({ code: 4197 });
  });
});

it('keeps a Reddit token to its business, and lets a Pinterest token reach all accounts of its user', async () => {
  const { reddit, pinterest } = sandbox().platforms;
  expect((await sendEvent('reddit', reddit.issue().value, foreign.reddit)).status).toBe(403);
  expect((await sendEvent('pinterest', pinterest.issue().value, foreign.pinterest)).status).toBe(200);
});

describe('the consoles', () => {
  const hosts = { reddit: 'ads.reddit.com', pinterest: 'ads.pinterest.com' };
  const ask = (platform: PlatformId, path: string, method = 'GET', value?: unknown) =>
    call(sandbox(), `https://${hosts[platform]}/sandbox-api/${path}`, {
      method,
      ...(value === undefined ? {} : { body: JSON.stringify(value) }),
    });
  const firstBusiness = async (platform: PlatformId) => {
    const { businesses } = (await ask(platform, 'businesses')).json() as BusinessList;
    return businesses[0]?.id ?? '';
  };

  it.each(platformIds)('make, list without value, and delete a token of %s', async (platform) => {
    const tokens = `businesses/${await firstBusiness(platform)}/tokens`;
    const made = await ask(platform, tokens, 'POST', { name: 'Upstack Data' });
    expect(made.status).toBe(201);
    const { token } = made.json() as GeneratedToken;
    expect((await sendEvent(platform, token.value)).status).toBe(200);

    const listed = await ask(platform, tokens);
    expect((listed.json() as TokenList).tokens).toMatchObject([
      { id: token.id, name: platform === 'reddit' ? 'Upstack Data' : '', createdBy: 'Maya Torres' },
    ]);
    expect(listed.text).not.toContain(token.value);

    expect((await ask(platform, `${tokens}/${token.id}`, 'DELETE')).status).toBe(204);
    expect((await sendEvent(platform, token.value)).status).toBe(401);
    expect((await ask(platform, `${tokens}/${token.id}`, 'DELETE')).status).toBe(404);
  });

  it('hold five Reddit tokens per business, each with a name', async () => {
    const tokens = `businesses/${await firstBusiness('reddit')}/tokens`;
    expect((await ask('reddit', tokens, 'POST', {})).status).toBe(400);
    for (let index = 0; index < 5; index += 1)
      expect((await ask('reddit', tokens, 'POST', { name: `n${index}` })).status).toBe(201);
    const sixth = await ask('reddit', tokens, 'POST', { name: 'n5' });
    expect(sixth.status).toBe(409);
    expect(sixth.json()).toMatchObject({ error: { code: 'too_many_tokens' } });
  });

  it('refuse who is no administrator, and show nothing to who is not signed in', async () => {
    const world = sandbox().platforms.reddit;
    const business = await firstBusiness('reddit');
    world.setRole(business, world.users[0]?.id ?? '', 'analyst');
    expect((await ask('reddit', `businesses/${business}/tokens`, 'POST', { name: 'n' })).status).toBe(403);
    expect((await ask('reddit', 'session', 'DELETE')).status).toBe(204);
    expect((await ask('reddit', 'businesses')).status).toBe(401);
    const back = (await ask('reddit', 'session', 'POST')).json() as Session;
    expect(back).toMatchObject({ platform: 'reddit', user: { name: 'Maya Torres' } });
  });
});
