/**
 * `npm run release -- --dry-run`: everything that must hold before a version goes to the stores, then the upload.
 * With --dry-run nothing is uploaded; without it, publish-browser-extension is called with the keys found in the
 * environment, which never lie in the repository. A person starts it, and a person sends each draft to review in Chrome's
 * and Edge's store. Mozilla's store knows no drafts: there, what is uploaded is reviewed and published, so without
 * --firefox Mozilla only validates it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintFirefox } from './lint';
import { buildFromClone, buildFromSources, differences, digestZip, zipNames } from './zips';

const dryRun = process.argv.includes('--dry-run');
const skipTests = process.argv.includes('--without-tests');
const toMozilla = process.argv.includes('--firefox');
/** Chrome Web Store API v2 came with this version; it wants Node 22. */
const publisher = 'publish-browser-extension@6.2.0';

const read = (file: string) => readFileSync(file, 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const names = zipNames(version);
const shipped = (name: string) => join('.output', name);

const fail = (sentence: string): never => {
  console.error(`\n✗ ${sentence}`);
  process.exit(1);
};
const step = (title: string, work: () => string) => {
  const start = Date.now();
  process.stdout.write(`… ${title}`);
  const said = work();
  process.stdout.write(`\r✓ ${title}: ${said} (${Math.round((Date.now() - start) / 1000)} s)\n`);
};
const npmRun = (script: string, ...args: string[]) => {
  const { status } = spawnSync('npm', ['run', script, '--', ...args], { stdio: 'inherit' });
  if (status !== 0) fail(`npm run ${script} failed, see above.`);
};

step('Version in step', () => {
  const entry = /^## \[?(\d+\.\d+\.\d+)\]?/m.exec(read('CHANGELOG.md'))?.[1];
  if (entry !== version)
    fail(`package.json says ${version}, the newest entry of CHANGELOG.md says ${entry}.`);
  const lock = JSON.parse(read('package-lock.json')) as { version: string };
  if (lock.version !== version) fail(`package-lock.json says ${lock.version}, package.json says ${version}.`);
  return version;
});

step('Nothing uncommitted', () => {
  const changes = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim();
  if (changes)
    fail(`The tree has uncommitted changes, so what is built is not what is committed:\n${changes}`);
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
});

npmRun('check');
if (!skipTests) npmRun('test', '--strict');
npmRun('zip');

step('Zips there', () => {
  const missing = Object.values(names).filter((name) => !existsSync(shipped(name)));
  if (missing.length > 0) fail(`Not built: ${missing.join(', ')}.`);
  return Object.values(names).join(', ');
});

step('Mozilla’s linter', () => {
  const { errors, unexplained, explained } = lintFirefox('.output/firefox-mv3');
  if (errors.length > 0) fail(`Errors:\n${errors.join('\n')}`);
  if (unexplained.length > 0)
    fail(`Warnings without an explanation in scripts/release/lint.ts:\n${unexplained.join('\n')}`);
  return `0 errors, ${explained.length} explained warnings`;
});

step('A second clean build is the same to the byte', () => {
  const again = buildFromClone(version);
  const found = (['chrome', 'firefox'] as const).flatMap((target) =>
    differences(digestZip(shipped(names[target])), again[target]).map((line) => `${target}: ${line}`),
  );
  if (found.length > 0) fail(`The builds differ:\n${found.join('\n')}`);
  return 'Chrome and Firefox';
});

step('The sources build to the shipped Firefox package', () => {
  const found = differences(digestZip(shipped(names.firefox)), buildFromSources(version));
  if (found.length > 0) fail(`The build from the sources zip differs:\n${found.join('\n')}`);
  return 'the same to the byte';
});

const uploads = [
  '--chrome-api-version',
  'v2',
  '--chrome-zip',
  shipped(names.chrome),
  '--chrome-skip-submit-review',
  '--edge-zip',
  shipped(names.chrome),
  '--edge-skip-submit-review',
  '--firefox-zip',
  shipped(names.firefox),
  '--firefox-sources-zip',
  shipped(names.sources),
  ...(toMozilla ? [] : ['--firefox-skip-submit-review']),
];
if (dryRun) {
  console.log(
    `\nAll of it holds. Without --dry-run this would upload:\n  npx ${publisher} ${uploads.join(' ')}`,
  );
} else {
  if (Number(process.versions.node.split('.')[0]) < 22) fail('Uploading needs Node 22 or later.');
  const { status } = spawnSync('npx', ['--yes', publisher, ...uploads], { stdio: 'inherit' });
  if (status !== 0)
    fail('The upload failed, see above. What was uploaded before stays a draft in its store.');
  console.log(
    `\nUploaded. Now open Chrome's and Edge's store, look at the draft, and send it to review there.${
      toMozilla ? ' Mozilla publishes it after its review.' : ' Mozilla has only validated it: see --firefox.'
    }`,
  );
}
