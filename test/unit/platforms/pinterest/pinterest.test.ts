import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../../lib/credentials/verdict';
import type { IdKind, SecretKind } from '../../../../lib/platforms/definition';
import { pinterest } from '../../../../lib/platforms/pinterest';
import { pinterestKey, pinterestRefreshToken } from '../../../sandbox/tokens';

const kindOf = (id: string) => pinterest.kinds.find((kind) => kind.id === id);
const key = kindOf('conversionToken') as SecretKind;
const tag = kindOf('tagId') as IdKind;
const advertiser = kindOf('advertiserId') as IdKind;

const TAG = '2612345678901';
const ADVERTISER = '549761234567';

const found = (text: string): string[] => key.find(text).map(({ value }) => value);
const verdictOf = (text: string) => judge(key, text).verdict;

describe('a conversion key', () => {
  const value = pinterestKey();

  it.each([
    ['alone', value],
    ["with a button's label glued to its end", `${value}Generate new token`],
    ['with a label glued that is of its alphabet', `${value}COPY`],
    ['with a word glued to its front', `Token:${value}`],
  ])('is found %s', (_where, text) => {
    expect(found(text)).toEqual([value]);
  });

  it('is found with its place', () => {
    expect(key.find(`Key: ${value}.`)).toEqual([{ value, start: 5, end: 5 + value.length }]);
  });

  it('tells when it was made', () => {
    const issuedAt = Date.UTC(2026, 10, 21, 12, 0, 0, 123);
    expect(key.issuedAt(pinterestKey({ issuedAt }))).toBe(issuedAt);
  });

  it('looks right, whatever was copied along', () => {
    expect(verdictOf(value)).toEqual({ level: 'good', code: 'good', facts: { length: 101 } });
    expect(judge(key, ` ${value}Generate`)).toMatchObject({
      value,
      removed: ['whitespace', 'glued'],
      verdict: { code: 'good' },
    });
  });

  it('that expires is taken, with a doubt', () => {
    const short = pinterestKey({ lifeSeconds: 2 * 86_400 });
    expect(found(short)).toEqual([short]);
    expect(verdictOf(short)).toEqual({ level: 'doubt', code: 'expires', facts: { days: 2 } });
  });
});

