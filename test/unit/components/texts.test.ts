import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import ts from 'typescript';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '#i18n';
import { differenceOf } from '../../../components/difference';
import { ago, clockOf, countOf, problemText, sentence, spanOf } from '../../../components/texts';
import type { Reason } from '../../../lib/platforms/definition';
import { platforms } from '../../../lib/platforms/index';
import { momentOf } from '../../../lib/terms/moment';
import { HOUR, MINUTE } from '../../../lib/terms/time';
import { languages, messagesOf } from '../../../scripts/merge-locales';
import { nodesOf, readSources, type Source } from '../../architecture/source';

// A page has one; Node 20 has not.
beforeEach(() => vi.stubGlobal('navigator', { language: 'en-GB' }));

const NOON = new Date(2026, 10, 21, 12, 0).getTime();

describe('how long ago', () => {
  it.each([
    [10_000, 'just now'],
    [44_000, 'just now'],
    [46_000, '1 min ago'],
    [2 * MINUTE, '2 min ago'],
    [59 * MINUTE, '59 min ago'],
    [60 * MINUTE, '1 h ago'],
    [3 * HOUR, '3 h ago'],
  ])('%i ms is "%s"', (passed, text) => {
    expect(ago(NOON - passed, NOON)).toBe(text);
  });

  it('is yesterday with the time, then a date', () => {
    expect(ago(NOON - 20 * HOUR, NOON)).toMatch(/^yesterday, \d\d:\d\d/);
    expect(ago(NOON - 72 * HOUR, NOON)).toMatch(/^(18 Nov|Nov 18), \d\d:\d\d/);
    expect(ago(NOON - 366 * 24 * HOUR, NOON)).toMatch(/2025/);
  });

  it('is just now for a clock that runs a little behind', () => {
    expect(ago(NOON + 5_000, NOON)).toBe('just now');
  });
});

it('spans and clocks', () => {
  expect(spanOf(8_000)).toBe('8 s');
  expect(spanOf(100_000)).toBe('1 min 40 s');
  expect(spanOf(120_000)).toBe('2 min');
  expect(spanOf(130 * MINUTE)).toBe('2 h 10 min');
  expect(clockOf(72_000)).toBe('1:12');
  expect(clockOf(-5)).toBe('0:00');
});

it('counts are written as the language of the texts writes them', () => {
  expect(countOf(2995)).toBe('2,995');
  vi.spyOn(i18n, 't').mockReturnValueOnce('de' as never);
  expect(countOf(12345)).toBe('12.345');
});

it('a moment has its day where that is not today', () => {
  expect(momentOf(NOON - HOUR, NOON)).toBe('11:00');
  expect(momentOf(NOON - 20 * HOUR, NOON)).toMatch(/20 Nov, 16:00/);
  expect(momentOf(NOON + 20 * HOUR, NOON)).toMatch(/22 Nov, 08:00/);
});

describe('sentences', () => {
  it('carry their facts', () => {
    expect(sentence('verdict.tooLong', { length: 9000 })).toContain('9000 characters');
  });

  it('leave a fact that is not there as it stands, and fall back where there is no text', () => {
    expect(sentence('verdict.tooLong')).toContain('{length}');
    expect(sentence('verdict.nobodyWroteThis', {}, 'otherwise')).toBe('otherwise');
  });

  it('tell why an id was taken, for every reason there is', () => {
    // A record, so that the compiler misses a code that is not listed.
    const codes: Record<Reason['code'], true> = {
      address: true,
      label: true,
      snippet: true,
      switcher: true,
      table: true,
      page: true,
      typed: true,
    };
    for (const code of Object.keys(codes)) expect(sentence(`reason.${code}`), code).not.toBe('');
  });

  it('tell a problem of a kind that nobody knows', () => {
    expect(problemText({ kind: 'fromTheFuture' as never })).toBe(sentence('problem.unknown'));
  });
});

describe('where two ids differ', () => {
  it.each([
    ['a2_abc', 'a2_axc', 4, 1],
    ['a2_abc', 'a2_abc', 6, 0],
    ['', 'a2_abc', 0, 0],
    ['aaa', 'aaaa', 3, 0],
  ])('%s and %s', (one, other, start, fromEnd) => {
    expect(differenceOf(one, other)).toEqual({ start, fromEnd });
  });

  it('what is not marked is the same in both', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        (one, other) => {
          const { start, fromEnd } = differenceOf(one, other);
          expect(one.slice(0, start)).toBe(other.slice(0, start));
          expect(one.slice(one.length - fromEnd)).toBe(other.slice(other.length - fromEnd));
          expect(start + fromEnd).toBeLessThanOrEqual(Math.min(one.length, other.length));
        },
      ),
    );
  });
});

