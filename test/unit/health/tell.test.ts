import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { emptyBook } from '../../../lib/health/alerts';
import { openNotice, tellAlerts } from '../../../lib/health/tell';
import { checkRowsWith, closeDatabase, rows } from '../../../lib/storage/database';
import type { Notice } from '../../../lib/storage/rows';
import { isSoundRow } from '../../../lib/storage/schemas';
import { changeSettings } from '../../../lib/storage/settings';
import { disconnect, undoDisconnect } from '../../../lib/workspaces/leaving';
import { redditConversionToken } from '../../sandbox/tokens';
import { destination, NOW, workspace } from './rows';

let shown: Record<string, { title: string; message: string }>;
let created: number;
let granted: boolean;
let dies: boolean;

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  vi.stubGlobal('navigator', { locks: { request: (_name: string, task: () => unknown) => task() } });
  checkRowsWith(isSoundRow);
  shown = {};
  created = 0;
  granted = true;
  dies = false;
  Object.assign(fakeBrowser.permissions, { contains: async () => granted });
  Object.assign(fakeBrowser.notifications, {
    create: async (id: string, words: { title: string; message: string }) => {
      if (dies) throw new Error('The worker died');
      created += 1;
      shown[id] = { title: words.title, message: words.message };
    },
    clear: async (id: string) => {
      delete shown[id];
    },
  });
  await changeSettings({ alerts: true });
  await rows.put('workspaces', workspace());
});
afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
});

const illness = { state: 'unhealthy', illSince: NOW - 120_000, incidentAt: NOW - 60_000 } as const;
const fallIll = (name = 'Acme US') => rows.put('destinations', destination(illness, { name }));

it('shows an illness once', async () => {
  await fallIll();
  await tellAlerts();
  await tellAlerts();
  expect(shown).toEqual({
    'ill:w1/dst_1': {
      title: 'Reddit · Acme US is unhealthy',
      message: 'Conversions are not being forwarded. Click to see why.',
    },
  });
  expect(created).toBe(1);
});

it('tells nothing of a workspace that is being disconnected, and nothing twice if it comes back', async () => {
  await fallIll();
  await tellAlerts();
  await rows.put('destinations', destination(illness, { key: 'w1/new', id: 'new', name: 'Acme UK' }));
  await disconnect('w1', false);
  await tellAlerts();
  expect(created).toBe(1);
  await undoDisconnect('w1');
  await tellAlerts();
  expect(Object.keys(shown)).toEqual(['ill:w1/dst_1', 'ill:w1/new']);
  expect(created).toBe(2);
});

it('shows nothing without the permission, and begins with what is so when it is given', async () => {
  await fallIll();
  granted = false;
  await tellAlerts();
  expect(created).toBe(0);
  granted = true;
  await tellAlerts();
  expect(created).toBe(1);
});

it('shows after its death what it had decided before', async () => {
  await fallIll();
  dies = true;
  await expect(tellAlerts()).rejects.toThrow('died');
  dies = false;
  await tellAlerts();
  await tellAlerts();
  expect(created).toBe(1);
});

it('puts nothing into a notice that could be a token', async () => {
  const token = redditConversionToken();
  await fallIll(`Acme ${token}`);
  await tellAlerts();
  expect(created).toBe(1);
  expect(JSON.stringify(shown)).not.toContain(token.slice(0, 12));
});

describe('every kind of notice', () => {
  const kinds: Notice[] = [
    { kind: 'ill', about: 'w1/d', name: 'Acme' },
    { kind: 'late', about: 'w1/d', name: 'Acme' },
    { kind: 'verified', about: 'w1/d', name: 'Acme' },
    { kind: 'recovered', about: 'w1/d', name: 'Acme', span: 7_800_000 },
    { kind: 'switching', about: 'w1/d', name: 'Acme' },
    { kind: 'keyRefused', about: 'w1', name: 'Acme' },
    { kind: 'keyMissing', about: 'w1', name: 'Acme' },
    { kind: 'illMany', count: 4, more: 3 },
    { kind: 'recoveredMany', count: 4, more: 3 },
    { kind: 'digest', count: 2, more: 1 },
  ];

  it.each(kinds)('has words of its own: $kind', async (notice) => {
    await rows.put('alerts', { ...emptyBook, pending: [notice] });
    await tellAlerts();
    const [words] = Object.values(shown);
    expect(words?.title).toMatch(/\S/);
    expect(words?.message).toMatch(/\S/);
    expect(JSON.stringify(words)).not.toMatch(/[{}]\w|alert\./);
    if (notice.kind === 'recovered') expect(words?.message).toContain('2 h 10 min');
  });

  it.each([
    ['ill:w1/d 1', '/sidepanel.html#destination=w1%2Fd%201'],
    ['keyRefused:w1', '/options.html#workspaces'],
    ['keyMissing:w1', '/options.html#workspaces'],
    ['digest:', '/sidepanel.html#destinations'],
  ])('leads on a click to its place: %s', async (id, place) => {
    const opened: unknown[] = [];
    Object.assign(fakeBrowser.tabs, { create: async ({ url }: { url: string }) => opened.push(url) });
    await openNotice(id);
    expect(opened).toEqual([fakeBrowser.runtime.getURL(place as '/options.html')]);
  });
});
