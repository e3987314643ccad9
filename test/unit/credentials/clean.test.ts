import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../../lib/credentials/clean';

const VALUE = 'pina_ABC.def-234';

describe('clean', () => {
  it.each([
    ['nothing', VALUE, []],
    ['blanks around it', `  ${VALUE}\t`, ['whitespace']],
    ['blanks within it', VALUE.replace('.', ' . '), ['whitespace']],
    ['line breaks', `${VALUE.slice(0, 5)}\r\n${VALUE.slice(5)}\n`, ['lineBreaks']],
    ['zero-width characters', `\u200b${VALUE.slice(0, 5)}\u00ad${VALUE.slice(5)}\ufeff`, ['zeroWidth']],
    ['straight quotes', `"${VALUE}"`, ['quotes']],
    ['curly quotes', `“${VALUE}”`, ['quotes']],
    ['German quotes', `„${VALUE}“`, ['quotes']],
    ['Bearer', `Bearer ${VALUE}`, ['whitespace', 'bearer']],
    ['a whole header', `Authorization: Bearer ${VALUE}`, ['whitespace', 'bearer']],
    ['quotes around Bearer around quotes', `'Bearer "${VALUE}"'`, ['whitespace', 'quotes', 'bearer']],
    ['full-width letters', VALUE.replace('A', 'Ａ'), ['compatibility']],
  ])('takes away %s and says so', (_what, text, removed) => {
    expect(clean(text)).toEqual({ value: VALUE, removed });
  });

  it.each(['""', "''", '``', '“”', '„“', '‘’', '‚‘', '«»', '»«', '‹›'])('takes %s away as a pair', (pair) => {
    const [opening, closing] = pair;
    expect(clean(`${opening}${VALUE}${closing}`)).toEqual({ value: VALUE, removed: ['quotes'] });
    expect(clean(`${opening}${VALUE}`)).toEqual({ value: `${opening}${VALUE}`, removed: [] });
    expect(clean(`${VALUE}${closing}`)).toEqual({ value: `${VALUE}${closing}`, removed: [] });
  });

  it('takes a blank away, and says so, that was hidden in another character', () => {
    expect(clean('a\u00a8b')).toEqual({ value: 'a\u0308b', removed: ['compatibility', 'whitespace'] });
  });

  it('takes away every character without a width, and every blank', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (!/[\p{Cf}\s\u0085]/u.test(character)) continue;
      const { value, removed } = clean(`a${character}b`);
      expect([value, removed.length], code.toString(16)).toEqual(['ab', 1]);
    }
  });

  it('takes nothing else away', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const character = String.fromCharCode(code);
      const text = `_${character}_`;
      // Where unfolding leaves it as it is.
      if (/[\p{Cf}\s\u0085]/u.test(character) || text.normalize('NFKC') !== text) continue;
      const { value } = clean(text);
      if (value !== text) expect(value, code.toString(16)).toBe(text);
    }
  });

  it('cleans a value beside which a Chinese label stands, but leaves a text alone that is mostly Chinese', () => {
    const wide = 'ｐｉｎａ＿';
    expect(clean(`${wide}复制`)).toEqual({ value: 'pina_复制', removed: ['compatibility'] });
    const foreign = `复制令牌复制令牌 ${wide}`;
    expect(clean(foreign)).toEqual({ value: foreign, removed: [] });
  });

  it('leaves what merely contains such words', () => {
    for (const text of [`${VALUE}bearer`, 'xundefined', `x"${VALUE}"`]) expect(clean(text).value).toBe(text);
  });

  it('leaves a quote alone that does not wrap', () => {
    expect(clean(`"${VALUE}`).value).toBe(`"${VALUE}`);
    expect(clean('"').value).toBe('"');
  });

  it('leaves nothing to take away, whatever it was given', () => {
    void fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const { value } = clean(text);
        expect(value).not.toMatch(/[\s\p{Cf}]/u);
        expect(clean(text).value === text).toBe(clean(text).removed.length === 0);
      }),
      { numRuns: 300 },
    );
  });
});
