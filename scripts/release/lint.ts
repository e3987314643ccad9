import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Why each warning of Mozilla's linter is accepted. Any other warning, and any error, stops a release. */
export const explainedWarnings: Readonly<Record<string, string>> = {
  UNSAFE_VAR_ASSIGNMENT:
    'React assigns innerHTML inside its own DOM client, for a feature that we do not use; our CSP demands Trusted Types and creates no policy.',
  KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION:
    'Speaks of Firefox for Android, for which the extension is not offered: the manifest has no gecko_android.',
};

interface LintMessage {
  code: string;
  message: string;
  file?: string;
}

interface LintReport {
  errors: LintMessage[];
  warnings: LintMessage[];
}

/** What Mozilla's linter says of an unpacked Firefox build, one sentence each; `unexplained` has no reason above. */
export const lintFirefox = (
  folder: string,
): { errors: string[]; unexplained: string[]; explained: string[] } => {
  const linter = join('node_modules', 'addons-linter', 'bin', 'addons-linter');
  // It leaves with 1 when it found errors, and prints its report all the same.
  const { stdout, stderr } = spawnSync(process.execPath, [linter, folder, '--output', 'json'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.includes('{')) throw new Error(`The linter said nothing of ${folder}:\n${stderr}`);
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as LintReport;
  const say = ({ code, message, file }: LintMessage) => `${code} in ${file ?? 'the package'}: ${message}`;
  return {
    errors: report.errors.map(say),
    unexplained: report.warnings.filter(({ code }) => !(code in explainedWarnings)).map(say),
    explained: report.warnings.filter(({ code }) => code in explainedWarnings).map(say),
  };
};
