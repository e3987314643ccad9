import type { SeenId } from '../messages/reports';
import type { IdReading, PlatformReading, Reason } from '../platforms/definition';
import {
  attributeOf,
  childrenOf,
  closest,
  contains,
  elementsOf,
  fieldValueOf,
  isBefore,
  isElement,
  isText,
  nameOf,
  queryAll,
  renderedParentOf,
  textOf,
} from './dom';
import { isStrangers } from './strangers';
import { legible, places, readText, type Shown } from './text';
import { isElementVisible, isTextVisible } from './visible';

/**
 * Which ids a page shows, each with the reasons it was taken for. An id is a common number or word, so where it stands
 * decides: beside a label, in the base code, in the account switcher, in a table, in the address. Nothing is chosen
 * here; `selected` only repeats what the page itself marks.
 */

/** More than this of one kind is a list that nobody chooses from. */
const MAX_IDS = 12;
const MAX_PLACES = 60;
const MAX_CLIMB = 8;
/** More text than this around an id is no longer what stands beside it. */
const MAX_AROUND = 400;
const MAX_CODE = 8000;
const MIN_ID = 6;
/** More fields than this are a table of figures, in which nobody looks for an id. */
const MAX_FIELDS = 500;
/** From the end of a label to the id: "Tag ID", then perhaps a name. */
const MAX_GAP = 40;

interface Sighting {
  value: string;
  reason: Reason;
  selected: boolean;
  /** The table or list whose row it stands in. */
  list?: Element;
}

const idKinds = (platform: PlatformReading): IdReading[] =>
  platform.kinds.filter((kind): kind is IdReading => !kind.secret);

export const findIds = (
  platform: PlatformReading,
  url: URL,
  shown: readonly Shown[],
  fields: Iterable<Element>,
): SeenId[] => {
  const kinds = idKinds(platform);
  const sightings = new Map<IdReading, Sighting[]>(kinds.map((kind) => [kind, []]));
  for (const one of shown) lookForIds(one, kinds, sightings);
  let left = MAX_FIELDS;
  for (const field of fields) {
    if (left-- === 0) break;
    if (nameOf(field) === 'select') lookAtSelect(field, kinds, sightings);
    else lookAtField(field, kinds, sightings);
  }
  return kinds.flatMap((kind) => merge(kind, url, sightings.get(kind) ?? []));
};

const lookForIds = (
  { container, text: whole }: Shown,
  kinds: readonly IdReading[],
  found: Map<IdReading, Sighting[]>,
): void => {
  const hints = kinds.filter(({ hint }) => hint.test(whole));
  if (hints.length > 0) {
    const passes = (text: string): boolean => hints.some(({ hint }) => hint.test(text));
    for (const place of places(container, passes).slice(0, MAX_PLACES)) {
      for (const node of childrenOf(place)) {
        if (isText(node) && isElement(place)) lookAtText(node, place, hints, kinds, found);
      }
    }
  }
};

const lookAtText = (
  node: Text,
  element: Element,
  hints: readonly IdReading[],
  kinds: readonly IdReading[],
  found: Map<IdReading, Sighting[]>,
): void => {
  const text = legible(textOf(node));
  for (const kind of hints) {
    for (const match of kind.find(text)) {
      if (!isTextVisible(node, element) || isStrangers(element)) return;
      const reason = reasonFor(kind, match.value, node, match.start, element, kinds);
      if (reason) add(found, kind, { value: match.value, ...reason });
    }
  }
};

const add = (found: Map<IdReading, Sighting[]>, kind: IdReading, sighting: Sighting): void => {
  found.get(kind)?.push(sighting);
};

type Why = Omit<Sighting, 'value'>;

const reasonFor = (
  kind: IdReading,
  value: string,
  node: Text,
  offset: number,
  element: Element,
  kinds: readonly IdReading[],
): Why | undefined => {
  if (isInSnippet(kind, value, element)) return { reason: { code: 'snippet' }, selected: false };
  const row = closest(element, ROW);
  const list = row && closest(row, TABLE);
  const label = headerOf(kind, element) ?? labelAround(kind, { node, offset, value, element, row }, kinds);
  if (list && label?.reason.code !== 'switcher') {
    const selected = isMarked(row);
    return label || selected || !kind.needsLabel(value)
      ? { reason: { ...label?.reason, code: 'table' }, selected, list }
      : undefined;
  }
  if (label) return label;
  return kind.needsLabel(value) ? undefined : { reason: { code: 'page' }, selected: isMarked(element) };
};

/** The element and what it stands in, from the inside out. */
const boxesAround = function* (element: Element): Generator<Element> {
  let left = MAX_CLIMB;
  for (let at: Element | undefined = element; at && left > 0; at = renderedParentOf(at)) {
    yield at;
    left -= 1;
  }
};

