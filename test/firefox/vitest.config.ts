import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since these need an installed Firefox. */
export default defineConfig({
  test: {
    include: ['test/firefox/**/*.firefox.ts'],
    environment: 'node',
    testTimeout: 150_000,
    hookTimeout: 60_000,
    maxWorkers: 2, // mostly they wait
  },
});
