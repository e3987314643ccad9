import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/**
 * The tests in Node that judge mutants, in one project: the runner knows no others. `MUTATION_TESTS` names fewer, which
 * is much faster, and can only make the score smaller.
 */
export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    restoreMocks: true,
    unstubGlobals: true,
    setupFiles: ['test/setup.ts'],
    environment: 'node',
    include: process.env.MUTATION_TESTS?.split(',') ?? [
      'test/unit/{credentials,deliveries,messages,platforms,storage,vault}/**/*.test.ts',
    ],
    // Minutes for each mutant; what they alone notice counts as survived.
    exclude: [
      'test/unit/deliveries/{kill-everywhere,change-ids}.test.ts',
      'test/unit/credentials/any-string.test.ts',
      'test/unit/platforms/linear-time.test.ts',
    ],
  },
});
