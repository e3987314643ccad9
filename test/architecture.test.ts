import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { platforms } from '../lib/platforms/index';
import { languages } from '../scripts/merge-locales';
import {
  everyTestRuns,
  filesAreNamedAlike,
  importsPointDown,
  layers,
  namesNoPlatform,
  namesSaySomething,
  nobodyWatchesStorage,
  oneModuleCallsTheNetwork,
  platformsStandAlone,
  productCodeIsSilent,
  type Rule,
  secretsAreOpenedInThreePlaces,
  sessionStorageIsTheVaults,
  textNeverBecomesCode,
  textNeverBecomesMarkup,
  textsAreTranslated,
} from './architecture/rules';
import { readSources, sourceOf } from './architecture/source';

const product = readSources('lib', 'components', 'entrypoints');
const build = readSources('scripts').concat(sourceOf('wxt.config.ts', readFileSync('wxt.config.ts', 'utf8')));
const tests = readSources('test');
const platformNames = platforms.flatMap(({ id, name }) => [id, name]);

interface Held {
  rule: Rule;
  over: typeof product;
  /** Made-up files, each of which the rule must flag: a rule that flags nothing proves nothing. */
  flags: Record<string, string>;
  /** Files that look alike and are fine. */
  passes?: Record<string, string>;
}

const rules: Record<string, Held> = {
  'imports point down only': {
    rule: importsPointDown,
    over: product,
    flags: {
      'lib/storage/a.ts': "import { keepSecret } from '../vault/vault';",
      'lib/platforms/a.ts': "export { clean } from '../credentials/clean';",
      'lib/capture/a.ts': "const rows = await import('../storage/database');",
      'lib/capture/b.ts': "import { gate } from '../messages/gate';",
      'components/A.tsx': "import { request } from '../lib/upstack/client';",
      'lib/deliveries/a.ts': "import { Popup } from '../../components/Popup';",
      'lib/elsewhere/a.ts': "import { rows } from '../storage/database';",
    },
    passes: {
      'lib/capture/a.ts': "import type { Report } from '../messages/reports';",
      'entrypoints/background.ts': "import { drain } from '../lib/deliveries/drain';",
      'lib/vault/a.ts': "import { rows } from '../storage/database'; import './b';",
    },
  },
  'only the registry knows a platform': {
    rule: platformsStandAlone,
    over: product,
    flags: {
      'lib/platforms/one/a.ts': "import { two } from '../two/index';",
      'lib/health/a.ts': "import { one } from '../platforms/one';",
    },
    passes: {
      'lib/platforms/index.ts': "import { one } from './one';",
      'lib/platforms/one/a.ts': "import { b } from './b'; import { definePlatform } from '../definition';",
      'lib/health/a.ts': "import { platforms } from '../platforms/index';",
    },
  },
  'generic code names no platform': {
    rule: namesNoPlatform(platformNames),
    over: [...product, ...build],
    flags: {
      'lib/health/a.ts': `// as ${platforms[0]?.name ?? 'nothing'} does`,
      'components/A.tsx': `const isIt = type === '${platforms.at(-1)?.id ?? 'nothing'}';`,
    },
    passes: { [`lib/platforms/${platforms[0]?.id}/a.ts`]: `const id = '${platforms[0]?.id}';` },
  },
  'secrets are opened in three places': {
    rule: secretsAreOpenedInThreePlaces,
    over: product,
    flags: {
      'lib/vault/captures.ts': 'const value = secret.reveal();',
      'lib/health/a.ts': 'f(secret?.reveal)',
    },
    passes: { 'lib/vault/vault.ts': 'secret.reveal();', 'lib/health/a.ts': '// reveal() is not for us' },
  },
  'one module calls the network': {
    rule: oneModuleCallsTheNetwork,
    over: product,
    flags: {
      'lib/health/a.ts': 'await fetch(url);',
      'lib/health/b.ts': 'globalThis.fetch(url);',
      'components/A.tsx': 'new WebSocket(url);',
      'lib/capture/a.ts': 'navigator.sendBeacon(url);',
    },
    passes: { 'lib/upstack/client.ts': 'await fetch(url);', 'lib/health/a.ts': 'await later.fetch();' },
  },
  "session storage is the vault's": {
    rule: sessionStorageIsTheVaults,
    over: product,
    flags: {
      'components/A.tsx': "await browser.storage.session.get('a');",
      'lib/storage/a.ts': 'const area = storage.session;',
    },
    passes: { 'lib/vault/vault.ts': 'browser.storage.session.get(key)' },
  },
  'nobody watches storage': {
    rule: nobodyWatchesStorage,
    over: product,
    flags: {
      'lib/vault/vault.ts': 'browser.storage.onChanged.addListener(f);',
      'components/A.tsx': 'chrome.storage.session.onChanged.addListener(f);',
    },
    passes: { 'components/A.tsx': 'browser.permissions.onAdded.addListener(f);' },
  },
  'text never becomes markup': {
    rule: textNeverBecomesMarkup,
    over: product,
    flags: {
      'components/A.tsx': 'const A = () => <p dangerouslySetInnerHTML={{ __html: name }} />;',
      'lib/capture/a.ts': 'node.innerHTML = name;',
    },
    passes: { 'lib/capture/a.ts': 'node.textContent = name;' },
  },
  'text never becomes code': {
    rule: textNeverBecomesCode,
    over: product,
    flags: { 'lib/a/a.ts': "eval('1')", 'lib/a/b.ts': "new Function('return 1')" },
    passes: { 'lib/a/a.ts': 'const evaluate = (f: () => void) => f();' },
  },
  'product code is silent': {
    rule: productCodeIsSilent,
    over: product,
    flags: { 'lib/a/a.ts': "console.log('x')", 'components/A.tsx': 'globalThis.console.error(error)' },
  },
  'every test runs': {
    rule: everyTestRuns,
    over: tests,
    flags: {
      'test/a.test.ts': "it.skip('x', () => {});",
      'test/b.test.ts': "test.describe.only('x', () => {});",
      'test/c.test.ts': "xit('x', () => {});",
      'test/d.test.ts': "it.concurrent.todo('x');",
    },
    passes: { 'test/a.test.ts': "it('does not .skip()', () => {});" },
  },
  'texts are translated': {
    rule: textsAreTranslated,
    over: product,
    flags: {
      'components/A.tsx': '<p>Not translated</p>',
      'components/B.tsx': '<button aria-label="Close">×</button>',
      'components/C.tsx': '<Field placeholder={isLate ? "Über" : i18n.t("a.b")} />',
      'components/D.tsx': '<p>{isLate && "Late"}</p>',
    },
    passes: {
      'components/A.tsx':
        '<h1 title={i18n.t("a.b")} className="page">Upstack {i18n.t("c.d")} · {"••••"}</h1>',
    },
  },
  'files are named alike': {
    rule: filesAreNamedAlike,
    over: product,
    flags: { 'lib/a/fooBar.ts': '', 'components/popup.tsx': '' },
    passes: { 'lib/a/foo-bar.ts': '', 'components/Popup.tsx': '', 'components/use-rows.ts': '' },
  },
  'names say something': {
    rule: namesSaySomething,
    over: product,
    flags: { 'lib/a/date-utils.ts': '', 'lib/helpers/a.ts': '' },
    passes: { 'lib/a/database.ts': '' },
  },
};

