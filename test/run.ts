/**
 * `npm test`: builds what ships and what is played, runs the tests in Node, then those in a real Firefox and in a
 * real browser, and closes with one line, `N passed, N failed`.
 *
 * A browser test that fails is repeated once, since the browser, the pages and two workers share few cores. One that
 * passes only then is named and counted, and is a fault of the test or of the product to be found; with `--strict`, as
 * for a release, nothing is repeated.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser/find';

interface Count {
  passed: number;
  failed: number;
}

const reports = join('.output', 'test');
const unitReport = join(reports, 'unit.json');
const e2eReport = join(reports, 'e2e.json');
const firefoxReport = join(reports, 'firefox.json');

/** Runs a package's command line with this Node, showing what it prints. Gives its exit code. */
const run = (script: string, ...args: string[]): Promise<number> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [join('node_modules', script), ...args], { stdio: 'inherit' });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });

const step = async (title: string, work: () => Promise<number>): Promise<number> => {
  console.log(`\n── ${title}`);
  const begun = performance.now();
  const code = await work();
  console.log(
    `── ${title}: ${code === 0 ? 'done' : `failed (${code})`}, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  );
  return code;
};

const readReport = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // the runner died before it could write
  }
};

/** A runner that fails without naming a test, such as for a file that cannot be loaded, counts as one failure. */
const countOf = (count: Count | undefined, code: number): Count => {
  if (!count) return { passed: 0, failed: 1 };
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
};

interface VitestReport {
  numPassedTests: number;
  numTotalTests: number;
}

const vitest = (report: string, ...args: string[]): Promise<number> =>
  run(
    'vitest/vitest.mjs',
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  );

const vitestCount = (file: string, code: number): Count => {
  const report = readReport(file) as VitestReport | undefined;
  const count = report && {
    passed: report.numPassedTests,
    failed: report.numTotalTests - report.numPassedTests, // one that did not run did not pass
  };
  return countOf(count, code);
};

interface E2eReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

const isStrict = process.argv.includes('--strict');

const e2eCount = (code: number): Count => {
  const stats = (readReport(e2eReport) as E2eReport | undefined)?.stats;
  if (stats && stats.flaky > 0)
    console.log(`\nPassed only when repeated, each a fault to find: ${stats.flaky}`);
  const count = stats && {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped, // one that did not run did not pass
  };
  return countOf(count, code);
};

/** What ships, one after the other since each writes what the other reads; then what is played, beside each other. */
const build = async (): Promise<number> => {
  const wxt = 'wxt/bin/wxt.mjs';
  const tsx = 'tsx/dist/cli.mjs';
  const code = (await run(wxt, 'build')) || (await run(wxt, 'build', '-b', 'firefox'));
  if (code !== 0) return code;
  const codes = await Promise.all([
    run(tsx, 'test/sandbox/consoles/build.ts'),
    run(tsx, 'test/e2e/zoo/build.ts'),
  ]);
  return codes.find((failed) => failed !== 0) ?? 0;
};

const main = async (): Promise<number> => {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  ensureBrowser();
  if ((await step('Building the extension and the pages that are played', build)) !== 0) {
    console.log('\n0 passed, 1 failed');
    return 1;
  }
  const unitCode = await step('Tests in Node', () => vitest(unitReport));
  const firefoxCode = await step('Tests in a real Firefox', () =>
    vitest(firefoxReport, '--config', 'test/firefox/vitest.config.ts'),
  );
  const e2eCode = await step('Tests in a real browser', () =>
    run('@playwright/test/cli.js', 'test', `--retries=${isStrict ? 0 : 1}`),
  );
  const counts = {
    'In Node': vitestCount(unitReport, unitCode),
    'In a browser': e2eCount(e2eCode),
    'In Firefox': vitestCount(firefoxReport, firefoxCode),
  };
  console.log();
  for (const [where, { passed, failed }] of Object.entries(counts))
    console.log(`${where}: ${passed} passed, ${failed} failed`);
  const all = Object.values(counts);
  const passed = all.reduce((sum, count) => sum + count.passed, 0);
  const failed = all.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

process.exitCode = await main();
