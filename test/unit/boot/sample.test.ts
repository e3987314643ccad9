import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { enterSample, leaveOldSample, leaveSample, notInSample } from '../../../lib/boot/sample';
import { drain, send } from '../../../lib/deliveries/deliveries';
import { checkNow } from '../../../lib/health/check-now';
import { pollDue } from '../../../lib/health/poll';
import { platformOf } from '../../../lib/platforms/index';
import { samples } from '../../../lib/platforms/samples';
import { closeDatabase, isSample, rows } from '../../../lib/storage/database';
import type { Workspace } from '../../../lib/storage/rows';
import { draft, paste } from '../../../lib/vault/captures';
import { connect } from '../../../lib/workspaces/workspaces';
import { redditConversionToken } from '../../sandbox/tokens';
import { createLocks } from '../locks';

let asked: string[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('navigator', { onLine: true, locks: createLocks() });
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    throw new TypeError('There is no network here');
  });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await closeDatabase({ remove: true });
});

const own: Workspace = {
  v: 1,
  id: 'w1',
  name: 'Acme Outdoors',
  pixelId: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  route: 'api',
  remember: false,
  keyMask: '••••••••7dQx',
  createdAt: 1,
  state: 'connected',
  testedAt: 1,
  active: true,
  poll: { nextAt: Date.now() + 60_000, misses: 0 },
};

const everything = async () => ({
  workspaces: await rows.all('workspaces'),
  captures: await rows.all('captures'),
  destinations: await rows.all('destinations'),
  history: await rows.all('history'),
  deliveries: await rows.all('deliveries'),
});
const session = async (): Promise<string[]> => Object.keys(await fakeBrowser.storage.session.get(null));

describe('the values of a sample', () => {
  it.each(samples.map((sample) => [sample.id, sample] as const))('of %s look right', (id, sample) => {
    const platform = platformOf(id);
    const now = Date.UTC(2026, 10, 22, 12);
    const token = sample.token(now);
    for (const kind of platform?.kinds ?? []) {
      const value = kind.secret ? token : (sample.ids(1)[kind.id] ?? '');
      const verdict = kind.rules.map((rule) => rule(value)).find((found) => found !== undefined);
      expect(verdict?.level, kind.id).toBe('good');
      if (!kind.secret) continue;
      expect(kind.id).toBe(sample.tokenKind);
      expect(kind.find(`Token: ${value} `).map((match) => match.value)).toEqual([value]);
      expect(kind.issuedAt(value)).toBe(now);
    }
    expect(sample.token(now)).not.toBe(token);
    expect(sample.ids(2)).not.toEqual(sample.ids(1));
  });
});

describe('sample data', () => {
  it('take the place of the own rows, and give it back untouched', async () => {
    await rows.put('workspaces', own);
    const before = await everything();
    await fakeBrowser.storage.session.set({ 'apiKey:w1': 'kept' });
    expect(await enterSample()).toEqual({ ok: true });
    const within = await everything();
    expect(within.workspaces.every(({ sample }) => sample)).toBe(true);
    expect(within.destinations.map(({ health }) => health.state)).toContain('unhealthy');
    expect(within.captures.map(({ state, tabId }) => [state, tabId])).toEqual([['open', undefined]]);
    expect(within.history.length).toBeGreaterThan(10);
    expect((await session()).filter((key) => key.startsWith('secret:'))).toEqual([]);
    expect((await session()).filter((key) => key.startsWith('sample:'))).toHaveLength(1);

    expect(await leaveSample()).toEqual({ ok: true });
    expect(await everything()).toEqual(before);
    expect(await session()).toEqual(['apiKey:w1']);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('upstack-capture-sample');
  });

  it('are begun once, and left once', async () => {
    await enterSample();
    const { captures } = await everything();
    await enterSample();
    expect((await everything()).captures).toEqual(captures);
    await leaveSample();
    await leaveSample();
    expect(await isSample()).toBe(false);
  });

  it('wait until no token of the person is in memory', async () => {
    const started = await draft('reddit');
    await paste((started.ok && started.id) || '', 'conversionToken', redditConversionToken());
    expect(await session()).toHaveLength(1);
    expect(await enterSample()).toEqual({ ok: false, code: 'busy' });
    expect(await isSample()).toBe(false);
    expect(await session()).toHaveLength(1);
  });

  it('end after an hour', async () => {
    await enterSample();
    await leaveOldSample();
    expect(await isSample()).toBe(true);
    vi.setSystemTime(Date.now() + 61 * 60_000);
    await leaveOldSample();
    expect(await isSample()).toBe(false);
  });

  it('take nothing in that is real', async () => {
    const work = vi.fn(async (value: number) => value);
    const guarded = notInSample(work);
    expect(await guarded(1)).toBe(1);
    await enterSample();
    expect(await guarded(2)).toEqual({ ok: false, code: 'sample' });
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe('the network', () => {
  it('hears nothing of a send, its healing, a check and a poll of sample data', async () => {
    await enterSample();
    const [capture] = await rows.all('captures');
    const ill = (await rows.all('destinations')).find(
      ({ health }) => health.reason?.code === 'token_invalid',
    );
    expect(await send(capture?.id ?? '')).toMatchObject({ ok: true });
    await drain();
    const saved = await rows.get('destinations', ill?.key ?? '');
    expect(saved?.token.fingerprint).toBe(capture?.tokens[0]?.fingerprint);
    expect((await rows.all('deliveries')).map(({ state }) => state)).toEqual(['verifying']);
    expect((await session()).filter((key) => key.startsWith('sample:'))).toEqual([]);

    vi.setSystemTime(Date.now() + 40_000);
    await checkNow(ill?.workspaceId ?? '', ill?.id);
    expect((await rows.all('deliveries')).map(({ outcome }) => outcome)).toEqual(['healthy']);
    const healed = await rows.get('destinations', ill?.key ?? '');
    expect(healed).toMatchObject({ health: { state: 'healthy' }, check: { passed: true } });
    expect(healed?.token.previous?.safeToRevoke).toBe(true);

    const other = (await rows.all('destinations')).find(({ health }) => health.state === 'unhealthy');
    await checkNow(other?.workspaceId ?? '', other?.id);
    expect(await rows.get('destinations', other?.key ?? '')).toMatchObject({
      health: { state: 'unhealthy', reason: { code: 'account_mismatch' } },
      check: { passed: false },
    });
    vi.setSystemTime(Date.now() + 20 * 60_000);
    await pollDue();
    expect((await rows.all('workspaces')).map(({ poll }) => poll.misses)).toEqual([0, 0]);
    expect(asked).toEqual([]);
  });

  it('would hear of a real workspace in just the same way', async () => {
    await enterSample();
    await leaveSample();
    await connect({
      apiKey: ['upstack', 'k3yk3yk3yk3yk3yk3y'].join('_'),
      pixelId: own.pixelId,
      name: '',
      remember: false,
    });
    expect(asked[0]).toMatch(/^https:\/\/api\.upstackdata\.com\//);
  });
});
