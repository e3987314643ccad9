import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from './find';
import { findFirefox } from './find-firefox';

const linux = { platform: 'linux', playwrightsOwn: () => undefined } as const;

const folderWith = (files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'browsers-'));
  for (const [name, script] of Object.entries(files)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
};

describe('findBrowser', () => {
  it('believes CHROME_PATH before anything else', () => {
    const folder = folderWith({ mine: 'echo Mine 1.0', chromium: 'echo Chromium 1.0' });
    const path = join(folder, 'mine');
    expect(findBrowser({ CHROME_PATH: path, PATH: folder }, linux)?.path).toBe(path);
  });

  it('says so when CHROME_PATH names nothing', () => {
    expect(() => findBrowser({ CHROME_PATH: '/nowhere/chrome' }, linux)).toThrow('/nowhere/chrome');
  });

  it('takes the one in the cache of Playwright before one on the PATH', () => {
    const folder = folderWith({ cached: 'echo Chromium 2.0', chromium: 'echo Chromium 1.0' });
    const cached = join(folder, 'cached');
    expect(findBrowser({ PATH: folder }, { ...linux, playwrightsOwn: () => cached })?.path).toBe(cached);
  });

  it('passes over one that does not start', () => {
    const folder = folderWith({ chromium: 'exit 127', 'google-chrome': 'echo Google Chrome 1.0' });
    expect(findBrowser({ PATH: folder }, linux)?.path).toBe(join(folder, 'google-chrome'));
  });

  it('finds nothing where there is nothing', () => {
    expect(findBrowser({ PATH: folderWith({}) }, { ...linux, folders: [] })).toBeUndefined();
  });
});

describe('findFirefox', () => {
  it('believes FIREFOX_PATH, and says so when it names nothing', () => {
    const path = join(folderWith({ mine: '' }), 'mine');
    expect(findFirefox({ FIREFOX_PATH: path }, 'linux')).toBe(path);
    expect(() => findFirefox({ FIREFOX_PATH: '/nowhere/firefox' }, 'linux')).toThrow('/nowhere/firefox');
  });

  it('takes the long-term release before the other, and finds nothing where there is nothing', () => {
    const both = folderWith({ firefox: '', 'firefox-esr': '' });
    expect(findFirefox({ PATH: both }, 'linux')).toBe(join(both, 'firefox-esr'));
    expect(findFirefox({ PATH: folderWith({ firefox: '' }) }, 'linux')).toMatch(/firefox$/);
    expect(findFirefox({ PATH: folderWith({}) }, 'linux')).toBeUndefined();
  });
});