const isInSnippet = (kind: IdReading, value: string, element: Element): boolean => {
  for (const around of boxesAround(element)) {
    const text = legible(textOf(around));
    if (text.length > MAX_CODE) return false;
    if (kind.findInSnippet(text).some((match) => match.value === value)) return true;
  }
  return false;
};

/** Where an id stands. `row`: of a table or a list. */
interface Spot {
  node: Text;
  offset: number;
  value: string;
  element: Element;
  row: Element | null;
}

/** The nearest words before the id that are somebody's label; those of another kind mean that it is not ours. */
const labelAround = (
  kind: IdReading,
  { node, offset, value, element, row }: Spot,
  kinds: readonly IdReading[],
): Why | undefined => {
  const grid = row && closest(row, GRID);
  for (const around of boxesAround(element)) {
    if (textOf(around).length > MAX_CODE) return undefined;
    const reading = readText(around);
    if (reading.text.length > MAX_AROUND) return undefined;
    const piece = reading.pieces.find((candidate) => candidate.node === node);
    if (piece) {
      const start = piece.start + offset;
      const label = labelBefore(reading.text.slice(0, start), kinds);
      if (label) {
        const { element: words } = reading.pieces.find(({ end }) => end > label.start) ?? piece;
        // In a table only its own row and its heading speak for a cell.
        const isOfOtherRow = grid && contains(grid, words) && !contains(row, words);
        const isOurs =
          label.kind === kind &&
          !isOfOtherRow &&
          (label.isClose || !kind.needsLabel(value)) &&
          !isCaption(reading.text, label.start, start + value.length, kinds);
        return isOurs ? label.why : undefined;
      }
    }
  }
  return undefined;
};

/** A button beside a label says so in most languages. */
const COPY = /[ck]op\p{L}+/iu;

interface Label {
  kind: IdReading;
  why: Why;
  start: number;
  /** No other words between the two that may be what the id is called: "Campaign 626…". */
  isClose: boolean;
}

const lowered = (text: string): string => text.toLowerCase().replaceAll('-', ' ');

/** Captions stand below: the label has a value before it that nothing else names, and ours has one after it. */
const isCaption = (text: string, label: number, end: number, kinds: readonly IdReading[]): boolean => {
  const before = text.slice(0, label).trimEnd();
  const value = before.slice(before.search(/\s\S{0,40}$/) + 1);
  const after = lowered(text.slice(end, end + MAX_GAP)).trimStart();
  return (
    kinds.some(({ hint }) => hint.test(value)) &&
    kinds.some(({ labels }) => after.search(labels) === 0) &&
    !labelBefore(before.slice(0, -value.length), kinds)
  );
};

