import { execFileSync } from 'node:child_process';

/** Why each warning of Mozilla's linter is accepted. Any other warning, and any error, stops a release. */
export const explainedWarnings: Readonly<Record<string, string>> = {
  UNSAFE_VAR_ASSIGNMENT:
    'React assigns innerHTML inside its own DOM client, for a feature that we do not use; our CSP demands Trusted Types and creates no policy.',
};

interface LintMessage {
  code: string;
  message: string;
  file?: string;
}

/** Runs `web-ext lint` on an unpacked Firefox build and returns what is not explained above. */
export const lintFirefox = (
  folder: string,
): { errors: string[]; unexplained: string[]; explained: string[] } => {
  let output: string;
  try {
    output = execFileSync('npx', ['web-ext', 'lint', '--source-dir', folder, '--output', 'json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    // The linter leaves with 1 when it found errors, and still prints its report.
    output = String((error as { stdout?: unknown }).stdout ?? '');
  }
  const report = JSON.parse(output.slice(output.indexOf('{'))) as {
    errors: LintMessage[];
    warnings: LintMessage[];
  };
  const say = ({ code, message, file }: LintMessage) => `${code} in ${file ?? 'the package'}: ${message}`;
  return {
    errors: report.errors.map(say),
    unexplained: report.warnings.filter(({ code }) => !(code in explainedWarnings)).map(say),
    explained: report.warnings.filter(({ code }) => code in explainedWarnings).map(say),
  };
};
