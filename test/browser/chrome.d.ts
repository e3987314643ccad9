import type webExtension from 'webextension-polyfill';

declare global {
  /** What an extension's own pages and worker have in Chromium; for functions that tests run inside them. */
  const chrome: typeof webExtension;
  /** The same in Firefox. */
  const browser: typeof webExtension;
}
