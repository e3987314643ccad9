import { useEffect, useRef } from 'react';

/**
 * The two live regions stand in the static HTML of each page from the start, outside of React: a region that is
 * inserted together with its text is often not read out.
 */
export type Region = 'status' | 'alert';

const regionOf = (region: Region): HTMLElement | null => document.querySelector(`[role="${region}"]`);

const write = (region: Region, text: string): void => {
  const element = regionOf(region);
  if (!element) return;
  // The same words again are news only if the text changes.
  element.textContent = text !== '' && element.textContent === text ? `${text}\u00a0` : text;
};

/** Long enough to be read. That something was done is no news after that. */
const GLANCE = 6_000;

/** What the person does next. */
const CONTROL = 'a, button, input, label, select, summary';

/**
 * For the eye, beside the regions: a card that speaks next takes a region's place. What was done goes by itself, what
 * was not done stays until the person does something else.
 */
const show = (region: Region, text: string): void => {
  document.querySelector(`.shown.${region}`)?.remove();
  const note = document.createElement('p');
  note.className = `shown ${region}`;
  note.ariaHidden = 'true';
  note.textContent = text;
  document.body.prepend(note);
  if (region === 'status') {
    setTimeout(() => note.remove(), GLANCE);
    return;
  }
  const leave = ({ target }: Event): void => {
    if (!(target as Element).closest(CONTROL)) return;
    note.remove();
    removeEventListener('click', leave, true);
  };
  addEventListener('click', leave, true);
};

/** Says something once. `shown`: also to the eye, since nothing else on the screen says it. */
export const say = (region: Region, text: string, { shown = false } = {}): void => {
  write(region, text);
  if (shown) show(region, text);
};

/** What each card on the screen has to say, in the order in which they came. */
const standing: Record<Region, Map<object, string>> = { status: new Map(), alert: new Map() };
const written: Record<Region, string> = { status: '', alert: '' };

/** After all cards of one picture have spoken, so that a change is read out once. */
const settle = (region: Region): void => {
  queueMicrotask(() => {
    const text = [...standing[region].values()].join('. ');
    if (text !== written[region]) write(region, text);
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