/** Dotted names of all texts, with the names of the facts in each. */
const textsOf = (messages: object, path = ''): [string, string][] =>
  Object.entries(messages).flatMap(([name, value]) =>
    typeof value === 'string' ? [[path + name, value]] : textsOf(value, `${path}${name}.`),
  );
const factsIn = (text: string): string[] => [...(text.match(/\{\w+\}|\$\d/g) ?? [])].sort();

interface Spoken {
  names: Set<string>;
  /** Those with gaps, which are filled at run time. */
  gaps: RegExp[];
}

/** Every name of a text that the code could speak, and those that the manifest names. */
const spokenIn = (sources: readonly Source[], manifest: string): Spoken => {
  const names = new Set(['language']);
  for (const [, name = ''] of manifest.matchAll(/__MSG_(\w+?)__/g)) names.add(name.replaceAll('_', '.'));
  const gaps: RegExp[] = [];
  for (const node of sources.flatMap(nodesOf)) {
    if (ts.isStringLiteralLike(node)) names.add(node.text);
    if (!ts.isTemplateExpression(node) || !/^[a-z]\w*\./.test(node.head.text)) continue;
    const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
    gaps.push(new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('.+')}$`));
  }
  return { names, gaps };
};

describe('the languages', () => {
  const english = new Map(textsOf(messagesOf('en')));

  it.each(languages.filter((language) => language !== 'en'))(
    '%s has every text, with the same facts',
    (language) => {
      const other = new Map(textsOf(messagesOf(language)));
      expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
      const wrong = [...english].filter(
        ([name, text]) => String(factsIn(text)) !== String(factsIn(other.get(name) ?? '')),
      );
      expect(wrong.map(([name]) => name)).toEqual([]);
    },
  );

  it('have no text that nothing shows, and one for every name that the code puts together', () => {
    const names = [...english.keys()].map((name) => name.replace(/\.(\d+|n)$/, ''));
    const sources = readSources('components', 'entrypoints', 'lib');
    const spoken = spokenIn(sources, readFileSync('wxt.config.ts', 'utf8'));
    const isSpoken = (name: string): boolean =>
      spoken.names.has(name) || spoken.gaps.some((gap) => gap.test(name));
    expect(names.filter((name) => !isSpoken(name))).toEqual([]);
    // The compiler knows whole names; those with gaps it takes on trust.
    const sections = new Set(names.map((name) => name.split('.')[0]));
    const gaps = spoken.gaps.filter(({ source }) => sections.has(/^\^(\w+)/.exec(source)?.[1]));
    expect(gaps.length).toBeGreaterThan(20);
    expect(gaps.filter((gap) => !names.some((name) => gap.test(name))).map(String)).toEqual([]);
    // What the search would miss, if it saw a name in everything.
    expect(isSpoken('popup.nobodyShowsThis')).toBe(false);
  }, 30_000);

  it('address a person in one manner: German with Sie, Spanish with tú', () => {
    const other = {
      de: /\b(?:du|dich|dir|dein\w*)\b/i,
      es: /\b(?:usted|su navegador|abra|ábra\w+|compruebe|copie|cópie\w+|corríja\w+|genere|guárde\w+|haga|inténtel[oa]|mire|mírel[oa]|muestre primero|permita|pulse|puede (?:cerrar|seguir)|recárguel[oa]|revíse\w+|vacíe\w*|le espera|lo ha (?:pulsado|copiado))(?![\p{L}])/iu,
    };
    const inOther = (language: keyof typeof other): string[] =>
      textsOf(messagesOf(language)).flatMap(([name, text]) => (other[language].test(text) ? [name] : []));
    expect([...inOther('de'), ...inOther('es')]).toEqual([]);
    // The control: the rule sees the other manner.
    expect('Öffne dein Konto').toMatch(other.de);
    expect('Ábralo y compruebe la clave').toMatch(other.es);
  });

  it('have a sentence for every code that a row can carry', () => {
    const codes: Record<string, readonly string[]> = {
      removed: ['compatibility', 'zeroWidth', 'lineBreaks', 'whitespace', 'quotes', 'bearer', 'glued'],
      reason: ['address', 'label', 'snippet', 'switcher', 'table', 'typed'],
      answer: ['refused', 'invalid', 'busy', 'gone', 'notReady', 'failed'],
      remedy: platforms.flatMap(({ remedies }) => Object.values(remedies)),
    };
    const missing = Object.entries(codes).flatMap(([section, names]) =>
      names.filter((name) => !english.has(`${section}.${name}`)).map((name) => `${section}.${name}`),
    );
    expect(missing).toEqual([]);
  });
});
