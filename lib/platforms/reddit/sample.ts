import type { PlatformSample } from '../definition';

const DAY = 86_400;

const base64url = (bytes: Iterable<number>): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const bytesOf = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const json = (value: unknown): string => base64url(bytesOf(JSON.stringify(value)));
const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** A zlib stream (RFC 1950) of one stored block: short enough that packing it would save nothing. */
const stored = (text: string): string => {
  const bytes = bytesOf(text);
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  const size = [bytes.length & 255, bytes.length >> 8];
  const check = [b >> 8, b & 255, a >> 8, a & 255];
  return base64url([0x78, 0x01, 1, ...size, ...size.map((byte) => byte ^ 255), ...bytes, ...check]);
};

export const sample: PlatformSample = {
  id: 'reddit',
  tokenKind: 'conversionToken',
  token: (now) => {
    const iat = Math.floor(now / 1000);
    const person = 't2_sampledata';
    const header = { alg: 'RS256', kid: `SHA256:${base64url(random(32))}`, typ: 'JWT' };
    const claims = {
      sub: 'user',
      exp: iat + 36_525 * DAY,
      iat,
      jti: base64url(random(23)),
      cid: base64url(random(16)),
      lid: person,
      aid: person,
      lca: now - 90 * DAY * 1000,
      scp: stored('["adsconversions"]'),
      flo: 10,
      ll: true,
    };
    return `${json(header)}.${json(claims)}.${base64url(random(256))}`;
  },
  ids: (index) => ({ pixelId: `a2_sample${String(index).padStart(6, '0')}` }),
};
