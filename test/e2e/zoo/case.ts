/**
 * What one case of the zoo is: a page, what stands on it, and what must come of it. Plain JSON, made by
 * `caseOf(seed)` and drawn by any of the libraries; shared by the generator, the server, the pages and the runner.
 */

export const platformIds = ['reddit', 'pinterest'] as const;
export type PlatformId = (typeof platformIds)[number];

/** The component libraries that draw the pages. `plain` is hand-written HTML with custom elements. */
export const libraries = [
  'gestalt',
  'mantine',
  'mui',
  'antd',
  'react-aria',
  'fluent',
  'shoelace',
  'element-plus',
  'carbon-svelte',
  'plain',
] as const;
export type Library = (typeof libraries)[number];

export const languages = ['en', 'de', 'es', 'fr', 'ja', 'made-up'] as const;
export type Language = (typeof languages)[number];

/** How the characters of a value stand in their nodes. The first five are drawn by the library itself. */
export const libraryForms = ['text', 'code', 'input', 'area', 'password'] as const;
export const builtForms = [
  'spans',
  'wbr',
  'softHyphens',
  'zeroWidth',
  'brokenLines',
  'gluedButton',
  'gluedLabel',
  'pre',
  'editable',
  'svg',
  'ellipsis',
  'ellipsisSpans',
  'disabledInput',
  'searchInput',
] as const;
export type Form = (typeof libraryForms)[number] | (typeof builtForms)[number];

/** What it stands in. The first four are the library's own components. */
export const libraryHolders = ['inline', 'dialog', 'popover', 'tableCell'] as const;
export const builtHolders = [
  'shadow3',
  'slotted',
  'frame',
  'frameInFrame',
  'nativeDialog',
  'popoverAttribute',
  'openDetails',
  'scrollBox',
  'belowFold',
] as const;
export type Holder = (typeof libraryHolders)[number] | (typeof builtHolders)[number];

/**
 * How a value comes to stand there.
 * `load` with the first drawing · `late` drawn after a while · `redraw` the drawing is thrown away and made anew, twice
 * · `chunks` typed piece by piece · `flash` gone after 300 ms · `inPlace` a placeholder's own node gets it ·
 * `reveal` there from the start, unseen, and then shown · `route` after a change of route, without a load.
 */
export const arrivals = ['load', 'late', 'redraw', 'chunks', 'flash', 'inPlace', 'reveal', 'route'] as const;
type Arrival = (typeof arrivals)[number];

/** Ways in which an element is in the document and nobody can see it. */
export const hidings = [
  'display',
  'hiddenAttribute',
  'visibility',
  'visibilityCollapse',
  'opacityZero',
  'opacityAlmostZero',
  'filterOpacity',
  'zeroSize',
  'zeroHeight',
  'zeroHeightScroller',
  'zeroWidth',
  'onePixel',
  'clipRect',
  'clipPathInset',
  'clipPathCircle',
  'offLeft',
  'offTop',
  'offFixed',
  'textIndent',
  'translated',
  'scaledToNothing',
  'turnedAway',
  'fontSizeZero',
  'ariaHidden',
  'contentVisibility',
  'closedDetails',
  'closedDialog',
  'closedPopover',
  'movedOutOfBox',
  'unslotted',
  'hiddenFrame',
  'hiddenHost',
] as const;
export type Hiding = (typeof hidings)[number];

/** Places outside what is drawn. */
export const lairs = [
  'comment',
  'template',
  'noscript',
  'title',
  'metaTag',
  'scriptText',
  'scriptJson',
  'styleText',
  'cssContent',
  'dataAttribute',
  'titleAttribute',
  'altAttribute',
  'ariaLabel',
  'hiddenInput',
  'hiddenArea',
  'closedSelect',
  'datalist',
  'canvasFallback',
  'iframeFallback',
  'localStorage',
  'sessionStorage',
  'cookie',
  'global',
  'history',
] as const;
export type Lair = (typeof lairs)[number];

/** Nodes that belong to somebody else's extension. */
export const strangers = ['besideBody', 'knownElement', 'extensionStyle'] as const;
export type Stranger = (typeof strangers)[number];

/** One value that the page shows, tries to show, or hides. */
export interface Subject {
  value: string;
  form: Form;
  holder: Holder;
  arrival: Arrival;
  /** In ms after the start (or after the gesture) at which it comes; of `reveal`, at which it is shown. */
  delay: number;
  /** Never seen: the element it stands in is hidden in this way for good; with `reveal`, until then. */
  hiding?: Hiding;
  /** How many levels above the value's own element the hiding acts. */
  hidingLevel: number;
  /** Colour of the ground: readable only by selecting it, which is a warning. */
  lowContrast: boolean;
}

/** What a library draws. Everything but a subject stays the same for the whole life of a drawing. */
export type Block =
  | { type: 'heading'; text: string }
  | { type: 'text'; text: string }
  | { type: 'labelled'; label: string; value: string }
  | { type: 'field'; label: string; value: string }
  | { type: 'snippet'; text: string }
  | { type: 'table'; columns: string[]; rows: string[][]; selected?: number }
  | { type: 'switcher'; label: string; value: string; others: string[] }
  | { type: 'button'; text: string }
  /** Where the value of a subject stands. */
  | { type: 'subject'; subject: number };

export interface Words {
  language: Language;
  heading: string;
  section: string;
  intro: string;
  nav: string[];
  generate: string;
  copy: string;
  show: string;
  close: string;
  tokenLabel: string;
  waiting: string;
  columns: [name: string, id: string, status: string];
}

export interface IdExpectation {
  /** These must be offered, each for one of these reasons. */
  must: Record<string, string[]>;
  /** These may be offered too: nothing in what is known of the platform says yes or no. */
  may: string[];
  /** The values that may be in force; null stands for "no choice made". */
  value: (string | null)[];
  /** Undefined: either will do. */
  conflict?: boolean;
}

interface Expectation {
  /** Exactly these are captured, in any order. */
  tokens: string[];
  /** Undefined: not judged. */
  provenance?: 'gesture' | 'present';
  warnings: string[];
  ids: Record<string, IdExpectation>;
}

/** What a person, or a script that plays one, does before the value comes. */
export type Gesture = 'none' | 'click' | 'key' | 'synthetic';

export interface Case {
  seed: number;
  polarity: 'positive' | 'negative';
  /** What the negative tries, or how the ids of the positive stand: for the tables of the run. */
  theme: string;
  platform: PlatformId;
  library: Library;
  /** Without the query that the runner adds. */
  url: string;
  /** With `route`: the address that is loaded first. */
  from?: string;
  words: Words;
  blocks: Block[];
  /** Drawn this many ms after the start; the rest of the page is there at once. */
  lateBlocks: { delay: number; blocks: Block[] };
  subjects: Subject[];
  /** The whole page lies in an open shadow root, or in a frame of its own origin. */
  root: 'document' | 'shadow' | 'frame';
  gesture: Gesture;
  /** Mutations that go on while the value comes. */
  busy: boolean;
  /** After the capture, the page moves on to this address, and shows its account. */
  moveTo?: { url: string; blocks: Block[] };
  /** Sign-in tokens and the like, where real pages leave them. */
  litter: { lair: Lair; value: string }[];
  /** A value in somebody else's node. */
  stranger?: { kind: Stranger; value: string };
  /** Frames with a page of their own, at this address, that shows the value. */
  frame?: { url: string; sandbox?: string; value: string };
  /** The page is itself a frame of a page at this address. */
  framedBy?: string;
  /** Shown after all else on negatives: its capture proves that the page was being watched. */
  control?: string;
  expect: Expectation;
}
