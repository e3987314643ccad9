import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../scripts/documents';
import { languages } from '../scripts/merge-locales';
import dataUse from '../store/data-use.json' with { type: 'json' };
import reasons from '../store/permissions.json' with { type: 'json' };

/** What the stores are told, held to what is built. */

interface Manifest {
  permissions: string[];
  optional_permissions: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
  browser_specific_settings?: {
    gecko: { data_collection_permissions: { required: string[]; optional?: string[] } };
  };
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const manifestOf = (build: string): Manifest =>
  JSON.parse(read('.output', build, 'manifest.json')) as Manifest;
const chrome = manifestOf('chrome-mv3');
const firefox = manifestOf('firefox-mv3');

/** Width and height stand at a fixed place of every PNG. */
const sizeOf = (file: string): [number, number] => {
  const bytes = readFileSync(file);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

describe('the reasons for permissions', () => {
  it('are given for everything that Chrome and Edge are asked for, and for nothing else', () => {
    expect(Object.keys(reasons.permissions).sort()).toEqual([...chrome.permissions].sort());
    expect(Object.keys(reasons.optionalPermissions).sort()).toEqual([...chrome.optional_permissions].sort());
    expect(Object.keys(reasons.hosts).sort()).toEqual([...chrome.host_permissions].sort());
    expect(Object.keys(reasons.optionalHosts).sort()).toEqual([...chrome.optional_host_permissions].sort());
  });

  it('are given for everything that Firefox is asked for', () => {
    for (const name of firefox.permissions) expect(reasons.permissions).toHaveProperty([name]);
    expect(firefox.host_permissions).toEqual(chrome.host_permissions);
  });

  it('are sentences', () => {
    for (const group of Object.values(reasons))
      for (const sentence of Object.values(group)) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  });
});

describe('what the stores are told of data', () => {
  const told = (store: 'chrome' | 'edge' | 'firefox') => [
    ...new Set(dataUse.collected.map((one) => one[store])),
  ];

  it('is in Firefox what its manifest declares', () => {
    const declared = firefox.browser_specific_settings?.gecko.data_collection_permissions;
    expect(declared?.required.toSorted()).toEqual(told('firefox').toSorted());
    expect(declared?.optional ?? []).toEqual(dataUse.firefox.optional);
  });

  it('answers each of Chrome’s categories once, and tells Edge the same', () => {
    const categories = [
      'Authentication information',
      'Financial and payment information',
      'Health information',
      'Location',
      'Personal communications',
      'Personally identifiable information',
      'User activity',
      'Web history',
      'Website content',
    ];
    expect([...told('chrome'), ...dataUse.chrome.notCollected].toSorted()).toEqual(categories);
    expect(told('edge')).toEqual(told('chrome'));
  });

  it('is in the privacy policy, with every host', () => {
    const policy = read(dataUse.edge.privacyPolicy).replace(/\s+/g, ' ').toLowerCase();
    for (const { what } of dataUse.collected) expect(policy).toContain(what.toLowerCase());
    for (const pattern of [...chrome.host_permissions, ...chrome.optional_host_permissions])
      expect(policy).toContain(new URL(pattern).origin);
  });
});

describe.each(languages)('the listing in %s', (language) => {
  const listing = JSON.parse(read('store', 'listing', `${language}.json`)) as {
    name: string;
    summary: string;
    description: string[];
    pictures: { state: string; headline: string; line: string }[];
  };
  const english = JSON.parse(read('store', 'listing', 'en.json')) as typeof listing;

  it('fits every store', () => {
    expect(listing.name.length).toBeLessThanOrEqual(45); // Edge and Firefox allow fewer than Chrome's 75
    expect(listing.summary.length).toBeLessThanOrEqual(132); // Chrome
    const description = listing.description.join('\n\n');
    expect(description.length).toBeGreaterThanOrEqual(250); // Edge
    expect(description.length).toBeLessThanOrEqual(10_000); // Edge
    for (const pattern of chrome.host_permissions.filter((one) => !one.includes('api.')))
      expect(description).toContain(new URL(pattern).host);
  });

  it('has the same pictures as the others', () => {
    expect(listing.pictures.map(({ state }) => state)).toEqual(english.pictures.map(({ state }) => state));
    expect(listing.description).toHaveLength(english.description.length);
  });
});

/** Without marks, tags and addresses. */
const wordsOf = (text: string): string[] =>
  text
    .replace(
      /<title>.*<\/title>|<!doctype html>|<\/?[a-z][^>:]*(?:="https:[^"]*"[^>]*)?>|\]\(https:[^)]*\)/g,
      ' ',
    )
    .replaceAll('&quot;', '"')
    .match(/\w+/g) ?? [];

describe.each([
  ['store/privacy-policy.md', 'privacy-policy.html'],
  ['CHANGELOG.md', 'whats-new.html'],
])('%s', (source, page) => {
  it.each(['chrome-mv3', 'firefox-mv3'])('lies in %s word for word', (build) => {
    const words = wordsOf(read(source));
    expect(words.length).toBeGreaterThan(100);
    expect(wordsOf(read('.output', build, page))).toEqual(words);
  });
});

it('a page that is made of a document has the document’s signs as text', () => {
  const blocks = [
    '# A & B',
    '- one `<b>`\n  more **two**\n- <https://a.example/?b=1&c="d">',
    '| x |\n| - |\n| <y> |',
  ];
  const page = pageOf(blocks.join('\n\n'));
  expect(page).toContain('<title>A &amp; B</title>');
  expect(page).toContain('<h1>A &amp; B</h1>');
  expect(page).toContain('<li>one <code>&lt;b&gt;</code>\n  more <strong>two</strong></li>');
  expect(page).toContain('<a href="https://a.example/?b=1&amp;c=&quot;d&quot;" rel="noreferrer">');
  expect(page).toContain('<tr><th>x</th></tr>\n<tr><td>&lt;y&gt;</td></tr>');
});

it('the pictures have the sizes that the stores want', () => {
  const { pictures } = JSON.parse(read('store', 'listing', 'en.json')) as { pictures: { state: string }[] };
  const screenshots = pictures.map(({ state }, index) =>
    join('store', 'pictures', `${index + 1}-${state}.png`),
  );
  for (const file of screenshots) expect(sizeOf(file)).toEqual([1280, 800]);
  expect(sizeOf(join('store', 'pictures', 'tile-440x280.png'))).toEqual([440, 280]);
  expect(sizeOf(join('store', 'pictures', 'tile-1400x560.png'))).toEqual([1400, 560]);
  expect(existsSync(join('store', 'review-notes.md'))).toBe(true);
});
