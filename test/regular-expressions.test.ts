import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * Pages and pastes are written by others, so no expression in lib/ may take more than linear time. A small check that
 * rather flags too much: what it names is rewritten, not excused.
 */

/** One thing of a sequence. `set` is the source of what matches a single character; a group has ways instead. */
interface Item {
  set?: string;
  ways?: Item[][];
  min: number;
  endless: boolean;
}

const parse = (source: string): Item[][] => {
  let at = 0;
  const eat = (pattern: RegExp): string | undefined => {
    const hit = new RegExp(pattern.source, 'uy');
    hit.lastIndex = at;
    const found = hit.exec(source)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const atom = (): Omit<Item, 'min' | 'endless'> => {
    const open = eat(/\((?:\?(?:[:=!]|<[=!]|<\w+>))?/);
    if (open !== undefined) {
      const inner = ways();
      at += 1; // the closing parenthesis
      return { ways: /[=!]$/.test(open) ? [[]] : inner };
    }
    if (eat(/\\b|\\B|\^|\$/) !== undefined) return { ways: [[]] };
    return { set: eat(/\[(?:\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\u\{\w+\}|\\u\w{4}|\\x\w\w|\\.|./) ?? '' };
  };
  const ways = (): Item[][] => {
    const found: Item[][] = [[]];
    while (at < source.length && source[at] !== ')') {
      if (eat(/\|/) !== undefined) {
        found.push([]);
        continue;
      }
      const one = atom();
      const times = eat(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/) ?? '';
      const min = /^[*?]/.test(times) ? 0 : Number(/^\{(\d+)/.exec(times)?.[1] ?? 1);
      found.at(-1)?.push({ ...one, min, endless: /^[*+]|,\}/.test(times) });
    }
    return found;
  };
  return ways();
};

const SAMPLE = [
  ...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)),
  '…',
  'é',
  'ト',
  '\u200b',
];

const charsOf = ({ set, ways = [] }: Item): string[] => {
  if (set === undefined) return ways.flat().flatMap(charsOf);
  const one = new RegExp(`^${set}$`, /^\\[pP]\{/.test(set) || set.includes('\\p{') ? 'u' : '');
  return SAMPLE.filter((char) => one.test(char));
};

const overlap = (one: Item, other: Item): boolean => {
  const chars = new Set(charsOf(one));
  return charsOf(other).some((char) => chars.has(char));
};

const isNullable = ({ min, ways }: Item): boolean =>
  min === 0 || (ways?.some((way) => way.every(isNullable)) ?? false);

const hasEndless = ({ endless, ways = [] }: Item): boolean => endless || ways.flat().some(hasEndless);

/** Sequences with their groups laid open, so that neighbours across a parenthesis are neighbours. */
const flat = (way: Item[]): Item[] =>
  way.flatMap((item) =>
    item.ways && !item.endless && item.min <= 1 ? item.ways.flatMap((inner) => flat(inner)) : [item],
  );

/** What makes an expression slow, or nothing. */
const slowness = (source: string): string | undefined => {
  const all = parse(source);
  const every = (items: Item[]): Item[] => items.flatMap((item) => [item, ...every(item.ways?.flat() ?? [])]);
  for (const item of every(all.flat())) {
    if (!item.endless || !item.ways) continue;
    if (item.ways.flat().some(hasEndless)) return 'a repetition within a repetition';
    const starts = item.ways.map((way) => way[0]).filter((start) => start !== undefined);
    const clash = starts.some((one, index) => starts.slice(index + 1).some((other) => overlap(one, other)));
    if (clash) return 'ways that start alike within a repetition';
  }
  for (const way of all) {
    const items = flat(way);
    for (const [index, one] of items.entries()) {
      if (!one.endless) continue;
      for (const next of items.slice(index + 1)) {
        if (next.endless && overlap(one, next)) return 'two repetitions that can share what they match';
        if (!isNullable(next) && !overlap(one, next)) break;
      }
    }
    const [first, ...rest] = items.filter(({ set }) => set !== undefined);
    const isAnchored = source.startsWith('^') && all.length === 1;
    const mayFail = rest.some((item) => !isNullable(item)) || source.endsWith('$');
    if (first?.endless && !isAnchored && mayFail) return 'a repetition that begins anywhere and may fail';
  }
  return undefined;
};

interface Found {
  place: string;
  source: string;
}

const expressionsIn = (folder: string): Found[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry): Found[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return expressionsIn(path);
    if (!/\.tsx?$/.test(entry.name)) return [];
    const found: Found[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const { text } = node;
        found.push({ place: path, source: text.slice(1, text.lastIndexOf('/')) });
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
    return found;
  });

describe('regular expressions', () => {
  it.each([
    '(a+)+$',
    '(?:a|ab)*c',
    '^\\s*(.*)\\s*$',
    '\\s+$',
    '[.…]+$',
    '^a[^)]*(?:b)?[^)]*c',
    '^(\\d+|[a-z\\d]+)*x',
  ])('are flagged when they are slow: %s', (source) => {
    expect(slowness(source)).toBeDefined();
  });

  it.each(['\\s+', '^\\d+$', 'pina_([A-Z2-7]{96})', '^a[^)]*\\)b\\d+', '(?:one|two)+x'])(
    'are not when they are not: %s',
    (source) => {
      expect(slowness(source)).toBeUndefined();
    },
  );

  it('take linear time, all of them in lib/', () => {
    const all = expressionsIn('lib');
    expect(all.length).toBeGreaterThan(50);
    const slow = all.flatMap(({ place, source }) => {
      const why = slowness(source);
      return why ? [`${place}: /${source}/ has ${why}`] : [];
    });
    expect(slow).toEqual([]);
  });
});
