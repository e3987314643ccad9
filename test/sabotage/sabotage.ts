import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { build } from 'wxt';

/** A piece of source that is swapped for another. */
export interface Edit {
  /** From the project's root. */
  file: string;
  /** Must match in exactly one place, so that no sabotage is ever empty. */
  find: RegExp;
  /** As in `String.replace`: `$1` is the first group. */
  replace: string;
}

/**
 * One defence taken away, and the tests that must notice. A test that stays green while the defence is off proves
 * nothing while it is on.
 */
export interface Sabotage {
  name: string;
  /** What no longer holds, as a sentence. */
  breaks: string;
  edits: readonly Edit[];
  /** Runs the tests that should turn red. They must all be green where nothing was edited. */
  prove(under: UnderTest): Promise<Proof>;
}

/** The extension with some edits, or with none: what to swap in tests in Node, and the build, for who asks for it. */
export interface UnderTest {
  edits: readonly Edit[];
  /** Of the whole extension, or quicker, of these entrypoints alone. */
  folder(entrypoints?: readonly string[]): Promise<string>;
}

export interface Proof {
  /** How many tests or cases were run. */
  of: number;
  /** How many of them noticed. */
  red: number;
}

const root = resolve(import.meta.dirname, '../..');

const edited = (source: string, { file, find, replace }: Edit): string => {
  const places = source.match(new RegExp(find.source, `${find.flags.replace('g', '')}g`))?.length ?? 0;
  if (places !== 1) {
    throw new Error(`${file} has ${places} places that match ${find}. The sabotage must be written anew.`);
  }
  return source.replace(find, replace);
};

/** Throws where an edit no longer fits the source. */
export const checkEdits = (edits: readonly Edit[]): void => {
  const sources = new Map<string, string>();
  for (const edit of edits) {
    const source = sources.get(edit.file) ?? readFileSync(join(root, edit.file), 'utf8');
    sources.set(edit.file, edited(source, edit));
  }
};

/** Swaps the pieces on the way into a build or a test; the files stay as they are. */
export const sabotagePlugin = (edits: readonly Edit[]): Plugin => ({
  name: 'sabotage',
  enforce: 'pre',
  transform(code, id) {
    const path = id.split('?')[0] ?? id;
    return edits
      .filter(({ file }) => path === join(root, file))
      .reduce((source, edit) => edited(source, edit), code);
  },
});

/** The extension with these edits; without any it is the sound one. Each way it is built at most once. */
export const underTest = ({ name, edits }: Pick<Sabotage, 'name' | 'edits'>): UnderTest => {
  checkEdits(edits);
  const built = new Map<string, Promise<string>>();
  return {
    edits,
    folder: (entrypoints = []) => {
      const outDir = ['.output/sabotage', [name, ...entrypoints].join('-')].join('/');
      const folder = built.get(outDir) ?? buildWith(edits, outDir, entrypoints);
      built.set(outDir, folder);
      return folder;
    },
  };
};

const buildWith = async (
  edits: readonly Edit[],
  outDir: string,
  entrypoints: readonly string[],
): Promise<string> => {
  await build({
    root,
    outDir,
    ...(entrypoints.length > 0
      ? { filterEntrypoints: [...entrypoints], manifest: { action: {} } } // there is a button without a popup, too
      : {}),
    logger: silent,
    vite: () => ({ plugins: [sabotagePlugin(edits)] }),
  });
  return join(root, outDir, 'chrome-mv3');
};

const silent = {
  debug: () => {},
  log: () => {},
  info: () => {},
  warn: () => {},
  error: console.error,
  fatal: console.error,
  success: () => {},
  level: 0,
};
