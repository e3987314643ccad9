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
 * innermost place around it that is still there. Otherwise it would be at the start of the page. Gives what ends it.
 */
export const keepFocus = (): (() => void) => {
  const { body } = document;
  let last: Element = body;
  let places: Element[] = [];
  const note = (element: Element) => {
    last = element;
    places = placesAround(element);
  };
  const onFocus = ({ target }: FocusEvent) => note(target as Element);
  const mend = () => {
    const { activeElement } = document;
    if (!isGone(last) || (activeElement !== body && activeElement !== last)) return;
    const place = places.find((one) => one.isConnected && one.querySelector('h2[tabindex]'));
    // Where what comes next is not drawn yet, the change that draws it is asked again.
    place?.querySelector<HTMLElement>('h2[tabindex]')?.focus();
  };
  note(document.activeElement ?? body);
  document.addEventListener('focusin', onFocus);
  const observer = new MutationObserver(mend);
  observer.observe(body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
};
