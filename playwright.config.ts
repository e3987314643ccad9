import { defineConfig } from '@playwright/test';

/** Each test has a browser and a profile of its own, so they may run beside each other. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // Generous, since a machine may be busy with other things; nothing here waits for a time-out when all is well.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '.output/test/e2e.json' }]],
});
