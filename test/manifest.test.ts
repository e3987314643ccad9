import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import reasons from '../store/permissions.json' with { type: 'json' };

/**
 * The manifests as they are built, spelled out. Whoever changes what the extension may do changes this file or
 * `store/permissions.json`, which has the reason for each permission in a sentence.
 */

const { permissions, optionalPermissions, hosts, optionalHosts } = reasons;

const adPages = Object.keys(hosts).filter((pattern) => !pattern.includes('api.upstackdata.com'));

/** Two have keys from the start, as many as a person may be asked to share; the others wait for theirs. */
const commands = {
  _execute_action: { suggested_key: { default: 'Alt+Shift+U' } }, // opens the popup
  'check-all': { description: '__MSG_command_checkAll__' },
  'copy-diagnosis': { description: '__MSG_command_copyDiagnosis__' },
};

const common = {
  manifest_version: 3,
  name: '__MSG_extension_name__',
  short_name: 'Upstack Capture',
  description: '__MSG_extension_description__',
  version: packageJson.version,
  icons: Object.fromEntries([16, 32, 48, 96, 128].map((size) => [size, `icon/${size}.png`])),
  default_locale: 'en',
  optional_permissions: Object.keys(optionalPermissions),
  host_permissions: Object.keys(hosts),
  optional_host_permissions: Object.keys(optionalHosts),
  externally_connectable: { ids: [] },
  incognito: 'not_allowed',
  content_security_policy: {
    extension_pages:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
      "connect-src https://api.upstackdata.com; object-src 'none'; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  },
  action: { default_title: 'Upstack Capture', default_popup: 'popup.html' },
  options_ui: { open_in_tab: true, page: 'options.html' },
  content_scripts: [{ matches: adPages, js: ['capture.js'], run_at: 'document_start', all_frames: false }],
};

const expected = {
  'chrome-mv3': {
    ...common,
    permissions: Object.keys(permissions),
    commands: {
      ...commands,
      'open-panel': { suggested_key: { default: 'Alt+Shift+P' }, description: '__MSG_panel_open__' },
    },
    minimum_chrome_version: '127',
    storage: { managed_schema: 'managed-policy.json' }, // what organisations may lay down; it can only restrict
    background: { service_worker: 'background.js' },
    side_panel: { default_path: 'sidepanel.html' },
  },
  'firefox-mv3': {
    ...common,
    action: {
      ...common.action,
      theme_icons: [16, 32].map((size) => ({
        light: `icon/${size}-light.png`,
        dark: `icon/${size}-dark.png`,
        size,
      })),
    },
    permissions: Object.keys(permissions).filter((name) => name !== 'sidePanel'), // Firefox has a sidebar instead
    commands: { ...commands, _execute_sidebar_action: { suggested_key: { default: 'Alt+Shift+P' } } },
    background: { scripts: ['background.js'] },
    // Not by itself after the install: a person opens it.
    sidebar_action: {
      default_panel: 'sidepanel.html',
      default_title: 'Upstack Capture',
      open_at_install: false,
    },
    browser_specific_settings: {
      gecko: {
        id: 'capture@upstackdata.com',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['authenticationInfo', 'websiteContent'] },
      },
    },
  },
} as const;

const fileOf = (build: string, file: string): string => {
  const path = join('.output', build, file);
  if (!existsSync(path))
    throw new Error(`${path} is not there: run "npm run build" and "npm run build:firefox".`);
  return path;
};

const read = (build: string, file: string): string => readFileSync(fileOf(build, file), 'utf8');

/** The scripts of a page and everything that they import statically: what loads at once. */
const scriptsAtOnce = (build: string, page: string): string[] => {
  const scripts = [...read(build, page).matchAll(/<(?:script|link)[^>]+(?:src|href)="\/?([^"]+\.js)"/g)].map(
    ([, file = '']) => file,
  );
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, to = ''] of read(build, file).matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)) {
      visit(posix.join(dirname(file), to));
    }
  };
  scripts.forEach(visit);
  return [...seen];
};

const bytesOf = (build: string, files: readonly string[]): number =>
  files.reduce((sum, file) => sum + statSync(fileOf(build, file)).size, 0);

