import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAnswer, afterMiss } from '../../../lib/health/pace';
import type { ProblemKind } from '../../../lib/storage/rows';
import { destination, NOW, workspace } from './rows';

const paced = (paceSeconds?: number): ReturnType<typeof workspace> =>
  workspace({ poll: { nextAt: NOW, misses: 0, ...(paceSeconds === undefined ? {} : { paceSeconds }) } });

const seconds = (at: number): number => (at - NOW) / 1000;

describe('after an answer', () => {
  const next = (paceSeconds?: number, random = 0): number =>
    seconds(afterAnswer(paced(paceSeconds), [destination()], false, NOW, () => random));

  it('the server sets the pace, within reason, and nobody comes early', () => {
    expect(next()).toBe(300);
    expect(next(900)).toBe(900);
    expect(next(900, 0.999)).toBeCloseTo(1080, 0);
    expect(next(1)).toBe(30);
    expect(next(1e12)).toBe(3600);
  });

  it('it is 30 seconds while a new token is watched, whatever the pace', () => {
    expect(seconds(afterAnswer(paced(900), [], true, NOW, () => 0.5))).toBe(30);
  });

  it('a first bad word is looked at again within about a minute', () => {
    const ill = destination({ state: 'unhealthy', illSince: NOW });
    expect(seconds(afterAnswer(paced(900), [ill], false, NOW, () => 0))).toBe(61);
    const known = destination({ state: 'unhealthy', illSince: NOW - 90_000, incidentAt: NOW });
    expect(seconds(afterAnswer(paced(900), [known], false, NOW, () => 0))).toBe(900);
  });
});

describe('after a round without an answer', () => {
  const next = (kind: ProblemKind, misses: number, retryAt?: number): number => {
    const problem = { kind, ...(retryAt === undefined ? {} : { retryAt }) };
    return seconds(afterMiss(paced(600), problem, misses, NOW, () => 0));
  };

  it('comes back sooner than usual, and each time later', () => {
    expect([1, 2, 3, 4, 5, 6].map((misses) => next('timeout', misses))).toEqual([
      60, 120, 240, 480, 600, 600,
    ]);
  });

  it('waits long for a key and shortly for the network', () => {
    expect(next('keyRefused', 1)).toBe(900);
    expect(next('offline', 9)).toBe(60);
  });

  it('never comes before the server allows, and not all at once when it does', () => {
    fc.assert(
      fc.property(
        fc.nat(3_600_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(20),
        (ahead, chance, misses) => {
          const at = afterMiss(
            paced(300),
            { kind: 'unavailable', retryAt: NOW + ahead },
            misses,
            NOW,
            () => chance,
          );
          expect(at).toBeGreaterThanOrEqual(NOW + ahead);
        },
      ),
    );
    const spread = [0, 0.5, 0.99].map((chance) =>
      seconds(afterMiss(paced(300), { kind: 'unavailable', retryAt: NOW + 3_600_000 }, 1, NOW, () => chance)),
    );
    expect(spread).toEqual([3600, 3750, 3897]);
  });
});
