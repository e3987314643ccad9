import { launchWithExtension, workerOf } from '../browser/launch';
import type { Case } from '../e2e/zoo/case';
import { caseOf } from '../e2e/zoo/make-case';
import { type FaultKind, runCases } from '../e2e/zoo/run';
import { startZooServer } from '../e2e/zoo/server';
import { startWatch } from '../e2e/zoo/watch';
import type { Proof, UnderTest } from './sabotage';

const SEEDS_SOUGHT = 4_000;

/** The first cases of the zoo that `fits`, by seed. */
const casesThat = (fits: (zooCase: Case) => boolean, count: number): Case[] => {
  const found: Case[] = [];
  for (let seed = 0; seed < SEEDS_SOUGHT && found.length < count; seed += 1) {
    const zooCase = caseOf(seed, Date.now());
    if (fits(zooCase)) found.push(zooCase);
  }
  if (found.length < count) throw new Error(`Only ${found.length} of ${count} cases fit.`);
  return found;
};

/** Runs cases of the zoo against a build; red are those with a fault of this kind. */
export const inZoo =
  (fault: FaultKind, fits: (zooCase: Case) => boolean, count = 4) =>
  async ({ folder }: UnderTest): Promise<Proof> => {
    const server = await startZooServer(() => {});
    const launched = await launchWithExtension({
      hosts: server.sandbox,
      headless: true,
      extension: await folder(['background', 'capture']),
    });
    try {
      const watch = await startWatch(await workerOf(launched));
      const outcomes = await runCases([{ context: launched.context, server, watch }], casesThat(fits, count));
      watch.stop();
      const broken = outcomes.flatMap(({ faults }) => faults).find(({ kind }) => kind === 'broken');
      if (broken) throw new Error(`A page went wrong, so nothing is proven: ${broken.text}`);
      return {
        of: outcomes.length,
        red: outcomes.filter(({ faults }) => faults.some(({ kind }) => kind === fault)).length,
      };
    } finally {
      await launched.close();
      await server.close();
    }
  };