/** The label that a text ends with, give or take a name. Of labels within labels the longer one counts. */
const labelBefore = (text: string, kinds: readonly IdReading[]): Label | undefined => {
  const lower = lowered(text);
  let best: { kind: IdReading; code: 'label' | 'switcher'; start: number; end: number } | undefined;
  for (const kind of kinds) {
    for (const [code, words] of [
      ['label', kind.labels],
      ['switcher', kind.switcherLabels],
    ] as const) {
      for (const { 0: word, index: start } of words ? lower.matchAll(words) : []) {
        const end = start + word.length;
        if (best && (end < best.end || (end === best.end && start >= best.start))) continue;
        if (/[a-z]/.test(lower.charAt(start - 1)) && /[a-z]/.test(word.charAt(0))) continue;
        best = { kind, code, start, end };
      }
    }
  }
  if (!best) return undefined;
  const gap = text.slice(best.end);
  // Another id, or another label, between the two: then the label is not this id's.
  if (gap.trim().length > MAX_GAP || /\d{6}|\bids?\b/i.test(gap)) return undefined;
  if (kinds.some(({ hint }) => hint.test(gap))) return undefined;
  const words = text.slice(best.start, best.end).trim();
  return {
    kind: best.kind,
    why: { reason: { code: best.code, label: words }, selected: best.code === 'switcher' },
    start: best.start,
    isClose: /[([·|]$/.test(gap.trimEnd()) || !/[\p{L}\d]/u.test(gap.replace(COPY, '')),
  };
};

const CELL = elementsOf('td th', 'cell gridcell');
const LINE = elementsOf('tr', 'row');
const ROW = `${LINE},${elementsOf('li label', 'option radio menuitemradio menuitemcheckbox listitem')}`;
const GRID = elementsOf('table', 'table grid treegrid');
const TABLE = `${GRID},${elementsOf('ul ol fieldset', 'listbox radiogroup menu list')}`;

/** Says the page itself that this is the one in use? */
const isMarked = (element: Element): boolean => {
  const marked = closest(element, '[aria-selected], [aria-checked], [aria-current]');
  if (marked) {
    const current = attributeOf(marked, 'aria-current');
    return (
      attributeOf(marked, 'aria-selected') === 'true' ||
      attributeOf(marked, 'aria-checked') === 'true' ||
      (current !== null && current !== 'false')
    );
  }
  const row = closest(element, ROW);
  return row !== null && queryAll(row, 'input[type=radio]:checked, input[type=checkbox]:checked').length > 0;
};

/** The heading of the column that the id stands in. */
const headerOf = (kind: IdReading, element: Element): Why | undefined => {
  const cell = closest(element, CELL);
  const row = cell && closest(cell, ROW);
  const table = row && closest(row, GRID);
  if (!table) return undefined;
  const index = [...queryAll(row, CELL)].indexOf(cell);
  const [first] = queryAll(table, LINE);
  const header = first && queryAll(first, `${CELL}, [role=columnheader]`)[index];
  if (!header || header === cell) return undefined;
  const words = legible(textOf(header)).trim();
  return lowered(words).match(kind.labels)
    ? { reason: { code: 'label', label: words.slice(0, MAX_GAP) }, selected: false }
    : undefined;
};

const lookAtField = (
  field: Element,
  kinds: readonly IdReading[],
  found: Map<IdReading, Sighting[]>,
): void => {
  const shown = fieldValueOf(field, MIN_ID);
  if (shown === undefined || shown.length > MAX_CODE || !kinds.some(({ hint }) => hint.test(shown))) return;
  const value = legible(shown);
  for (const kind of kinds) {
    if (!kind.hint.test(value)) continue;
    const inSnippet = kind.findInSnippet(value);
    const matches = inSnippet.length > 0 ? inSnippet : kind.find(value);
    for (const match of matches) {
      if (!isElementVisible(field) || isStrangers(field)) return;
      const label = labelBefore(`${labelsOfField(field)} `, kinds);
      const isCode = inSnippet.length > 0;
      const itself: Why = { reason: { code: isCode ? 'snippet' : 'page' }, selected: false };
      const named = label ? label.kind === kind && label.why : !kind.needsLabel(match.value) && itself;
      const why = isCode ? itself : named;
      if (why) add(found, kind, { value: match.value, ...why });
    }
  }
};

/** What a field is called: its label elements, its accessible name, or the short text around it. */
const labelsOfField = (field: Element): string => {
  const name = attributeOf(field, 'aria-label');
  if (name) return name;
  const labels = 'labels' in field ? (field as HTMLInputElement).labels : null;
  if (labels && labels.length > 0) return Array.from(labels, (label) => readText(label).text).join(' ');
  for (const around of boxesAround(field)) {
    const { text, pieces } = readText(around);
    if (text.length > MAX_AROUND) return '';
    const last = pieces.findLast(({ node }) => isBefore(node, field))?.end;
    const words = text.slice(0, last).trim();
    if (words) return words;
  }
  return '';
};

/** A closed list shows only the option in force, and that is what it says is in use. */
const lookAtSelect = (
  select: Element,
  kinds: readonly IdReading[],
  found: Map<IdReading, Sighting[]>,
): void => {
  for (const option of queryAll(select, 'option:checked')) {
    const text = legible(textOf(option));
    for (const kind of kinds) {
      if (!kind.hint.test(text)) continue;
      for (const match of kind.find(text)) {
        const label = labelBefore(`${labelsOfField(select)} `, kinds);
        const ours = label ? label.kind === kind : !kind.needsLabel(match.value);
        if (ours && isElementVisible(select)) {
          add(found, kind, {
            value: match.value,
            reason: { ...label?.why.reason, code: 'switcher' },
            selected: true,
          });
        }
      }
    }
  }
};

/** Whether the page says what it is. To stand in a table says nothing: libraries lay out single values as one. */
const isTold = ({ reason: { code, label }, selected }: Sighting): boolean =>
  code === 'table' ? label !== undefined || selected : code !== 'page';

/**
 * One entry a value. What was recognised by its shape alone counts only where nothing better stands on the page, or
 * beside the one that its list marks.
 */
const merge = (kind: IdReading, url: URL, sightings: readonly Sighting[]): SeenId[] => {
  const told = sightings.filter(isTold);
  const lists = told.map(({ list, reason }) => list && !reason.label && list);
  const counted =
    told.length > 0
      ? sightings.filter((one) => isTold(one) || (one.list && lists.includes(one.list)))
      : sightings;
  const fromAddress = kind.fromAddress(
    url,
    sightings.map(({ value }) => value),
  );
  const ids = new Map<string, SeenId>();
  const all: readonly Sighting[] =
    fromAddress === undefined
      ? counted
      : [{ value: fromAddress, reason: { code: 'address' }, selected: false }, ...counted];
  for (const { value, reason, selected } of all) {
    const id = ids.get(value) ?? { kind: kind.id, value, reasons: [], selected: false };
    if (!id.reasons.some(({ code, label }) => code === reason.code && label === reason.label))
      id.reasons.push(reason);
    id.selected ||= selected;
    ids.set(value, id);
  }
  return [...ids.values()].slice(0, MAX_IDS);
};
