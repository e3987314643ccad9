/**
 * Inflates a short zlib stream (RFC 1950, 1951), synchronously: streams and Firefox's content scripts do not mix.
 * Our own, since libraries build their tables as soon as they are loaded, which here would be on each page of the ad
 * console: fflate's took 3–5 ms (2026-11), more than everything else the script does at load. Codes are read bit by
 * bit without tables, which for the few bytes of a scope list is quick enough.
 */

interface Code {
  /** How many codes there are of each length. */
  counts: number[];
  /** Symbols in the order of their codes. */
  symbols: number[];
}

const codeOf = (lengths: readonly number[]): Code => {
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const symbols: number[] = [];
  for (let length = 1; length < 16; length += 1) {
    lengths.forEach((own, symbol) => {
      if (own === length) symbols.push(symbol);
    });
  }
  return { counts, symbols };
};

const range = (from: number, to: number, value: number): number[] => new Array<number>(to - from).fill(value);

/** Made when they are asked for: a list at the top would be carried, and made, by the capture script as well. */
const fixedCodes = (): [literals: Code, distances: Code] => [
  codeOf([...range(0, 144, 8), ...range(144, 256, 9), ...range(256, 280, 7), ...range(280, 288, 8)]),
  codeOf(range(0, 30, 5)),
];

const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Symbols of lengths and distances: each extra bit doubles the step after the first few. */
const lengthOf = (symbol: number): [base: number, bits: number] => {
  if (symbol === 28) return [258, 0];
  const bits = symbol < 8 ? 0 : (symbol >> 2) - 1;
  return [symbol < 8 ? symbol + 3 : 3 + ((4 + (symbol & 3)) << bits), bits];
};

const distanceOf = (symbol: number): [base: number, bits: number] => {
  const bits = symbol < 4 ? 0 : (symbol >> 1) - 1;
  return [symbol < 4 ? symbol + 1 : 1 + ((2 + (symbol & 1)) << bits), bits];
};

const adler32 = (bytes: readonly number[]): number => {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
};

/** What is needed to read a block. */
interface Reader {
  bits(wanted: number): number;
  emit(byte: number): void;
  /** What was emitted so far. */
  out: readonly number[];
  fail(): never;
}

/** Reads a block that is compressed. `type`: 1 with the codes that the format fixes, 2 with its own. */
type ReadBlock = (type: number, reader: Reader) => void;

const symbolOf = ({ counts, symbols }: Code, { bits, fail }: Reader): number => {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16; length += 1) {
    code |= bits(1);
    const here = counts[length] ?? 0;
    if (code - here < first) return symbols[index + code - first] ?? fail();
    index += here;
    first = (first + here) << 1;
    code <<= 1;
  }
  return fail();
};

/** The codes of literals and of distances that stand before a block. */
const readCodes = (reader: Reader): [literals: Code, distances: Code] => {
  const { bits, fail } = reader;
  const literals = bits(5) + 257;
  const distances = bits(5) + 1;
  const named = bits(4) + 4;
  const lengthLengths = range(0, 19, 0);
  for (const place of LENGTH_ORDER.slice(0, named)) lengthLengths[place] = bits(3);
  const lengthCode = codeOf(lengthLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const next = symbolOf(lengthCode, reader);
    if (next < 16) lengths.push(next);
    else if (next === 16) lengths.push(...range(0, 3 + bits(2), lengths.at(-1) ?? fail()));
    else lengths.push(...range(0, next === 17 ? 3 + bits(3) : 11 + bits(7), 0));
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals, literals + distances))];
};

const readAny: ReadBlock = (type, reader) => {
  const { bits, emit, out, fail } = reader;
  if (type > 2) fail();
  const [literals, distances] = type === 1 ? fixedCodes() : readCodes(reader);
  for (let next = symbolOf(literals, reader); next !== 256; next = symbolOf(literals, reader)) {
    if (next < 256) {
      emit(next);
      continue;
    }
    if (next > 285) fail();
    const [base, extra] = lengthOf(next - 257);
    const length = base + bits(extra);
    const [far, farExtra] = distanceOf(symbolOf(distances, reader));
    const distance = far + bits(farExtra);
    for (let done = 0; done < length; done += 1) emit(out[out.length - distance] ?? fail());
  }
};

/** Bytes in the codes that the format fixes: 8 or 9 bits each, and 7 for the end (RFC 1951, 3.2.6). */
const readPlain: ReadBlock = (type, { bits, emit, fail }) => {
  if (type !== 1) fail();
  for (;;) {
    let code = 0;
    for (let length = 1; length < 8; length += 1) code = code * 2 + bits(1);
    if (code === 0) return;
    code = code * 2 + bits(1);
    if (code >= 48 && code < 192) {
      emit(code - 48);
      continue;
    }
    code = code * 2 + bits(1);
    if (code < 400) fail();
    emit(code - 256);
  }
};

/** The bytes as a binary string; undefined if the stream is broken, or holds more than `max` bytes. */
export type Inflate = (stream: string, max: number) => string | undefined;

export const inflate: Inflate = (stream, max) => unpack(stream, max, readAny);

/**
 * The same for streams that repeat nothing and bring no codes of their own. A list of one scope has nothing to repeat,
 * and codes would take more room than the list does, so no encoder writes either for it; and the capture script, which
 * looks for nothing else, need not carry their reading.
 */
export const inflateShort: Inflate = (stream, max) => unpack(stream, max, readPlain);

const unpack = (stream: string, max: number, readBlock: ReadBlock): string | undefined => {
  const out: number[] = [];
  let at = 2;
  let held = 0;
  let count = 0;

  const fail = (): never => {
    throw new RangeError();
  };
  const byte = (): number => (at < stream.length ? stream.charCodeAt(at++) : fail());
  const bits = (wanted: number): number => {
    while (count < wanted) {
      held |= byte() << count;
      count += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    count -= wanted;
    return value;
  };
  const emit = (value: number): void => {
    if (out.length >= max) fail();
    out.push(value);
  };
  const stored = (): void => {
    held = 0;
    count = 0;
    const length = byte() | (byte() << 8);
    at += 2; // its complement: the sum over all tells more
    for (let done = 0; done < length; done += 1) emit(byte());
  };
  try {
    if ((stream.charCodeAt(0) & 15) !== 8 || (stream.charCodeAt(0) * 256 + stream.charCodeAt(1)) % 31 !== 0)
      fail();
    for (let last = 0; !last; ) {
      last = bits(1);
      const type = bits(2);
      if (type === 0) stored();
      else readBlock(type, { bits, emit, out, fail });
    }
    const sum = [byte(), byte(), byte(), byte()].reduce((sofar, value) => sofar * 256 + value, 0);
    return sum === adler32(out) && at === stream.length ? String.fromCharCode(...out) : undefined;
  } catch {
    return undefined;
  }
};
