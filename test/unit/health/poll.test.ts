import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkNow, endDeadChecks } from '../../../lib/health/check-now';
import { pollDue } from '../../../lib/health/poll';
import { closeDatabase, rows } from '../../../lib/storage/database';
import type { Destination, Workspace } from '../../../lib/storage/rows';
import { keepKey } from '../../../lib/workspaces/keys';
import { replaceKey } from '../../../lib/workspaces/workspaces';
import { createLocks } from '../locks';
import { health, json, problem, destination as told } from '../upstack/network';
import { delivery, destination, NOW, workspace } from './rows';

/** What Upstack says now, by the last word of the path; each call is noted. */
let upstack: Record<string, (init: { headers: Record<string, string> }) => Response | Promise<Response>>;
let calls: string[];
let online: boolean;

const healthList = (items: unknown[], etag?: string): Response =>
  json(
    { items, checkedAt: '2026-11-22T12:00:00Z', pollAfterSeconds: 300 },
    etag === undefined ? {} : { headers: { ETag: etag } },
  );
const list = (...destinations: unknown[]): Response => json({ destinations, nextCursor: null });

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(0);
  online = true;
  calls = [];
  upstack = {
    'event-destinations': () => list(told()),
    'event-destination-health': () => healthList([health()]),
    validations: () => json({ validation: { id: 'v', status: 'passed', steps: [] } }),
  };
  vi.stubGlobal('navigator', {
    get onLine() {
      return online;
    },
    locks: { request: (_name: string, task: () => unknown) => task() },
  });
  vi.stubGlobal('fetch', async (url: string, init: { headers: Record<string, string> }) => {
    const path = new URL(url).pathname.split('/').at(-1) ?? '';
    calls.push(path);
    return upstack[path]?.(init) ?? problem(404);
  });
  await rows.put('workspaces', workspace({ poll: { nextAt: NOW, misses: 0 }, keyMask: '••••••••cdef' }));
  await keepKey('w1', ['upstack', '0123456789abcdef'].join('_'), false);
});

afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

const later = (seconds: number): void => {
  vi.setSystemTime(Date.now() + seconds * 1000);
};

const theWorkspace = async (): Promise<Workspace> => (await rows.get('workspaces', 'w1')) as Workspace;
const theDestination = async (): Promise<Destination> =>
  (await rows.get('destinations', 'w1/dst_1')) as Destination;
const changes = async (): Promise<unknown[]> =>
  (await rows.all('history')).filter(({ what }) => what === 'health').map(({ facts }) => facts);

