import { parseArgs } from 'node:util';
import { type Launched, launchWithExtension, workerOf } from '../../browser/launch';
import type { Case } from './case';
import { caseOf } from './make-case';
import { type Bench, type Outcome, runCases } from './run';
import { startZooServer } from './server';
import { startWatch } from './watch';

/**
 * `npm run zoo`: the long run. Every 40 seeds hold each platform, each library, positive and negative, once.
 *   --from 0 --count 1600   which seeds        --seeds 3,17   just these, with every fault told
 *   --browsers 2            at the same time   --extension .output/chrome-mv3
 */
const { values: options } = parseArgs({
  options: {
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '1600' },
    seeds: { type: 'string' },
    browsers: { type: 'string', default: '2' },
    extension: { type: 'string' },
    headed: { type: 'boolean', default: false },
  },
});

const seeds =
  options.seeds?.split(',').map(Number) ??
  Array.from({ length: Number(options.count) }, (_, index) => Number(options.from) + index);

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const has = ({ faults }: Outcome, ...kinds: string[]): boolean =>
  faults.some(({ kind }) => kinds.includes(kind));

/** One line a group: how many of it there were, and what went wrong with them. */
const table = (title: string, outcomes: readonly Outcome[], keyOf: (zooCase: Case) => string): void => {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = keyOf(outcome.zooCase);
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  console.log(`\n${title.padEnd(34)} pos  recall    neg  captured  ids wrong  ids missed  broken`);
  for (const [key, group] of [...groups].sort(([one], [other]) => one.localeCompare(other))) {
    const positives = group.filter(({ zooCase }) => zooCase.polarity === 'positive');
    const negatives = group.filter(({ zooCase }) => zooCase.polarity === 'negative');
    const found = positives.filter((one) => !has(one, 'missed', 'captured', 'broken')).length;
    const count = (kind: string): number => group.filter((one) => has(one, kind)).length;
    console.log(
      [
        key.padEnd(34),
        String(positives.length).padStart(4),
        (positives.length ? `${((100 * found) / positives.length).toFixed(1)} %` : '–').padStart(8),
        String(negatives.length).padStart(6),
        String(negatives.filter((one) => has(one, 'captured')).length).padStart(9),
        String(count('idWrong')).padStart(10),
        String(count('idMissed')).padStart(11),
        String(count('broken')).padStart(7),
      ].join(' '),
    );
  }
};

const server = await startZooServer(console.log);
const started = Date.now();

/** One line: which case it was. */
const titleOf = ({ seed, zooCase }: Outcome): string => {
  const [subject] = zooCase.subjects;
  const hiding = subject?.hiding ? `/${subject.hiding}@${subject.hidingLevel}` : '';
  const how = subject ? `${subject.form}/${subject.holder}/${subject.arrival}${hiding}` : '';
  return (
    `seed ${seed} ${zooCase.library} ${zooCase.platform} ${zooCase.polarity} [${zooCase.theme}] ${how} ${zooCase.root}` +
    `${zooCase.busy ? ' busy' : ''} ${zooCase.gesture} ${zooCase.words.language}`
  );
};

const tell = (done: number, outcome: Outcome): void => {
  for (const { kind, text } of outcome.faults) {
    console.log(`${titleOf(outcome)}: ${kind}: ${text.slice(0, 300)}`);
  }
  if (done % 100 === 0) {
    console.log(`… ${done} of ${seeds.length}, ${Math.round((Date.now() - started) / 1000)} s`);
  }
};

/** So many cases are named at the end. */
const SLOWEST = 8;

/** A fresh browser for every so many cases: one that has opened thousands of tabs is slow, and may end. */
const BATCH = 200;

const runBatch = async (batch: readonly number[]): Promise<Outcome[]> => {
  const browsers: Launched[] = [];
  try {
    const benches: Bench[] = [];
    for (let index = 0; index < Number(options.browsers); index += 1) {
      const launched = await launchWithExtension({
        hosts: server.sandbox,
        headless: !options.headed,
        ...(options.extension && { extension: options.extension }),
      });
      browsers.push(launched);
      benches.push({ context: launched.context, server, watch: await startWatch(await workerOf(launched)) });
    }
    const cases = batch.map((seed) => caseOf(seed, Date.now()));
    const found = await runCases(benches, cases, (outcome) => {
      done += 1;
      tell(done, outcome);
    });
    for (const { watch } of benches) watch.stop();
    return found;
  } finally {
    for (const launched of browsers) await launched.close();
  }
};

let done = 0;
const outcomes: Outcome[] = [];
for (let at = 0; at < seeds.length; at += BATCH) {
  outcomes.push(...(await runBatch(seeds.slice(at, at + BATCH))));
}
await server.close();

const shown = outcomes.filter(({ zooCase }) => zooCase.polarity === 'positive');
table('by platform', outcomes, ({ platform }) => platform);
table('by library', outcomes, ({ library }) => library);
table('by form', shown, ({ subjects }) => subjects[0]?.form ?? '');
table('by holder', shown, ({ subjects }) => subjects[0]?.holder ?? '');
table('by arrival', shown, ({ subjects }) => subjects[0]?.arrival ?? '');
table('by wording', outcomes, ({ words }) => words.language);
table('by page root', outcomes, ({ root }) => root);
table('by ids', shown, ({ theme }) => theme);
table(
  'negatives',
  outcomes.filter(({ zooCase }) => zooCase.polarity === 'negative'),
  ({ theme }) => theme.replace(/^host: .*/, 'host'),
);

const slowest = outcomes
  .flatMap((outcome) => outcome.latencies.map((latency) => ({ latency, outcome })))
  .sort((one, other) => other.latency - one.latency);
/** The quickest first. */
const latenciesOf = (fits: (zooCase: Case) => boolean): number[] =>
  slowest.flatMap(({ latency, outcome }) => (fits(outcome.zooCase) ? [latency] : [])).reverse();
for (const [what, sorted] of [
  ['all', latenciesOf(() => true)],
  ['busy pages', latenciesOf(({ busy }) => busy)],
  ['gone after 300 ms', latenciesOf(({ subjects }) => subjects[0]?.arrival === 'flash')],
] as const) {
  console.log(
    `Rendered → reported, ${what}: median ${quantile(sorted, 0.5)} ms, p99 ${quantile(sorted, 0.99)} ms, worst ${sorted.at(-1)} ms (${sorted.length})`,
  );
}
for (const { latency, outcome } of slowest.slice(0, SLOWEST)) {
  console.log(`${String(latency).padStart(5)} ms: ${titleOf(outcome)}`);
}

const failed = outcomes.filter(({ faults }) => faults.length > 0);
console.log(`\n${outcomes.length - failed.length} passed, ${failed.length} failed`);
if (failed.length > 0)
  console.log(`Again: npm run zoo -- --seeds ${failed.map(({ seed }) => seed).join(',')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
