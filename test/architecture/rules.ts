import ts from 'typescript';
import { importsOf, nameOf, nodesOf, placeOf, type Source } from './source';

/** A rule looks at the files and says in sentences what is wrong with them. */
export type Rule = (sources: readonly Source[]) => string[];

interface Layer {
  imports: readonly string[];
  /** Layers of which it may know the types, and no more. */
  types?: readonly string[];
}

/**
 * Who may import whom; what is not listed is not allowed. Read from below: each line may only name lines that
 * stand beneath it, which the test checks as well.
 */
export const layers: Readonly<Record<string, Layer>> = {
  entrypoints: {
    imports: [
      'components',
      'lib/boot',
      'lib/health',
      'lib/deliveries',
      'lib/destinations',
      'lib/workspaces',
      'lib/upstack',
      'lib/vault',
      'lib/dashboard',
      'lib/capture',
      'lib/messages',
      'lib/storage',
      'lib/credentials',
      'lib/platforms',
    ],
  },
  // What every wake of the worker does, and what concerns all the others at once.
  'lib/boot': {
    imports: [
      'lib/health',
      'lib/deliveries',
      'lib/destinations',
      'lib/workspaces',
      'lib/upstack',
      'lib/vault',
      'lib/messages',
      'lib/storage',
      'lib/platforms',
    ],
  },
  // Pages of ours read rows and send commands. They cannot reach a secret or the network, not even by mistake.
  components: {
    imports: ['lib/destinations', 'lib/messages', 'lib/storage', 'lib/credentials', 'lib/platforms'],
  },
  'lib/health': {
    imports: [
      'lib/deliveries',
      'lib/destinations',
      'lib/workspaces',
      'lib/upstack',
      'lib/vault',
      'lib/storage',
      'lib/credentials',
      'lib/platforms',
    ],
    types: ['lib/messages'],
  },
  'lib/deliveries': {
    imports: [
      'lib/destinations',
      'lib/workspaces',
      'lib/upstack',
      'lib/vault',
      'lib/storage',
      'lib/credentials',
      'lib/platforms',
    ],
    // The script in Upstack's dashboard, which it calls there and does not carry.
    types: ['lib/dashboard'],
  },
  'lib/destinations': {
    imports: ['lib/workspaces', 'lib/upstack', 'lib/storage', 'lib/credentials', 'lib/platforms'],
  },
  'lib/workspaces': {
    imports: ['lib/upstack', 'lib/storage', 'lib/credentials', 'lib/platforms'],
    types: ['lib/messages'],
  },
  'lib/upstack': { imports: ['lib/storage', 'lib/credentials', 'lib/platforms'] },
  'lib/vault': {
    imports: ['lib/storage', 'lib/credentials', 'lib/platforms'],
    // The script that follows a person through a page, which it calls there and does not carry.
    types: ['lib/messages', 'lib/capture'],
  },
  // It runs in Upstack's page, with the capture script's eyes: no storage, no schema library, no `Secret` to open.
  'lib/dashboard': { imports: ['lib/capture'], types: ['lib/messages', 'lib/storage'] },
  // It runs in the ad platform's page: no storage, no schema library, nothing that need not be there.
  'lib/capture': { imports: ['lib/credentials', 'lib/platforms'], types: ['lib/messages'] },
  'lib/messages': { imports: ['lib/credentials', 'lib/platforms'], types: ['lib/storage'] },
  'lib/storage': { imports: ['lib/platforms'] },
  'lib/credentials': { imports: ['lib/platforms'] },
  'lib/platforms': { imports: [] },
  'lib/terms': { imports: [] },
};

/** What every part means by a word, such as a day: so plain that all may import it. */
const everyones = 'lib/terms';

/** `lib/vault` of `lib/vault/captures`, `components` of `components/Popup`; undefined outside the product. */
const layerOf = (path: string): string | undefined => {
  const [first = '', second = ''] = path.split('/');
  if (first === 'lib') return `lib/${second}`;
  return first === 'entrypoints' || first === 'components' ? first : undefined;
};

