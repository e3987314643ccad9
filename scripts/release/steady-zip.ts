import { readFileSync, writeFileSync } from 'node:fs';
import { unzipSync, type Zippable, zipSync } from 'fflate';

/** The first day that a zip can name; as local time, since that is what zips hold. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * Packs a zip anew, so that the same files make the same bytes: without the times of the build, in the order of their
 * names. WXT's own differ in both from build to build (0.20.27).
 */
export const steadyZip = (file: string): void => {
  const entries: Zippable = {};
  const files = unzipSync(readFileSync(file));
  for (const name of Object.keys(files).sort()) {
    const content = files[name];
    if (content && !name.endsWith('/')) entries[name] = [content, { mtime: NO_TIME, level: 9 }];
  }
  writeFileSync(file, zipSync(entries));
};
