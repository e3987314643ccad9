/**
 * Reading a page without trusting its names. A form hands out its own controls under any property name
 * (`<form><input name="textContent">`), so everything is read through the prototypes, which pages cannot reach from
 * their side.
 */

const getter = <Node extends object, Value>(
  owner: { prototype: Node },
  name: keyof Node & string,
): ((node: Node) => Value) => {
  const get = Object.getOwnPropertyDescriptor(owner.prototype, name)?.get;
  if (!get) throw new Error(name);
  return (node) => get.call(node);
};

/** The same for what is called. */
const method = <Node extends object, Args extends unknown[], Value>(
  owner: { prototype: Node },
  name: keyof Node & string,
): ((node: Node, ...args: Args) => Value) =>
  Function.prototype.call.bind(owner.prototype[name] as () => Value);

/** Text of everything beneath, put together by the engine: the cheapest way to ask whether something is there. */
export const textOf = getter<Node, string>(Node, 'textContent');
export const parentOf = getter<Node, Node | null>(Node, 'parentNode');
export const isConnected = getter<Node, boolean>(Node, 'isConnected');
const documentOf = getter<Node, Document | null>(Node, 'ownerDocument');
const firstChildOf = getter<Node, Node | null>(Node, 'firstChild');
const nextSiblingOf = getter<Node, Node | null>(Node, 'nextSibling');
const nodeTypeOf = getter<Node, number>(Node, 'nodeType');
export const firstElementOf = getter<Element, Element | null>(Element, 'firstElementChild');
export const nextElementOf = getter<Element, Element | null>(Element, 'nextElementSibling');
export const nameOf = getter<Element, string>(Element, 'localName');
export const shadowRootOf = getter<Element, ShadowRoot | null>(Element, 'shadowRoot');
export const hostOf = getter<ShadowRoot, Element>(ShadowRoot, 'host');
const slotOf = getter<Element, HTMLSlotElement | null>(Element, 'assignedSlot');
const inputValueOf = getter<HTMLInputElement, string>(HTMLInputElement, 'value');
const areaValueOf = getter<HTMLTextAreaElement, string>(HTMLTextAreaElement, 'value');
const inputTypeOf = getter<HTMLInputElement, string>(HTMLInputElement, 'type');
const frameDocumentOf = getter<HTMLIFrameElement, Document | null>(HTMLIFrameElement, 'contentDocument');
const viewOf = getter<Document, (Window & typeof globalThis) | null>(Document, 'defaultView');

export const rootElementOf = getter<Document, Element | null>(Document, 'documentElement');
export const bodyOf = getter<Document, Element | null>(Document, 'body');
export const scrollLeftOf = getter<Element, number>(Element, 'scrollLeft');
export const scrollTopOf = getter<Element, number>(Element, 'scrollTop');
export const scrollWidthOf = getter<Element, number>(Element, 'scrollWidth');
export const scrollHeightOf = getter<Element, number>(Element, 'scrollHeight');

export const isElement = (node: Node): node is Element => nodeTypeOf(node) === 1;
export const isText = (node: Node): node is Text => nodeTypeOf(node) === 3;
export const isFragment = (node: Node): node is ShadowRoot => nodeTypeOf(node) === 11;
export const isDocument = (node: Node): node is Document => nodeTypeOf(node) === 9;

/** What a person reads as one page: the document, its open shadow roots, its frames of the same origin. */
export type Root = Document | ShadowRoot;

/** What its text stands in. A document may have no root element. */
export const containerOf = (root: Root): Element | ShadowRoot | null =>
  isDocument(root) ? rootElementOf(root) : root;

export const childrenOf = function* (node: Node): Generator<Node> {
  for (let child = firstChildOf(node); child; child = nextSiblingOf(child)) yield child;
};

