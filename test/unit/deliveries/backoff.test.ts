import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextTry } from '../../../lib/deliveries/backoff';

const NOW = 1_800_000_000_000;

it('never comes sooner than two seconds, nor before the server allowed it, nor much later than five minutes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: -3_600_000, max: 3_600_000 }),
      (attempt, chance, asked) => {
        const floor = Math.max(NOW, NOW + asked);
        const at = nextTry(attempt, NOW, () => chance, NOW + asked);
        expect(at).toBeGreaterThanOrEqual(floor + 2_000);
        expect(at).toBeLessThanOrEqual(floor + 302_000);
      },
    ),
  );
});

it('spreads over a span that doubles', () => {
  const spans = [1, 2, 3].map((attempt) => nextTry(attempt, NOW, () => 0.999999) - NOW);
  expect(spans.map((span) => Math.round(span / 1000))).toEqual([6, 10, 18]);
});
