import { describe, expect, it } from 'vitest';
import { readLines } from '../../../lib/workspaces/lines';

const key = (name: string): string => ['upstack', `${name}0123456789`].join('_');
const pixel = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const line = (name: string, n: number, separator = ','): string => [name, key('k'), pixel(n)].join(separator);

const outcomes = (text: string): string[] =>
  readLines(text).map((one) => `${one.line} ${one.name} ${'code' in one ? one.code : 'sound'}`);

describe('pasted lines', () => {
  it('are read one by one, with their numbers, past headings and empty lines', () => {
    const text = ['name,key,pixel', '', line('Acme', 1), '   ', line('Bolt Shoes', 2), ''].join('\r\n');
    expect(outcomes(text)).toEqual(['3 Acme sound', '5 Bolt Shoes sound']);
    expect(readLines(text)[0]).toEqual({ line: 3, name: 'Acme', apiKey: key('k'), pixelId: pixel(1) });
  });

  it('may be quoted as CSV is', () => {
    expect(outcomes(line('"Acme, Inc."', 1))).toEqual(['1 Acme, Inc. sound']);
    expect(outcomes(line('"The ""best"" shop"', 1))).toEqual(['1 The "best" shop sound']);
    const broken = `${line('"Two\nlines"', 1)}\n${line('Next', 2)}`;
    expect(outcomes(broken)).toEqual(['1 Two\nlines sound', '3 Next sound']);
  });

  it.each(['\t', ';'])('may be separated as spreadsheets do it: %j', (separator) => {
    expect(outcomes(line('Acme, Inc.', 1, separator))).toEqual(['1 Acme, Inc. sound']);
  });

  it.each([
    ['too few columns', `Acme,${key('k')}`, 'columns'],
    ['too many', `${line('Acme', 1)},more`, 'columns'],
    ['no name', line('', 1), 'nameMissing'],
    ['a token in the place of the key', `Acme,something-else,${pixel(1)}`, 'keyMalformed'],
    ['another pixel', `Acme,${key('k')},a2_abcdefghijkl`, 'pixelMalformed'],
  ])('are refused with the reason: %s', (_what, text, code) => {
    expect(readLines(text)).toMatchObject([{ line: 1, code }]);
  });

  it('are refused when they name a pixel twice, the second one only', () => {
    expect(outcomes(`${line('Acme', 1)}\n${line('Again', 1)}`)).toEqual(['1 Acme sound', '2 Again twice']);
  });

  it('never keep a key as a name', () => {
    for (const text of [`${key('k')},Acme,${pixel(1)}`, key('k'), `,${key('k')}`]) {
      for (const one of readLines(text)) {
        expect('code' in one).toBe(true);
        expect(JSON.stringify(one)).not.toContain(key('k'));
      }
    }
  });

  it('are none where there is nothing', () => {
    expect(readLines(' \n\n')).toEqual([]);
    expect(readLines('name,key,pixel')).toEqual([]);
  });
});
