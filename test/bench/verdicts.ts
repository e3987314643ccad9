/**
 * `npm run bench:verdicts [-- 1000000]`: what it costs to judge so many random strings of up to 512 characters, for
 * each kind of value and each alphabet, and over all alphabets, in µs (mean); and ten million characters, in ms. All of
 * processor time.
 */
import { judge } from '../../lib/credentials/verdict';
import { platforms } from '../../lib/platforms/index';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const MAX_LENGTH = 512;
/** So many different ones, again and again: to make them up would cost more than to judge them. */
const DIFFERENT = 10_000;

const codes = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => String.fromCharCode(from + index));
const printable = codes(0x21, 0x7f);
const alphabets = {
  base64url: printable.filter((character) => /[\w-]/.test(character)),
  printable,
  'with blanks': [...printable, ' '],
  'any script': codes(0x20, 0xd800),
};

const pick = (alphabet: readonly string[]): string =>
  Array.from(
    { length: Math.floor(Math.random() * (MAX_LENGTH + 1)) },
    () => alphabet[Math.floor(Math.random() * alphabet.length)],
  ).join('');

/** Processor time in ms, which other work on the machine does not add to. */
const timeOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const kinds = platforms.flatMap(({ id, kinds: own }) =>
  own.map((kind) => ({ name: `${id} ${kind.id}`, kind })),
);
const names = Object.keys(alphabets);
console.log(
  `${'µs a verdict'.padEnd(28)}${[...names, 'all'].map((name) => name.padStart(13)).join('')}${'10 MB, ms'.padStart(13)}`,
);
const samples = Object.values(alphabets).map((alphabet) =>
  Array.from({ length: DIFFERENT }, () => pick(alphabet)),
);
const huge = '2'.repeat(10_000_000);
for (const { name, kind } of kinds) {
  const means = samples.map((texts) => {
    for (const text of texts) judge(kind, text);
    const time = timeOf(() => {
      for (let at = 0; at < COUNT; at += 1) judge(kind, texts[at % DIFFERENT] ?? '');
    });
    return (time * 1000) / COUNT;
  });
  const together = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  const large = timeOf(() => judge(kind, huge));
  console.log(
    `${name.padEnd(28)}${[...means, together, large].map((mean) => mean.toFixed(2).padStart(13)).join('')}`,
  );
}
