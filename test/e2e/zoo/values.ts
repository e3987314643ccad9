import {
  pinterestKey,
  pinterestRefreshToken,
  redditAppToken,
  redditConversionToken,
  redditSessionToken,
} from '../../sandbox/tokens';
import type { PlatformId } from './case';
import type { Random } from './random';

/** Values of one case, all from its own source of chance, issued just before it was made. */
export interface Values {
  /** What must be captured wherever a person can see it. */
  token(platform: PlatformId): string;
  /** What lies around on the real origins and must never be touched. */
  session(platform: PlatformId): string;
  redditId(): string;
  oldRedditId(): string;
  tagId(): string;
  advertiserId(): string;
}

const letters = (random: Random, count: number, alphabet: string): string =>
  Array.from({ length: count }, () => random.pick([...alphabet])).join('');

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export const wholeNumber = (random: Random, low: number, high: number): string =>
  String(Math.floor(low + random.next() * (high - low)));

export const valuesOf = (random: Random, now: number): Values => {
  const bytes = random.bytes;
  const recently = (): number => now - random.whole(0, 5_000);
  return {
    token: (platform) =>
      platform === 'reddit'
        ? redditConversionToken({ bytes, issuedAt: recently() })
        : pinterestKey({ bytes, issuedAt: recently() }),
    session: (platform) =>
      platform === 'reddit'
        ? redditSessionToken({ bytes, issuedAt: recently() })
        : random.chance(0.5)
          ? pinterestKey({ kind: 1, bytes, issuedAt: recently() })
          : pinterestRefreshToken({ bytes }),
    redditId: () => `a2_${letters(random, 12, BASE36)}`,
    oldRedditId: () => `t2_${letters(random, random.whole(5, 9), BASE36)}`,
    tagId: () => wholeNumber(random, 2_611_340_115_968, 2_680_059_592_703),
    advertiserId: () => wholeNumber(random, 549_755_813_888, 618_475_290_623),
  };
};

/** A wrong value and what is wrong with it. */
export interface Lure {
  kind: string;
  value: string;
}

const replaceAt = (text: string, index: number, piece: string): string =>
  text.slice(0, index) + piece + text.slice(index + piece.length);

const redditLures: Record<string, (random: Random, now: number, token: string) => string> = {
  session: (random, issuedAt) => redditSessionToken({ bytes: random.bytes, issuedAt }),
  app: (random, issuedAt) => redditAppToken({ bytes: random.bytes, issuedAt }),
  moreScopes: (random, issuedAt) =>
    redditConversionToken({ bytes: random.bytes, issuedAt, scopes: ['adsconversions', 'adsread'] }),
  otherScope: (random, issuedAt) =>
    redditConversionToken({ bytes: random.bytes, issuedAt, scopes: ['adsread'] }),
  allScopes: (random, issuedAt) => redditConversionToken({ bytes: random.bytes, issuedAt, scopes: ['*'] }),
  lifeOfADay: (random, issuedAt) => redditConversionToken({ bytes: random.bytes, issuedAt, lifeDays: 1 }),
  lifeOfAMonth: (random, issuedAt) => redditConversionToken({ bytes: random.bytes, issuedAt, lifeDays: 30 }),
  cutEnd: (random, _, token) => token.slice(0, -random.whole(1, 200)),
  cutByOne: (_, __, token) => token.slice(0, -1),
  cutWithDots: (random, _, token) => `${token.slice(0, random.whole(20, 700))}${random.pick(['…', '...'])}`,
  cutStart: (random, _, token) => token.slice(random.whole(4, 60)),
  withoutSignature: (_, __, token) => token.split('.').slice(0, 2).join('.'),
  masked: (random, _, token) =>
    `${token.slice(0, 8)}${random.pick(['•', '*', '×']).repeat(40)}${token.slice(-4)}`,
  maskedMiddle: (_, __, token) => replaceAt(token, 300, '*'.repeat(60)),
  brokenClaims: (random, _, token) => replaceAt(token, random.whole(130, 200), '~'),
  reversed: (_, __, token) => [...token].reverse().join(''),
  upperCase: (_, __, token) => token.toUpperCase(),
  foreign: (random, now) =>
    [
      { alg: 'RS256', kid: letters(random, 40, BASE36), typ: 'JWT' },
      {
        iss: 'https://accounts.example',
        sub: 'user',
        iat: Math.floor(now / 1000),
        exp: Math.floor(now / 1000) + 36_525 * 86_400,
        scope: 'adsconversions',
        pad: letters(random, 260, BASE36),
      },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .concat(`${letters(random, 341, BASE64URL)}A`)
      .join('.'),
};

const pinterestLures: Record<string, (random: Random, now: number, token: string) => string> = {
  refresh: (random) => pinterestRefreshToken({ bytes: random.bytes }),
  oauth: (random, issuedAt) => pinterestKey({ kind: 1, bytes: random.bytes, issuedAt }),
  developer: (random, issuedAt) => pinterestKey({ kind: 3, bytes: random.bytes, issuedAt }),
  cutEnd: (random, _, token) => token.slice(0, -random.whole(6, 60)),
  cutByOne: (_, __, token) => token.slice(0, -1),
  // The label fills up what was cut off, in the same alphabet.
  cutAndGlued: (random, _, token) => {
    const label = random.pick(['GENERATE', 'COPY', 'KOPIEREN', 'Generate']);
    return token.slice(0, 101 - (label === 'Generate' ? 1 : label.length)) + label;
  },
  cutWithDots: (random, _, token) => `${token.slice(0, random.whole(8, 90))}${random.pick(['…', '...'])}`,
  withoutPrefix: (_, __, token) => token.slice(5),
  masked: (random, _, token) => `pina_${random.pick(['•', '*', '×']).repeat(92)}${token.slice(-4)}`,
  maskedMiddle: (_, __, token) => replaceAt(token, 30, '*'.repeat(40)),
  lowerCase: (_, __, token) => token.toLowerCase(),
  badAlphabet: (random, _, token) =>
    replaceAt(token, random.whole(20, 80), random.pick(['0', '1', '8', '9', '-'])),
  otherPrefix: (_, __, token) => `pinb${token.slice(4)}`,
  placeholder: () => 'pina_XXXXXXXX',
  allTheSame: (_, __, token) => `pina_${'A'.repeat(token.length - 5)}`,
};

export const lureOf = (platform: PlatformId, random: Random, now: number, token: string): Lure => {
  const lures = platform === 'reddit' ? redditLures : pinterestLures;
  const kind = random.pick(Object.keys(lures));
  const build = lures[kind];
  if (!build) throw new Error(`No lure ${kind}.`);
  return { kind, value: build(random, now - 1_000, token) };
};
