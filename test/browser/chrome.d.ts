import type browser from 'webextension-polyfill';

declare global {
  /** What an extension's own pages and worker have in Chromium; for functions that tests run inside them. */
  const chrome: typeof browser;
}
