import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { aptInstall, asRoot, run } from './install';

export interface FoundBrowser {
  path: string;
  /** Where it was found, for the log. */
  source: string;
}

const playwrightsOwn = (): string | undefined => {
  try {
    return chromium.executablePath();
  } catch {
    return undefined; // Playwright has no build for this system
  }
};

const onPath = (names: readonly string[], env: NodeJS.ProcessEnv): FoundBrowser[] =>
  (env.PATH ?? '')
    .split(delimiter)
    // A snap may not read hidden folders, and the built extension lies in one.
    .filter((folder) => folder !== '' && !folder.startsWith('/snap/'))
    .flatMap((folder) => names.map((name) => ({ path: join(folder, name), source: 'PATH' })));

const installed = (folders: readonly (string | undefined)[], names: readonly string[]): FoundBrowser[] =>
  folders.flatMap((folder) =>
    folder ? names.map((name) => ({ path: join(folder, name), source: 'installed' })) : [],
  );

/** What is asked of the machine, so that a test can answer for it. */
interface Machine {
  platform: NodeJS.Platform;
  playwrightsOwn(): string | undefined;
  /** Where browsers are installed that are not on the PATH. */
  folders?: readonly string[];
}

/** Every place where a browser may lie, best first. Chromium before Edge before Chrome, as the least personal. */
const candidates = (
  { platform, playwrightsOwn, folders }: Machine,
  env: NodeJS.ProcessEnv,
): FoundBrowser[] => {
  const own = playwrightsOwn();
  const first: FoundBrowser[] = own ? [{ path: own, source: "Playwright's cache" }] : [];
  if (platform === 'darwin') {
    return [
      ...first,
      ...installed(
        folders ?? ['/Applications', join(homedir(), 'Applications')],
        ['Chromium', 'Google Chrome for Testing', 'Microsoft Edge', 'Google Chrome'].map(
          (app) => `${app}.app/Contents/MacOS/${app}`,
        ),
      ),
      ...onPath(['chromium'], env),
    ];
  }
  if (platform === 'win32') {
    return [
      ...first,
      ...installed(folders ?? [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']], [
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
        'Google\\Chrome\\Application\\chrome.exe',
      ]),
    ];
  }
  return [
    ...first,
    ...onPath(
      ['chromium', 'chromium-browser', 'microsoft-edge', 'google-chrome-stable', 'google-chrome'],
      env,
    ),
    ...installed(folders ?? ['/opt'], [
      'microsoft/msedge/msedge',
      'google/chrome/chrome',
      'chromium.org/chromium/chromium',
    ]),
  ];
};

/** Its version, or undefined where it lies on disk but does not start, such as for want of a shared library. */
const versionOf = (path: string): string | undefined => {
  if (process.platform === 'win32') return 'version not asked'; // chrome.exe opens a window instead of answering
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout.trim() : undefined;
};

/** The first browser of the Chromium family that is here and starts; undefined if there is none. */
export const findBrowser = (
  env: NodeJS.ProcessEnv = process.env,
  machine: Machine = { platform: process.platform, playwrightsOwn },
): FoundBrowser | undefined => {
  if (env.CHROME_PATH) {
    if (!existsSync(env.CHROME_PATH)) {
      throw new Error(`CHROME_PATH names ${env.CHROME_PATH}, and there is no such file.`);
    }
    return { path: env.CHROME_PATH, source: 'CHROME_PATH' };
  }
  return candidates(machine, env).find(({ path }) => existsSync(path) && versionOf(path) !== undefined);
};

const playwright = (...args: string[]): string[] => [
  process.execPath,
  join('node_modules', '@playwright', 'test', 'cli.js'),
  ...args,
];

const nothingFound =
  'No Chromium, Edge or Chrome was found, and none could be installed. Do one of these, then try again: ' +
  'set CHROME_PATH to the browser; run "npx playwright install chromium"; ' +
  'on Debian or Ubuntu run "sudo apt-get install -y chromium".';

/** Finds a browser, and installs one if there is none. */
export const ensureBrowser = (log: (line: string) => void = console.log): FoundBrowser => {
  const report = (found: FoundBrowser): FoundBrowser => {
    log(`Browser: ${found.path} (${found.source}; ${versionOf(found.path) ?? 'it gives no version'})`);
    return found;
  };
  const here = findBrowser();
  if (here) return report(here);

  const root = asRoot();
  log('No browser here. Asking Playwright for Chromium …');
  const [node = '', ...args] = playwright('install', '--no-shell', 'chromium');
  const downloaded = run(node, args, 10);
  // A downloaded Chromium still wants the system's libraries.
  if (downloaded && !findBrowser() && root) root(playwright('install-deps', 'chromium'));
  const fromPlaywright = findBrowser();
  if (fromPlaywright) return report(fromPlaywright);

  log('That did not work. Asking apt-get for Chromium …');
  aptInstall('chromium');
  const fromApt = findBrowser();
  if (fromApt) return report(fromApt);
  throw new Error(nothingFound);
};
