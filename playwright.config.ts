import { defineConfig } from '@playwright/test';

/** Each worker has a browser and a profile of its own, so they may run beside each other. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // Two keep two cores busy. What mostly waits for the clock needs none, and has a worker of its own beside them.
  workers: 3,
  projects: [
    { name: 'waiting', grep: /@waits/, workers: 1 },
    { name: 'working', grepInvert: /@waits/, workers: 2 },
  ],
  // Generous, since a machine may be busy with other things; nothing here waits for a time-out when all is well.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '.output/test/e2e.json' }]],
});
