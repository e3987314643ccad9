/**
 * Builds what is played in the browser into `.output/sandbox/<name>`, where the sandbox serves it from: the two ad
 * consoles, and Upstack's dashboard in its two renderings.
 * Run by itself: `npx tsx test/sandbox/consoles/build.ts`.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const output = join(root, '.output/sandbox');

/** By the name of what is built. */
const pages: Readonly<Record<string, string>> = {
  reddit: 'consoles/reddit',
  pinterest: 'consoles/pinterest',
  'dashboard-mantine': 'dashboard/mantine',
  'dashboard-shoelace': 'dashboard/shoelace',
};

/** Everything that can change what is built, in one short word. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  const files = ['consoles-api.ts', 'dashboard-api.ts', '../../package-lock.json'].map((file) =>
    join(sources, file),
  );
  for (const folder of ['consoles', 'dashboard']) {
    const entries = await readdir(join(sources, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  for (const file of files.sort()) {
    hash
      .update(relative(root, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds beside the target and moves the result there, so that nobody ever serves half a page. */
async function buildPage(name: string, folder: string): Promise<void> {
  // Loaded only here: it alone takes a second, and mostly there is nothing to build.
  const { build } = await import('vite');
  const target = join(output, name);
  const unfinished = `${target}.${process.pid}`;
  await build({
    root: join(sources, folder),
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
  await Promise.all(Object.entries(pages).map(([name, folder]) => buildPage(name, folder)));
  await writeFile(stamp, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsoles();
