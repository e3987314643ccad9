import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cardId } from '../../../lib/destinations/destination';
import { badgeFor } from '../../../lib/health/badge';
import { takeDashboardStatus } from '../../../lib/health/seen';
import type { DashboardStatus } from '../../../lib/messages/reports';
import { closeDatabase, rows } from '../../../lib/storage/database';
import type { Destination, SeenCard } from '../../../lib/storage/rows';
import { usualSettings } from '../../../lib/storage/settings';
import { MINUTE } from '../../../lib/terms/time';
import { useDashboard } from '../../../lib/workspaces/workspaces';

let now: number;
let workspaceId: string;

beforeEach(async () => {
  now = 1_800_000_000_000;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: (_name: string, task: () => Promise<unknown>) => task() },
  });
  const answer = await useDashboard('');
  workspaceId = answer.ok ? answer.id : '';
});

afterEach(() => closeDatabase({ remove: true }));

const card = (name: string, state: SeenCard['state'], platform = 'reddit'): SeenCard => ({
  platform,
  name,
  state,
});
const see = (...cards: SeenCard[]) =>
  takeDashboardStatus({ type: 'dashboard.status', page: 'p', cards } satisfies DashboardStatus, 7);
const seenAs = (name: string): Promise<Destination | undefined> =>
  rows.get('destinations', `${workspaceId}/${cardId('reddit', name)}`);

describe('what a card says', () => {
  it('is written down with the time at which it was seen', async () => {
    await see(card('Mine', 'healthy'));
    expect(await seenAs('Mine')).toMatchObject({
      name: 'Mine',
      seenAt: now,
      config: {},
      health: { state: 'healthy', confirmedAt: now },
    });
  });

  it('is not made fresher by other cards', async () => {
    await see(card('Mine', 'healthy'), card('Other', 'healthy'));
    const first = now;
    now += 10 * MINUTE;
    await see(card('Other', 'healthy'));
    expect((await seenAs('Mine'))?.seenAt).toBe(first);
    expect((await seenAs('Other'))?.seenAt).toBe(now);
  });

  it('keeps what we put there ourselves', async () => {
    await see(card('Mine', 'pending'));
    const config = { pixelId: 'a2_abcdefghijkl' };
    await rows.change('destinations', `${workspaceId}/${cardId('reddit', 'Mine')}`, (row) => ({
      ...row,
      config,
    }));
    now += MINUTE;
    await see(card('Mine', 'healthy'));
    expect(await seenAs('Mine')).toMatchObject({ config, health: { state: 'healthy', since: now } });
  });

  it('is unknown where two cards of one name differ', async () => {
    await see(card('Mine', 'healthy'), card('Mine', 'unhealthy'));
    expect((await seenAs('Mine'))?.health.state).toBe('unknown');
  });

  it('is passed over where its name could hold a token, or its platform is none of ours', async () => {
    await see(card(`eyJ${'x'.repeat(40)}`, 'healthy'), card('Elsewhere', 'healthy', 'nowhere'));
    expect(await rows.all('destinations')).toEqual([]);
    expect((await rows.all('dashboards'))[0]?.cards).toEqual([]);
    await see(card('Sound', 'healthy'));
    expect(await rows.all('destinations')).toHaveLength(1);
  });
});

it('tells the badge only what was seen', async () => {
  const badge = async () =>
    badgeFor(
      {
        captures: [],
        deliveries: await rows.all('deliveries'),
        destinations: await rows.all('destinations'),
        workspaces: await rows.all('workspaces'),
        settings: usualSettings,
      },
      true,
      now,
    ).everywhere;
  expect(await badge()).toMatchObject({ text: '', tooltip: { key: 'badge.quiet' } });
  await see(card('Mine', 'unhealthy'));
  expect(await badge()).toMatchObject({ text: '!1', tooltip: { key: 'badge.ill' } });
  await see(card('Mine', 'healthy'));
  expect(await badge()).toMatchObject({ text: '', tooltip: { key: 'badge.healthy', checkedAt: now } });
});

it('writes a change to the history, and no sample', async () => {
  await see(card('Mine', 'healthy'));
  now += MINUTE;
  await see(card('Mine', 'healthy'));
  now += MINUTE;
  await see(card('Mine', 'unhealthy'));
  const told = (await rows.all('history')).filter(({ what }) => what === 'health');
  expect(told.map(({ facts }) => facts)).toEqual([{ to: 'healthy' }, { from: 'healthy', to: 'unhealthy' }]);
});
