import { readdirSync, readFileSync } from 'node:fs';
import { matchPatterns } from '../../../lib/platforms/index';
import { builtForFirefox, type Firefox, launchFirefox } from '../../firefox/firefox';
import { type Sandbox, startSandbox } from '../../sandbox/server';
import { writeFloor, writeNothing } from './floor';
import { pageOf, type Workload, workloads } from './workloads';

/**
 * The same work in Firefox, which has no profiler to ask: what is told is the processor time of all its processes, in
 * which the page's own work is the largest part. Only differences between rows mean something. Linux alone.
 */

const HOST = 'ads.reddit.com';
const PATH = '/account/a2_benchmarkpag/events-manager/conversion-tokens';
const SETTLE = 700;
/** Of /proc, on every Linux that browsers run on. */
const TICKS_A_SECOND = 100;

const names = Object.keys(workloads) as Workload[];

/** Parent and processor time so far, in ms, of every process. */
const processes = (): Map<number, { parent: number; ms: number }> =>
  new Map(
    readdirSync('/proc')
      .map(Number)
      .filter(Boolean)
      .flatMap((pid): [number, { parent: number; ms: number }][] => {
        try {
          const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
          const fields = stat
            .slice(stat.lastIndexOf(')') + 2)
            .split(' ')
            .map(Number);
          const [parent = 0, user = 0, system = 0] = [fields[1], fields[11], fields[12]];
          return [[pid, { parent, ms: ((user + system) * 1000) / TICKS_A_SECOND }]];
        } catch {
          return []; // it has just ended
        }
      }),
  );

const cpuOf = ({ pid }: Firefox): number => {
  const all = processes();
  const isOurs = (one: number): boolean => {
    const parent = all.get(one)?.parent;
    return one === pid || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  return [...all].filter(([one]) => isOurs(one)).reduce((sum, [, { ms }]) => sum + ms, 0);
};

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const measured = async (firefox: Firefox, work: () => Promise<unknown>): Promise<number> => {
  const before = cpuOf(firefox);
  await work();
  await pause(SETTLE);
  return cpuOf(firefox) - before;
};

interface Row {
  name: string;
  firefox: Firefox;
  costs: Map<string, number[]>;
}

const visit = async ({ firefox, costs }: Row, nodes: number): Promise<void> => {
  const note = (what: string, cost: number) =>
    void costs.set(`${what} ${nodes}`, [...(costs.get(`${what} ${nodes}`) ?? []), cost]);
  const page = await firefox.browser.newPage();
  await page.goto(`https://${HOST}${PATH}/empty?nodes=0`);
  await pause(SETTLE);
  note('load', await measured(firefox, () => page.goto(`https://${HOST}${PATH}?nodes=${nodes}`)));
  for (const name of names) note(name, await measured(firefox, () => workloads[name](page)));
  await page.close();
};

const play = (sandbox: Sandbox): void => {
  sandbox.serve(HOST, '/*', ({ query }) => ({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: pageOf(Number(query.get('nodes') ?? 0)),
  }));
};

export const measureFirefox = async (rounds: number, sizes: readonly number[]): Promise<void> => {
  const sandbox = await startSandbox();
  play(sandbox);
  const rows: Row[] = [];
  try {
    for (const [name, extension] of [
      ['no extension', writeNothing()],
      ['the floor', writeFloor(matchPatterns)],
      ['Upstack Capture, token page', builtForFirefox],
    ] as const) {
      rows.push({ name, firefox: await launchFirefox({ sandbox, extension }), costs: new Map() });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const nodes of sizes) for (const row of rows) await visit(row, nodes);
      console.log(`Round ${round + 1} of ${rounds} done.`);
    }
    console.log('\nProcessor time of all of Firefox, ms (median)');
    for (const nodes of sizes) {
      console.log(
        `\n  ${String(nodes).padStart(7)} nodes`.padEnd(37) +
          ['load', ...names, 'sum'].map((name) => name.padStart(9)).join(''),
      );
      for (const { name, costs } of rows) {
        const figures = ['load', ...names].map((what) => median(costs.get(`${what} ${nodes}`) ?? []));
        const sum = figures.reduce((one, other) => one + other, 0);
        console.log(
          `  ${name.padEnd(33)} ${[...figures, sum].map((one) => one.toFixed(0).padStart(9)).join('')}`,
        );
      }
    }
  } finally {
    for (const { firefox } of rows) await firefox.close();
    await sandbox.close();
  }
};
