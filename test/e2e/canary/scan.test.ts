import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pinterestKey, redditConversionToken } from '../../sandbox/tokens';
import { createScan, markerOf } from './scan';

const marker = markerOf(pinterestKey());
const scan = createScan(marker);

const buffer = (text: string): Buffer => Buffer.from(text);
const written: Record<string, Buffer> = {
  plain: buffer(`{"token":"${marker}"}`),
  'a piece of it': buffer(`…${marker.slice(9, 40)}…`),
  'UTF-16': Buffer.from(`xx${marker}`, 'utf16le'),
  'UTF-16, big-endian': Buffer.from(`xx${marker}`, 'utf16le').swap16(),
  base64: buffer(buffer(`${marker} `).toString('base64')),
  'base64, one later': buffer(buffer(`a${marker}`).toString('base64')),
  'base64, two later': buffer(buffer(`ab${marker}`).toString('base64')),
  base64url: buffer(buffer(`abc${marker}`).toString('base64url')),
  hex: buffer(buffer(marker).toString('hex')),
  HEX: buffer(buffer(marker).toString('hex').toUpperCase()),
  percent: buffer([...buffer(marker)].map((byte) => `%${byte.toString(16)}`).join('')),
  reversed: buffer([...marker].reverse().join('')),
};

it.each(Object.keys(written))('finds a marker that was written as: %s', (form) => {
  const folder = mkdtempSync(join(tmpdir(), 'scan-'));
  mkdirSync(join(folder, 'deep'));
  // Wherever in the file: not every place is looked at.
  for (let before = 5_001; before < 5_033; before += 1) {
    writeFileSync(
      join(folder, 'deep', `${before}`),
      Buffer.concat([Buffer.alloc(before, 7), written[form] as Buffer, Buffer.alloc(5)]),
    );
  }
  const found = new Set(scan.folder(folder).map(({ where }) => where));
  expect(found.size).toBe(32);
  expect(found).toContain(join('deep', '5001'));
  rmSync(folder, { recursive: true });
});

it('finds nothing of another token, nor in a mask', () => {
  for (const other of [pinterestKey(), redditConversionToken()])
    expect(scan.text('other', other)).toEqual([]);
  expect(scan.text('mask', `••••••••${marker.slice(-4)}`)).toEqual([]);
});
