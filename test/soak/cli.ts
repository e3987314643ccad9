/**
 * `npm run soak`: the proofs under fault and attack, at counts that `npm test` has no time for. With names, those
 * alone; with a number, that many: `npm run soak -- schedules=5000000 kills`. The code is that of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

interface Soak {
  /** Figure in SECURITY.md. */
  figure: string;
  what: string;
  count: number;
  /** Sets how many. */
  variable: string;
  /** A pattern, where several belong to it. */
  file: string;
  title?: string;
  /** Left out: those whose title has this in it. */
  without?: string;
}

const soaks: Readonly<Record<string, Soak>> = {
  kills: {
    figure: 'A1, A4',
    what: 'captures and sends, with the worker killed at every step and a server that ignores the Idempotency-Key',
    count: 160,
    variable: 'STORM_ROUNDS',
    file: 'test/e2e/faults/storm.spec.ts',
  },
  schedules: {
    figure: 'A3',
    what: 'simulated schedules',
    count: 100_000,
    variable: 'SIM_SCHEDULES',
    file: 'test/sim/sim.test.ts',
  },
  updates: {
    figure: 'A5',
    what: 'rounds of three forced updates',
    count: 16,
    variable: 'FAULT_ROUNDS',
    file: 'test/e2e/faults/browser.spec.ts',
    title: 'an update at any moment',
  },
  browserKills: {
    figure: 'A6',
    what: 'browsers killed while a token waits',
    count: 20,
    variable: 'FAULT_ROUNDS',
    file: 'test/e2e/faults/browser.spec.ts',
    title: 'a browser that is killed',
  },
  alarm: {
    figure: 'A15',
    what: 'sends that were cut off, and go on by the alarm alone',
    count: 10,
    variable: 'ALARM_ROUNDS',
    file: 'test/e2e/faults/browser.spec.ts',
    title: 'by the alarm alone',
  },
  suspended: {
    figure: 'F5',
    what: 'time that the worker is ended before every step of a person, in the stories',
    count: 1,
    variable: 'SUSPENDED',
    file: 'test/e2e/(bad-input|popup|sample|story|dashboard/flow|dashboard/keeping|flows/.*).spec.ts',
    without: '@oneLife',
  },
  senders: {
    figure: 'A8',
    what: 'forged senders at the gate',
    count: 1_000_000,
    variable: 'FORGED_SENDERS',
    file: 'test/unit/messages/gate.test.ts',
  },
  messages: {
    figure: 'A8',
    what: 'forged messages from each of six wrong places in a real browser',
    count: 20_000,
    variable: 'FORGED',
    file: 'test/e2e/forged/forged.spec.ts',
  },
  answers: {
    figure: 'A13',
    what: 'garbled answers',
    count: 50_000,
    variable: 'GARBLED_ANSWERS',
    file: 'test/unit/upstack/decode.test.ts',
  },
  strings: {
    figure: 'A11',
    what: 'strings judged by each kind of credential',
    count: 1_000_000,
    variable: 'ANY_STRINGS',
    file: 'test/unit/credentials/any-string.test.ts',
  },
  tampering: {
    figure: 'A12',
    what: 'attempts to send a call elsewhere',
    count: 20_000,
    variable: 'TAMPER_ATTEMPTS',
    file: 'test/unit/upstack/tamper.test.ts',
  },
  names: {
    figure: 'A13',
    what: 'hostile names through every screen',
    count: 5_000,
    variable: 'HOSTILE_NAMES',
    file: 'test/components/hostile-names.test.tsx',
  },
  namesInBrowser: {
    figure: 'A13',
    what: 'hostile names through popup, side panel and settings in a real browser',
    count: 2_000,
    variable: 'HOSTILE_NAMES_SHOWN',
    file: 'test/e2e/hostile-names.spec.ts',
  },
  damage: {
    figure: 'A14',
    what: 'damaged rows, over all kinds of row',
    count: 5_000,
    variable: 'DAMAGED_ROWS',
    file: 'test/unit/storage/damage.test.ts',
  },
  profiles: {
    figure: 'A14',
    what: 'damaged files of the profile of a browser that was closed',
    count: 100,
    variable: 'DAMAGED_PROFILES',
    file: 'test/e2e/faults/profile.spec.ts',
  },
  firefox: {
    figure: 'A20',
    what: 'stories in Firefox for each platform, and the search of its profile',
    count: 10,
    variable: 'FIREFOX_ROUNDS',
    file: 'test/firefox/story.firefox.ts',
  },
};

const runOf = ({ file, title, without }: Soak): string[] => {
  if (file.endsWith('.firefox.ts'))
    return ['vitest/vitest.mjs', 'run', '--config', 'test/firefox/vitest.config.ts', file];
  if (!file.endsWith('.spec.ts')) return ['vitest/vitest.mjs', 'run', file];
  return [
    ...['@playwright/test/cli.js', 'test', file],
    ...(title === undefined ? [] : ['--grep', title]),
    ...(without === undefined ? [] : ['--grep-invert', without]),
  ];
};

const wanted = process.argv.slice(2).map((word): [string, number | undefined] => {
  const [name = '', count] = word.split('=');
  if (!soaks[name]) throw new Error(`There is ${Object.keys(soaks).join(', ')}, and no ${name}.`);
  return [name, count === undefined ? undefined : Number(count)];
});
const chosen =
  wanted.length > 0 ? wanted : Object.keys(soaks).map((name): [string, undefined] => [name, undefined]);

const lines: string[] = [];
let failed = 0;
for (const [name, asked] of chosen) {
  const soak = soaks[name];
  if (!soak) continue;
  const count = asked ?? soak.count;
  const [script = '', ...args] = runOf(soak);
  const begun = performance.now();
  const { status } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
    stdio: 'inherit',
    env: { ...process.env, [soak.variable]: String(count) },
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  if (status !== 0) failed += 1;
  lines.push(
    `${status === 0 ? 'held ' : 'BROKE'}  ${soak.figure.padEnd(6)}  ${count} ${soak.what}, ${seconds} s`,
  );
}
console.log(`\n${lines.join('\n')}\n\n${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
