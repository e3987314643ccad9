import {
  attributeOf,
  childrenOf,
  isElement,
  isFragment,
  isText,
  matches,
  nameOf,
  renderedParentOf,
  shadowRootOf,
} from '../capture/dom';
import { isUnshown } from '../capture/text';

/** The page as it is rendered: through open shadow roots and slots, never into frames. */

const assignedTo = (element: Element): Node[] =>
  nameOf(element) === 'slot' ? HTMLSlotElement.prototype.assignedNodes.call(element as HTMLSlotElement) : [];

/** What is rendered directly beneath: a shadow root in place of the children, a slot's content in place of its own. */
export const renderedChildrenOf = (element: Element): Iterable<Node> => {
  const shadow = shadowRootOf(element);
  if (shadow) return childrenOf(shadow);
  const assigned = assignedTo(element);
  return assigned.length > 0 ? assigned : childrenOf(element);
};

const SPACE = /\s+/g;
const MOST = 2_000;

/** The text that is rendered beneath, in one line. */
export const renderedText = (element: Element): string => {
  const parts: string[] = [];
  let length = 0;
  const read = (at: Element): void => {
    if (isUnshown(at) || length > MOST) return;
    for (const child of renderedChildrenOf(at)) {
      if (isElement(child)) read(child);
      else if (isText(child)) {
        parts.push(child.data);
        length += child.data.length;
      }
    }
  };
  read(element);
  return parts.join(' ').normalize('NFKC').replace(SPACE, ' ').trim();
};

/** The element itself or its nearest ancestor, as rendered, that matches. */
export const renderedClosest = (element: Element, selector: string): Element | undefined => {
  for (let at: Element | undefined = element; at; at = renderedParentOf(at)) {
    if (matches(at, selector)) return at;
  }
  return undefined;
};

/** Every element rendered beneath that matches, the element itself included. */
export const renderedAll = (element: Element, selector: string): Element[] => {
  const found: Element[] = [];
  const visit = (at: Element): void => {
    if (matches(at, selector)) found.push(at);
    for (const child of renderedChildrenOf(at)) if (isElement(child)) visit(child);
  };
  visit(element);
  return found;
};

/** An element of the same tree by its id: names do not reach across shadow roots. */
export const byId = (element: Element, id: string): Element | null => {
  const root = Node.prototype.getRootNode.call(element);
  const get = isFragment(root)
    ? DocumentFragment.prototype.getElementById
    : Document.prototype.getElementById;
  return get.call(root as Document & ShadowRoot, id);
};

/** The texts that the ids in an attribute such as `aria-labelledby` point to. */
export const referredText = (element: Element, attribute: string): string | undefined => {
  const ids = attributeOf(element, attribute)?.split(SPACE).filter(Boolean) ?? [];
  const texts = ids.flatMap((id) => {
    const target = byId(element, id);
    return target ? [renderedText(target)] : [];
  });
  return texts.length === 0 ? undefined : texts.join(' ');
};
