import { isElement, nameOf, queryAll, type Root, sameOriginDocumentOf, shadowRootOf } from './dom';

/**
 * Finds the open shadow roots and same-origin frames beneath a node. Each added node is asked once, since no mutation
 * of the outer tree tells what happens inside of them: they are watched on their own from then on.
 */

/** Elements that can have neither a shadow root nor a frame's document, and that pages are full of. */
const BARREN =
  'td, th, tr, tbody, thead, table, li, ul, ol, a, b, i, em, strong, code, pre, br, hr, img, picture, source, input, textarea, button, label, select, option, svg, svg *, path, script, style, link, meta, template, form, dl, dt, dd';
const CANDIDATES = `:not(${BARREN})`;

export interface Discovered {
  roots: Root[];
  /**
   * Elements that may still grow a shadow root: custom elements, whose definition may be late, and empty ones, to
   * which a component may attach one after it has been rendered.
   */
  hopefuls: Element[];
}

export const discover = (node: Node, found: Discovered): void => {
  if (isElement(node)) discoverAt(node, found);
  for (const element of queryAll(node, CANDIDATES)) discoverAt(element, found);
};

const discoverAt = (element: Element, found: Discovered): void => {
  const name = nameOf(element);
  if (name === 'iframe' || name === 'frame') {
    const inner = sameOriginDocumentOf(element);
    if (inner) found.roots.push(inner);
    return;
  }
  const shadow = shadowRootOf(element);
  if (shadow) found.roots.push(shadow);
  else if (name.includes('-') || !element.hasChildNodes()) found.hopefuls.push(element);
};
