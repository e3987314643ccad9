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

describe('after the first answer of all', () => {
  it('is put anywhere within a pace, so that who began together does not go on together', () => {
    const first = (random: number): number =>
      seconds(afterAnswer(paced(), [], false, NOW, () => random, true));
    expect([0.5, 1].map(first)).toEqual([165, 360]);
    // So soon after the one before it would come too early, so it is left out.
    expect(first(0)).toBe(300);
  });
});

describe('a first bad word that is the platform’s own trouble', () => {
  it.each(['platform_unavailable', 'rate_limited'] as const)('is not hurried after: %s', (code) => {
    const ill = destination({ state: 'unhealthy', illSince: NOW, reason: { code } });
    expect(seconds(afterAnswer(paced(900), [ill], false, NOW, () => 0))).toBe(900);
  });
});

describe('after a round without an answer', () => {
  const next = (kind: ProblemKind, isWatched = false, random = 0): number =>
    seconds(afterMiss(paced(600), { kind }, isWatched, NOW, () => random));

  it('never comes back sooner than after an answer, since everybody else would too', () => {
    expect(next('timeout')).toBe(600);
    expect(next('unavailable', false, 1)).toBe(720);
  });

  it('goes on looking closely at a new token', () => {
    expect(next('timeout', true)).toBe(30);
  });

  it('waits long for a key, even then, and shortly for the network', () => {
    expect(next('keyRefused')).toBe(900);
    expect(next('keyRefused', true)).toBe(900);
    expect(next('offline')).toBe(60);
  });

  it('never comes before the server allows, and then at a time of its own', () => {
    fc.assert(
      fc.property(
        fc.nat(3_600_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.boolean(),
        (ahead, chance, isWatched) => {
          const problem = { kind: 'unavailable', retryAt: NOW + ahead } as const;
          const at = afterMiss(paced(300), problem, isWatched, NOW, () => chance);
          expect(at).toBeGreaterThanOrEqual(NOW + ahead);
          expect(at).toBeLessThanOrEqual(NOW + Math.max(ahead, 1) + 360_000);
        },
      ),
    );
    // Each keeps its distance from the others: who asked a minute later comes back a minute later.
    const back = (askedAt: number): number =>
      afterMiss(paced(300), { kind: 'unavailable', retryAt: NOW + 1_000_000 }, false, askedAt, () => 0);
    expect(back(NOW + 60_000) - back(NOW)).toBe(60_000);
  });
});
