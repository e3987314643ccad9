/**
 * Builds the two played consoles into `.output/sandbox/<platform>`, where the sandbox serves them from.
 * Run by itself: `npx tsx test/sandbox/consoles/build.ts`.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const consoles = ['reddit', 'pinterest'] as const;
const sources = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const output = join(root, '.output/sandbox');

/** Everything that can change what is built, in one short word. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  files.push(join(sources, '../consoles-api.ts'), join(root, 'package-lock.json'));
  for (const file of files.sort()) {
    hash
      .update(relative(root, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds beside the target and moves the result there, so that nobody ever serves half a console. */
async function buildConsole(name: string): Promise<void> {
  const target = join(output, name);
  const unfinished = `${target}.${process.pid}`;
  await build({
    root: join(sources, name),
    base: '/',
    configFile: false,
    envDir: false,
    publicDir: false,
    // Below an error there are only hundreds of remarks on the libraries' own files.
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: unfinished, emptyOutDir: true, cssMinify: false, modulePreload: false },
  });
  await rm(target, { recursive: true, force: true });
  await rename(unfinished, target);
}

/** Builds what is out of date; when nothing is, it only reads the sources (a few milliseconds). */
export async function buildConsoles(): Promise<void> {
  const stamp = join(output, 'built-from');
  const hash = await hashOfSources();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
  await rm(stamp, { force: true });
  await mkdir(output, { recursive: true });
  await Promise.all(consoles.map(buildConsole));
  await writeFile(stamp, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsoles();
