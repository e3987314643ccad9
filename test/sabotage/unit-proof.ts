import { resolve } from 'node:path';
import { startVitest } from 'vitest/node';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { type Proof, sabotagePlugin, type UnderTest } from './sabotage';

/**
 * Runs test files in Node with the edits in place; red are the tests that fail. Not with the project's own vitest
 * configuration: its projects take no plugins from outside.
 */
export const inNode =
  (...files: string[]) =>
  async ({ edits }: UnderTest): Promise<Proof> => {
    const root = resolve(import.meta.dirname, '../..');
    const vitest = await startVitest(
      'test',
      files,
      {
        root,
        config: false,
        watch: false,
        reporters: [{}],
        setupFiles: ['test/setup.ts'],
        restoreMocks: true,
        unstubGlobals: true,
      },
      { plugins: [WxtVitest(), sabotagePlugin(edits)] },
    );
    try {
      const states = vitest.state
        .getTestModules()
        .flatMap(({ children }) => [...children.allTests()].map((one) => one.result().state));
      if (states.length === 0) throw new Error(`No test ran in ${files.join(', ')}.`);
      return { of: states.length, red: states.filter((state) => state === 'failed').length };
    } finally {
      await vitest.close();
      process.exitCode = 0; // vitest sets it for the very failures that are wanted
    }
  };
