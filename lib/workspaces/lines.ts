import { clean } from '../credentials/clean';
import type { LineRefusal } from '../storage/rows';
import { looksLikeApiKey, looksLikePixelId } from '../terms/shape';

/** Reads pasted lines of `name,key,pixel`, as a spreadsheet or a text file has them. Pure. */

export type ReadLine =
  | { line: number; name: string; apiKey: string; pixelId: string }
  /** `name` is empty where it might be a key that slipped into the wrong column. */
  | { line: number; name: string; code: LineRefusal };

interface Row {
  /** Where it begins, counted from 1. */
  line: number;
  cells: string[];
}

/** Rows of a table with quotes as CSV has them: `""` within quotes is one, and a quoted cell may hold anything. */
const rowsOf = (text: string, separator: string): Row[] => {
  const found: Row[] = [];
  let line = 1;
  let row: Row = { line, cells: [] };
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.cells.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.cells.some((value) => value !== '')) found.push(row);
    row = { line, cells: [] };
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\n') line += 1;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (char === separator) endCell();
    else if (char === '\n') endRow();
    else cell += char;
  }
  endRow();
  return found;
};

/** What separates: a spreadsheet copies tabs, and saves semicolons where the comma is for decimals. */
const separatorOf = (text: string): string => {
  const [first = ''] = text.split('\n').filter((line) => /upstack_/i.test(line));
  return ['\t', ';'].find((mark) => first.split(mark).length >= 3) ?? ',';
};

const isHeader = ({ cells }: Row): boolean => {
  const [, key = '', pixel = ''] = cells.map((cell) => cell.toLowerCase());
  return cells.length >= 3 && /key|schl(ü|ue)ssel|clave/.test(key) && /pixel|píxel/.test(pixel);
};

/** A name is stored and shown, so what may be a key is none. */
const nameOf = (cell: string): string => (/upstack_/i.test(cell) ? '' : cell.slice(0, 100));

/** The lines that say something, in order; a heading and empty lines say nothing. */
export const readLines = (text: string): ReadLine[] => {
  const whole = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const [first, ...rest] = rowsOf(whole, separatorOf(whole));
  const filled = first && !isHeader(first) ? [first, ...rest] : rest;
  const seen = new Set<string>();
  return filled.map(({ line, cells }): ReadLine => {
    const [named = '', key = '', pixel = '', ...more] = cells;
    const name = nameOf(named);
    const refused = (code: LineRefusal): ReadLine => ({ line, name, code });
    if (pixel === '' || more.some((cell) => cell !== '')) return refused('columns');
    const apiKey = clean(key).value;
    const pixelId = clean(pixel).value.toLowerCase();
    if (name === '') return refused('nameMissing');
    if (!looksLikeApiKey(apiKey)) return refused('keyMalformed');
    if (!looksLikePixelId(pixelId)) return refused('pixelMalformed');
    if (seen.has(pixelId)) return refused('twice');
    seen.add(pixelId);
    return { line, name, apiKey, pixelId };
  });
};
