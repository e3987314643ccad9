import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { type Edit, type Proof, sabotagePlugin } from './sabotage';

/** Runs test files in Node with the edits in place; red are the tests that fail. */
export const inNode = async (files: readonly string[], edits: readonly Edit[]): Promise<Proof> => {
  const vitest = await startVitest(
    'test',
    [...files],
    { run: true, watch: false, reporters: [{}], config: join(import.meta.dirname, '../../vitest.config.ts') },
    { plugins: [sabotagePlugin(edits)] },
  );
  try {
    const states = vitest.state
      .getTestModules()
      .flatMap((module) => [...module.children.allTests()].map((one) => one.result().state));
    if (states.length === 0) throw new Error(`No test ran in ${files.join(', ')}.`);
    return { of: states.length, red: states.filter((state) => state === 'failed').length };
  } finally {
    await vitest.close();
    process.exitCode = 0; // vitest sets it for the very failures that are wanted
  }
};