describe('a round', () => {
  it('is one call, once it is known what there is', async () => {
    await pollDue();
    expect(calls).toEqual(['event-destination-health', 'event-destinations']);
    calls = [];
    later(300);
    await pollDue();
    await pollDue();
    expect(calls).toEqual(['event-destination-health']);
    expect((await theWorkspace()).poll).toMatchObject({
      nextAt: Date.now() + 300_000,
      misses: 0,
      lastAnsweredAt: Date.now(),
      paceSeconds: 300,
    });
  });

  it('asks what has changed, and is confirmed by "not modified"', async () => {
    upstack['event-destination-health'] = ({ headers }) =>
      headers['If-None-Match'] === '"h1"'
        ? new Response(null, { status: 304 })
        : healthList([health()], '"h1"');
    await pollDue();
    later(300);
    await pollDue();
    expect(await theDestination()).toMatchObject({ health: { state: 'healthy', confirmedAt: Date.now() } });
    expect((await theWorkspace()).poll).toMatchObject({
      etag: '"h1"',
      paceSeconds: 300,
      lastAnsweredAt: Date.now(),
    });
  });

  it('looks again at what there is when health shows a change', async () => {
    await pollDue();
    calls = [];
    later(300);
    upstack['event-destinations'] = () => list(told(), told({ id: 'dst_2', name: 'New one' }));
    upstack['event-destination-health'] = () => healthList([health(), health({ destinationId: 'dst_2' })]);
    await pollDue();
    expect(calls).toEqual(['event-destination-health', 'event-destinations']);
    expect(await rows.get('destinations', 'w1/dst_2')).toMatchObject({ name: 'New one' });
  });

  it('goes to those that are due and to no others, nor to what was never connected', async () => {
    await rows.put('workspaces', workspace({ poll: { nextAt: NOW + 1, misses: 0 } }));
    const { testedAt: _never, ...attempt } = workspace({ id: 'w2', state: 'failed' });
    await rows.put('workspaces', attempt);
    await pollDue();
    expect(calls).toEqual([]);
  });

  it('does not wait for a time that only a wrong clock could have set', async () => {
    await rows.put('workspaces', workspace({ poll: { nextAt: NOW + 400 * 86_400_000, misses: 0 } }));
    await pollDue();
    expect(calls).toContain('event-destination-health');
  });

  it('is every 30 seconds for five minutes after a save', async () => {
    await rows.put('deliveries', delivery());
    upstack['event-destination-health'] = () => healthList([health({ state: 'pending' })]);
    upstack['event-destinations'] = () => list(told({ health: { state: 'pending' } }));
    for (let round = 0; round < 10; round += 1) {
      await pollDue();
      expect((await theWorkspace()).poll.nextAt - Date.now()).toBe(30_000);
      later(30);
    }
    await pollDue();
    expect((await theWorkspace()).poll.nextAt - Date.now()).toBe(300_000);
  });

  it('asks in full while a rotation waits for a newer check than it knows', async () => {
    let version = 0;
    const asked: (string | undefined)[] = [];
    upstack['event-destination-health'] = ({ headers }) => {
      asked.push(headers['If-None-Match']);
      version += 1;
      return healthList([health()], `"h${version}"`);
    };
    await pollDue();
    later(300);
    await pollDue();
    await rows.put('deliveries', delivery({ checkedBefore: 1, savedAt: Date.now() }));
    later(300);
    await pollDue();
    expect(asked).toEqual([undefined, '"h1"', undefined]);
  });
});

describe('what a round learns', () => {
  it('settles the delivery that waited for it', async () => {
    await rows.put('deliveries', delivery());
    later(30);
    await pollDue();
    expect(await rows.get('deliveries', 'd1')).toMatchObject({ state: 'settled', outcome: 'healthy' });
  });

  it('is written down as changes, not as samples; an incident is confirmed a minute later', async () => {
    await pollDue();
    const reason = { code: 'token_invalid', message: 'x' };
    upstack['event-destination-health'] = () => healthList([health({ state: 'unhealthy', reason })], '"ill"');
    later(300);
    await pollDue();
    expect((await theDestination()).health).not.toHaveProperty('incidentAt');
    expect((await theWorkspace()).poll.nextAt - Date.now()).toBe(61_000);
    upstack['event-destination-health'] = () => new Response(null, { status: 304 });
    later(61);
    await pollDue();
    expect((await theDestination()).health).toMatchObject({ state: 'unhealthy', incidentAt: Date.now() });
    upstack['event-destination-health'] = () => healthList([health()], '"well"');
    later(300);
    await pollDue();
    expect((await theDestination()).health).not.toHaveProperty('incidentAt');
    expect(await changes()).toEqual([
      { to: 'healthy' },
      { from: 'healthy', to: 'unhealthy', reason: 'token_invalid' },
      { from: 'unhealthy', to: 'healthy' },
    ]);
  });

  it('of a word that it does not know is unknown, and so is what the answer leaves out', async () => {
    await pollDue();
    later(300);
    upstack['event-destination-health'] = () => healthList([health({ state: 'splendid' })], '"x"');
    await pollDue();
    expect((await theDestination()).health.state).toBe('unknown');
    upstack['event-destination-health'] = () => healthList([health()], '"y"');
    later(300);
    await pollDue();
    expect((await theDestination()).health.state).toBe('healthy');
    upstack['event-destination-health'] = () => healthList([{ type: 'reddit' }], '"z"');
    later(300);
    await pollDue();
    expect((await theDestination()).health.state).toBe('unknown');
    // What could not be read is not "all that there is": said, and asked in full the next time.
    expect((await theWorkspace()).poll).toMatchObject({ misses: 0, problem: { kind: 'garbled' } });
    expect((await theWorkspace()).poll).not.toHaveProperty('etag');
  });
});

