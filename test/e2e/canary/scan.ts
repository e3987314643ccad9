import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Looks for a secret in whatever a browser leaves behind, in every form in which it may have been written. */

export interface Hit {
  where: string;
  form: string;
}

interface Needle {
  form: string;
  bytes: Buffer;
}

/** Shorter pieces are found by chance, and a mask shows the last four characters. */
const WINDOW = 16;

/** The part of its base64 that does not depend on what stands before and after it. */
const base64At = (text: string, offset: number): string => {
  const encoded = Buffer.from(' '.repeat(offset) + text).toString('base64');
  const start = Math.ceil((offset * 8) / 6);
  const whole = Math.floor(((offset + text.length) * 8) / 6);
  return encoded.slice(start, whole);
};

const utf16 = (text: string, bigEndian: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const needlesOf = (marker: string): Needle[] => {
  const windows = new Set<string>();
  for (let at = 0; at + WINDOW <= marker.length; at += WINDOW / 2) windows.add(marker.slice(at, at + WINDOW));
  windows.add(marker.slice(-WINDOW));
  const texts = (form: string, of: (text: string) => string): Needle[] =>
    [...windows].map((text) => ({ form, bytes: Buffer.from(of(text)) }));
  return [
    ...texts('plain', (text) => text),
    ...texts('reversed', (text) => [...text].reverse().join('')),
    ...texts('hex', (text) => Buffer.from(text).toString('hex')),
    ...texts('HEX', (text) => Buffer.from(text).toString('hex').toUpperCase()),
    ...texts('percent', percent),
    ...texts('PERCENT', (text) => percent(text).toUpperCase()),
    ...[0, 1, 2].flatMap((offset) => texts(`base64 at ${offset}`, (text) => base64At(text, offset))),
    ...[0, 1, 2].flatMap((offset) =>
      texts(`base64url at ${offset}`, (text) =>
        base64At(text, offset).replaceAll('+', '-').replaceAll('/', '_'),
      ),
    ),
    ...[...windows].map((text) => ({ form: 'utf-16', bytes: utf16(text, false) })),
    ...[...windows].map((text) => ({ form: 'utf-16 big-endian', bytes: utf16(text, true) })),
  ];
};

/** As many bytes are compared at once where a needle is sought. */
const GRAM = 8;

/**
 * Whether any of them may stand there. To look for each by itself takes twenty times as long: this looks at a few
 * places only, so close to each other that no needle fits between two.
 */
const glanceFor = (needles: readonly Needle[]): ((content: Buffer) => boolean) => {
  const grams = new Map<number, Set<number>>();
  for (const { bytes } of needles) {
    for (let at = 0; at + GRAM <= bytes.length; at += 1) {
      const first = bytes.readInt32LE(at);
      const seconds = grams.get(first) ?? new Set();
      grams.set(first, seconds.add(bytes.readInt32LE(at + GRAM / 2)));
    }
  }
  const step = Math.min(...needles.map(({ bytes }) => bytes.length)) - GRAM + 1;
  return (content) => {
    for (let at = 0; at + GRAM <= content.length; at += step) {
      if (grams.get(content.readInt32LE(at))?.has(content.readInt32LE(at + GRAM / 2))) return true;
    }
    return false;
  };
};

export const createScan = (marker: string) => {
  const needles = needlesOf(marker);
  const mayHold = glanceFor(needles);

  const scanBytes = (where: string, content: Buffer): Hit[] => {
    if (!mayHold(content)) return [];
    const forms = new Set(needles.filter(({ bytes }) => content.includes(bytes)).map(({ form }) => form));
    return [...forms].map((form) => ({ where, form }));
  };

  return {
    text: (where: string, content: string): Hit[] => scanBytes(where, Buffer.from(content)),

    /**
     * Every file of a folder that has changed since then; one that vanishes while we look was the browser's to remove.
     */
    folder: (folder: string, since = 0): Hit[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
        const path = join(folder, name);
        try {
          const file = statSync(path);
          return file.isFile() && file.mtimeMs >= since
            ? scanBytes(relative(folder, path), readFileSync(path))
            : [];
        } catch {
          return [];
        }
      }),
  };
};

export type Scan = ReturnType<typeof createScan>;

/**
 * The part of a token that is like no other token's: Reddit's signature; of Pinterest's key the random bytes after
 * kind, time and life.
 */
export const markerOf = (token: string): string => token.slice(-60);
