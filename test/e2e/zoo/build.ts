import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { type Library, libraries } from './case';

/** What is built of one library: a script and, of most, a style sheet. */
export interface BuiltLibrary {
  script: string;
  style: string;
}

const zoo = import.meta.dirname;
const output = join(zoo, '../../../.output/zoo');

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Of everything that a built page comes from: our sources and the versions of what they import. */
const sourcesHash = (): string => {
  const hash = createHash('sha256');
  for (const file of [join(zoo, 'case.ts'), join(zoo, 'build.ts'), ...filesUnder(join(zoo, 'pages'))]) {
    hash.update(readFileSync(file));
  }
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(zoo, '../../../package.json'), 'utf8'),
  );
  return hash.update(JSON.stringify({ dependencies, devDependencies })).digest('hex');
};

const entryOf = (library: Library): string => {
  const file = ['ts', 'tsx'].map((ending) => join(zoo, `pages/kits/${library}.${ending}`)).find(existsSync);
  if (!file) throw new Error(`No page draws with ${library}.`);
  return file;
};

/** Builds beside the target and moves the result there, so that nobody ever serves half a page. */
const buildOne = async (library: Library, folder: string, hash: string): Promise<void> => {
  const unfinished = `${folder}.${process.pid}`;
  // A test runner says "test" here, and half a library would then be built for development.
  const runner = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    configFile: false,
    root: zoo,
    logLevel: 'error',
    plugins: library === 'carbon-svelte' ? [svelte({ configFile: false })] : [],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    build: {
      outDir: unfinished,
      emptyOutDir: true,
      cssCodeSplit: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: entryOf(library),
        output: {
          entryFileNames: 'page.js',
          chunkFileNames: 'part-[hash].js',
          assetFileNames: 'page[extname]',
        },
      },
    },
  }).finally(() => {
    if (runner === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = runner;
  });
  writeFileSync(join(unfinished, 'built-from'), hash);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
};

/** Builds the pages of every library, unless what lies there comes from these very sources. */
export const buildPages = async (
  log: (line: string) => void = () => {},
): Promise<Record<Library, BuiltLibrary>> => {
  const hash = sourcesHash();
  const built: Partial<Record<Library, BuiltLibrary>> = {};
  for (const library of libraries) {
    const folder = join(output, library);
    const stamp = join(folder, 'built-from');
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
      log(`Building the pages of ${library} …`);
      await buildOne(library, folder, hash);
    }
    const style = join(folder, 'page.css');
    built[library] = {
      script: readFileSync(join(folder, 'page.js'), 'utf8'),
      style: existsSync(style) ? readFileSync(style, 'utf8') : '',
    };
  }
  return built as Record<Library, BuiltLibrary>;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages(console.log);
