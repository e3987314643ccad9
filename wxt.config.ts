import { defineConfig } from 'wxt';
import { matchPatterns } from './lib/platforms/index';
import { API_ORIGIN, DASHBOARD_ORIGIN } from './lib/upstack/origin';
import { documentPages } from './scripts/documents';
import { mergeLocales } from './scripts/merge-locales';
import { cutPopup } from './scripts/popup-chunks';
import { steadyZip } from './scripts/release/steady-zip';
import { slimScript } from './scripts/slim-script';

const localesDir = mergeLocales();

/** React renders under this without a Trusted Types policy of its own (checked in Chromium 156). */
const extensionPagesCsp = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  `connect-src ${API_ORIGIN}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export default defineConfig({
  manifestVersion: 3, // Firefox would get MV2 otherwise
  imports: false,
  modules: ['@wxt-dev/module-react', '@wxt-dev/i18n/module', '@wxt-dev/webextension-polyfill'],
  i18n: { localesDir },
  manifest: ({ browser, command }) => ({
    name: '__MSG_extension_name__',
    short_name: 'Upstack Capture',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    permissions: [
      'storage',
      'alarms',
      'scripting',
      'contextMenus',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    optional_permissions: ['notifications'],
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+U' } },
      ...(browser === 'firefox'
        ? { _execute_sidebar_action: { suggested_key: { default: 'Alt+Shift+P' } } }
        : {
            'open-panel': {
              suggested_key: { default: 'Alt+Shift+P' },
              description: '__MSG_panel_open__',
            },
          }),
      'check-all': { description: '__MSG_command_checkAll__' },
      'copy-diagnosis': { description: '__MSG_command_copyDiagnosis__' },
    },
    host_permissions: [...matchPatterns, `${API_ORIGIN}/*`],
    optional_host_permissions: [`${DASHBOARD_ORIGIN}/*`],
    externally_connectable: { ids: [] },
    incognito: 'not_allowed',
    // The development server needs its socket and its style tags; the shipped build gets the strict policy.
    ...(command === 'build' ? { content_security_policy: { extension_pages: extensionPagesCsp } } : {}),
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'capture@upstackdata.com',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['authenticationInfo', 'websiteContent'] },
            },
          },
        }
      : { minimum_chrome_version: '127', storage: { managed_schema: 'managed-policy.json' } }),
  }),
  hooks: {
    'build:publicAssets': (_wxt, files) => {
      files.push(...documentPages());
    },
    'zip:extension:done': (_wxt, file) => steadyZip(file),
    'zip:sources:done': (_wxt, file) => steadyZip(file),
    'vite:build:extendConfig': (entrypoints, config) => {
      if (entrypoints.some(({ name }) => name === 'popup')) cutPopup(config);
      else if (entrypoints.some(({ name }) => name === 'capture')) slimScript(config);
    },
    // An unlisted script, since WXT's content-script wrapper announces itself to the page, which could then
    // replay the announcement and switch the script off.
    'build:manifestGenerated': (_wxt, manifest) => {
      manifest.content_scripts = [
        { matches: [...matchPatterns], js: ['capture.js'], run_at: 'document_start', all_frames: false },
      ];
    },
  },
  zip: { name: 'upstack-capture', excludeSources: ['store/pictures/**', 'docs/**'] },
});
