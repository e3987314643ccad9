import { describe, expect, it } from 'vitest';
import { CONFIRM_AFTER, checked } from '../../../lib/health/incident';
import type { Destination, HealthState } from '../../../lib/storage/rows';

type Health = Destination['health'];

/** Checks a minute apart, or as given; gives the health after each. */
const history = (states: HealthState[], gap = CONFIRM_AFTER): Health[] => {
  let health: Health = { state: 'pending', confirmedAt: 0 };
  return states.map((state, index) => {
    health = checked(health, { state }, (index + 1) * gap);
    return health;
  });
};

const incidents = (states: HealthState[], gap?: number): boolean[] =>
  history(states, gap).map(({ incidentAt }) => incidentAt !== undefined);

describe('an incident', () => {
  it('needs two checks in a row that say ill, a minute apart', () => {
    expect(incidents(['unhealthy', 'unhealthy'])).toEqual([false, true]);
    expect(incidents(['unhealthy', 'unhealthy', 'unhealthy', 'unhealthy'], 30_000)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(incidents(['unhealthy', 'healthy', 'unhealthy', 'healthy'])).toEqual([false, false, false, false]);
  });

  it('may change its word, and keeps its beginning', () => {
    const [first, , last] = history(['degraded', 'unhealthy', 'degraded']);
    expect(last).toMatchObject({ illSince: first?.illSince, incidentAt: 2 * CONFIRM_AFTER });
  });

  it.each(['healthy', 'paused', 'pending'] as const)('is over with %s', (state) => {
    const [, , last] = history(['unhealthy', 'unhealthy', state]);
    expect(last).not.toHaveProperty('incidentAt');
    expect(last).not.toHaveProperty('illSince');
  });

  it('is remembered with its length, from the first check that said ill, until the next', () => {
    const lasting = history(['unhealthy', 'unhealthy', 'unknown', 'pending', 'healthy', 'healthy']);
    const after = 3 * CONFIRM_AFTER;
    expect(lasting.map(({ recovered }) => recovered)).toEqual([
      undefined,
      undefined,
      undefined,
      { at: 4 * CONFIRM_AFTER, after },
      { at: 4 * CONFIRM_AFTER, after },
      { at: 4 * CONFIRM_AFTER, after },
    ]);
    const again = history(['unhealthy', 'unhealthy', 'healthy', 'unhealthy', 'unhealthy', 'healthy']);
    expect(again.at(-1)?.recovered).toEqual({ at: 6 * CONFIRM_AFTER, after: 2 * CONFIRM_AFTER });
  });

  it('that no second check has confirmed is not told as over', () => {
    expect(history(['unhealthy', 'healthy']).at(-1)).not.toHaveProperty('recovered');
  });

  it('is neither made nor ended by a check that could not tell', () => {
    expect(incidents(['unhealthy', 'unknown', 'unhealthy'])).toEqual([false, false, false]);
    expect(incidents(['unhealthy', 'unhealthy', 'unknown', 'healthy'])).toEqual([false, true, true, false]);
  });

  it('every check is confirmed at its own time', () => {
    expect(history(['healthy', 'healthy']).map(({ confirmedAt }) => confirmedAt)).toEqual([60_000, 120_000]);
  });
});
