import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateChromeMessages, parseMessagesObject } from '@wxt-dev/i18n/build';
import { build, preview } from 'vite';
import { languages, messagesOf } from '../../scripts/merge-locales';

const root = dirname(fileURLToPath(import.meta.url));

const texts = Object.fromEntries(
  languages.map((language) => [
    language,
    generateChromeMessages(
      parseMessagesObject(messagesOf(language) as Parameters<typeof parseMessagesObject>[0]),
    ),
  ]),
);

/** Builds the page that draws every state, see main, and serves it. */
export const startGallery = async () => {
  // Its own, since several are started at once.
  const outDir = resolve('.output/gallery', `built-${process.pid}`);
  // A test runner says "test" here, and React would then be built for development.
  const runner = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { TEXTS: JSON.stringify(texts) },
    resolve: {
      alias: {
        '#i18n': resolve('.wxt/i18n/index.ts'),
        'wxt/browser': join(root, 'browser.ts'),
        '@wxt-dev/browser': join(root, 'browser.ts'),
      },
    },
    build: { outDir, emptyOutDir: true, minify: false },
  }).finally(() => {
    if (runner === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = runner;
  });
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0 },
  });
  const [address] = server.resolvedUrls?.local ?? [];
  if (!address) throw new Error('The gallery has no address.');
  return {
    address,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
};
