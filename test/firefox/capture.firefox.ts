import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, SeenToken } from '../../lib/messages/reports';
import { matchPatterns } from '../../lib/platforms/index';
import { type Sandbox, startSandbox } from '../sandbox/server';
import { pinterestKey, redditConversionToken, redditSessionToken } from '../sandbox/tokens';
import { type Firefox, launchFirefox, poll } from './firefox';

/**
 * The capture script of the Firefox build in a real Firefox: that a token is decoded and inflated in its content
 * scripts, and read through their view of the page. A background of our own hands each report to the sandbox.
 */

const HEARD = '/heard-by-the-test';

const background = `
  browser.runtime.onMessage.addListener(async (report) => {
    await fetch('https://ads.reddit.com${HEARD}', { method: 'POST', body: JSON.stringify(report) });
    return { ok: true };
  });
`;

let sandbox: Sandbox;
let firefox: Firefox;
let folder: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  sandbox.serve('ads.reddit.com', HEARD, 'ok');
  folder = mkdtempSync(join(tmpdir(), 'recorder-'));
  cpSync('.output/firefox-mv3/capture.js', join(folder, 'capture.js'));
  writeFileSync(join(folder, 'background.js'), background);
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Recorder',
      version: '1',
      browser_specific_settings: { gecko: { id: 'recorder@test.example' } },
      background: { scripts: ['background.js'] },
      host_permissions: matchPatterns,
      content_scripts: [{ matches: matchPatterns, js: ['capture.js'], run_at: 'document_start' }],
    }),
  );
  firefox = await launchFirefox({ sandbox, extension: folder });
});

afterAll(async () => {
  await firefox?.close();
  await sandbox?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const heard = (): SeenToken[] =>
  sandbox.requests
    .filter(({ path }) => path === HEARD)
    .map(({ body }): Report => JSON.parse(body))
    .flatMap((report) => (report.type === 'capture.offer' ? report.tokens : []));

const pages: Record<string, (value: string) => string> = {
  'as text': (value) => `<p>${value}</p>`,
  'in a read-only field': (value) => `<input readonly value="${value}">`,
  'in a shadow root': (value) =>
    `<div id="h"></div><script>h.attachShadow({ mode: 'open' }).innerHTML = '<p>${value}</p>'</script>`,
  'in a frame of the same origin': (value) => `<iframe srcdoc="<p>${value}</p>"></iframe>`,
  'beside a form that clobbers': (value) =>
    `<form><input name="textContent"><input name="parentNode"><p>${value}</p></form>`,
};

describe.each([
  ['Reddit', 'ads.reddit.com', redditConversionToken],
  ['Pinterest', 'ads.pinterest.com', pinterestKey],
  ["Pinterest's entry", 'business.pinterest.com', pinterestKey],
] as const)('%s in Firefox', (_name, host, make) => {
  it.each(Object.entries(pages))('takes a token %s, and no sign-in token', async (_place, draw) => {
    sandbox.dropRecords();
    const value = make();
    const session = redditSessionToken();
    const away = sandbox.serve(
      host,
      '/shown',
      `<!doctype html><title>x</title><p>${session}</p>${draw(value)}`,
    );
    const page = await firefox.browser.newPage();
    await page.goto(`https://${host}/shown`);
    await expect.poll(() => heard().map((token) => token.value), poll).toEqual([value]);
    expect(JSON.stringify(sandbox.requests.filter(({ path }) => path === HEARD))).not.toContain(session);
    await page.close();
    away();
  });
});
