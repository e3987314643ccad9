import { useEffect, useRef } from 'react';

/**
 * The two live regions stand in the static HTML of each page from the start, outside of React: a region that is
 * inserted together with its text is often not read out.
 */
export type Region = 'status' | 'alert';

const regionOf = (region: Region): HTMLElement | null => document.querySelector(`[role="${region}"]`);

const write = (region: Region, text: string, shown: boolean): void => {
  const element = regionOf(region);
  if (!element) return;
  // The same words again are news only if the text changes.
  element.textContent = text !== '' && element.textContent === text ? `${text}\u00a0` : text;
  element.classList.toggle('shown', shown && text !== '');
};

/** Says something once. `shown`: also to the eye, since nothing else on the screen says it. */
export const say = (region: Region, text: string, { shown = false } = {}): void => write(region, text, shown);

/** What each card on the screen has to say, in the order in which they came. */
const standing: Record<Region, Map<object, string>> = { status: new Map(), alert: new Map() };
const written: Record<Region, string> = { status: '', alert: '' };

/** After all cards of one picture have spoken, so that a change is read out once. */
const settle = (region: Region): void => {
  queueMicrotask(() => {
    const text = [...standing[region].values()].join('. ');
    if (text !== written[region]) write(region, text, false);
    written[region] = text;
  });
};

/** Says a text as long as it stands on the screen, and again whenever it changes. */
export const useSpoken = (region: Region | undefined, text: string): void => {
  const speaker = useRef({});
  useEffect(() => {
    if (!region || text === '') return;
    const key = speaker.current;
    standing[region].set(key, text);
    settle(region);
    return () => {
      standing[region].delete(key);
      settle(region);
    };
  }, [region, text]);
};
