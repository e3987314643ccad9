/**
 * `npm run bench:page-cost`: what the capture costs a page, beside no extension and beside the floor.
 *   --firefox    in Firefox, by processor time
 *   --rounds 5   --nodes 2000,20000,200000   --redraws 10000   --latency 40   --extension .output/chrome-mv3
 * Rows are measured in turn, so that all of them meet the same machine; figures are medians.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from '@playwright/test';
import { matchPatterns } from '../../../lib/platforms/index';
import { type Launched, launchWithExtension, workerOf } from '../../browser/launch';
import { fingerprintOf, startWatch, type Watch } from '../../e2e/zoo/watch';
import { type Sandbox, startSandbox } from '../../sandbox/server';
import { redditConversionToken } from '../../sandbox/tokens';
import { measureFirefox } from './firefox';
import { writeFloor, writeNothing } from './floor';
import { type Cost, profiled } from './profile';
import { pageOf, redrawPart, type Workload, workloads } from './workloads';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    nodes: { type: 'string', default: '2000,20000,200000' },
    redraws: { type: 'string', default: '10000' },
    latency: { type: 'string', default: '40' },
    extension: { type: 'string' },
    firefox: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const sizes = options.nodes.split(',').map(Number);

const HOST = 'ads.reddit.com';
const TOKEN_PAGE = '/account/a2_benchmarkpag/events-manager/conversion-tokens';
const OTHER_PAGE = '/account/a2_benchmarkpag/dashboard';
/** After a workload: what was put off is part of its cost. */
const SETTLE = 1_200;
const SETTLE_LOAD = 1_500;

type Measured = 'load' | Workload;
const measuredNames: readonly Measured[] = ['load', ...(Object.keys(workloads) as Workload[])];

interface Row {
  name: string;
  launched: Launched;
  path: string;
  costs: Map<string, Cost[]>;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
const median = (values: readonly number[]): number => quantile(values, 0.5);

const keyOf = (measured: Measured, nodes: number): string => `${measured} ${nodes}`;

const visit = async ({ launched, path, costs }: Row, nodes: number): Promise<void> => {
  const page = await launched.context.newPage();
  const session = await launched.context.newCDPSession(page);
  const note = (measured: Measured, cost: Cost): void => {
    const key = keyOf(measured, nodes);
    costs.set(key, [...(costs.get(key) ?? []), cost]);
  };
  // The same process is kept for the page that is measured, and with it the profiler.
  await page.goto(`https://${HOST}/empty`);
  await pause(300);
  note(
    'load',
    await profiled(session, async () => {
      await page.goto(`https://${HOST}${path}?nodes=${nodes}`);
      await pause(SETTLE_LOAD);
    }),
  );
  for (const name of Object.keys(workloads) as Workload[]) {
    note(
      name,
      await profiled(session, async () => {
        await workloads[name](page);
        await pause(SETTLE);
      }),
    );
  }
  await page.close();
};

const add = (one: number, other: number): number => one + other;

/** One line a row, one column a workload, and what they come to together. */
const table = (
  title: string,
  rows: readonly Row[],
  figure: (costs: readonly Cost[]) => number,
  [together, join]: readonly [name: string, join: (one: number, other: number) => number],
): void => {
  console.log(`\n${title}`);
  for (const nodes of sizes) {
    console.log(
      `\n  ${String(nodes).padStart(7)} nodes`.padEnd(37) +
        [...measuredNames, together].map((name) => name.padStart(9)).join(''),
    );
    for (const { name, costs } of rows) {
      const figures = measuredNames.map((measured) => figure(costs.get(keyOf(measured, nodes)) ?? []));
      console.log(
        `  ${name.padEnd(33)} ${[...figures, figures.reduce(join)].map((one) => one.toFixed(1).padStart(9)).join('')}`,
      );
    }
  }
};

const sumOf = ({ costs }: Row, nodes: number): number =>
  measuredNames.reduce(
    (sum, measured) => sum + median((costs.get(keyOf(measured, nodes)) ?? []).map(({ total }) => total)),
    0,
  );

/** What is alive after everything dead was collected. */
const alive = async (session: CDPSession): Promise<{ heap: number; nodes: number }> => {
  for (let times = 0; times < 3; times += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await pause(150);
  }
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes };
};

const memory = async ({ name, launched, path }: Row): Promise<void> => {
  const page = await launched.context.newPage();
  const session = await launched.context.newCDPSession(page);
  await page.goto(`https://${HOST}${path}?nodes=2000`);
  await redrawPart(page, 500);
  await pause(3_500);
  const before = await alive(session);
  await redrawPart(page, Number(options.redraws));
  await pause(3_500);
  const after = await alive(session);
  console.log(
    `  ${name.padEnd(33)} heap ${((after.heap - before.heap) / 1024).toFixed(0).padStart(6)} KiB, ` +
      `nodes ${String(after.nodes - before.nodes).padStart(6)}`,
  );
  await page.close();
};

