import type { ProblemKind, Workspace } from './rows';

const words = ['keyRefused', 'keyMissing', 'scopeMissing', 'pixelMismatch'] as const;

/** What speaks of the key, and ends with another one: of a problem, or as the state of a workspace. */
export const isKeyTrouble = (word: ProblemKind | Workspace['state']): word is (typeof words)[number] =>
  (words as readonly string[]).includes(word);
