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

  it.each([
    [whole.slice(5), 'missingPrefix', 'bad'],
    [whole.slice(1), 'missingPrefix', 'bad'],
    [pinterestRefreshToken(), 'refreshToken', 'bad'],
    ['pinr.something', 'refreshToken', 'bad'],
    [TAG, 'id', 'bad'],
    ['••••••••k9Qd', 'masked', 'bad'],
    ['short', 'tooShort', 'bad'],
    [whole.replace('pina_', 'pina_a').slice(0, 101), 'unusualFormat', 'doubt'],
    [`${whole.slice(0, -1)}B`, 'unusualFormat', 'doubt'],
    // The B sees to it that no whole key stands at its beginning by chance.
    [`${whole.slice(0, 50)}A${whole.slice(50, 99)}B${whole.slice(100)}AAAA`, 'unusualLength', 'doubt'],
  ])('%# is told to be %s', (text, code, level) => {
    expect(found(text)).toEqual([]);
    expect(verdictOf(text)).toMatchObject({ code, level });
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

  it('is told in time that grows with the length of the text and no faster', () => {
    for (const hostile of ['pina_', 'p', 'A', `pina_${'A'.repeat(95)}`, whole.slice(0, -1)]) {
      const text = hostile.repeat(Math.ceil(1_000_000 / hostile.length));
      const start = performance.now();
      found(text);
      expect(performance.now() - start, hostile.slice(0, 9)).toBeLessThan(2000);
    }
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
  });

  it('stand in the address or not', () => {
    const at = (path: string) => advertiser.fromAddress(new URL(path, pinterest.startUrl), []);
    expect(at(`/advertiser/${ADVERTISER}/conversions/tag`)).toBe(ADVERTISER);
    expect(at('/conversions/setup-api/')).toBeUndefined();
    expect(tag.fromAddress(new URL(`/advertiser/${TAG}/`, pinterest.startUrl), [])).toBeUndefined();
  });
});
