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
  writeFileSync(
    join(folder, 'deep', 'file'),
    Buffer.concat([Buffer.alloc(5_001, 7), written[form] as Buffer]),
  );
  expect(scan.folder(folder).map(({ where }) => where)).toContain(join('deep', 'file'));
  rmSync(folder, { recursive: true });
});

it('finds nothing of another token, nor in a mask', () => {
  for (const other of [pinterestKey(), redditConversionToken()])
    expect(scan.text('other', other)).toEqual([]);
  expect(scan.text('mask', `••••••••${marker.slice(-4)}`)).toEqual([]);
});
