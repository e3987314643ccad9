import type { InlineConfig, Plugin, Rolldown } from 'vite';

/**
 * How the popup is cut into files. Each file that a page wants at once costs it two or three milliseconds, so there
 * are three: `first` asks for rows and tab, `drawing` is everything that each opening draws with, and its styles.
 * What only some cards want is a file for each entry of `components/chunks.ts`. A group takes along what it imports
 * unless an earlier one has it.
 */
const FIRST =
  /[\\/]components[\\/](?:chunks|first-look|language|look)\.ts$|virtual:wxt-html-plugins|rolldown[\\/]runtime/;
const DRAWING = /[\\/]components[\\/]draw-popup\.ts$/;
const PARTS = /[\\/]components[\\/](\w+)-parts\.ts$/;

const groups: Rolldown.CodeSplittingGroup[] = [
  { name: 'first', test: FIRST, priority: 3 },
  { name: 'drawing', test: DRAWING, priority: 2 },
  { name: (id) => PARTS.exec(id)?.[1] ?? null, debugName: 'parts', test: PARTS, priority: 1 },
];

/**
 * The browser learns of a dynamic import when the script that makes it runs. What draws is always wanted, so the
 * page's HTML names it, and everything is fetched at once.
 */
const nameInHtml: Plugin = {
  name: 'name-drawing-in-html',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {}, chunk }) => {
      const drawing = chunk?.dynamicImports
        .map((file) => bundle[file])
        .find((found) => found?.type === 'chunk' && found.moduleIds.some((id) => DRAWING.test(id)));
      if (drawing?.type !== 'chunk') return undefined;
      const scripts = [drawing.fileName, ...drawing.imports];
      const styles = [...(drawing.viteMetadata?.importedCss ?? [])];
      const tags = [
        ...styles.map((file) => ({ rel: 'stylesheet', crossorigin: true, href: `/${file}` })),
        ...scripts.map((file) => ({ rel: 'modulepreload', crossorigin: true, href: `/${file}` })),
      ]
        .filter(({ href }) => !html.includes(href))
        .map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' as const }));
      // A script that waits for nothing: not for the styles either.
      return { html: html.replace('<script type="module"', '<script type="module" async'), tags };
    },
  },
};

export const cutPopup = (config: InlineConfig): void => {
  config.plugins = [...(config.plugins ?? []), nameInHtml];
  const output = config.build?.rollupOptions?.output;
  if (!output || Array.isArray(output)) throw new Error('There is no one output to cut.');
  output.codeSplitting = { groups };
  config.build = { ...config.build, modulePreload: { polyfill: false } };
};
