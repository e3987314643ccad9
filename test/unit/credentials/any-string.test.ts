import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/credentials/verdict';
import type { CredentialKind } from '../../../lib/platforms/definition';
import { platforms } from '../../../lib/platforms/index';
import { pinterestKey, redditConversionToken } from '../../sandbox/tokens';
import { sequence } from '../../sequence';

/** `npm run soak -- strings` judges a million by each kind. */
const STRINGS = Number(process.env.ANY_STRINGS ?? 10_000);

const kinds = platforms.flatMap(({ name, kinds: own }) =>
  own.map((kind): [string, CredentialKind] => [`${name} ${kind.label}`, kind]),
);

const ALPHABETS: readonly string[] = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.',
  '0123456789',
  'eyJ.a2_pina_tokenBearer "\'\n\t',
  ' \u200b\u00ad\u202e„“«»‹›\u2028\u0085\u3000',
  'Ａａ１ﬃ㎏½İß\u0301\u{1f469}',
];

const random = sequence(20_261_122);
const below = (limit: number): number => Math.floor(random() * limit);

/** Up to 512 characters of one alphabet or another. */
const anyString = (): string => {
  const alphabet = ALPHABETS[below(ALPHABETS.length)] ?? '';
  let text = '';
  for (let left = below(513); left > 0; left -= 1) text += alphabet.charAt(below(alphabet.length));
  return text;
};

/** A true token in which a few characters are others, are gone, or have come in. */
const bent = (token: string): string => {
  let text = token;
  for (let left = 1 + below(4); left > 0; left -= 1) {
    const at = below(text.length);
    const alphabet = ALPHABETS[below(ALPHABETS.length)] ?? '';
    const instead =
      ['', alphabet.charAt(below(alphabet.length)), text.slice(at, at + below(30))][below(3)] ?? '';
    text = text.slice(0, at) + instead + text.slice(at + below(2));
  }
  return text;
};

describe.each(kinds)(`${STRINGS} strings judged as a %s`, (name, kind) => {
  it('each has a verdict, and soon', () => {
    const batch = Array.from({ length: Math.min(STRINGS, 10_000) }, anyString);
    const times = new Float64Array(STRINGS);
    const levels = { good: 0, doubt: 0, bad: 0 };
    const before = process.cpuUsage();
    for (let n = 0; n < STRINGS; n += 1) {
      const begun = performance.now();
      levels[judge(kind, batch[n % batch.length] ?? '').verdict.level] += 1;
      times[n] = (performance.now() - begun) * 1000;
    }
    // Of the processor, since a machine that has other work to do lets anything wait.
    const { user, system } = process.cpuUsage(before);
    times.sort();
    const [median = 0, p999 = 0] = [0.5, 0.999].map((share) => times[Math.floor(STRINGS * share)]);
    const mean = (user + system) / STRINGS;
    console.log(
      `  ${name}: mean ${mean.toFixed(1)} µs, median ${median.toFixed(1)} µs, p99.9 ${p999.toFixed(0)} µs`,
    );
    expect(levels.good + levels.doubt + levels.bad).toBe(STRINGS);
    expect(levels.bad).toBeGreaterThan(0);
    if (kind.secret) expect(levels.good).toBe(0);
    expect(median).toBeLessThan(100);
  });
});

const secrets = platforms.flatMap(({ id, kinds: own }) =>
  own.flatMap((kind): [string, CredentialKind][] => (kind.secret ? [[id, kind]] : [])),
);
const genuine: Readonly<Record<string, () => string>> = {
  reddit: redditConversionToken,
  pinterest: pinterestKey,
};

it.each(secrets)('true tokens of %s that were bent have a verdict, too', (id, kind) => {
  const make = genuine[id];
  if (!make) throw new Error(`Nothing makes a token of ${id}.`);
  const levels = { good: 0, doubt: 0, bad: 0 };
  const runs = Math.ceil(STRINGS / 10);
  for (let n = 0; n < runs; n += 1) levels[judge(kind, bent(make())).verdict.level] += 1;
  expect(judge(kind, make()).verdict.level).toBe('good');
  expect(levels.bad).toBeGreaterThan(0);
  console.log(
    `  ${id}: of ${runs} bent tokens ${levels.bad} bad, ${levels.doubt} doubtful, ${levels.good} good`,
  );
});