export const importsPointDown: Rule = (sources) =>
  sources.flatMap(importsOf).flatMap(({ from, to, typeOnly }) => {
    const upper = layerOf(from);
    const lower = layerOf(to);
    if (!upper || !lower || upper === lower || lower === everyones) return [];
    const layer = layers[upper];
    if (!layer) return [`${from} lies in ${upper}, which has no line in the layer table.`];
    if (layer.imports.includes(lower)) return [];
    if (layer.types?.includes(lower)) {
      return typeOnly ? [] : [`${from} may know the types of ${lower}, but imports ${to} to run it.`];
    }
    return [`${from} imports ${to}; ${upper} may not import ${lower}.`];
  });

/** Folder of one platform, as `reddit` of `lib/platforms/reddit/verdicts`. */
const platformFolderOf = (path: string): string | undefined =>
  /^lib\/platforms\/([^/]+)(?:\/|$)/.exec(
    path.replace(/^(lib\/platforms\/(?:index|definition|readings|samples))(\.ts)?$/, ''),
  )?.[1];

export const platformsStandAlone: Rule = (sources) =>
  sources.flatMap(importsOf).flatMap(({ from, to }) => {
    const target = platformFolderOf(to);
    if (!target || platformFolderOf(from) === target) return [];
    return from === 'lib/platforms/index.ts'
      ? []
      : [`${from} imports ${to}; only the registry knows the platform ${target}.`];
  });

/** The registry, and the list of whatever else Upstack has destinations for. */
const knowsNames: readonly string[] = ['lib/platforms/index.ts', 'lib/dashboard/others.ts'];

/** Generic code that names a platform would have to be changed for the next one. */
export const namesNoPlatform =
  (names: readonly string[]): Rule =>
  (sources) =>
    sources
      .filter(({ path }) => !platformFolderOf(path) && !knowsNames.includes(path))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => {
          const named = names.find((name) => line.toLowerCase().includes(name.toLowerCase()));
          return named
            ? [`${path}:${index + 1} names ${named}; what is special about it belongs in its folder.`]
            : [];
        }),
      );

/** Flags each use of something outside the files that may have it. */
const onlyIn =
  (allowed: (path: string) => boolean, uses: (node: ts.Node) => boolean, sentence: string): Rule =>
  (sources) =>
    sources
      .filter(({ path }) => !allowed(path))
      .flatMap((source) =>
        nodesOf(source)
          .filter(uses)
          .map((node) => `${placeOf(source, node)} ${sentence}`),
      );

const isOneOf =
  (...paths: string[]) =>
  (path: string): boolean =>
    paths.includes(path);
const isBelow =
  (...folders: string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path.startsWith(`${folder}/`));
const nowhere = (): boolean => false;

export const secretsAreOpenedInThreePlaces = onlyIn(
  // The third puts it into the one field of Upstack's own form, as the argument of a single call.
  isOneOf('lib/vault/vault.ts', 'lib/upstack/client.ts', 'lib/deliveries/routes/dashboard-tab.ts'),
  (node) => ts.isPropertyAccessExpression(node) && node.name.text === 'reveal',
  'opens a secret; only the vault, the API client and the filling of the dashboard may.',
);

const networkNames =
  /^((globalThis|window|self)\.)?((navigator\.)?sendBeacon|fetch|XMLHttpRequest|WebSocket|EventSource|WebTransport|importScripts)$/;

export const oneModuleCallsTheNetwork = onlyIn(
  isOneOf('lib/upstack/client.ts'),
  (node) =>
    (ts.isCallExpression(node) || ts.isNewExpression(node)) && networkNames.test(nameOf(node.expression)),
  'calls the network; only lib/upstack/client.ts may.',
);

