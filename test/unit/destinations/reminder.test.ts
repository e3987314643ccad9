import { describe, expect, it } from 'vitest';
import {
  isSeenGone,
  namesOf,
  putOff,
  reminderOf,
  settled,
  wantsNews,
} from '../../../lib/destinations/reminder';
import type { Destination, PreviousToken } from '../../../lib/storage/rows';
import { DAY, MINUTE } from '../../../lib/terms/time';
import { destination, NEW, NOW } from './rows';

const previous = (changes: Partial<PreviousToken> = {}): PreviousToken => ({
  mask: '••••••••old1',
  label: 'Upstack Data',
  replacedAt: NOW,
  safeToRevoke: true,
  stillUsedBy: [],
  toldAt: NOW,
  ...changes,
});

const rotated = (changes: Partial<Destination> = {}, old = previous()): Destination =>
  destination({
    token: { isSet: true, fingerprint: NEW, label: 'Upstack Data (rotated 2026-11-22)', previous: old },
    ...changes,
  });

const stateAt = (row: Destination, now: number): string | undefined => reminderOf(row, now)?.state;

describe('the old token', () => {
  it('is nothing to speak of where there is none, the destination is gone, or it was long ago', () => {
    expect(reminderOf(destination(), NOW)).toBeUndefined();
    expect(reminderOf(rotated({ goneAt: NOW }), NOW)).toBeUndefined();
    expect(reminderOf(rotated(), NOW + 61 * DAY)).toBeUndefined();
  });

  it.each([
    ['healthy and safe', 'healthy', true, 'due'],
    ['healthy, but not safe', 'healthy', false, 'keep'],
    ['safe, but not healthy', 'unhealthy', true, 'keep'],
    ['not checked yet', 'pending', true, 'keep'],
    ['of unknown health', 'unknown', true, 'keep'],
  ] as const)('when it is %s', (_what, state, safeToRevoke, told) => {
    const row = rotated(
      { health: { state, confirmedAt: NOW } },
      previous({ safeToRevoke, stillUsedBy: ['d2'] }),
    );
    expect(reminderOf(row, NOW)).toMatchObject({
      state: told,
      mask: '••••••••old1',
      label: 'Upstack Data',
      stillUsedBy: ['d2'],
    });
  });

  it('is told of at once, tomorrow, then weekly three times, then no more', () => {
    let row = rotated();
    let now = NOW;
    const pauses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      expect(stateAt(row, now)).toBe('due');
      const reminder = putOff(row, now);
      if (!reminder) throw new Error('There is one to put off.');
      row = { ...row, reminder };
      expect(stateAt(row, reminder.nextAt - 1)).toBe('resting');
      pauses.push((reminder.nextAt - now) / DAY);
      now = reminder.nextAt;
    }
    expect(pauses).toEqual([1, 7, 7, 7]);
    expect(stateAt(row, now)).toBe('due');
    const last = putOff(row, now);
    expect(stateAt({ ...row, ...(last ? { reminder: last } : {}) }, now + DAY)).toBeUndefined();
  });

  it('is done when the person says so, until the token is replaced once more', () => {
    const reminder = settled(rotated(), NOW);
    const done = { ...rotated(), ...(reminder ? { reminder } : {}) };
    expect(stateAt(done, NOW)).toBe('done');
    const again = { ...done, token: { ...done.token, previous: previous({ replacedAt: NOW + DAY }) } };
    expect(stateAt(again, NOW + DAY)).toBe('due');
  });

  it('is seen gone where the new name is listed and the old one is not, and on no less', () => {
    const current = 'Upstack Data (rotated 2026-11-22)';
    expect(isSeenGone(rotated(), [current])).toBe(true);
    expect(isSeenGone(rotated(), [current, 'Upstack Data'])).toBe(false);
    expect(isSeenGone(rotated(), [])).toBe(false);
    expect(isSeenGone(rotated(), ['Upstack Data (rotated 2026-01-01)'])).toBe(false);
    const { label: _label, ...unnamed } = previous();
    expect(isSeenGone(rotated({}, unnamed), [current])).toBe(false);
  });
});

it('asks for news of one that is not safe yet, ever more seldom', () => {
  const asked = (after: number): Destination =>
    rotated({}, previous({ safeToRevoke: false, toldAt: NOW + after }));
  expect(wantsNews(asked(0), NOW)).toBe(true);
  expect(wantsNews(asked(8 * MINUTE), NOW + 9 * MINUTE)).toBe(false);
  expect(wantsNews(asked(8 * MINUTE), NOW + 10 * MINUTE)).toBe(true);
  expect(wantsNews(asked(10 * DAY), NOW + 10 * DAY + 6 * 60 * MINUTE)).toBe(true);
  expect(wantsNews(rotated(), NOW + DAY)).toBe(false);
  expect(wantsNews(rotated({ health: { state: 'unhealthy', confirmedAt: NOW } }), NOW + DAY)).toBe(false);
});

it('names other destinations where it knows them', () => {
  const rows = [destination({ workspaceId: 'w2' }), destination(), destination({ id: 'd2' })];
  expect(namesOf(['d1', 'd2', 'd9'], destination(), rows)).toEqual(['Name of d1', 'Name of d2', 'd9']);
});
