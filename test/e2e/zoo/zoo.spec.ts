import { expect, test } from '@playwright/test';
import { type Launched, launchWithExtension, workerOf } from '../../browser/launch';
import { libraries } from './case';
import { caseOf } from './make-case';
import { type FaultKind, type Outcome, runCases } from './run';
import { startZooServer, type ZooServer } from './server';
import { startWatch } from './watch';

/**
 * A fixed sample of the zoo: 60 pages that show a token and 60 that try to plant one, both platforms, every library
 * equally often. The long run is `npm run zoo`; a seed that fails here fails there too.
 */

const SAMPLE = Array.from({ length: 120 }, (_, seed) => seed);

let server: ZooServer | undefined;
let launched: Launched | undefined;
let outcomes: Outcome[] = [];

test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await startZooServer(() => {});
  launched = await launchWithExtension({ hosts: server.sandbox, headless: true });
  const watch = await startWatch(await workerOf(launched));
  outcomes = await runCases(
    [{ context: launched.context, server, watch }],
    SAMPLE.map((seed) => caseOf(seed, Date.now())),
  );
  watch.stop();
});

test.afterAll(async () => {
  await launched?.close();
  await server?.close();
});

const told = (...kinds: FaultKind[]): string[] =>
  outcomes.flatMap(({ seed, zooCase, faults }) =>
    faults
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ text }) => `seed ${seed}, ${zooCase.library}, ${zooCase.theme}: ${text}`),
  );

const withPolarity = (polarity: string): Outcome[] =>
  outcomes.filter(({ zooCase }) => zooCase.polarity === polarity);

test('the sample holds every library, on both platforms, with and without a token', () => {
  expect(withPolarity('positive')).toHaveLength(60);
  expect(withPolarity('negative')).toHaveLength(60);
  expect(new Set(outcomes.map(({ zooCase }) => zooCase.library)).size).toBe(libraries.length);
});

test('every page was drawn and did all that its case says', () => {
  expect(told('broken')).toEqual([]);
});

test('every token that a person can see is captured, byte for byte', () => {
  expect(told('missed')).toEqual([]);
});

test('nothing that is planted, hidden, foreign, cut or not a conversion token is captured', () => {
  expect(told('captured')).toEqual([]);
});

test('no id is guessed: what is in force, the page itself says', () => {
  expect(told('idWrong')).toEqual([]);
});

test('every id is offered for the reason it stands there', () => {
  expect(told('idMissed')).toEqual([]);
});

test('what a person did, and what is hard to read, is told with the token', () => {
  expect(told('provenance', 'warnings')).toEqual([]);
});
