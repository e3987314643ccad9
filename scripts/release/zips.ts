import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';

/** The three files of a release, in `.output/`. */
export const zipNames = (version: string) => ({
  chrome: `upstack-capture-${version}-chrome.zip`,
  firefox: `upstack-capture-${version}-firefox.zip`,
  sources: `upstack-capture-${version}-sources.zip`,
});

/** SHA-256 of every file in a zip, and of the zip itself under the empty name. */
export const digestZip = (file: string): Map<string, string> => {
  const bytes = readFileSync(file);
  const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  const entries = Object.entries(unzipSync(bytes)).map(([name, content]): [string, string] => [
    name,
    digest(content),
  ]);
  return new Map([['', digest(bytes)], ...entries.sort()]);
};

/** What differs between two zips, one sentence each; empty when they are the same to the byte. */
export const differences = (a: Map<string, string>, b: Map<string, string>): string[] => {
  const names = [...new Set([...a.keys(), ...b.keys()])].filter((name) => name !== '');
  const found = names.flatMap((name) => {
    if (!a.has(name)) return [`${name} is only in the second`];
    if (!b.has(name)) return [`${name} is only in the first`];
    return a.get(name) === b.get(name) ? [] : [`${name} differs`];
  });
  if (found.length === 0 && a.get('') !== b.get(''))
    return ['the same files in different zips (order, times or packing)'];
  return found;
};

const run = (folder: string, command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], env: process.env });

const withFolder = <T>(use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'upstack-capture-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Zips of a clean clone of the committed tree, built somewhere else. */
export const buildFromClone = (
  version: string,
): { chrome: Map<string, string>; firefox: Map<string, string> } =>
  withFolder((folder) => {
    run(process.cwd(), 'git', ['clone', '--quiet', '--no-local', resolve('.'), folder]);
    run(folder, 'npm', ['ci', '--silent']);
    run(folder, 'npm', ['run', '--silent', 'zip']);
    const names = zipNames(version);
    return {
      chrome: digestZip(join(folder, '.output', names.chrome)),
      firefox: digestZip(join(folder, '.output', names.firefox)),
    };
  });

/** The Firefox zip as Mozilla's reviewers would build it: from the sources zip, by `npm run build-for-amo`. */
export const buildFromSources = (version: string): Map<string, string> =>
  withFolder((folder) => {
    const names = zipNames(version);
    const sources = unzipSync(readFileSync(join('.output', names.sources)));
    for (const [name, content] of Object.entries(sources)) {
      const target = join(folder, name);
      if (name.endsWith('/')) continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    run(folder, 'npm', ['ci', '--silent']);
    run(folder, 'npm', ['run', '--silent', 'build-for-amo']);
    return digestZip(join(folder, '.output', names.firefox));
  });
