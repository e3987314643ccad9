import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The languages we speak; each platform folder and `locales/` has one file for each. */
export const languages = ['en', 'de', 'es'] as const;

const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8'));

/** All texts of one language: ours, and each platform's under `platforms.<id>`. */
export const messagesOf = (language: string, root = process.cwd()): Record<string, unknown> => {
  const folder = join(root, 'lib/platforms');
  const platforms = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    ...read(join(root, 'locales', `${language}.json`)),
    platforms: Object.fromEntries(
      platforms.map(({ name }) => [name, read(join(folder, name, 'locales', `${language}.json`))]),
    ),
  };
};

/**
 * A platform's texts lie in its own folder, so that adding one stays one folder; the i18n module wants one file
 * a language. Writes the merged files and returns their folder.
 */
export const mergeLocales = (root = process.cwd()): string => {
  const folder = join(root, '.wxt/locales');
  mkdirSync(folder, { recursive: true });
  for (const language of languages) {
    writeFileSync(join(folder, `${language}.json`), JSON.stringify(messagesOf(language, root), null, 2));
  }
  return folder;
};
