import { spawnSync } from 'node:child_process';

export const run = (command: string, args: readonly string[], minutes: number): boolean =>
  spawnSync(command, args, { stdio: 'inherit', timeout: minutes * 60_000 }).status === 0;

/** How to run a command as root without a question: directly, by sudo without a password, or not at all. */
export const asRoot = (): ((args: readonly string[]) => boolean) | undefined => {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return ([command = '', ...args]) => run(command, args, 15);
  if (spawnSync('sudo', ['-n', 'true']).status === 0) return (args) => run('sudo', ['-n', ...args], 15);
  return undefined;
};

const hasApt = (): boolean => spawnSync('apt-get', ['--version']).status === 0;

/** Asks Debian's or Ubuntu's packages, where they can be asked without a question to the person. */
export const aptInstall = (...packages: readonly string[]): void => {
  const root = hasApt() ? asRoot() : undefined;
  if (!root) return;
  root(['apt-get', 'update']);
  root(['apt-get', 'install', '-y', '--no-install-recommends', ...packages]);
};
