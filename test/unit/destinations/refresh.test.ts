import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteEverything } from '../../../lib/boot/delete-everything';
import { refreshDestinations } from '../../../lib/destinations/refresh';
import { closeDatabase, rows } from '../../../lib/storage/database';
import type { Destination } from '../../../lib/storage/rows';
import { connect } from '../../../lib/workspaces/workspaces';
import { createLocks } from '../locks';
import { destination, json, problem } from '../upstack/network';

let reply: () => Response;
let workspaceId: string;

const list =
  (...destinations: unknown[]): (() => Response) =>
  () =>
    json({ destinations, nextCursor: null });

const row = (id: string): Promise<Destination | undefined> =>
  rows.get('destinations', `${workspaceId}/${id}`);

beforeEach(async () => {
  vi.stubGlobal('navigator', { onLine: true, locks: createLocks() });
  vi.stubGlobal('fetch', async () => reply());
  reply = list();
  const apiKey = ['upstack', '0123456789abcdef'].join('_');
  const answer = await connect({
    apiKey,
    pixelId: '0b5f3c52-95c1-4f6e-9d5e-1a2b3c4d5e6f',
    name: 'Acme',
    remember: false,
  });
  workspaceId = answer.ok ? answer.id : '';
});

afterEach(async () => {
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

it('writes down what is there, and keeps what only the poll knows', async () => {
  reply = list(destination(), destination({ id: 'dst_2', type: 'elsewhere' }));
  expect(await refreshDestinations(workspaceId)).toBeUndefined();
  expect(await rows.all('destinations')).toMatchObject([{ id: 'dst_1', health: { state: 'healthy' } }]);

  const health = { state: 'unhealthy', confirmedAt: 5, illSince: 1, incidentAt: 4 } as const;
  await rows.change('destinations', `${workspaceId}/dst_1`, (before) => ({ ...before, health }));
  reply = list(destination({ name: 'Renamed' }));
  await refreshDestinations(workspaceId);
  expect(await row('dst_1')).toMatchObject({ name: 'Renamed', health });
});

it('does not write what has not changed', async () => {
  reply = list(destination());
  await refreshDestinations(workspaceId);
  const change = vi.spyOn(rows, 'change');
  await refreshDestinations(workspaceId);
  const [first] = change.mock.calls.map(([, , next]) => next);
  const stored = await row('dst_1');
  expect(stored && first?.(stored as never)).toBeUndefined();
});

it('marks what is gone, says so once, and takes it back when it comes again', async () => {
  reply = list(destination());
  await refreshDestinations(workspaceId);
  reply = list();
  await refreshDestinations(workspaceId);
  await refreshDestinations(workspaceId);
  expect((await row('dst_1'))?.goneAt).toBeTypeOf('number');
  expect((await rows.all('history')).filter(({ what }) => what === 'gone')).toHaveLength(1);
  reply = list(destination());
  await refreshDestinations(workspaceId);
  expect(await row('dst_1')).not.toHaveProperty('goneAt');
});

describe('does not take for gone', () => {
  beforeEach(async () => {
    reply = list(destination());
    await refreshDestinations(workspaceId);
  });

  it('what may be the item that could not be read, and says that there was one', async () => {
    reply = list(destination({ config: { pixelId: 7 } }));
    expect(await refreshDestinations(workspaceId)).toEqual({ kind: 'garbled' });
    expect(await row('dst_1')).not.toHaveProperty('goneAt');
  });

  it('anything, when there was no answer', async () => {
    reply = () => problem(500);
    expect(await refreshDestinations(workspaceId)).toMatchObject({ kind: 'unavailable' });
    expect(await row('dst_1')).not.toHaveProperty('goneAt');
  });

  it('what was made while the list was on its way', async () => {
    const stale = list(destination())();
    const fresh = (await row('dst_1')) as Destination;
    vi.stubGlobal('fetch', async () => {
      await rows.put('destinations', { ...fresh, id: 'dst_9', key: `${workspaceId}/dst_9` });
      return stale;
    });
    await refreshDestinations(workspaceId);
    expect(await row('dst_9')).not.toHaveProperty('goneAt');
  });

  it('what another workspace has', async () => {
    const mine = (await row('dst_1')) as Destination;
    await rows.put('destinations', { ...mine, workspaceId: 'other', key: 'other/dst_1' });
    reply = list();
    await refreshDestinations(workspaceId);
    expect(await rows.get('destinations', 'other/dst_1')).not.toHaveProperty('goneAt');
  });
});

it.each([
  ['something new', list(destination(), destination({ id: 'dst_2' }))],
  ['something gone', list()],
])('writes nothing of what was on its way while everything was deleted: %s', async (_what, told) => {
  reply = list(destination());
  await refreshDestinations(workspaceId);
  vi.stubGlobal('fetch', async () => {
    await deleteEverything(true);
    return told();
  });
  expect(await refreshDestinations(workspaceId)).toBeUndefined();
  expect(await rows.all('destinations')).toEqual([]);
  expect(await rows.all('history')).toEqual([]);
});

it('tells a refused key to its workspace', async () => {
  reply = () => problem(401, 'key_invalid');
  expect(await refreshDestinations(workspaceId)).toMatchObject({ kind: 'keyRefused' });
  expect((await rows.get('workspaces', workspaceId))?.state).toBe('keyRefused');
});
