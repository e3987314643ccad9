import { attributeOf, contains, matches, queryAll, renderedParentOf, rootsOf } from '../capture/dom';
import { isRendered } from '../capture/visible';
import type { Fault } from '../storage/rows';
import type { FormDefinition } from './definition';
import { FIELD, type Field, formOf, isClosed, isCovered, isField, isSeen, takesSecrets } from './fields';
import { labelsOf, plain } from './labels';
import { OTHERS } from './others';
import { referredText, renderedAll, renderedClosest, renderedText } from './tree';

/**
 * Finds the form of one platform by what a person sees: the labels of its fields and a heading with the platform's
 * name. Exactly one visible field for each label, all in one form; anything else is told and left alone. Changes
 * nothing.
 */

export type Finding =
  /** No field of this form is on the page. */
  | { is: 'absent' }
  | { is: 'unfit'; faults: Fault[] }
  | { is: 'fit'; fields: ReadonlyMap<string, Field>; form: Element };

const DIALOG = 'dialog, [role=dialog], [role=alertdialog]';
const FORM = `form, ${DIALOG}`;
const REGION = `${DIALOG}, main, [role=main], body`;
const HEADING = 'h1, h2, h3, h4, h5, h6, [role=heading], legend, img[alt], [role=img][aria-label]';

const names = (text: string, name: string): boolean =>
  new RegExp(`(^|[^\\p{L}\\p{N}])${name}($|[^\\p{L}\\p{N}])`, 'iu').test(text);

const isCalled = (field: Field, label: string, platform: string): boolean => {
  const wanted = [plain(label), plain(`${platform} ${label}`)];
  const labels = labelsOf(field);
  return labels.length > 0 && labels.every((one) => wanted.includes(plain(one)));
};

const headingText = (element: Element): string =>
  attributeOf(element, 'alt') ?? attributeOf(element, 'aria-label') ?? renderedText(element);

const labelOfRegion = (element: Element): string =>
  [attributeOf(element, 'aria-label') ?? '', referredText(element, 'aria-labelledby') ?? ''].join(' ');

/**
 * The nearest headings around the fields that name any destination must name this one alone. Climbs no further than
 * the dialog or the main part of the page, since beyond them stand the cards of all destinations.
 */
const saysItIs = (form: Element, name: string, allNames: readonly string[]): boolean => {
  const others = [...OTHERS, ...allNames].filter((other) => other.toLowerCase() !== name.toLowerCase());
  for (let at: Element | undefined = form; at; at = renderedParentOf(at)) {
    const texts = [labelOfRegion(at), ...renderedAll(at, HEADING).filter(isRendered).map(headingText)];
    const isOurs = texts.some((text) => names(text, name));
    const isOthers = texts.some((text) => others.some((other) => names(text, other)));
    if (isOurs || isOthers) return isOurs && !isOthers;
    if (matches(at, REGION)) return false;
  }
  return false;
};

/** Where the fields' forms would be sent without a script: by themselves, or by any button of theirs wherever it stands. */
export const isSentElsewhere = (fields: readonly Field[]): boolean => {
  const forms = fields
    .flatMap((field) => [formOf(field), renderedClosest(field, 'form')])
    .filter((form) => form !== null && form !== undefined);
  const buttons = rootsOf()
    .flatMap((root) => Array.from(queryAll(root, '[formaction]')))
    .filter((button) => forms.some((form) => formOf(button) === form || contains(form, button)));
  const targets = [
    ...forms.map((form) => attributeOf(form, 'action')),
    ...buttons.map((button) => attributeOf(button, 'formaction')),
  ];
  return targets.some((target) => {
    if (!target?.trim()) return false;
    const address = URL.canParse(target, document.baseURI) ? new URL(target, document.baseURI) : undefined;
    return address?.origin !== location.origin;
  });
};

/** Every text field of the page that a person sees. */
const seenFields = (): Field[] =>
  rootsOf()
    .flatMap((root) => Array.from(queryAll(root, FIELD)).filter(isField))
    .filter(isSeen);

interface Search {
  definition: FormDefinition;
  /** Names of all platforms. */
  allNames: readonly string[];
  /** A rotation only reads the ids, so their fields may be closed. */
  job: 'create' | 'rotate';
}

export const findForm = (
  { definition, allNames, job }: Search,
  seen: readonly Field[] = seenFields(),
): Finding => {
  const fields = new Map<string, Field>();
  const faults: Fault[] = [];
  let found = 0;
  for (const { kind, label, secret } of definition.fields) {
    const called = seen.filter((field) => isCalled(field, label, definition.name));
    const [field] = called;
    found += called.length;
    if (!field) faults.push({ code: 'missing', kind });
    else if (called.length > 1) faults.push({ code: 'several', kind });
    else if (isClosed(field) && (secret || job === 'create')) faults.push({ code: 'closed', kind });
    else if (isCovered(field)) faults.push({ code: 'covered', kind });
    else if (secret && !takesSecrets(field)) faults.push({ code: 'closed', kind });
    else fields.set(kind, field);
  }
  if (found === 0) return { is: 'absent' };
  if (faults.length > 0) return { is: 'unfit', faults };

  const all = [...fields.values()];
  const forms = new Set(all.map((field) => renderedClosest(field, `${FORM}, ${REGION}`)));
  const [form] = forms;
  // A field inside of a component's shadow root has none.
  const owners = new Set(all.map(formOf).filter((owner) => owner !== null));
  if (!form || forms.size > 1 || owners.size > 1) return { is: 'unfit', faults: [{ code: 'scattered' }] };
  if (!saysItIs(form, definition.name, allNames)) return { is: 'unfit', faults: [{ code: 'otherForm' }] };
  if (isSentElsewhere(all)) return { is: 'unfit', faults: [{ code: 'sentElsewhere' }] };
  return { is: 'fit', fields, form };
};