describe('the code keeps its rules', () => {
  it.each(Object.entries(rules))('%s', (_name, { rule, over }) => {
    expect(rule(over)).toEqual([]);
  });
});

describe('each rule sees what it forbids', () => {
  it.each(Object.entries(rules))('%s', (_name, { rule, flags, passes = {} }) => {
    for (const [path, text] of Object.entries(flags)) {
      expect(rule([sourceOf(path, text)]), `${path}: ${text}`).not.toEqual([]);
    }
    for (const [path, text] of Object.entries(passes)) {
      expect(rule([sourceOf(path, text)]), `${path}: ${text}`).toEqual([]);
    }
  });
});

describe('the layer table', () => {
  it('lets each layer import only what stands beneath it', () => {
    const order = Object.keys(layers);
    for (const [index, layer] of order.entries()) {
      for (const lower of [...(layers[layer]?.imports ?? []), ...(layers[layer]?.types ?? [])]) {
        expect(order.indexOf(lower), `${layer} may import ${lower}, which stands above it`).toBeGreaterThan(
          index,
        );
      }
    }
  });

  it('has a line for every folder of lib, and no line for a folder that is gone', () => {
    const folders = readdirSync('lib', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `lib/${name}`);
    expect(
      Object.keys(layers)
        .filter((layer) => layer.startsWith('lib/'))
        .sort(),
    ).toEqual(folders.sort());
  });

  it('has each of its lines in CONTRIBUTING.md, too', () => {
    const table = readFileSync('CONTRIBUTING.md', 'utf8');
    const told = [...table.matchAll(/^\| `((?:lib\/)?\w+)\/`/gm)].map(([, layer]) => layer);
    expect(told.sort()).toEqual(Object.keys(layers).sort());
  });
});

describe('platforms', () => {
  const folders = readdirSync('lib/platforms', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it('are all registered, under the name of their folder', () => {
    expect(platforms.map(({ id }) => id).sort()).toEqual(folders.sort());
  });

  it.each(folders)('%s has its texts in every language', (folder) => {
    for (const language of languages) {
      expect(existsSync(`lib/platforms/${folder}/locales/${language}.json`), language).toBe(true);
    }
  });
});

describe('runtime dependencies', () => {
  it('each have a reason in CONTRIBUTING.md', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const reasons = new Map(
      [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `([^`]+)`\s*\| (.{20,}) \|$/gm)].map(
        ([, name = '', reason = '']) => [name, reason],
      ),
    );
    for (const name of Object.keys(dependencies)) {
      expect(reasons.has(name), `${name} needs a line with its reason under "Runtime dependencies"`).toBe(
        true,
      );
    }
  });
});
