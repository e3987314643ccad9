import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../../lib/credentials/verdict';
import type { IdKind, SecretKind } from '../../../../lib/platforms/definition';
import { reddit } from '../../../../lib/platforms/reddit';
import { redditAppToken, redditConversionToken, redditSessionToken } from '../../../sandbox/tokens';

const token = reddit.kinds.find((kind): kind is SecretKind => kind.secret) as SecretKind;
const pixel = reddit.kinds.find((kind): kind is IdKind => !kind.secret) as IdKind;

const found = (text: string): string[] => token.find(text).map(({ value }) => value);
const verdictOf = (text: string) => judge(token, text).verdict;
const A2 = `a2_${'abc123def456'}`;

describe('a conversion token', () => {
  const value = redditConversionToken();

  it.each([
    ['alone', value],
    ['within a sentence', `Your token is ${value} and nothing else.`],
    ["with a button's label glued to its end", `${value}Generate`],
    ['with a word glued to its front', `Token${value}`],
    ['with one glued to each end', `eyJ${value}AAAA`],
  ])('is found %s', (_where, text) => {
    expect(found(text)).toEqual([value]);
  });

  it('is found each time it stands there, with its place', () => {
    const other = redditConversionToken();
    const text = `${value} ${other}`;
    expect(token.find(text)).toEqual([
      { value, start: 0, end: value.length },
      { value: other, start: value.length + 1, end: text.length },
    ]);
  });

  it('is found with whatever life from a year on, and tells when it was made', () => {
    const issuedAt = Date.UTC(2026, 1, 3, 4, 5, 6, 7);
    const old = redditConversionToken({ issuedAt, lifeDays: 366 });
    expect(found(old)).toEqual([old]);
    expect(token.issuedAt(old)).toBe(issuedAt);
  });

  it('looks right', () => {
    expect(verdictOf(value)).toEqual({ level: 'good', code: 'good', facts: { length: value.length } });
    expect(judge(token, `"Bearer ${value}\nGenerate"`)).toMatchObject({
      value,
      removed: ['lineBreaks', 'whitespace', 'quotes', 'bearer', 'glued'],
      verdict: { level: 'good' },
    });
  });
});

