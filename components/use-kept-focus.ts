import { type RefObject, useLayoutEffect } from 'react';

/** What may have a heading that can take the focus. */
const PLACES = 'article, section, li, main';

const placesAround = (element: Element): Element[] => {
  const places: Element[] = [];
  for (let at = element.closest(PLACES); at; at = at.parentElement?.closest(PLACES) ?? null) places.push(at);
  return places;
};

const isGone = (element: Element): boolean => !element.isConnected || element.matches(':disabled');

/**
 * The focus is the person's own: it moves only if what they were on has vanished, and then to the heading of the
 * innermost place around it that is still there. Otherwise it would be at the start of the page.
 */
export const useKeptFocus = (main: RefObject<HTMLElement | null>): void => {
  useLayoutEffect(() => {
    let last: Element | undefined;
    let places: Element[] = [];
    const note = ({ target }: FocusEvent) => {
      last = target as Element;
      places = placesAround(last);
    };
    const mend = () => {
      const { activeElement, body } = document;
      if (!last || !isGone(last) || (activeElement !== body && activeElement !== last)) return;
      const place = places.find((one) => one.isConnected && one.querySelector('h2[tabindex]'));
      last = undefined;
      place?.querySelector<HTMLElement>('h2[tabindex]')?.focus();
    };
    document.addEventListener('focusin', note);
    const observer = new MutationObserver(mend);
    if (main.current) {
      observer.observe(main.current, {
        childList: true,
        subtree: true,
        attributes: true,
        attributeFilter: ['disabled'],
      });
    }
    return () => {
      document.removeEventListener('focusin', note);
      observer.disconnect();
    };
  }, [main]);
};
