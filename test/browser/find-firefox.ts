import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './install';

const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
};

/** An installed Firefox: FIREFOX_PATH, or the usual places. Undefined if there is none. */
export const findFirefox = (
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined => {
  if (env.FIREFOX_PATH) {
    if (existsSync(env.FIREFOX_PATH)) return env.FIREFOX_PATH;
    throw new Error(`FIREFOX_PATH names ${env.FIREFOX_PATH}, and there is no such file.`);
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.startsWith('/snap/')) // a snap may not read hidden folders
    .flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)));
  return [...(places[platform] ?? []), ...onPath].find((path) => existsSync(path));
};

/** Finds Firefox, and installs it where that can be done without a question. */
export const ensureFirefox = (): string => {
  const here = findFirefox();
  if (here) return here;
  aptInstall('firefox-esr');
  const installed = findFirefox();
  if (installed) return installed;
  throw new Error(
    'No Firefox was found, and none could be installed. Set FIREFOX_PATH to Firefox 140 or later, or on Debian or ' +
      'Ubuntu run "sudo apt-get install -y firefox-esr".',
  );
};