describe('what is no conversion key', () => {
  const whole = pinterestKey();

  it.each([
    ['a token of an app', pinterestKey({ kind: 1 }), 'oauthExpires', { days: 30 }],
    ['one that does not expire', pinterestKey({ kind: 1, lifeSeconds: 0 }), 'oauth', undefined],
    ["a developer's token", pinterestKey({ kind: 3 }), 'developerExpires', { days: 1 }],
    ['one that does not expire', pinterestKey({ kind: 3, lifeSeconds: 0 }), 'developer', undefined],
    ['a kind that nobody knows', pinterestKey({ kind: 7 as 1 }), 'unknownKind', undefined],
  ])('%s is not taken from a page, and doubted in a paste', (_what, value, code, facts) => {
    expect(found(value)).toEqual([]);
    expect(verdictOf(value)).toEqual({ level: 'doubt', code, ...(facts && { facts }) });
  });

  it('is any that was cut, with how much of it is there', () => {
    for (let length = 5; length < whole.length; length += 1) {
      const part = whole.slice(0, length);
      expect(found(part)).toEqual([]);
      expect(verdictOf(part)).toEqual({ level: 'bad', code: 'cut', facts: { length, expected: 101 } });
    }
  });

  // The code comes first, so that no test is named after a token.
  it.each([
    ['missingPrefix', 'bad', whole.slice(5)],
    ['missingPrefix', 'bad', whole.slice(1)],
    ['missingPrefix', 'bad', whole.slice(4)],
    ['missingPrefix', 'bad', whole.slice(5).toLowerCase()],
    ['refreshToken', 'bad', pinterestRefreshToken()],
    ['refreshToken', 'bad', 'pinr.something'],
    ['id', 'bad', TAG],
    ['masked', 'bad', '••••••••k9Qd'],
    ['tooShort', 'bad', 'short'],
    ['tooShort', 'bad', `1${'x'.repeat(37)}•`],
    ['tooShort', 'bad', `${TAG}x`],
    ['tooShort', 'bad', `x${TAG}`],
    ['tooShort', 'bad', 'spinring'],
    ['unusualFormat', 'doubt', 'x'.repeat(40)],
    ['unusualFormat', 'doubt', `${whole.slice(5, -1)}B`],
    ['unusualFormat', 'doubt', `x${whole.slice(5)}`],
    ['unusualFormat', 'doubt', `${whole.slice(5)}.`],
    ['unusualFormat', 'doubt', whole.replace('pina_', 'pina_a').slice(0, 101)],
    ['unusualFormat', 'doubt', `${whole.slice(0, -1)}B`],
    // The second byte is the version.
    ['unusualFormat', 'doubt', `${whole.slice(0, 6)}${whole[6] === 'A' ? 'E' : 'A'}7${whole.slice(8)}`],
    // The B sees to it that no whole key stands at its beginning by chance.
    ['unusualLength', 'doubt', `${whole.slice(0, 50)}A${whole.slice(50, 99)}B${whole.slice(100)}AAAA`],
    ['unusualFormat', 'doubt', `${whole.slice(0, 50)}A${whole.slice(50, 99)}B${whole.slice(100)}AAA.`],
    ['unusualFormat', 'doubt', `x${whole.slice(0, 50)}A${whole.slice(50, 99)}B${whole.slice(100)}AAAA`],
    // Of another kind, so that it is not found within.
    ['unusualFormat', 'doubt', `x${pinterestKey({ kind: 1 })}`],
  ])('%s: %s (%#)', (code, level, text) => {
    const told = verdictOf(text);
    expect(told).toMatchObject({ code, level });
    if (code === 'tooShort' || code === 'unusualFormat') expect(told.facts).toEqual({ length: text.length });
    if (code === 'unusualLength') expect(told.facts).toEqual({ length: text.length, expected: 101 });
    expect(found(text)).toEqual([]);
  });

  it('has no time at which it was made', () => {
    expect(key.issuedAt(whole.slice(1))).toBeUndefined();
    expect(key.issuedAt(`${whole}A`)).toBeUndefined();
  });

  it('does not keep a refresh token', () => {
    expect(verdictOf(pinterestRefreshToken()).keep).toBe(false);
  });

  it('is nothing that chance makes', () => {
    void fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(found(text)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('ids', () => {
  it.each([
    [tag, TAG, 'good', 'good', undefined],
    [tag, ADVERTISER, 'bad', 'otherKind', { belongs: 'advertiserId' }],
    [tag, '2680059592704', 'doubt', 'unusualRange', undefined], // an ad group
    [tag, '1795309335261', 'doubt', 'unusualRange', undefined], // a time
    [tag, '26123', 'doubt', 'unusualLength', { length: 5, expected: 13 }],
    [tag, '26123456789o1', 'bad', 'malformed', undefined],
    [tag, '2'.repeat(21), 'bad', 'malformed', undefined],
    [advertiser, ADVERTISER, 'good', 'good', undefined],
    [advertiser, TAG, 'bad', 'otherKind', { belongs: 'tagId' }],
    [advertiser, '626735123456', 'doubt', 'unusualRange', undefined], // a campaign
    [advertiser, '687194767360', 'doubt', 'unusualRange', undefined], // an ad
    [advertiser, '549761234567890123', 'doubt', 'unusualLength', { length: 18, expected: 12 }],
    [advertiser, '5497612345678901234', 'bad', 'malformed', undefined],
  ])('%#: a number is judged by what it may number', (kind, text, level, code, facts) => {
    expect(judge(kind, text).verdict).toEqual({ level, code, ...(facts && { facts }) });
  });

  it('are not tokens, which are not kept', () => {
    for (const kind of [tag, advertiser]) {
      expect(judge(kind, pinterestKey()).verdict).toMatchObject({ code: 'token', keep: false });
    }
  });

  it('are found whole or not at all', () => {
    const values = (kind: IdKind, text: string) => kind.find(text).map(({ value }) => value);
    expect(values(tag, `Tag ${TAG}, 1${TAG}, x${TAG}, ${TAG}.5, ${ADVERTISER}`)).toEqual([TAG]);
    expect(values(advertiser, `(${ADVERTISER}) ${TAG} ${ADVERTISER}-1`)).toEqual([ADVERTISER]);
  });

  it('need a label outside of their range', () => {
    expect(tag.needsLabel(TAG)).toBe(false);
    expect(tag.needsLabel('2680059592704')).toBe(true);
    expect(advertiser.needsLabel(ADVERTISER)).toBe(false);
    expect(advertiser.needsLabel('626735123456')).toBe(true);
  });

  it('are found in the base code', () => {
    for (const code of [
      `pintrk('load', '${TAG}', {em: 'x'})`,
      `https://ct.pinterest.com/v3/?event=init&tid=${TAG}&noscript=1`,
    ]) {
      expect(tag.findInSnippet(code).map(({ value }) => value)).toEqual([TAG]);
    }
    expect(tag.findInSnippet(`pintrk('track', '${TAG}')`)).toEqual([]);
    expect(tag.findInSnippet(`pintrk((load), (${TAG}))`)).toEqual([]);
  });

  it('stand in the address or not', () => {
    const at = (path: string) => advertiser.fromAddress(new URL(path, pinterest.startUrl), []);
    expect(at(`/advertiser/${ADVERTISER}/conversions/tag`)).toBe(ADVERTISER);
    expect(at('/conversions/setup-api/')).toBeUndefined();
    expect(tag.fromAddress(new URL(`/advertiser/${TAG}/`, pinterest.startUrl), [])).toBeUndefined();
  });
});
