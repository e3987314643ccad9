import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayEdges,
  halfHourEdges,
  healthyShare,
  KEPT_FOR,
  knownUntil,
  lookOf,
  outdated,
  slotsOf,
  stretchesOf,
  together,
} from '../../../lib/destinations/history';
import type { HistoryEntry } from '../../../lib/storage/rows';
import { DAY, HOUR, MINUTE } from '../../../lib/terms/time';
import { destination, workspace } from '../health/rows';

const NOW = new Date(2026, 10, 24, 12).getTime();

const entry = (
  at: number,
  what: HistoryEntry['what'],
  facts?: HistoryEntry['facts'],
  changes: Partial<HistoryEntry> = {},
): HistoryEntry => ({
  v: 1,
  id: `${what}.${at}`,
  at,
  workspaceId: 'w1',
  ...(what === 'health' || what === 'gone' ? { destinationId: 'dst_1' } : {}),
  what,
  ...(facts ? { facts } : {}),
  ...changes,
});
const turned = (at: number, from: string, to: string, reason?: string) =>
  entry(at, 'health', { from, to, ...(reason ? { reason } : {}) });
const found = (at: number, to = 'healthy') => entry(at, 'health', { to });

const told = { id: 'dst_1', workspaceId: 'w1' };
const over = (entries: HistoryEntry[], from: number, until = NOW) =>
  stretchesOf(entries, told, { from, to: NOW, until });
const words = (entries: HistoryEntry[], from: number, until = NOW) =>
  over(entries, from, until).map((one) => [one.word, (one.to - one.from) / HOUR]);

