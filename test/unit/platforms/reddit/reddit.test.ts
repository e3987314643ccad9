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