const show = (what: string, bytes: number, budget: number): void =>
  console.log(`  ${what}: ${(bytes / 1000).toFixed(1)} kB of ${budget / 1000} kB`);

describe.each(Object.entries(expected))('the manifest of %s', (build, manifest) => {
  it('is what was agreed, and nothing besides', () => {
    expect(JSON.parse(read(build, 'manifest.json'))).toEqual(manifest);
  });
});

describe('the size of', () => {
  it.each(Object.keys(expected))('the capture script in %s stays within 30 kB', (build) => {
    const bytes = bytesOf(build, ['capture.js']);
    show(`capture script, ${build}`, bytes, 30_000);
    expect(bytes).toBeLessThanOrEqual(30_000);
    // It is put into the page whole; an import would fail there.
    expect(read(build, 'capture.js')).not.toMatch(/(?:^|[;}\s])import\s*[("'{]/);
  });

  it.each(Object.keys(expected))('the script for the dashboard in %s stays within 40 kB', (build) => {
    const bytes = bytesOf(build, ['dashboard.js']);
    show(`dashboard script, ${build}`, bytes, 40_000);
    expect(bytes).toBeLessThanOrEqual(40_000);
    expect(read(build, 'dashboard.js')).not.toMatch(/(?:^|[;}\s])import\s*[("'{]/);
  });

  it.each(Object.keys(expected))('the script that follows a person in %s stays within 10 kB', (build) => {
    const bytes = bytesOf(build, ['landmarks.js']);
    show(`script that follows a person, ${build}`, bytes, 10_000);
    expect(bytes).toBeLessThanOrEqual(10_000);
    expect(read(build, 'landmarks.js')).not.toMatch(/(?:^|[;}\s])import\s*[("'{]/);
  });

  it.each(Object.keys(expected))('what the popup loads at once in %s stays within 265 kB', (build) => {
    const scripts = scriptsAtOnce(build, 'popup.html');
    expect(scripts.some((file) => /popup/.test(file))).toBe(true);
    const bytes = bytesOf(build, scripts);
    show(`popup at once, ${build}`, bytes, 265_000);
    expect(bytes).toBeLessThanOrEqual(265_000);
  });

  it.each(Object.keys(expected))('what the side panel loads at once in %s stays within 270 kB', (build) => {
    const bytes = bytesOf(build, scriptsAtOnce(build, 'sidepanel.html'));
    show(`side panel at once, ${build}`, bytes, 270_000);
    expect(bytes).toBeGreaterThan(100_000); // React alone is more
    expect(bytes).toBeLessThanOrEqual(270_000);
  });
});

/** What makes code or markup from text, and how often libraries bring it. Our own sources: see the architecture test. */
const fromText: readonly [string, RegExp, number, string][] = [
  ['eval', /\beval\s*\(/g, 0, ''],
  ['new Function', /\bnew Function\b/g, 0, ''],
  ['insertAdjacentHTML', /\binsertAdjacentHTML\b/g, 0, ''],
  ['document.write', /\bdocument\.write(?:ln)?\b/g, 0, ''],
  ['an address without TLS', /http:\/\/(?!www\.w3\.org\/)/g, 0, ''],
  ['innerHTML', /\binnerHTML\b/g, 5, 'React, for a property that we never set; Trusted Types refuse it.'],
];

describe.each(Object.keys(expected))('the scripts of %s', (build) => {
  const scripts = (): string =>
    readdirSync(join('.output', build), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => read(build, file))
      .join('\n');

  it.each(fromText)('hold %s no oftener than libraries bring it', (_what, pattern, most) => {
    expect(scripts().match(pattern)?.length ?? 0).toBeLessThanOrEqual(most);
  });
});

it('what is sought in the scripts would be found', () => {
  const careless =
    "eval('x'); new Function(x); a.insertAdjacentHTML(b, c); document.write(d); 'http://e.example'";
  for (const [what, pattern] of fromText)
    expect(`${careless}; f.innerHTML = g;`.match(pattern), what).toHaveLength(1);
});