describe('what the log says of a time', () => {
  it('begins with how it was found, and before that nothing is known', () => {
    expect(words([found(NOW - 2 * HOUR)], NOW - 10 * HOUR)).toEqual([
      ['unchecked', 8],
      ['healthy', 2],
    ]);
  });

  it('goes on from change to change, with the cause', () => {
    const entries = [
      found(NOW - 9 * HOUR),
      turned(NOW - 5 * HOUR, 'healthy', 'unhealthy', 'token_invalid'),
      turned(NOW - HOUR, 'unhealthy', 'healthy'),
    ];
    expect(over(entries, NOW - 8 * HOUR)).toEqual([
      { from: NOW - 8 * HOUR, to: NOW - 5 * HOUR, word: 'healthy' },
      { from: NOW - 5 * HOUR, to: NOW - HOUR, word: 'ill', reason: 'token_invalid' },
      { from: NOW - HOUR, to: NOW, word: 'healthy' },
    ]);
  });

  it('knows from a change what was before, though the log does not go back that far', () => {
    expect(words([turned(NOW - HOUR, 'healthy', 'degraded')], NOW - 4 * HOUR)).toEqual([
      ['healthy', 3],
      ['ill', 1],
    ]);
  });

  it('takes back what was believed before the silence was noticed', () => {
    const entries = [
      found(NOW - 9 * HOUR),
      entry(NOW - 5 * HOUR, 'couldNotCheck', { since: NOW - 6 * HOUR }),
      entry(NOW - 2 * HOUR, 'checkedAgain'),
    ];
    expect(words(entries, NOW - 9 * HOUR)).toEqual([
      ['healthy', 3],
      ['unchecked', 4],
      ['healthy', 2],
    ]);
  });

  it('never calls green what nobody has asked for lately', () => {
    expect(words([found(NOW - 9 * HOUR)], NOW - 9 * HOUR, NOW - 3 * HOUR)).toEqual([
      ['healthy', 6],
      ['unchecked', 3],
    ]);
    const asked = destination({ confirmedAt: NOW - 3 * HOUR });
    const silent = workspace({ poll: { nextAt: 0, misses: 0, lastAnsweredAt: NOW - 3 * HOUR } });
    expect(knownUntil(asked, silent, NOW)).toBe(NOW - 3 * HOUR);
    expect(
      knownUntil(asked, workspace({ poll: { nextAt: 0, misses: 0, lastAnsweredAt: NOW - MINUTE } }), NOW),
    ).toBe(NOW);
  });

  it('passes over other destinations and other workspaces', () => {
    const others = [
      entry(NOW - 2 * HOUR, 'health', { to: 'unhealthy' }, { destinationId: 'dst_2' }),
      entry(NOW - 2 * HOUR, 'couldNotCheck', {}, { workspaceId: 'w2' }),
    ];
    expect(words([found(NOW - 4 * HOUR), ...others], NOW - 4 * HOUR)).toEqual([['healthy', 4]]);
  });

  it('is whole, whatever the log holds: no gap, no overlap, slots that add up', () => {
    const times = fc.integer({ min: NOW - 40 * DAY, max: NOW });
    const state = fc.constantFrom('healthy', 'unhealthy', 'degraded', 'pending', 'unknown');
    const entries = fc.array(
      fc.oneof(
        fc.tuple(times, state, state).map(([at, from, to]) => turned(at, from, to)),
        times.map((at) => entry(at, 'checkedAgain')),
        fc.tuple(times, times).map(([at, since]) => entry(at, 'couldNotCheck', { since })),
        times.map((at) => entry(at, 'gone')),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(entries, times, (log, until) => {
        const edges = dayEdges(NOW, 30);
        const from = edges[0] as number;
        const stretches = stretchesOf(log, told, { from, to: NOW, until });
        expect(stretches[0]?.from).toBe(from);
        expect(stretches.at(-1)?.to).toBe(NOW);
        for (const [index, one] of stretches.entries()) {
          expect(one.to).toBeGreaterThan(one.from);
          if (index > 0) expect(one.from).toBe(stretches[index - 1]?.to);
          if (one.from >= until) expect(one.word).toBe('unchecked');
        }
        for (const slot of slotsOf(stretches, edges)) {
          expect(slot.healthy + slot.ill + slot.unchecked).toBe(slot.to - slot.from);
        }
      }),
    );
  });
});

describe('pictures and numbers', () => {
  const entries = [
    found(NOW - 40 * DAY),
    turned(NOW - 5 * DAY, 'healthy', 'unhealthy'),
    turned(NOW - 5 * DAY + 2 * HOUR, 'unhealthy', 'healthy'),
  ];
  const days = slotsOf(over(entries, dayEdges(NOW, 30)[0] as number), dayEdges(NOW, 30));

  it('come from one log', () => {
    expect(days).toHaveLength(30);
    expect(days.map(lookOf).filter((look) => look === 'healthy')).toHaveLength(29);
    expect(days.map(lookOf)[24]).toBe('partly');
    expect(days[24]?.worst).toMatchObject({ word: 'ill' });
    const hours = days.reduce((sum, { to, from }) => sum + to - from, 0) / HOUR;
    expect(healthyShare(days)).toBe(Math.floor(1000 * (1 - 2 / hours)) / 10);
  });

  it('do not say 100 per cent of what was ill for a minute, nor anything of what nobody checked', () => {
    const slot = { from: 0, to: 30 * DAY, healthy: 30 * DAY - MINUTE, ill: MINUTE, unchecked: 0 };
    expect(healthyShare([slot])).toBe(99.9);
    expect(lookOf(slot)).toBe('partly');
    expect(healthyShare([{ from: 0, to: DAY, healthy: 0, ill: 0, unchecked: DAY }])).toBeUndefined();
  });

  it('are drawn in full only above half', () => {
    const slot = { from: 0, to: 2, unchecked: 0 };
    expect([lookOf({ ...slot, healthy: 1, ill: 1 }), lookOf({ ...slot, healthy: 0.9, ill: 1.1 })]).toEqual([
      'partly',
      'ill',
    ]);
  });

  it('sum up several', () => {
    expect(healthyShare(together([days, days]))).toBe(healthyShare(days));
    expect(together([days, days])[24]?.ill).toBe(2 * (days[24]?.ill ?? 0));
  });

  it('cut days at midnight, also where the clocks change', () => {
    expect(
      dayEdges(NOW, 3)
        .slice(0, -1)
        .map((at) => new Date(at).getHours()),
    ).toEqual([0, 0, 0]);
    expect(halfHourEdges(NOW, 48)).toHaveLength(49);
  });
});

describe('what is older than 90 days', () => {
  it('goes, but for how the 90 days began', () => {
    const old = NOW - KEPT_FOR;
    const log = [
      found(old - 9 * DAY),
      turned(old - 5 * DAY, 'healthy', 'unhealthy'),
      turned(old - 4 * DAY, 'unhealthy', 'healthy'),
      entry(old - 3 * DAY, 'sent'),
      entry(old - 2 * DAY, 'couldNotCheck'),
      entry(old - DAY, 'checkedAgain'),
      turned(NOW - DAY, 'healthy', 'unhealthy'),
    ];
    expect(outdated(log, NOW).map(({ at }) => (old - at) / DAY)).toEqual([9, 5, 3, 2]);
    const before = over(log, old);
    expect(
      over(
        log.filter((one) => !outdated(log, NOW).includes(one)),
        old,
      ),
    ).toEqual(before);
  });

  it('goes altogether for what is gone since', () => {
    const old = NOW - KEPT_FOR;
    expect(outdated([found(old - 3 * DAY), entry(old - 2 * DAY, 'gone')], NOW)).toHaveLength(2);
    expect(outdated([found(old - 3 * DAY), entry(old - 2 * DAY, 'disconnected')], NOW)).toHaveLength(2);
  });
});