describe('a round without an answer', () => {
  const troubles: [string, () => Response | Promise<Response>, string][] = [
    ['Upstack is down', () => problem(503), 'unavailable'],
    ['it is HTML', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }), 'garbled'],
    ['the connection breaks', () => Promise.reject(new TypeError('x')), 'unreachable'],
    ['it is throttled', () => problem(429), 'rateLimited'],
  ];

  it.each(troubles)(
    '(%s) changes nobody’s health, is counted, and told once after three',
    async (_why, answer, kind) => {
      await pollDue();
      const before = await theDestination();
      upstack['event-destination-health'] = answer;
      for (let round = 1; round <= 5; round += 1) {
        later(3_600);
        await pollDue();
        expect((await theWorkspace()).poll).toMatchObject({ misses: round, problem: { kind } });
      }
      expect(await theDestination()).toEqual(before);
      expect((await theWorkspace()).state).toBe('connected');
      expect((await rows.all('history')).filter(({ what }) => what === 'couldNotCheck')).toHaveLength(1);

      upstack['event-destination-health'] = () => healthList([health()]);
      later(3_600);
      await pollDue();
      expect((await theWorkspace()).poll).toMatchObject({ misses: 0 });
      expect((await theWorkspace()).poll).not.toHaveProperty('problem');
    },
  );

  it('because the browser is offline costs no call', async () => {
    await pollDue();
    calls = [];
    online = false;
    later(300);
    await pollDue();
    expect(calls).toEqual([]);
    expect((await theWorkspace()).poll).toMatchObject({ misses: 1, problem: { kind: 'offline' } });
    expect((await theDestination()).health.state).toBe('healthy');
  });

  it('does not come back before Retry-After', async () => {
    upstack['event-destination-health'] = () => problem(503, undefined, {}, { 'Retry-After': '1200' });
    await pollDue();
    expect((await theWorkspace()).poll.nextAt).toBeGreaterThanOrEqual(NOW + 1_200_000);
  });

  it('because the key is refused is that workspace’s trouble, and over when it is taken again', async () => {
    upstack['event-destination-health'] = () => problem(401, 'key_invalid');
    await pollDue();
    expect(await theWorkspace()).toMatchObject({ state: 'keyRefused', problem: { status: 401 } });
    upstack['event-destination-health'] = () => healthList([health()]);
    later(900);
    await pollDue();
    const row = await theWorkspace();
    expect(row.state).toBe('connected');
    expect(row).not.toHaveProperty('problem');
  });

  it('because a key was refused that has been replaced meanwhile is no miss: the new one is asked for', async () => {
    let first = true;
    upstack['event-destination-health'] = async () => {
      if (!first) return healthList([health()]);
      first = false;
      const fresh = ['upstack', 'fedcba9876543210'].join('_');
      expect(await replaceKey('w1', fresh)).toMatchObject({ ok: true });
      return problem(401, 'key_invalid');
    };
    await pollDue();
    expect(await theWorkspace()).toMatchObject({ state: 'connected', poll: { misses: 0, nextAt: NOW } });
    await pollDue();
    expect((await theDestination()).health.state).toBe('healthy');
  });

  it('does not take a key for good that may read and not write', async () => {
    await rows.put('workspaces', workspace({ state: 'scopeMissing', problem: { kind: 'scopeMissing' } }));
    await pollDue();
    expect(await theWorkspace()).toMatchObject({ state: 'scopeMissing' });
  });
});

it('two wakes at once make one round', async () => {
  vi.stubGlobal('navigator', { onLine: true, locks: createLocks() });
  await Promise.all([pollDue(), pollDue()]);
  expect(calls).toEqual(['event-destination-health', 'event-destinations']);
});

