import { expect, test } from '@playwright/test';
import { launchWithExtension, workerOf } from '../../browser/launch';
import { type Case, libraries } from './case';
import { caseOf } from './make-case';
import { type FaultKind, type Outcome, runCases } from './run';
import { startZooServer } from './server';
import { startWatch } from './watch';

/**
 * A fixed sample of the zoo: 60 pages that show a token and 60 that try to plant one, both platforms, every library
 * equally often. The long run is `npm run zoo`; a seed that fails here fails there too.
 */
const SAMPLE = Array.from({ length: 120 }, (_, seed) => caseOf(seed, Date.now()));

/** Browsers of each test: pages mostly wait, so that more of them keep the machine busy. */
const BROWSERS = 2;

const run = async (cases: readonly Case[]): Promise<Outcome[]> => {
  const server = await startZooServer(() => {});
  const launched = await Promise.all(
    Array.from({ length: BROWSERS }, () => launchWithExtension({ hosts: server.sandbox, headless: true })),
  );
  try {
    const benches = await Promise.all(
      launched.map(async (one) => ({
        context: one.context,
        server,
        watch: await startWatch(await workerOf(one)),
      })),
    );
    const outcomes = await runCases(benches, cases);
    for (const { watch } of benches) watch.stop();
    return outcomes;
  } finally {
    await Promise.all(launched.map((one) => one.close()));
    await server.close();
  }
};

test('the sample has every library, and as many pages that show a token as pages that plant one', () => {
  const count = (wanted: Case['polarity']): number =>
    SAMPLE.filter(({ polarity }) => polarity === wanted).length;
  expect([count('positive'), count('negative')]).toEqual([60, 60]);
  expect(new Set(SAMPLE.map(({ library }) => library)).size).toBe(libraries.length);
});

// Apart, so that two workers share the work; each browser runs a case of every platform at a time.
for (const half of [0, 1]) {
  test(`takes every token of the zoo that a person can see, and nothing else: half ${half + 1}`, async () => {
    test.setTimeout(600_000);
    const cases = SAMPLE.slice(half * 60, (half + 1) * 60);
    const outcomes = await run(cases);
    const told = (...kinds: FaultKind[]): string[] =>
      outcomes.flatMap(({ seed, zooCase, faults }) =>
        faults
          .filter(({ kind }) => kinds.includes(kind))
          .map(({ text }) => `seed ${seed}, ${zooCase.library}, ${zooCase.theme}: ${text}`),
      );

    expect(outcomes).toHaveLength(cases.length);
    // All of them are told, whichever fails: the sample is not run again for the next one.
    expect.soft(told('broken'), 'every page was drawn and did all that its case says').toEqual([]);
    expect.soft(told('missed'), 'every token that a person can see is captured, byte for byte').toEqual([]);
    expect.soft(told('captured'), 'nothing hidden, cut, foreign or of another kind is captured').toEqual([]);
    expect.soft(told('idWrong'), 'no id is guessed: what is in force, the page itself says').toEqual([]);
    expect.soft(told('idMissed'), 'every id is offered for the reason it stands there').toEqual([]);
    expect
      .soft(told('provenance', 'warnings'), 'what a person did, and what is hard to read, is told')
      .toEqual([]);
  });
}
