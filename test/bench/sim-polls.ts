import { afterAnswer, afterMiss } from '../../lib/health/pace';
import type { Problem, Workspace } from '../../lib/storage/rows';
import { HOUR, MINUTE } from '../../lib/terms/time';
import { sequence } from '../sequence';

/**
 * A million installs ask Upstack how their destinations are, at the pace of the product's own functions, over some
 * hours in a few seconds. Prints the busiest ten seconds against the mean of quiet times, and fails above 1.2.
 */

const INSTALLS = Number(process.argv[2] ?? 1_000_000);
const WINDOW = 10_000;
const LIMIT = 1.2;

const workspace: Workspace = {
  v: 1,
  id: 'w',
  name: 'One of many',
  pixelId: '',
  route: 'api',
  remember: true,
  keyMask: '',
  createdAt: 0,
  state: 'connected',
  active: true,
  poll: { nextAt: 0, misses: 0 },
};

/** What the server does with a round at this time. */
type Server = (at: number) => Problem | undefined;

/** Counts of rounds, by window. */
type Counts = Float64Array;

/** `startAt`: when an install makes its first round. */
const simulate = (until: number, startAt: (random: number) => number, server: Server): Counts => {
  const random = sequence(20_261_122);
  const windows = Math.ceil(until / WINDOW);
  const counts = new Float64Array(windows);
  /** Installs whose next round falls into a window, as linked lists. */
  const head = new Int32Array(windows).fill(-1);
  const link = new Int32Array(INSTALLS).fill(-1);
  const nextAt = new Float64Array(INSTALLS);
  const isNew = new Uint8Array(INSTALLS).fill(1);
  const enter = (install: number, at: number): void => {
    nextAt[install] = at;
    const window = Math.floor(at / WINDOW);
    if (window >= windows) return;
    link[install] = head[window] ?? -1;
    head[window] = install;
  };
  for (let install = 0; install < INSTALLS; install += 1) enter(install, startAt(random()));
  for (let window = 0; window < windows; window += 1) {
    let install = head[window] ?? -1;
    while (install !== -1) {
      const following = link[install] ?? -1;
      const at = nextAt[install] ?? 0;
      counts[window] = (counts[window] ?? 0) + 1;
      const problem = server(at);
      const isFirst = isNew[install] === 1;
      if (!problem) isNew[install] = 0;
      enter(
        install,
        problem
          ? afterMiss(workspace, problem, false, at, random)
          : afterAnswer(workspace, [], false, at, random, isFirst),
      );
      install = following;
    }
  }
  return counts;
};

const slice = (counts: Counts, from: number, to: number): Counts =>
  counts.slice(Math.ceil(from / WINDOW), Math.floor(to / WINDOW));
const mean = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0) / counts.length;
const peak = (counts: Counts): number => counts.reduce((most, count) => Math.max(most, count), 0);

let failed = false;
const tell = (name: string, busiest: number, quiet: number): void => {
  const ratio = busiest / quiet;
  const holds = ratio <= LIMIT;
  failed ||= !holds;
  const figures = `${Math.round(busiest)} against ${Math.round(quiet)} per 10 s`;
  console.log(`${holds ? 'holds ' : 'FAILS '} ${ratio.toFixed(3)}  ${name} (${figures})`);
};

const well: Server = () => undefined;
const OUTAGE = { from: HOUR, to: HOUR + 20 * MINUTE };
const END = 2.5 * HOUR;
const outage =
  (problem: (at: number) => Problem): Server =>
  (at) =>
    at >= OUTAGE.from && at < OUTAGE.to ? problem(at) : undefined;

/** Spread over half an hour at the start, quiet from then on. */
const overTime = (random: number): number => random * 30 * MINUTE;

console.log(`${INSTALLS} installs; the busiest ten seconds against the mean of quiet ones, at most ${LIMIT}`);

const steady = slice(simulate(END, overTime, well), HOUR, END);
const quiet = mean(steady);
tell('quiet, over an hour and a half', peak(steady), quiet);

const together = simulate(END, (random) => random * MINUTE, well);
tell('all connected within one minute, from 10 minutes on', peak(slice(together, 10 * MINUTE, END)), quiet);

const outages: Readonly<Record<string, (at: number) => Problem>> = {
  'Retry-After: 120': (at) => ({ kind: 'rateLimited', retryAt: at + 2 * MINUTE }),
  'Retry-After: 900': (at) => ({ kind: 'unavailable', retryAt: at + 15 * MINUTE }),
  'Retry-After: one date for all, at its end': () => ({ kind: 'unavailable', retryAt: OUTAGE.to }),
  'Retry-After: one date for all, 10 minutes after': () => ({
    kind: 'unavailable',
    retryAt: OUTAGE.to + 10 * MINUTE,
  }),
  'no answer at all': () => ({ kind: 'timeout' }),
};
for (const [name, problem] of Object.entries(outages)) {
  const counts = simulate(END, overTime, outage(problem));
  tell(`outage of 20 minutes, ${name}: during`, peak(slice(counts, OUTAGE.from, OUTAGE.to)), quiet);
  tell(`outage of 20 minutes, ${name}: after`, peak(slice(counts, OUTAGE.to, END)), quiet);
}

process.exitCode = failed ? 1 : 0;
