import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    // One core is left free else, which of two is half.
    maxWorkers: '100%',
    restoreMocks: true,
    unstubGlobals: true,
    testTimeout: 60_000, // for a busy machine; nothing waits for it when all is well
    setupFiles: ['test/setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/unit/capture/**', 'test/components/**'],
          environment: 'node',
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['test/unit/capture/**/*.test.ts', 'test/components/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['test/setup.ts', 'test/setup-page.ts'],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text', 'json-summary'],
      include: ['lib/**/*.ts', 'components/**/*.{ts,tsx}'],
      // Of the gate, verdicts, deliveries and the vault no branch goes untried.
      thresholds: { 'lib/{messages,credentials,deliveries,vault}/**/*.ts': { branches: 100 } },
    },
  },
});
