import { idKindsOf } from '../credentials/kinds';
import { mayHoldSecret } from '../credentials/may-hold';
import { judge } from '../credentials/verdict';
import type { SeenId } from '../messages/reports';
import type { IdKind, Platform, Reason } from '../platforms/definition';
import type { Capture, IdCandidate, IdField } from '../storage/rows';

/** How ids that were seen come into a review. Pure. */

type Ids = Capture['ids'];

const EMPTY: IdField = { candidates: [], byPerson: false, conflict: false };

const MAX_CANDIDATES = 20;

export const emptyIds = (platform: Platform): Ids =>
  Object.fromEntries(idKindsOf(platform).map(({ id }) => [id, EMPTY]));

/** A page's word beside an id is stored with it, so it must be a word and not a hiding place. */
const isWord = (platform: Platform, label: string): boolean =>
  !mayHoldSecret(platform, label) && !/\S{40}/.test(label);

const soundReasons = (platform: Platform, reasons: readonly Reason[]): Reason[] =>
  reasons.map(({ code, label }) =>
    label !== undefined && isWord(platform, label) ? { code, label } : { code },
  );

/** What of a report is an id of its kind by our own judgement; a content script is not believed. */
export const soundIds = (platform: Platform, seen: readonly SeenId[]): SeenId[] =>
  seen.flatMap((id) => {
    const kind = idKindsOf(platform).find((one) => one.id === id.kind);
    if (!kind || id.value.length > kind.maxLength) return [];
    const { value, verdict } = judge(kind, id.value);
    const shaped = kind.find(value).some((match) => match.value === value);
    if (verdict.level === 'bad' || !shaped) return [];
    return [{ ...id, value, reasons: soundReasons(platform, id.reasons) }];
  });

const sameReason = (one: Reason, other: Reason): boolean =>
  one.code === other.code && one.label === other.label;

/** Both lists, each value once. Where the new look marks one as selected, older marks no longer count. */
const uniteCandidates = (before: readonly IdCandidate[], seen: readonly IdCandidate[]): IdCandidate[] => {
  const marked = seen.some(({ selected }) => selected);
  const united: IdCandidate[] = before.map((candidate) => ({
    ...candidate,
    selected: candidate.selected && !marked,
  }));
  for (const { value, reasons, selected } of seen) {
    const known = united.find((candidate) => candidate.value === value);
    if (known) {
      known.selected ||= selected;
      known.reasons = [
        ...known.reasons,
        ...reasons.filter((reason) => !known.reasons.some((other) => sameReason(reason, other))),
      ];
    } else if (united.length < MAX_CANDIDATES) {
      united.push({ value, reasons, selected });
    }
  }
  return united;
};

/** All candidates of a capture, as a page would tell of them. */
export const candidatesOf = (ids: Ids): SeenId[] =>
  Object.entries(ids).flatMap(([kind, { candidates }]) =>
    candidates.map((candidate) => ({ ...candidate, kind })),
  );

/**
 * The page's own switcher named another account before: where an address names none, nothing else tells that what is
 * seen now belongs to another one.
 */
export const isOtherAccount = (
  platform: Platform,
  before: readonly SeenId[],
  seen: readonly SeenId[],
): boolean =>
  idKindsOf(platform).some(({ id, switcherLabels }) => {
    if (!switcherLabels) return false;
    const inUse = (ids: readonly SeenId[]): string[] =>
      ids
        .filter(({ kind, selected, reasons }) => kind === id && selected && reasons.some(isSwitcher))
        .map(({ value }) => value);
    const [then, now] = [inUse(before), inUse(seen)];
    return then.length > 0 && now.length > 0 && !now.some((value) => then.includes(value));
  });

const isSwitcher = ({ code }: Reason): boolean => code === 'switcher';

/**
 * The address names one value and the page another: nothing of the page speaks for the address's value, or the page
 * marks a different one as the one in use.
 */
const conflicting = (candidates: readonly IdCandidate[]): boolean => {
  const byAddress = candidates.filter(({ reasons }) => reasons.some(({ code }) => code === 'address'));
  const byPage = candidates.filter(({ reasons }) => reasons.some(({ code }) => code !== 'address'));
  if (byAddress.length === 0 || byPage.length === 0) return false;
  return (
    !byPage.some((candidate) => byAddress.includes(candidate)) ||
    byPage.some((candidate) => candidate.selected && !byAddress.includes(candidate))
  );
};

/** The value in force, where there is exactly one that can be meant. */
const decide = (kind: IdKind, candidates: IdCandidate[]): IdField => {
  const conflict = conflicting(candidates);
  const selected = candidates.filter((candidate) => candidate.selected);
  const [only, ...others] = candidates.length === 1 ? candidates : selected;
  if (conflict || !only || others.length > 0) return { candidates, byPerson: false, conflict };
  return {
    candidates,
    value: only.value,
    byPerson: false,
    conflict,
    verdict: judge(kind, only.value).verdict,
  };
};

/** `unite`: a further look at the same place. `fill`: from elsewhere, so only where nothing is known yet. */
export const takeIds = (
  platform: Platform,
  ids: Ids,
  seen: readonly SeenId[],
  how: 'unite' | 'fill',
): Ids => {
  const next: Ids = { ...ids };
  for (const kind of idKindsOf(platform)) {
    const field = ids[kind.id] ?? EMPTY;
    const found = seen.filter((id) => id.kind === kind.id);
    const fresh = found.some(({ value }) => !field.candidates.some((known) => known.value === value));
    if (found.length === 0) continue;
    if (how === 'fill' && (field.candidates.length > 0 || field.value !== undefined)) continue;
    const candidates = uniteCandidates(field.candidates, found);
    // What the person typed or chose stands. What they emptied stays empty until something new is seen.
    const keeps = field.byPerson && (field.value !== undefined || !fresh);
    next[kind.id] = keeps ? { ...field, candidates } : decide(kind, candidates);
  }
  return next;
};

/** What the person typed or chose; empty clears. The value is judged, and kept even if it cannot be right. */
export const typedId = (kind: IdKind, field: IdField | undefined, typed: string): IdField => {
  const { value, verdict } = judge(kind, typed);
  const candidates = field?.candidates ?? [];
  return value === ''
    ? { candidates, byPerson: true, conflict: false }
    : { candidates, value, byPerson: true, verdict, conflict: false };
};

/** True if the values in force differ, so that what the person vouched for is no longer what is there. */
export const valuesDiffer = (before: Ids, after: Ids): boolean =>
  Object.keys({ ...before, ...after }).some((kind) => before[kind]?.value !== after[kind]?.value);