describe('what is no conversion token', () => {
  const whole = redditConversionToken();

  it.each([
    ['a sign-in token', redditSessionToken(), 'signIn'],
    ["an app's token", redditAppToken(), 'otherScope'],
    ["an app's token that lives long", redditAppToken({ lifeDays: 36_525 }), 'otherScope'],
    ['one of more scopes', redditConversionToken({ scopes: ['adsconversions', 'adsread'] }), 'otherScope'],
    ['one of no scopes', redditConversionToken({ scopes: [] }), 'otherScope'],
    ['one that lives a month', redditConversionToken({ lifeDays: 30 }), 'shortLived'],
  ])('%s is neither found nor kept', (_what, value, code) => {
    expect(found(value)).toEqual([]);
    expect(verdictOf(value)).toEqual({ level: 'bad', code, keep: false });
  });

  it('a sign-in token is not kept however it is cut or dressed', () => {
    const session = redditSessionToken();
    for (const text of [session.slice(0, -10), `${session}Copy`, `Bearer ${session}`, `"${session}"`]) {
      expect(found(text)).toEqual([]);
      expect(verdictOf(text)).toMatchObject({ level: 'bad', keep: false });
    }
  });

  it('is any that was cut: nothing is found and it is blocked, whatever the place', () => {
    for (let length = 0; length < whole.length; length += 1) {
      const part = whole.slice(0, length);
      expect(found(part)).toEqual([]);
      expect(verdictOf(part).level).toBe('bad');
    }
  });

  it('says how much of it is there', () => {
    expect(verdictOf(whole.slice(0, -20))).toEqual({
      level: 'bad',
      code: 'cut',
      facts: { length: whole.length - 20, expected: whole.length },
    });
    expect(verdictOf(whole.slice(0, 300))).toMatchObject({
      code: 'cut',
      facts: { length: 300, expected: 812 },
    });
    expect(verdictOf(whole.slice(5)).code).toBe('cutStart');
  });

  it('is one with a character exchanged for one that cannot be there', () => {
    expect(verdictOf(`${whole.slice(0, -1)}B`).code).toBe('malformed');
    expect(verdictOf(`${whole.slice(0, -5)}!${whole.slice(-4)}`).code).toBe('malformed');
    expect(found(`${whole.slice(0, -1)}B`)).toEqual([]);
  });

  it.each([
    [A2, 'pixelId', 'bad'],
    ['••••••••k9Qd', 'masked', 'bad'],
    ['short', 'tooShort', 'bad'],
    ['x'.repeat(60), 'unusualFormat', 'doubt'],
  ])('%s is told to be %s', (text, code, level) => {
    expect(verdictOf(text)).toMatchObject({ code, level });
  });

  it('is nothing that chance makes', () => {
    void fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (text) => {
        expect(found(text)).toEqual([]);
        expect(found(`eyJ${text}.eyJ${text}.${text}`)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

/** A JWT with whatever one wants in its parts, each of which is given as it is if it is text. */
const jwt = ({
  header = { alg: 'RS256' },
  claims = {},
  signature = `${'s'.repeat(341)}A`,
}: {
  header?: object | string;
  claims?: object | string;
  signature?: string;
}): string => {
  const part = (content: object | string): string =>
    typeof content === 'string' ? content : Buffer.from(JSON.stringify(content)).toString('base64url');
  return [part(header), part(claims), signature].join('.');
};

const YEAR = 365 * 86_400;
const packed = (text: string): string => deflateSync(text).toString('base64url');
const scp = packed('["adsconversions"]');
/** The same list behind so many pieces of nothing that it has this length at least. */
const packedIn = (length: number): string => {
  const [...plain] = deflateSync('["adsconversions"]', { level: 0 });
  const nothing = new Array(Math.ceil((length * 3) / 4 / 5)).fill([0, 0, 0, 255, 255]).flat();
  return Buffer.from([...plain.slice(0, 2), ...nothing, ...plain.slice(2)]).toString('base64url');
};
/** Brings it to a usual length. */
const PAD = 'p'.repeat(250);
const sound = { scp, iat: 1_700_000_000, exp: 1_700_000_000 + 100 * YEAR };

/** A sound token of just this length; what base64 cannot make is made up for by the header. */
const tokenOfLength = (length: number): string => {
  for (let pad = 0; pad < length; pad += 1) {
    for (const kid of ['', 'k', 'kk']) {
      const one = jwt({ header: { alg: 'RS256', kid }, claims: { ...sound, pad: 'p'.repeat(pad) } });
      if (one.length === length) return one;
    }
  }
  throw new Error(`There is none of ${length} characters.`);
};

describe('the edges of a conversion token', () => {
  it.each([
    [
      'every character of base64url in the signature',
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
    ],
    ['signs for spaces alone', '-_'],
  ])('is found with %s', (_what, alphabet) => {
    for (const end of ['A', 'Q', 'g', 'w']) {
      const value = jwt({
        claims: { ...sound, pad: PAD },
        signature: alphabet.repeat(180).slice(0, 341) + end,
      });
      expect(found(`(${value})`)).toEqual([value]);
      expect(verdictOf(value).code).toBe('good');
    }
  });

  it('is not found with a character in it that base64url does not have, and is blocked', () => {
    const value = tokenOfLength(800);
    for (const place of [10, 100, 600, 799]) {
      for (const strange of ['+', '/', '=', '.', ' ', '~', '`', '@', '[', 'é', '\u{1f600}']) {
        const text = value.slice(0, place) + strange + value.slice(place + 1);
        expect(found(text), `${strange} at ${place}`).toEqual([]);
        // A blank would be taken away first, which leaves one that is cut.
        expect(judge(token, text).verdict.level, `${strange} at ${place}`).toBe('bad');
      }
    }
  });

  it('is not found where it is broken in two; a paste of it is whole again', () => {
    const value = tokenOfLength(800);
    for (const place of [10, 100, 600]) {
      const broken = `${value.slice(0, place)}\n${value.slice(place)}`;
      expect(found(broken)).toEqual([]);
      expect(judge(token, broken)).toMatchObject({ value, verdict: { level: 'good' } });
    }
  });

  it.each([
    [699, 'unusualLength', 'doubt'],
    [700, 'good', 'good'],
    [1000, 'good', 'good'],
    [1001, 'unusualLength', 'doubt'],
  ])('of %i characters, is %s', (length, code, level) => {
    const value = tokenOfLength(length);
    expect(found(value)).toEqual(level === 'good' ? [value] : []);
    expect(verdictOf(value)).toEqual({ level, code, facts: { length } });
  });

  it('lives a year at least', () => {
    const living = (seconds: number) => jwt({ claims: { ...sound, exp: sound.iat + seconds, pad: PAD } });
    expect(found(living(YEAR))).toHaveLength(1);
    expect(found(living(YEAR - 1))).toEqual([]);
    expect(verdictOf(living(YEAR - 1))).toEqual({ level: 'bad', code: 'shortLived', keep: false });
  });

  it('has a header of at most 400 characters, which says how it was signed', () => {
    const withKid = (length: number) =>
      jwt({ header: { alg: 'RS256', kid: 'k'.repeat(length) }, claims: sound });
    const [longest, longer] = [withKid(300 - 24), withKid(300 - 24 + 1)];
    expect([longest, longer].map((one) => one.indexOf('.'))).toEqual([400, 402]);
    expect(found(longest)).toEqual([longest]);
    expect(found(longer)).toEqual([]);
    for (const header of [{ typ: 'JWT' }, { alg: 1 }, 'eyJhbGciOiJSUzI1NiJ']) {
      const value = jwt({ header, claims: { ...sound, pad: PAD } });
      expect(found(value)).toEqual([]);
      expect(verdictOf(value)).toEqual({ level: 'bad', code: 'malformed' });
    }
  });

  it('has a payload of at most 3000 characters; a sign-in with a longer one is not kept all the same', () => {
    const scopes = packed('["*"]');
    const long = jwt({ claims: { ...sound, scp: scopes, pad: 'p'.repeat(2400) } });
    expect(long.length).toBeLessThan(4096);
    expect(verdictOf(long)).toEqual({ level: 'bad', code: 'signIn', keep: false });
    expect(verdictOf(jwt({ claims: { ...sound, pad: 'p'.repeat(2400) } })).code).toBe('unusualLength');
  });

  it('is found behind what looks like the start of another one', () => {
    const value = tokenOfLength(800);
    for (const before of [
      'eyJ.',
      'eyJ.eyJ.',
      `${jwt({ claims: sound })} `,
      `${value.slice(0, 400)}.`,
      '.eyJ',
      'a.',
    ]) {
      expect(found(before + value), before.slice(0, 20)).toEqual([value]);
    }
  });
});

describe('a JWT whose inside does not tell enough', () => {
  const LENGTH = { length: expect.any(Number) };

  it.each([
    ['a list of scopes that is not packed', { ...sound, scp: ['adsconversions'] }],
    ['scopes that cannot be unpacked', { ...sound, scp: 'AAAA' }],
    ['scopes in letters that nothing writes', { ...sound, scp: '!!!!' }],
    ['scopes that are too long', { ...sound, scp: 'A'.repeat(2001) }],
    ['scopes that are too long, but sound', { ...sound, scp: packedIn(2001) }],
    ['scopes that unfold into too much', { ...sound, scp: packed(' '.repeat(4097)) }],
    ['no scopes', { ...sound, scp: undefined }],
  ])('of %s, is not found, and doubted if it lives long', (_what, claims) => {
    const value = jwt({ claims: { ...claims, pad: PAD } });
    expect(found(value)).toEqual([]);
    expect(verdictOf(value)).toEqual({
      level: 'doubt',
      code: 'unusualFormat',
      facts: { length: value.length },
    });
  });

  it('is for conversions where its scopes are packed in as much as may be', () => {
    const claims = { ...sound, scp: packedIn(1_900) };
    expect(claims.scp.length).toBeLessThan(2_000);
    expect(verdictOf(jwt({ claims })).code).toBe('unusualLength');
  });

  it('is of another purpose where as much as can be unpacked says so', () => {
    const most = packed(`["*"${' '.repeat(4091)}]`);
    expect(verdictOf(jwt({ claims: { ...sound, scp: most } })).code).toBe('signIn');
  });

  it.each([
    ['no time', { scp }],
    ['no end', { scp, iat: sound.iat }],
    ['no beginning', { scp, exp: sound.exp }],
    ['times in words', { scp, iat: '2026', exp: '2126' }],
    ['an end in words', { scp, iat: sound.iat, exp: `${sound.exp}` }],
    ['a beginning in words', { scp, iat: `${sound.iat}`, exp: sound.exp }],
    ['a time that ends before it begins', { scp, iat: sound.exp, exp: sound.iat }],
    [
      'times beyond counting',
      `${Buffer.from(`{"scp":"${scp}","iat":1e999,"exp":1e999}`).toString('base64url')}`,
    ],
    ['a time alone', { iat: sound.iat }],
    ['an end alone', { exp: sound.exp }],
  ])('of %s, is taken for short-lived and not kept', (_what, claims) => {
    const value = jwt({ claims });
    expect(found(value)).toEqual([]);
    expect(verdictOf(value)).toEqual({ level: 'bad', code: 'shortLived', keep: false });
  });

  it.each([
    ['no claim that we know', { sub: 'user' }],
    ['a payload that is no JSON', 'eyJzY3A'],
    ['a payload that is a list', Buffer.from('[1]').toString('base64url')],
    ['a payload that is null', Buffer.from('null').toString('base64url')],
  ])('of %s, is taken for cut', (_what, claims) => {
    expect(verdictOf(jwt({ claims }))).toEqual({
      level: 'bad',
      code: 'cut',
      facts: { ...LENGTH, expected: 812 },
    });
  });

  it.each([
    ['a signature that is too long', `${'s'.repeat(342)}A`],
    ['one that ends as none does', 's'.repeat(342)],
    ['a fourth part', `${'s'.repeat(341)}A.A`],
    ['a fourth part and a short signature', 'sA.A'],
  ])('of %s, is malformed', (_what, signature) => {
    expect(verdictOf(jwt({ claims: { ...sound, scp: undefined }, signature }))).toEqual({
      level: 'bad',
      code: 'malformed',
    });
  });

  it('does not tell when it was made, unless by a number', () => {
    for (const text of ['', 'no.token', jwt({ claims: { ...sound, iat: '2026' } })]) {
      expect(token.issuedAt(text)).toBeUndefined();
    }
    expect(token.issuedAt(jwt({ claims: { iat: 1_700_000_000.0019 } }))).toBe(1_700_000_000_001);
  });
});

describe('a text that is no JWT', () => {
  it.each([...'•●∙·*'])('is masked if it shows three %s', (dot) => {
    const masked = { level: 'bad', code: 'masked' };
    expect(verdictOf(`${dot.repeat(3)}k9Qd`)).toEqual(masked);
    expect(verdictOf(`eyJ${dot.repeat(8)}k9Qd`)).toEqual(masked);
    expect(verdictOf(`${dot}${dot}k9Qd`).code).toBe('tooShort');
  });

  it('is a Pixel ID from its first character to its last', () => {
    const pixelId = { level: 'bad', code: 'pixelId' };
    for (const id of ['a2_0', 't2_z', 'T2_ABC', `a2_${'0'.repeat(20)}`])
      expect(verdictOf(id)).toEqual(pixelId);
    for (const other of [`a2_${'0'.repeat(21)}`, 'xa2_abc', 'a2_abc!', 'a2_', 'b2_abc'])
      expect(verdictOf(other).code).toBe('tooShort');
  });

  it('is too short up to 39 characters', () => {
    expect(verdictOf('x'.repeat(39))).toEqual({ level: 'bad', code: 'tooShort', facts: { length: 39 } });
    expect(verdictOf('x'.repeat(40))).toEqual({
      level: 'doubt',
      code: 'unusualFormat',
      facts: { length: 40 },
    });
  });

  it('has lost its start if it ends like a token, and is of nothing else', () => {
    const end = `.${'s'.repeat(342)}`;
    for (const text of [end, `abc${end}`, `a-b_c.d${end}`, redditConversionToken().slice(1)])
      expect(verdictOf(text)).toEqual({ level: 'bad', code: 'cutStart' });
    for (const text of ['s'.repeat(342), `${end}s`, end.slice(0, -1)])
      expect(verdictOf(text).code, text.slice(0, 9)).toBe('unusualFormat');
    for (const text of [`!${end}`, `ab!c${end}`, `abc!${end}`])
      expect(verdictOf(text).code, text.slice(0, 9)).toBe('noToken');
  });
});

describe('a Pixel ID', () => {
  const ids = (text: string): string[] => pixel.find(text).map(({ value }) => value);

  it.each([
    [A2, 'good', 'good'],
    ['t2_abc1', 'good', 'good'],
    ['t2_abc1def234', 'good', 'good'],
    ['a2_abc', 'doubt', 'unusualLength'],
    ['a2_abc123def4567', 'doubt', 'unusualLength'],
    ['A2_ABC123DEF456', 'doubt', 'upperCase'],
    ['abc123def456', 'doubt', 'unusualPrefix'],
    ['00000000-0000-4000-8000-000000000000', 'bad', 'uuid'],
    ['a2', 'bad', 'malformed'],
    ['a2_abc/123', 'bad', 'malformed'],
  ])('%s is %s: %s', (text, level, code) => {
    expect(judge(pixel, text).verdict).toMatchObject({ level, code });
  });

  it('is told from a token, which is not kept', () => {
    expect(judge(pixel, redditSessionToken().slice(0, 180)).verdict).toMatchObject({
      code: 'token',
      keep: false,
    });
  });

  it('is found by its shape and not within words', () => {
    expect(ids(`Pixel ${A2}, user t2_abc1def2`)).toEqual([A2, 't2_abc1def2']);
    expect(ids(`x${A2} ${A2}99999 ${A2}_x`)).toEqual([]);
  });

  it('needs a label if it may be a user', () => {
    expect(pixel.needsLabel(A2)).toBe(false);
    expect(pixel.needsLabel('t2_abc1def2')).toBe(true);
    expect(pixel.needsLabel('a2_abc')).toBe(true);
  });

  it('is found in the base code', () => {
    for (const code of [`rdt('init','${A2}');`, `rdt( "init", "${A2}", {`, `https://x/pixels/${A2}/config`]) {
      expect(pixel.findInSnippet(code).map(({ value }) => value)).toEqual([A2]);
    }
    expect(pixel.findInSnippet(`rdt('track','${A2}')`)).toEqual([]);
    expect(pixel.findInSnippet(`rdt((init), (${A2}))`)).toEqual([]);
  });

  it('is read from the address, in the way the page writes it', () => {
    const at = (path: string, ...seen: string[]) => pixel.fromAddress(new URL(path, reddit.startUrl), seen);
    expect(at(`/account/${A2}/events-manager`)).toBe(A2);
    expect(at('/account/abc123def456/events-manager')).toBe(A2);
    expect(at('/account/abc1def2/dashboard')).toBe('t2_abc1def2');
    expect(at('/account/abc1def2/dashboard', 'a2_abc1def2')).toBe('a2_abc1def2');
    expect(at('/business/00000000-0000-4000-8000-000000000000')).toBeUndefined();
    expect(at('/')).toBeUndefined();
  });
});
