import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Proof, UnderTest } from './sabotage';

interface Report {
  stats: { expected: number; unexpected: number; flaky: number };
}

/** Runs the end-to-end tests of one file whose title has `title` in it, against the build with the edits. */
export const inBrowser =
  (file: string, title: string) =>
  async ({ folder }: UnderTest): Promise<Proof> => {
    const { stdout } = spawnSync(
      process.execPath,
      [join('node_modules', '@playwright/test/cli.js'), 'test', file, '-g', title, '--reporter=json'],
      { env: { ...process.env, EXTENSION_FOLDER: await folder() }, encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    const { expected, unexpected, flaky } = (JSON.parse(stdout) as Report).stats;
    const of = expected + unexpected + flaky;
    if (of === 0) throw new Error(`No test ran in ${file}.`);
    return { of, red: unexpected + flaky };
  };