describe('while Upstack has asked to wait with the list', () => {
  const throttled = async (): Promise<void> => {
    upstack['event-destinations'] = () => problem(429, 'rate_limited', {}, { 'Retry-After': '600' });
    await pollDue();
    await rows.put('destinations', destination());
    calls = [];
  };

  it('no round comes before, even of a workspace whose first look was put forward', async () => {
    await throttled();
    expect((await theWorkspace()).poll.nextAt).toBeGreaterThanOrEqual(NOW + 600_000);
    await rows.change('workspaces', 'w1', (row) => ({ ...row, poll: { ...row.poll, nextAt: NOW + 30_000 } }));
    later(30);
    await pollDue();
    expect(calls).toEqual([]);
    later(570);
    await pollDue();
    expect(calls).toContain('event-destination-health');
  });

  it('"check now" asks nothing, and says why', async () => {
    await throttled();
    later(30);
    await checkNow('w1', 'dst_1');
    await checkNow('w1');
    expect(calls).toEqual([]);
    const wait = { kind: 'rateLimited', retryAt: NOW + 600_000 };
    expect((await theDestination()).check).toMatchObject({ endedAt: Date.now(), problem: wait });
    expect((await theWorkspace()).poll.problem).toMatchObject(wait);
    later(570);
    await checkNow('w1', 'dst_1');
    expect(calls).toContain('validations');
    expect((await theDestination()).check).toMatchObject({ passed: true });
  });

  it('a wait that only a wrong clock could have made so long holds nothing back', async () => {
    await throttled();
    vi.setSystemTime(NOW - 7 * 86_400_000);
    await checkNow('w1');
    expect(calls).toContain('event-destination-health');
  });
});

describe('"check now"', () => {
  it('has the destination tried, and looks', async () => {
    expect(await checkNow('w1', 'dst_1')).toEqual({ ok: true });
    expect(calls).toEqual(['validations', 'event-destination-health', 'event-destinations']);
    expect(await checkNow('nobody')).toEqual({ ok: false, code: 'gone' });
  });

  it('that its worker did not live to end is ended at the next wake; one that is under way is not', async () => {
    vi.stubGlobal('navigator', { onLine: true, locks: createLocks() });
    await rows.put('destinations', destination({}, { check: { startedAt: NOW - 1000 } }));
    await endDeadChecks();
    expect((await theDestination()).check).toEqual({
      startedAt: NOW - 1000,
      endedAt: NOW,
      problem: { kind: 'timeout' },
    });
    let during: unknown;
    upstack.validations = async () => {
      await endDeadChecks();
      during = (await theDestination()).check;
      return json({ validation: { id: 'v', status: 'passed', steps: [] } });
    };
    await checkNow('w1', 'dst_1');
    expect(during).toEqual({ startedAt: NOW });
    expect((await theDestination()).check).toMatchObject({ startedAt: NOW, passed: true });
  });

  it('of what is not there any more finds out that it is gone, though its health is told as before', async () => {
    upstack['event-destination-health'] = ({ headers }) =>
      headers['If-None-Match'] ? new Response(null, { status: 304 }) : healthList([health()], '"h1"');
    await pollDue();
    expect((await theDestination()).goneAt).toBeUndefined();
    upstack.validations = () => problem(404, 'not_found');
    upstack['event-destinations'] = () => list();
    await checkNow('w1', 'dst_1');
    expect((await theDestination()).goneAt).toBe(NOW);
  });

  it('is not taken for gone where nothing is found at all', async () => {
    await pollDue();
    upstack = {};
    await checkNow('w1', 'dst_1');
    expect((await theDestination()).goneAt).toBeUndefined();
  });

  it('looks even when the test cannot be made', async () => {
    upstack.validations = () => problem(429);
    await checkNow('w1', 'dst_1');
    expect((await theDestination()).health.state).toBe('healthy');
  });
});
