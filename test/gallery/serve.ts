import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateChromeMessages, parseMessagesObject } from '@wxt-dev/i18n/build';
import { createServer } from 'vite';
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

/** Serves the page that draws every state, see main. */
export const startGallery = async () => {
  // Its own, since several are started at once: one would take away what the other has just prepared.
  const cacheDir = resolve('.output/gallery', `prepared-${process.pid}`);
  const server = await createServer({
    root,
    cacheDir,
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
    // What is written meanwhile, such as by a build beside it, must not load the page anew in the middle of a test.
    server: { port: 0, fs: { allow: [resolve('.')] }, hmr: false, watch: null },
    optimizeDeps: {
      include: [
        'react',
        'react/jsx-runtime',
        'react/jsx-dev-runtime',
        'react-dom',
        'react-dom/client',
        'idb',
        'fflate',
      ],
      exclude: ['@wxt-dev/i18n'],
      noDiscovery: true, // or one that is found late would do so
    },
  });
  await server.listen();
  const [address] = server.resolvedUrls?.local ?? [];
  if (!address) throw new Error('The gallery has no address.');
  return {
    address,
    close: async () => {
      await server.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
};
