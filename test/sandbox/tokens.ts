import { createHash, randomBytes } from 'node:crypto';
import { constants, deflateSync } from 'node:zlib';

/**
 * Tokens with the true inner structure of the platforms' own, built at run time: no whole token may lie in the
 * tree, since secret scanners cannot know that it is invented. Each call gives another one.
 */

const DAY = 86_400;

/** Where the random parts come from; give a seeded source to get the same token again. */
export type ByteSource = (count: number) => Uint8Array;

export interface RedditTokenOptions {
  /** In ms since 1970. Now, unless given. */
  issuedAt?: number;
  lifeDays?: number;
  scopes?: readonly string[];
  bytes?: ByteSource;
}

const base64url = (content: string | Uint8Array): string => Buffer.from(content).toString('base64url');

/** Lower-case base-36 text, as the platform's ids are. */
const idText = (length: number, bytes: ByteSource): string =>
  Array.from(bytes(length), (byte) => (byte % 36).toString(36)).join('');

/** The header is the same in every JWT of the platform, whatever it is for. */
const redditHeader = (): string =>
  base64url(
    JSON.stringify({
      alg: 'RS256',
      kid: `SHA256:${createHash('sha256').update('signing key of the sandbox').digest('base64url')}`,
      typ: 'JWT',
    }),
  );

const adler32 = (bytes: Uint8Array): Uint8Array => {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return Uint8Array.of(b >> 8, b & 255, a >> 8, a & 255);
};

/** Flushed before it is closed, as the platform's encoder does: the stream ends in an empty stored block. */
const deflatedScopes = (scopes: readonly string[]): string => {
  const json = Buffer.from(JSON.stringify(scopes));
  const flushed = deflateSync(json, { finishFlush: constants.Z_SYNC_FLUSH });
  return base64url(
    Buffer.concat([
      flushed.subarray(0, -5),
      Buffer.from([0, 0, 0, 255, 255, 1, 0, 0, 255, 255]),
      adler32(json),
    ]),
  );
};

const redditJwt = (claims: Record<string, unknown>, bytes: ByteSource): string =>
  `${redditHeader()}.${base64url(JSON.stringify(claims))}.${base64url(bytes(256))}`;

const redditClaims = (
  {
    issuedAt = Date.now(),
    lifeDays = 36_525,
    scopes = ['adsconversions'],
    bytes = randomBytes,
  }: RedditTokenOptions,
  person: string,
): Record<string, unknown> => {
  // Microseconds, as the platform writes it; too few to round to the next millisecond.
  const iat = issuedAt / 1000 + ((bytes(1)[0] ?? 0) + 200) / 1e6;
  return {
    sub: 'user',
    exp: iat + lifeDays * DAY,
    iat,
    jti: base64url(bytes(23)),
    cid: base64url(bytes(16)),
    lid: person,
    aid: person,
    lca: Math.round(issuedAt - 90 * DAY * 1000),
    scp: deflatedScopes(scopes),
    flo: 10,
    ll: true,
  };
};

/** What Reddit's Conversions API page shows once: 809–821 characters, never expires. */
export const redditConversionToken = (options: RedditTokenOptions = {}): string => {
  const bytes = options.bytes ?? randomBytes;
  return redditJwt(redditClaims(options, `t2_${idText(8, bytes)}`), bytes);
};

/** The signed-in session that lies around on the same origin: full power over the account, lives a day. */
export const redditSessionToken = (options: RedditTokenOptions = {}): string => {
  const bytes = options.bytes ?? randomBytes;
  const person = `t2_${idText(8, bytes)}`;
  const claims = redditClaims({ lifeDays: 1, scopes: ['*', 'email', 'pii'], ...options }, person);
  return redditJwt({ ...claims, at: 1, flo: 2, ses: base64url(bytes(260)) }, bytes);
};

/** The token of a developer's app: lives a day, with the app's own client id and scopes. */
export const redditAppToken = (options: RedditTokenOptions = {}): string => {
  const bytes = options.bytes ?? randomBytes;
  const claims = redditClaims(
    { lifeDays: 1, scopes: ['adsread', 'history', 'read'], ...options },
    `t2_${idText(8, bytes)}`,
  );
  return redditJwt({ ...claims, flo: 8 }, bytes);
};

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const base32 = (bytes: Uint8Array): string => {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((held >> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  return text;
};

export interface PinterestKeyOptions {
  /** 1: OAuth, 2: made in Ads Manager for conversions, 3: developer site. */
  kind?: 1 | 2 | 3;
  issuedAt?: number;
  /** 0: never expires. */
  lifeSeconds?: number;
  bytes?: ByteSource;
}

/** 101 characters: the prefix and 60 bytes that tell kind, app, time and life. */
export const pinterestKey = ({
  kind = 2,
  issuedAt = Date.now(),
  lifeSeconds = kind === 2 ? 0 : kind === 1 ? 30 * DAY : DAY,
  bytes = randomBytes,
}: PinterestKeyOptions = {}): string => {
  const inner = Buffer.alloc(60);
  inner.set(bytes(60));
  inner[0] = kind;
  inner[1] = 1;
  inner.writeUInt32LE(kind === 2 ? 1_479_848 : 1_400_000 + ((inner[2] ?? 0) << 8), 2);
  inner.writeUIntLE(Math.floor(issuedAt), 14, 6);
  inner.writeUIntLE(lifeSeconds, 20, 3);
  inner[59] = 0;
  return `pina_${base32(inner)}`;
};

/** What an app exchanges for a new access token; often pasted by mistake. */
export const pinterestRefreshToken = ({ bytes = randomBytes }: { bytes?: ByteSource } = {}): string =>
  `pinr_${base32(bytes(60))}`;
