import { contains, queryAll } from '../capture/dom';
import type { Fault, FaultCode } from '../storage/rows';
import type { Filled, FormDefinition, Order } from './definition';
import {
  enter,
  FIELD,
  type Field,
  isClosed,
  isCovered,
  isField,
  isSeen,
  keepUnremembered,
  leave,
  maxLengthOf,
  put,
  show,
  takesSecrets,
  valueIn,
  write,
} from './fields';
import { type Finding, findForm, isSentElsewhere } from './form';
import { renderedClosest } from './tree';

/**
 * Puts values into Upstack's form, or nothing at all. Never presses a button. Between any two writes the form is
 * looked for again, and it must be the same fields: one that changes while it is being filled gets nothing. What was
 * written before a fault was found is taken out again.
 */

/** Time for a page to answer an input event by drawing itself anew. In ms. */
const SETTLE = 60;
const LAST_SETTLE = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const fault = (code: FaultCode, kind?: string): Filled => ({
  ok: false,
  faults: [kind === undefined ? { code } : { code, kind }],
});

/**
 * Asked at the moment of filling, since a tab may be somewhere else by then. A sandboxed document has the address but
 * not the origin.
 */
export const isAt = (origin: string): boolean =>
  location.origin === origin && window.origin === origin && window.top === window;

type Fit = Extract<Finding, { is: 'fit' }>;

/** What stands in the fields already. For a rotation the ids tell whether this is the destination that was meant. */
const faultsOfValues = ({ fields }: Fit, { job, values }: Order, definition: FormDefinition): Fault[] =>
  definition.fields.flatMap(({ kind, secret }): Fault[] => {
    const field = fields.get(kind);
    const value = values[kind];
    if (!field || value === undefined) return [{ code: 'missing', kind }];
    const present = valueIn(field).trim();
    const maxLength = maxLengthOf(field);
    if (maxLength >= 0 && maxLength < value.length) return [{ code: 'short', kind }];
    if (present === value) return [];
    if (job === 'rotate') return secret ? [] : [{ code: 'differs', kind }];
    return present === '' ? [] : [{ code: 'occupied', kind }];
  });

const isSame = (one: Fit, other: Finding): boolean =>
  other.is === 'fit' &&
  other.form === one.form &&
  [...one.fields].every(([kind, field]) => other.fields.get(kind) === field);

export interface Filling {
  definition: FormDefinition;
  allNames: readonly string[];
  order: Order;
  origin: string;
  onSecret: OnSecret;
}

/** The form that holds the secret, to be watched until it has gone. */
export interface FilledForm {
  form: Element;
  secretField: Field;
}

/** Called as soon as the secret is in its field: what the person presses from then on counts. */
type OnSecret = (filled: FilledForm) => void;

export const fillForm = async ({
  definition,
  allNames,
  order,
  origin,
  onSecret,
}: Filling): Promise<Filled> => {
  if (!isAt(origin)) return fault('elsewhere');
  const search = { definition, allNames, job: order.job };
  const first = findForm(search);
  if (first.is === 'absent') return fault('missing');
  if (first.is === 'unfit') return { ok: false, faults: first.faults };
  const wrong = faultsOfValues(first, order, definition);
  if (wrong.length > 0) return { ok: false, faults: wrong };

  const written: { field: Field; before: string }[] = [];
  const takeOut = (result: Filled): Filled => {
    for (const { field, before } of written.reverse()) write(field, before);
    return result;
  };
  // The secret last: by then the form has shown how it behaves.
  const inOrder = [...definition.fields].sort((one, other) => Number(one.secret) - Number(other.secret));
  for (const { kind, secret } of inOrder) {
    const field = first.fields.get(kind);
    const value = order.values[kind];
    if (!field || value === undefined) return takeOut(fault('missing', kind));
    if (order.job === 'rotate' && !secret) continue;
    show(field);
    enter(field);
    await pause(SETTLE);
    if (!isAt(origin)) return takeOut(fault('elsewhere'));
    if (!isSame(first, findForm(search))) return takeOut(fault('changed', kind));
    const changed = written.find((one) => valueIn(one.field) !== order.values[kindOf(first, one.field)]);
    if (changed) return takeOut(fault('notTaken', kindOf(first, changed.field)));
    const before = valueIn(field);
    if (before.trim() !== value) {
      if (before !== '' && !(secret && order.job === 'rotate')) return takeOut(fault('occupied', kind));
      written.push({ field, before });
      if (secret) keepUnremembered(field);
      enter(field);
      if (before !== '') put(field, '');
      // By entering or emptying it the page may have been moved to do something.
      if (!isSame(first, findForm(search))) return takeOut(fault('changed', kind));
      put(field, value);
    }
    leave(field);
    if (secret) onSecret({ form: first.form, secretField: field });
  }
  await pause(LAST_SETTLE);
  if (!isAt(origin) || !isSame(first, findForm(search))) return takeOut(fault('changed'));
  for (const [kind, field] of first.fields) {
    if (valueIn(field).trim() !== order.values[kind]) return takeOut(fault('notTaken', kind));
  }
  return { ok: true };
};

const kindOf = ({ fields }: Fit, field: Field): string =>
  [...fields].find(([, one]) => one === field)?.[0] ?? '';

/** The field that has the cursor, through open shadow roots; frames hold none of ours. */
const focusedField = (): Field | undefined => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at && isField(at) ? at : undefined;
};

/** Pressed itself, or what holds it and no other field. */
const isMeant = (field: Field, pressed: EventTarget | undefined): boolean =>
  pressed === field ||
  (pressed instanceof Element &&
    contains(pressed, field) &&
    Array.from(queryAll(pressed, FIELD)).filter(isField).length === 1);

interface Placing {
  value: string;
  secret: boolean;
  origin: string;
  /** What the person pressed last, of the events that a page cannot make. */
  pressed: EventTarget | undefined;
  onSecret: OnSecret;
}

/** One value into the field that the person has chosen, where the form could not be made out. */
export const placeValue = async ({ value, secret, origin, pressed, onSecret }: Placing): Promise<Filled> => {
  if (!isAt(origin)) return fault('elsewhere');
  const field = focusedField();
  // A page may put the cursor wherever it likes.
  if (!field || !isMeant(field, pressed) || !isSeen(field)) return fault('missing');
  if (isClosed(field) || (secret && !takesSecrets(field))) return fault('closed');
  if (isCovered(field)) return fault('covered');
  if (isSentElsewhere([field])) return fault('sentElsewhere');
  const maxLength = maxLengthOf(field);
  if (maxLength >= 0 && maxLength < value.length) return fault('short');
  const before = valueIn(field);
  if (secret) keepUnremembered(field);
  if (before !== '') write(field, '');
  write(field, value);
  const form = renderedClosest(field, 'form, dialog, [role=dialog], main, [role=main], body');
  if (secret && form) onSecret({ form, secretField: field });
  await pause(LAST_SETTLE);
  if (valueIn(field).trim() !== value) {
    write(field, before);
    return fault('notTaken');
  }
  return { ok: true };
};
