import { constants, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflate, inflateShort } from '../../../../lib/platforms/reddit/inflate';

const MAX = 4096;
const strategies = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
] as const;

/** Bytes as a string of one character each, as `atob` gives them. */
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('inflate', () => {
  it('undoes what zlib did, at each level and with each strategy', () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ maxLength: 60 }).map((text) => Buffer.from(text.repeat(20)).subarray(0, 2000)),
    );
    void fc.assert(
      fc.property(
        content,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...strategies),
        (bytes, level, strategy) => {
          expect(inflate(binary(deflateSync(bytes, { level, strategy })), MAX)).toBe(binary(bytes));
        },
      ),
      { numRuns: 600 },
    );
  });

  it('answers any string without throwing', () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        inflate(binary(bytes), MAX);
        inflate(`\x78\x9c${binary(bytes)}`, MAX);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads a list of one scope without codes of its own, however it was packed', () => {
    for (let level = 0; level <= 9; level += 1) {
      for (const strategy of strategies) {
        const packed = binary(deflateSync('["adsconversions"]', { level, strategy }));
        expect(inflateShort(packed, MAX)).toBe('["adsconversions"]');
      }
    }
    let seed = 1;
    const letters = Array.from({ length: 900 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return 'etaoin'.charAt(seed % 6);
    });
    const large = letters.join('');
    const packed = deflateSync(large);
    expect(((packed[2] ?? 0) >> 1) & 3).toBe(2); // it brings its own codes
    expect(inflateShort(binary(packed), MAX)).toBeUndefined();
    expect(inflate(binary(packed), MAX)).toBe(large);

    const repeats = binary(deflateSync('adsconversions'.repeat(2)));
    expect(inflateShort(repeats, MAX)).toBeUndefined();
    expect(inflate(repeats, MAX)).toBe('adsconversions'.repeat(2));
  });

  it('reads any bytes that repeat nothing, as the general one does', () => {
    const packed = fc
      .uint8Array({ maxLength: 200 })
      .map((bytes) => binary(deflateSync(bytes, { strategy: constants.Z_FIXED })));
    void fc.assert(
      fc.property(packed, (stream) => {
        const short = inflateShort(stream, MAX);
        expect(short === undefined || short === inflate(stream, MAX)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('reads what was written in parts, as some encoders end a stream', () => {
    const whole = deflateSync('["adsconversions"]', { finishFlush: constants.Z_SYNC_FLUSH });
    const sum = deflateSync('["adsconversions"]').subarray(-4);
    const packed = binary(Buffer.concat([whole, Buffer.from([1, 0, 0, 0xff, 0xff]), sum]));
    for (const one of [inflate, inflateShort]) expect(one(packed, MAX)).toBe('["adsconversions"]');
  });

  it('refuses a stream with any byte changed or cut off', () => {
    const whole = binary(deflateSync('["adsconversions"]'));
    expect(inflate(whole, MAX)).toBe('["adsconversions"]');
    for (let at = 0; at < whole.length; at += 1) {
      expect(inflate(whole.slice(0, at), MAX)).toBeUndefined();
      if (at === whole.length - 5) continue; // its upper bits are padding
      const other = String.fromCharCode(whole.charCodeAt(at) ^ 16);
      expect(inflate(whole.slice(0, at) + other + whole.slice(at + 1), MAX)).not.toBe('["adsconversions"]');
    }
  });

  it('refuses what unfolds into more than it may', () => {
    const bomb = binary(deflateSync(Buffer.alloc(10_000_000)));
    expect(inflate(bomb, MAX)).toBeUndefined();
  });
});
