import { type Block, type Case, libraryForms, libraryHolders, type Subject, type Words } from '../case';

/** A subject as it is at one moment. */
export interface Drawn extends Subject {
  index: number;
  /** Its dialog or popover is open, its element is there. */
  present: boolean;
  /** What stands there now: the value, a part of it, or the words for "wait". */
  text: string;
  /** Drawn by the library; else the library leaves an empty element, `mountAttribute`, and `places` fills it. */
  byLibrary: boolean;
}

/** All that a library needs to draw a page at one moment. */
export interface Screen {
  words: Words;
  blocks: Block[];
  subjects: Drawn[];
  /** A new number means: throw away what was drawn and draw anew. */
  generation: number;
}

/** One library. Draws into `root` and gives the function that draws the next moment, with all its effects done. */
export type Kit = (root: HTMLElement, screen: Screen) => (next: Screen) => void | Promise<void>;

export const mountAttribute = 'data-mount';

const isOneOf = (list: readonly string[], item: string): boolean => list.includes(item);

export const firstScreen = ({ words, blocks, subjects }: Case): Screen => ({
  words,
  blocks,
  generation: 0,
  subjects: subjects.map((subject, index) => ({
    ...subject,
    index,
    present: false,
    text: words.waiting,
    byLibrary:
      !subject.hiding &&
      !subject.lowContrast &&
      isOneOf(libraryForms, subject.form) &&
      isOneOf(libraryHolders, subject.holder),
  })),
});

/** Where a dialog or popover holds what `places` builds, the library still draws the holder. */
export const holderByLibrary = (subject: Drawn): boolean => isOneOf(libraryHolders, subject.holder);

/** Whether the place of a subject is drawn at this moment, be it with the words for "wait". */
export const isDrawn = ({ present, arrival }: Drawn): boolean =>
  present || arrival === 'inPlace' || arrival === 'chunks';