export const attributeOf = method<Element, [name: string], string | null>(Element, 'getAttribute');
export const matches = method<Element, [selector: string], boolean>(Element, 'matches');
export const closest = method<Element, [selector: string], Element | null>(Element, 'closest');
export const contains = method<Node, [other: Node], boolean>(Node, 'contains');
export const isVisibleByEngine = method<Element, [options: CheckVisibilityOptions], boolean>(
  Element,
  'checkVisibility',
);
/** Where the child itself is not wanted: to ask for it would make an object of it. */
export const hasChildren = method<Node, [], boolean>(Node, 'hasChildNodes');
export const rectOf = method<Element, [], DOMRect>(Element, 'getBoundingClientRect');
const placeOf = method<Node, [other: Node], number>(Node, 'compareDocumentPosition');
/** Node.DOCUMENT_POSITION_FOLLOWING */
const FOLLOWING = 4;
export const isBefore = (node: Node, other: Node): boolean => (placeOf(node, other) & FOLLOWING) > 0;

/** A selector of elements that are this by their name or by their role. */
export const elementsOf = (names: string, roles: string): string =>
  [...names.split(' '), ...roles.split(' ').map((role) => `[role=${role}]`)].join();

export const queryAll = (node: Node, selector: string): NodeListOf<Element> => {
  const { prototype } = isElement(node) ? Element : isDocument(node) ? Document : DocumentFragment;
  return prototype.querySelectorAll.call(node, selector);
};

/** The document and every open shadow root in it. */
export const rootsOf = (start: Root = document): Root[] => {
  const roots: Root[] = [start];
  for (const root of roots) {
    for (const element of queryAll(root, '*')) {
      const shadow = shadowRootOf(element);
      if (shadow) roots.push(shadow);
    }
  }
  return roots;
};

/** Elements of one name, `*` for any. Of documents and elements as they are found: the first ones cost nothing more. */
export const elementsNamed = (
  node: Node,
  name: string,
): ArrayLike<Element> & { item(at: number): Element | null } => {
  if (isFragment(node)) return queryAll(node, name);
  const { prototype } = isElement(node) ? Element : Document;
  return prototype.getElementsByTagName.call(node, name);
};

/** The children as they are rendered: a host shows its shadow root, and a slot what is assigned to it. */
export const renderedChildrenOf = (container: Element | ShadowRoot): Iterable<Node> => {
  if (isElement(container)) {
    const shadow = shadowRootOf(container);
    if (shadow) return childrenOf(shadow);
    if (nameOf(container) === 'slot') {
      const assigned = HTMLSlotElement.prototype.assignedNodes.call(container);
      if (assigned.length > 0) return assigned;
    }
  }
  return childrenOf(container);
};

/** The parent as it is rendered: slots and shadow hosts included. Undefined above the root element. */
export const renderedParentOf = (element: Element): Element | undefined => {
  const slot = slotOf(element);
  if (slot) return slot;
  const parent = parentOf(element);
  if (!parent) return undefined;
  if (isElement(parent)) return parent;
  return isFragment(parent) ? hostOf(parent) : undefined;
};

export const windowOf = (element: Element): (Window & typeof globalThis) | undefined => {
  const owner = documentOf(element);
  return (owner && viewOf(owner)) ?? undefined;
};

/** The document inside a frame, if it is of the page's own origin. */
export const sameOriginDocumentOf = (frame: Element): Document | undefined => {
  try {
    const inner = frameDocumentOf(frame as HTMLIFrameElement);
    // Some engines hand out more to extensions than to pages, so the origin is compared as well.
    return inner && viewOf(inner)?.origin === window.origin ? inner : undefined;
  } catch {
    return undefined;
  }
};

/**
 * What a person can read in a field: only kinds that show text. Undefined for others, for other elements, and for
 * values shorter than asked for, which is what most fields are and is found out first.
 */
export const fieldValueOf = (element: Element, least = 1): string | undefined => {
  const name = nameOf(element);
  if (name !== 'input' && name !== 'textarea') return undefined;
  const value =
    name === 'input'
      ? inputValueOf(element as HTMLInputElement)
      : areaValueOf(element as HTMLTextAreaElement);
  if (value.length < least) return undefined;
  return name === 'textarea' || SHOWING_TYPES.has(inputTypeOf(element as HTMLInputElement))
    ? value
    : undefined;
};

/** A password field shows dots with its own Show button: it is the page's way to show the value once. */
const SHOWING_TYPES = new Set(['text', 'password', 'search', 'url', 'email', 'tel']);
