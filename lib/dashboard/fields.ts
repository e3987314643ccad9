import {
  attributeOf,
  closest,
  contains,
  hostOf,
  isFragment,
  matches,
  nameOf,
  rectOf,
  renderedParentOf,
  rootElementOf,
} from '../capture/dom';
import { isElementVisible } from '../capture/visible';

/** Text fields: reading and writing them past whatever a page has put on top of them. */

export type Field = HTMLInputElement | HTMLTextAreaElement;

export const FIELD = 'input, textarea';

const TYPES: readonly string[] = ['text', 'password', 'number', 'tel', 'url'];

const isArea = (field: Field): field is HTMLTextAreaElement => nameOf(field) === 'textarea';
const prototypeOf = (field: Field): object =>
  isArea(field) ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;

const readBy = <Value>(prototype: object, control: Element, name: string): Value =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get?.call(control);
const read = <Value>(field: Field, name: string): Value => readBy(prototypeOf(field), field, name);

/** An element that a person types text into, and nothing that is meant for searching. */
export const isField = (element: Element): element is Field => {
  const name = nameOf(element);
  if (name !== 'input' && name !== 'textarea') return false;
  const field = element as Field;
  return isArea(field) || TYPES.includes(read<string>(field, 'type'));
};

/** A number field would not hold one, and what is typed as an address is remembered by browsers. */
export const takesSecrets = (field: Field): boolean =>
  isArea(field) || ['text', 'password'].includes(read<string>(field, 'type'));

/** The form that a control is sent with, which need not be the one that it stands in. */
export const formOf = (control: Element): HTMLFormElement | null => {
  const owner = [HTMLInputElement, HTMLTextAreaElement, HTMLButtonElement].find(
    (kind) => control instanceof kind,
  );
  return owner ? readBy(owner.prototype, control, 'form') : null;
};

/** The label elements that the markup ties to it. */
export const tiedLabelsOf = (field: Field): Element[] =>
  Array.from(read<NodeListOf<HTMLLabelElement> | null>(field, 'labels') ?? []);

export const valueIn = (field: Field): string => read(field, 'value');
export const maxLengthOf = (field: Field): number => read(field, 'maxLength');

/** A person could not write there. */
export const isClosed = (field: Field): boolean =>
  matches(field, ':disabled, [inert], [inert] *') ||
  read<boolean>(field, 'readOnly') ||
  attributeOf(field, 'aria-disabled') === 'true' ||
  attributeOf(field, 'aria-readonly') === 'true';

/** Smaller than this, nobody could see what is put in. In px. */
const LEAST = { width: 20, height: 10 };

export const isSeen = (field: Field): boolean => {
  const { width, height } = rectOf(field);
  return width >= LEAST.width && height >= LEAST.height && isElementVisible(field) && isPlain(field);
};

/** By a mask, a shape or a picture's filter a field may look like anything, and no honest form is drawn through one. */
const isPlain = (field: Field): boolean => {
  for (let at: Element | undefined = field; at; at = renderedParentOf(at)) {
    const { maskImage, clipPath, filter } = getComputedStyle(at);
    if (maskImage !== 'none' || clipPath !== 'none' || filter.includes('url(')) return false;
  }
  return true;
};

/**
 * Something else lies over its middle: a decoy, a banner, the backdrop of a dialog. What merely holds the field, or
 * is part of it, does not count. Told only of what the window shows at the moment.
 */
export const isCovered = (field: Field): boolean => {
  const { left, right, top, bottom } = rectOf(field);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (x < 0 || y < 0 || x >= window.innerWidth || y >= window.innerHeight) return false;
  const root = Node.prototype.getRootNode.call(field);
  const inside = isFragment(root);
  const at = inside
    ? ShadowRoot.prototype.elementFromPoint.call(root, x, y)
    : Document.prototype.elementFromPoint.call(document, x, y);
  if (!at || at === rootElementOf(document)) return true;
  if (contains(at, field)) return false;
  // Asked of a shadow root, a point on what is rendered by its host is answered with the host.
  return !(inside && hostOf(root) === at) && !isPartOfField(at, field);
};

/** What a component draws inside of the frame that it draws around its field, such as an icon. */
const isPartOfField = (element: Element, field: Field): boolean => {
  const label = closest(element, 'label');
  return label !== null && contains(label, field);
};

/**
 * Browsers remember what was sent in a text field, to offer it the next time: Chromium in clear, in a file of the
 * profile (2026-11). Not of a field that says so.
 */
export const keepUnremembered = (field: Field): void =>
  Element.prototype.setAttribute.call(field, 'autocomplete', 'off');

/** A page may do something when a field is entered, so what it is by then is to be looked at before anything is put in. */
export const enter = (field: Field): void => HTMLElement.prototype.focus.call(field, { preventScroll: true });

export const leave = (field: Field): void => HTMLElement.prototype.blur.call(field);

/** So that frameworks which keep their own copy of the value notice, as they would when a person types. */
export const put = (field: Field, value: string): void => {
  Object.getOwnPropertyDescriptor(prototypeOf(field), 'value')?.set?.call(field, value);
  const tell = (event: Event): boolean => EventTarget.prototype.dispatchEvent.call(field, event);
  // Without the text: whoever listens has the field to read it from, and it stands nowhere else.
  tell(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }));
  tell(new Event('change', { bubbles: true }));
};

export const write = (field: Field, value: string): void => {
  enter(field);
  put(field, value);
  leave(field);
};

export const show = (field: Field): void =>
  Element.prototype.scrollIntoView.call(field, { block: 'nearest', inline: 'nearest', behavior: 'instant' });