/** A token comes while a workload runs, in a paragraph, at a random moment. */
const showToken = (page: Page, value: string): Promise<number> =>
  page.evaluate(
    (text) =>
      new Promise<number>((done) => {
        setTimeout(
          () => {
            const line = document.createElement('p');
            line.textContent = text;
            document.body.prepend(line);
            done(Date.now());
          },
          50 + Math.random() * 250,
        );
      }),
    value,
  );

const latencies = async (
  { launched, path }: Row,
  watch: Watch,
  name: Workload | 'idle',
): Promise<number[]> => {
  const found: number[] = [];
  for (let times = 0; times < Number(options.latency); times += 1) {
    const page = await launched.context.newPage();
    await page.goto(`https://${HOST}${path}?nodes=20000`);
    await pause(300);
    const value = redditConversionToken();
    const work = name === 'idle' ? Promise.resolve() : workloads[name](page);
    const [shownAt] = await Promise.all([showToken(page, value), work]);
    const print = fingerprintOf(value);
    const { captures } = await watch.until(({ secrets }) => secrets[print] !== undefined, 5_000);
    const heard = watch.heard.find(
      ({ report }) => report.type === 'capture.offer' && report.tokens.some((token) => token.value === value),
    );
    found.push(heard ? Math.max(0, heard.at - shownAt) : Number.POSITIVE_INFINITY);
    await watch.forget(
      captures
        .filter(({ tokens }) => tokens.some(({ fingerprint }) => fingerprint === print))
        .map(({ id }) => id),
      [print],
    );
    await page.close();
  }
  return found;
};

const play = (sandbox: Sandbox): void => {
  const pages = new Map<number, string>();
  sandbox.serve(HOST, '/*', ({ query }) => {
    const nodes = Number(query.get('nodes') ?? 0);
    const body = pages.get(nodes) ?? pageOf(nodes);
    pages.set(nodes, body);
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
  });
};

const inChromium = async (): Promise<void> => {
  const sandbox = await startSandbox();
  play(sandbox);
  const launch = (extension?: string): Promise<Launched> =>
    launchWithExtension({ hosts: sandbox, headless: true, ...(extension && { extension }) });
  const nothing = await launch(writeNothing());
  const floor = await launch(writeFloor(matchPatterns));
  const ours = await launch(options.extension);
  try {
    const row = (name: string, launched: Launched, path: string): Row => ({
      name,
      launched,
      path,
      costs: new Map(),
    });
    const floorRow = row('the floor', floor, TOKEN_PAGE);
    const oursRow = row('Upstack Capture, token page', ours, TOKEN_PAGE);
    const elsewhereRow = row('Upstack Capture, another page', ours, OTHER_PAGE);
    const rows = [row('no extension', nothing, TOKEN_PAGE), floorRow, oursRow, elsewhereRow];
    for (let round = 0; round < rounds; round += 1) {
      for (const nodes of sizes) for (const one of rows) await visit(one, nodes);
      console.log(`Round ${round + 1} of ${rounds} done.`);
    }
    table(
      'CPU time with extension code on the stack, ms',
      rows,
      (costs) => median(costs.map(({ total }) => total)),
      ['sum', add],
    );
    table(
      'Longest task of it, ms (worst of all rounds; goal ≤ 8 on 20,000 nodes)',
      rows,
      (costs) => Math.max(...costs.map(({ longest }) => longest)),
      ['worst', (one, other) => Math.max(one, other)],
    );
    console.log('\nShare of the floor, in sum (goal ≤ 0.25)');
    for (const nodes of sizes) {
      const share = (one: Row): string => (sumOf(one, nodes) / sumOf(floorRow, nodes)).toFixed(2);
      console.log(
        `  ${String(nodes).padStart(7)} nodes: ${share(oursRow)} on the token page, ${share(elsewhereRow)} elsewhere`,
      );
    }

    console.log(`\nGrowth over ${options.redraws} redraws`);
    for (const one of rows.slice(0, 3)) await memory(one);

    if (Number(options.latency) > 0) {
      const watch = await startWatch(await workerOf(ours));
      console.log('\nRendered → reported on 20,000 nodes, ms (goal: median ≤ 20, p99 ≤ 100)');
      for (const name of ['idle', ...(Object.keys(workloads) as Workload[])] as const) {
        const found = await latencies(oursRow, watch, name);
        console.log(
          `  ${name.padEnd(8)} median ${median(found)}, p99 ${quantile(found, 0.99)}, worst ${Math.max(...found)} (${found.length})`,
        );
      }
      watch.stop();
    }
  } finally {
    for (const launched of [nothing, floor, ours]) await launched.close();
    await sandbox.close();
  }
};

await (options.firefox ? measureFirefox(rounds, sizes) : inChromium());
