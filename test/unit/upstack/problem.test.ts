import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_WAIT, retryAtOf } from '../../../lib/upstack/problem';

const NOW = Date.UTC(2026, 10, 22, 12);

describe('Retry-After', () => {
  it.each([
    ['120', NOW + 120_000],
    [' 5 ', NOW + 5_000],
    ['0', NOW],
    ['Sun, 22 Nov 2026 12:01:00 GMT', NOW + 60_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', NOW],
    ['99999999999999999999', NOW + LONGEST_WAIT],
    ['Sun, 22 Nov 2099 12:01:00 GMT', NOW + LONGEST_WAIT],
    [null, undefined],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['garbage 5', undefined],
    ['2026-11-22T12:01:00Z', undefined],
  ])('%j', (header, expected) => {
    expect(retryAtOf(header, NOW)).toBe(expected);
  });

  it('never lies in the past, nor more than an hour ahead, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String), fc.date().map(String)), (header) => {
        const at = retryAtOf(header, NOW);
        if (at === undefined) return;
        expect(at).toBeGreaterThanOrEqual(NOW);
        expect(at).toBeLessThanOrEqual(NOW + LONGEST_WAIT);
      }),
    );
  });
});
