import { hostOf, isElement, isFragment, nameOf, parentOf, queryAll } from './dom';

/** Names under which other extensions put their own elements into pages. */
const NAMES =
  /^(com-1password|grammarly|lastpass|bitwarden|dashlane|keeper|nordpass|protonpass|plasmo|loom|honey)-/;

/** A style sheet or picture out of an extension: no page may carry one. */
const RESOURCES = '[href*="-extension://"], [src*="-extension://"]';

/**
 * Whether an element was put there by another extension: in an element of a known name, in a shadow root with an
 * extension's resources, or beside the body, where no page puts what people read.
 */
export const isStrangers = (element: Element): boolean => {
  let below: Node = element;
  for (let at: Node | null = element; at; at = isFragment(at) ? hostOf(at) : parentOf(at)) {
    if (isFragment(at) && queryAll(at, RESOURCES).length > 0) return true;
    if (isElement(at)) {
      const name = nameOf(at);
      if (name === 'html')
        return below !== at && isElement(below) && !['body', 'frameset'].includes(nameOf(below));
      if (name.includes('-') && NAMES.test(name)) return true;
    }
    below = at;
  }
  return false;
};
