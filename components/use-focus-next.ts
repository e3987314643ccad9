import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * Moves the focus to what is drawn next. `of` finds it in the element that `inside` is attached to, if that is drawn.
 *
 * The wish is state, so it is granted by the very picture that was asked for with it: one that was already on its way
 * when the person pressed would find nothing, and the focus would be lost.
 */
export const useFocusNext = <T, E extends HTMLElement>(
  of: (inside: E, wish: T) => Element | null | undefined,
): { inside: RefObject<E | null>; focusNext: (wish: T) => void } => {
  const inside = useRef<E>(null);
  const [next, setNext] = useState<{ wish: T }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish, by the way of its own picture
  useLayoutEffect(() => {
    const element = next && inside.current && of(inside.current, next.wish);
    if (element instanceof HTMLElement) element.focus();
  }, [next]);
  return { inside, focusNext: (wish) => setNext({ wish }) };
};