export const sessionStorageIsTheVaults = onlyIn(
  isBelow('lib/vault', 'lib/workspaces'),
  (node) => ts.isPropertyAccessExpression(node) && /(^|\.)storage\.session$/.test(nameOf(node)),
  'touches storage.session, where secrets are; only the vault and the workspaces may.',
);

export const nobodyWatchesStorage = onlyIn(
  nowhere,
  (node) => ts.isPropertyAccessExpression(node) && /(^|\.)storage(\.\w+)?\.onChanged$/.test(nameOf(node)),
  'watches storage, which hands every change to every listener, secrets included.',
);

const markupNames =
  /(^|\.)(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment)$/;

export const textNeverBecomesMarkup = onlyIn(
  nowhere,
  (node) =>
    (ts.isPropertyAccessExpression(node) && markupNames.test(nameOf(node))) ||
    (ts.isJsxAttribute(node) && node.name.getText() === 'dangerouslySetInnerHTML'),
  'turns text into markup.',
);

export const textNeverBecomesCode = onlyIn(
  nowhere,
  (node) =>
    (ts.isCallExpression(node) && nameOf(node.expression) === 'eval') ||
    ((ts.isNewExpression(node) || ts.isCallExpression(node)) && nameOf(node.expression) === 'Function'),
  'turns text into code.',
);

export const productCodeIsSilent = onlyIn(
  isOneOf('lib/messages/report-bug.ts'),
  (node) => ts.isPropertyAccessExpression(node) && /^(globalThis\.)?console\.\w+$/.test(nameOf(node)),
  'writes to the console; bugs go to the one sink, everything else is a row.',
);

/** Attributes that a person reads or hears. */
const spokenAttributes =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|summary|heading|legend|hint|note)$/;
/** The name of the product is the same in every language. */
const isText = (text: string): boolean => /\p{L}/u.test(text.replaceAll('Upstack', ''));

/** Literals that an expression may come to: `a ? 'b' : 'c'`, `a && 'b'`. */
const literalsOf = (node: ts.Node): string[] => {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  }
  if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node)) {
    return node.expression ? literalsOf(node.expression) : [];
  }
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return literalsOf(node.right);
  return [];
};

export const textsAreTranslated = onlyIn(
  nowhere,
  (node) => {
    if (ts.isJsxText(node)) return isText(node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) return literalsOf(node).some(isText);
    return (
      ts.isJsxAttribute(node) &&
      spokenAttributes.test(node.name.getText()) &&
      node.initializer !== undefined &&
      literalsOf(node.initializer).some(isText)
    );
  },
  'shows a text that is in no locale file.',
);

const testNames = /^(it|test|describe|suite|bench)\b/;
const evasions = /\.(skip|only|todo|fixme|fails|skipIf|runIf)$/;

export const everyTestRuns = onlyIn(
  nowhere,
  (node) =>
    (ts.isPropertyAccessExpression(node) && testNames.test(nameOf(node)) && evasions.test(nameOf(node))) ||
    (ts.isCallExpression(node) &&
      ['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe'].includes(nameOf(node.expression))),
  'keeps a test from running, or others beside it.',
);

export const filesAreNamedAlike: Rule = (sources) =>
  sources.flatMap(({ path }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const stem = name.slice(0, name.indexOf('.'));
    const pattern =
      name.endsWith('.tsx') && path.startsWith('components/')
        ? /^[A-Z][A-Za-z0-9]*$/
        : /^[a-z0-9]+(-[a-z0-9]+)*$/;
    return pattern.test(stem)
      ? []
      : [`${path} should be kebab-case, or PascalCase where it holds a component.`];
  });

const vague = ['service', 'manager', 'util', 'utils', 'helper', 'helpers', 'data', 'info'];

export const namesSaySomething: Rule = (sources) =>
  sources.flatMap(({ path }) =>
    path
      .replace(/\.tsx?$/, '')
      .split(/[/-]/)
      .filter((word) => vague.includes(word.toLowerCase()))
      .map((word) => `${path} is named "${word}", which says nothing; name the thing.`),
  );
