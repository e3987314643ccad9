import type { Landmark } from '../platforms/definition';
import { containerOf, queryAll, type Root, rootsOf, sameOriginDocumentOf } from './dom';
import { findMarks } from './landmarks';
import { openOutbox, type Send } from './outbox';

/**
 * Follows a person through a page that a guide leads them on, and tells by which landmarks they are. It is put there
 * only while that is of use, looks only when something has changed that can be seen, and ends by itself.
 */

/** What the background wants to know, and of which document. */
export interface Order {
  /** Nothing is read on any other. */
  origin: string;
  platform: string;
  /** As the capture script calls this document. */
  page: string;
  landmarks: readonly Landmark[];
  /** How long to go on after the last that was new, in ms. */
  patience: number;
}

export interface Following {
  stop(): void;
}

/** Between a change and the look at it: many come together. */
const SOON = 100;
/** Looks take no more than a twentieth of the time. */
const SHORTEST_GAP = 250;
const GAP_PER_COST = 20;
/** Once the person has walked on to another address, what follows is of use to a guide alone, which asks again. */
const PATIENCE_ELSEWHERE = 90_000;

/** A row may vanish before its token is really deleted, and come back when that could not be done. */
const STEADY = 3_000;

/** By which a dialog is shown and hidden. */
const SHOWING = ['class', 'style', 'hidden', 'open', 'aria-hidden', 'inert', 'placeholder'];

/** The document, its open shadow roots and its frames of the same origin. */
const everything = (): Root[] => {
  const roots = rootsOf();
  for (const root of roots) {
    for (const frame of queryAll(root, 'iframe')) {
      const inner = sameOriginDocumentOf(frame);
      if (inner) roots.push(...rootsOf(inner));
    }
  }
  return roots;
};

export const follow = (
  { platform, page, landmarks, patience }: Order,
  send: Send,
  isOrphaned: () => boolean,
): Following => {
  const outbox = openOutbox(send);
  const ending = new AbortController();
  const watched = new WeakSet<Root>();
  const address = location.href;
  /** Names, and when they were last seen. */
  const names = new Map<string, number>();
  let left = patience;
  let told = '';
  let nextLook = 0;
  let lookTimer: ReturnType<typeof setTimeout> | undefined;
  let endTimer: ReturnType<typeof setTimeout> | undefined;
  let steadyTimer: ReturnType<typeof setTimeout> | undefined;

  const observer = new MutationObserver(() => lookSoon());

  /** While nobody can see the page, nothing is looked at: it is when it is shown. */
  const lookSoon = (): void => {
    if (lookTimer !== undefined || document.hidden) return;
    lookTimer = setTimeout(look, Math.max(SOON, nextLook - performance.now()));
  };

  const look = (): void => {
    lookTimer = undefined;
    if (isOrphaned()) {
      stop();
      return;
    }
    const start = performance.now();
    const roots = everything();
    for (const root of roots) watch(root);
    const containers = roots.map(containerOf).filter((container) => container !== null);
    const found = findMarks(landmarks, containers);
    const marks = { landmarks: found.landmarks, names: withVanished(found.names, start) };
    outbox.status({ type: 'page.marks', platform, page, ...marks });
    const end = performance.now();
    nextLook = end + Math.max(SHORTEST_GAP, (end - start) * GAP_PER_COST);

    const said = JSON.stringify(marks);
    const hasGone = location.href !== address && left > PATIENCE_ELSEWHERE;
    if (hasGone) left = PATIENCE_ELSEWHERE;
    if (said !== told || hasGone) endLater();
    told = said;
  };

  /** Those that are seen, and those that may yet come back. */
  const withVanished = (seen: readonly string[], now: number): string[] => {
    for (const name of seen) names.set(name, now);
    for (const [name, at] of names) if (now - at >= STEADY) names.delete(name);
    clearTimeout(steadyTimer);
    if (names.size > seen.length) steadyTimer = setTimeout(lookSoon, STEADY);
    return [...names.keys()].sort();
  };

  const watch = (root: Root): void => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: SHOWING,
    });
    // A dialog that fades in is seen when it has.
    for (const type of ['transitionend', 'animationend', 'load']) {
      root.addEventListener(type, lookSoon, { capture: true, passive: true, signal: ending.signal });
    }
  };

  const endLater = (): void => {
    clearTimeout(endTimer);
    endTimer = setTimeout(stop, left);
  };

  const stop = (): void => {
    ending.abort();
    observer.disconnect();
    outbox.stop();
    clearTimeout(lookTimer);
    clearTimeout(endTimer);
    clearTimeout(steadyTimer);
  };

  for (const type of ['visibilitychange', 'pageshow']) {
    window.addEventListener(type, lookSoon, { signal: ending.signal });
  }
  endLater();
  // Also in a tab behind another: it was asked for.
  look();

  return { stop };
};
