import type { Job } from '../platforms/definition';

/**
 * What a token is called, as Upstack's guides propose it: in the ad console, where the person types it, and at
 * Upstack, which is told it with the token.
 */
const NAME = 'Upstack Data';

const pad = (value: number): string => String(value).padStart(2, '0');

/** The date is the person's own, since they are to find the token by it. */
export const tokenName = (job: Job, date: Date): string =>
  job === 'create'
    ? NAME
    : `${NAME} (rotated ${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())})`;

const NAMES = /Upstack Data(?: \(rotated \d{4}-\d{2}-\d{2}\))?/g;

/** The names of ours that stand in a text, each once. */
export const tokenNamesIn = (text: string): string[] => [...new Set(text.match(NAMES))];
