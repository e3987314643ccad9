import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Alarm, openAlarm } from '../../../lib/capture/clock';

let rings: number[];
let alarm: Alarm;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  rings = [];
  alarm = openAlarm(() => rings.push(performance.now()));
});

afterEach(() => vi.useRealTimers());

describe('an alarm', () => {
  it('rings once, at the earliest of its times', () => {
    const now = performance.now();
    for (const time of [50, 20, 80]) alarm.set(now + time);
    vi.advanceTimersByTime(200);
    expect(rings.map((ring) => ring - now)).toEqual([20]);
  });

  it('can be set again when it has rung, also while it rings', () => {
    const now = performance.now();
    alarm = openAlarm(() => {
      rings.push(performance.now() - now);
      if (rings.length < 3) alarm.set(performance.now() + 10);
    });
    alarm.set(now + 10);
    vi.advanceTimersByTime(200);
    expect(rings).toEqual([10, 20, 30]);
  });

  it('rings no more once it was cleared, until it is set', () => {
    alarm.set(performance.now() + 10);
    alarm.clear();
    vi.advanceTimersByTime(200);
    expect(rings).toEqual([]);
    alarm.set(performance.now() + 500);
    vi.advanceTimersByTime(500);
    expect(rings).toHaveLength(1);
  });
});
