import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { steadyZip } from '../../scripts/release/steady-zip';
import { differences, digestZip } from '../../scripts/release/zips';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zips-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const made = (name: string, entries: Record<string, string>, time: number): string => {
  const file = join(folder, name);
  const zippable: Zippable = Object.fromEntries(
    Object.entries(entries).map(([path, text]) => [path, [strToU8(text), { mtime: time }]]),
  );
  writeFileSync(file, zipSync(zippable));
  return file;
};

const NOW = Date.UTC(2026, 10, 22);

describe('two builds of the same files', () => {
  it('differ in times and order, and not once they are packed anew', () => {
    const one = made('one.zip', { 'a.js': 'a', 'icon/': '', 'icon/16.png': 'i' }, NOW);
    const other = made('other.zip', { 'icon/16.png': 'i', 'a.js': 'a' }, NOW + 60_000);
    expect(differences(digestZip(one), digestZip(other))).not.toEqual([]);
    steadyZip(one);
    steadyZip(other);
    expect(differences(digestZip(one), digestZip(other))).toEqual([]);
  });

  it('keep what is in them', () => {
    const file = made('one.zip', { 'b.js': 'b', 'a.js': 'a'.repeat(5_000), 'ä/ö.json': '{}' }, NOW);
    const before = digestZip(file);
    steadyZip(file);
    const after = digestZip(file);
    for (const map of [before, after]) map.delete('');
    expect(after).toEqual(before);
  });
});

it('says which file differs, and which is missing', () => {
  const one = made('one.zip', { 'a.js': 'a', 'b.js': 'b' }, NOW);
  const other = made('other.zip', { 'a.js': 'A', 'c.js': 'c' }, NOW);
  expect(differences(digestZip(one), digestZip(other)).sort()).toEqual([
    'a.js differs',
    'b.js is only in the first',
    'c.js is only in the second',
  ]);
});
