import {
  isConnected,
  isDocument,
  isElement,
  isFragment,
  isText,
  parentOf,
  type Root,
  rootElementOf,
  windowOf,
} from './dom';
import { type Discovered, discover } from './roots';
import type { Container } from './text';

/**
 * Decides when and where to look. One observer watches the document and every open shadow root and same-origin frame
 * that was found; what changed is collected and looked at once, soon after, if it is still there.
 *
 * What no mutation tells is caught in other ways, all of them cheap:
 * - a field whose value a script sets: fields are read again on a slow beat while something may be happening;
 * - a shadow root attached to an element that stood there before: asked on the same beat;
 * - a value put together from nodes added one by one: a sweep over everything, natively, after gestures and loads.
 */

export interface Eyes {
  /** Something changed beneath these. All are connected. */
  look(changed: readonly Container[]): void;
  /** Look at everything. */
  sweep(roots: readonly Container[]): void;
  /** Some time has passed; look at what may have changed without a sign. Tells whether something is still to come. */
  beat(roots: readonly Root[]): boolean;
}

export interface Watch {
  /** Everything that a person reads as this page, at this moment. */
  containers(): Container[];
  /** Time of the last trusted click or key press, by `performance.now()`. */
  gestureAt(): number;
  stop(): void;
}

/** Looks are so far apart that they take no more than about a tenth of the time. */
const SHORTEST_GAP = 16;
const LONGEST_GAP = 64;
const GAP_PER_COST = 10;

/** More records than this at a time cost more to go through than one native look at everything. */
const MANY_RECORDS = 500;

const BEAT = 100;
/** While nothing happens. */
const SLOW_BEAT = 1000;
const BUSY_AFTER_GESTURE = 10_000;
const BUSY_AFTER_CHANGE = 2_000;
const BUSY_AFTER_LOAD = 5_000;
const SWEEPS_AFTER_GESTURE = [250, 1000];
const SWEEPS_AFTER_LOAD = [0, 1000];
const MAX_HOPEFULS = 400;

/** Elements of a removed frame stay connected to its document, which has no window any more. */
const isStanding = (element: Element): boolean => isConnected(element) && windowOf(element) !== undefined;

const OBSERVED: MutationObserverInit = { childList: true, characterData: true, subtree: true };

export const watchPage = (eyes: Eyes, gestureBefore = Number.NEGATIVE_INFINITY): Watch => {
  const ending = new AbortController();
  const roots = new Set<Root>();
  const changed = new Set<Node>();
  let everything = false;
  let hopefuls: Element[] = [];
  let gesture = gestureBefore;
  let busyUntil = 0;
  let nextLook = 0;
  let lookTimer: ReturnType<typeof setTimeout> | undefined;
  let beatTimer: ReturnType<typeof setTimeout> | undefined;
  const sweepTimers = new Set<ReturnType<typeof setTimeout>>();

  const containerOf = (root: Root): Container | null => (isDocument(root) ? rootElementOf(root) : root);
  const containers = (): Container[] => Array.from(roots, containerOf).filter((found) => found !== null);

  const observer = new MutationObserver((records) => {
    if (records.length > MANY_RECORDS) {
      everything = true;
    } else {
      for (const record of records) {
        if (record.type === 'characterData') changed.add(record.target);
        else for (const node of record.addedNodes) changed.add(node);
      }
    }
    stayBusy(BUSY_AFTER_CHANGE);
    lookSoon();
  });

  const lookSoon = (): void => {
    if (lookTimer !== undefined) return;
    const wait = nextLook - performance.now();
    if (wait <= 0) look();
    else lookTimer = setTimeout(look, wait);
  };

  const look = (): void => {
    clearTimeout(lookTimer);
    lookTimer = undefined;
    const start = performance.now();
    if (everything) sweep();
    else lookAtChanges();
    const end = performance.now();
    nextLook = end + Math.min(LONGEST_GAP, Math.max(SHORTEST_GAP, (end - start) * GAP_PER_COST));
  };

  const lookAtChanges = (): void => {
    const places = new Set<Container>();
    const found: Discovered = { roots: [], hopefuls };
    for (const node of changed) {
      if (!isConnected(node)) continue;
      if (isElement(node)) {
        places.add(node);
        discover(node, found);
      } else if (isText(node)) {
        const parent = parentOf(node);
        if (parent && !isDocument(parent)) places.add(parent as Container);
      }
    }
    changed.clear();
    for (const container of enter(found)) places.add(container);
    if (places.size > 0) eyes.look([...places]);
  };

  /** Starts to watch what was discovered, and what lies within. Gives the new containers. */
  const enter = (found: Discovered): Container[] => {
    const entered: Container[] = [];
    for (let root = found.roots.pop(); root; root = found.roots.pop()) {
      if (roots.has(root)) continue;
      roots.add(root);
      observer.observe(root, OBSERVED);
      listen(root);
      discover(root, found);
      const container = containerOf(root);
      if (container) entered.push(container);
    }
    hopefuls = found.hopefuls.filter(isStanding).slice(-MAX_HOPEFULS);
    return entered;
  };

  const prune = (): void => {
    for (const root of roots) {
      const gone = isFragment(root) ? !isConnected(root) : root !== document && !root.defaultView;
      if (gone) roots.delete(root);
    }
  };

  const sweep = (): void => {
    everything = false;
    changed.clear();
    prune();
    const found: Discovered = { roots: [], hopefuls: [] };
    for (const root of roots) discover(root, found);
    enter(found);
    eyes.sweep(containers());
  };

  const sweepAfter = (delays: readonly number[]): void => {
    for (const timer of sweepTimers) clearTimeout(timer);
    sweepTimers.clear();
    for (const delay of delays) {
      const timer = setTimeout(() => {
        sweepTimers.delete(timer);
        everything = true;
        lookSoon();
      }, delay);
      sweepTimers.add(timer);
    }
  };

  const stayBusy = (time: number): void => {
    const now = performance.now();
    const wasBusy = now < busyUntil && beatTimer !== undefined;
    busyUntil = Math.max(busyUntil, now + time);
    if (wasBusy || document.hidden) return;
    clearTimeout(beatTimer);
    beatTimer = setTimeout(beat, BEAT);
  };

  const beat = (): void => {
    beatTimer = undefined;
    prune();
    const found: Discovered = { roots: [], hopefuls: [] };
    for (const element of hopefuls) if (isConnected(element)) discover(element, found);
    const entered = enter(found);
    if (entered.length > 0) eyes.look(entered);
    const waiting = eyes.beat([...roots]);
    const busy = waiting || performance.now() < busyUntil;
    if (!document.hidden) beatTimer = setTimeout(beat, busy ? BEAT : SLOW_BEAT);
  };

  const onGesture = (event: Event): void => {
    if (!event.isTrusted) return;
    gesture = performance.now();
    stayBusy(BUSY_AFTER_GESTURE);
    sweepAfter(SWEEPS_AFTER_GESTURE);
  };

  const onField = (event: Event): void => {
    const [field] = event.composedPath();
    if (field instanceof Node) changed.add(field);
    lookSoon();
  };

  const onLoad = (): void => {
    stayBusy(BUSY_AFTER_LOAD);
    sweepAfter(SWEEPS_AFTER_LOAD);
  };

  const onFrame = ({ target }: Event): void => {
    if (target instanceof Node && isElement(target)) changed.add(target);
    lookSoon();
  };

  /** Events inside a frame do not reach the outer window; `load` of a frame does not leave its shadow root. */
  const listen = (root: Root): void => {
    const options = { capture: true, passive: true, signal: ending.signal };
    root.addEventListener('load', onFrame, options);
    if (!isDocument(root)) return;
    for (const type of ['click', 'keydown']) root.addEventListener(type, onGesture, options);
    for (const type of ['input', 'change']) root.addEventListener(type, onField, options);
  };

  const { signal } = ending;
  document.addEventListener('DOMContentLoaded', onLoad, { signal });
  window.addEventListener('load', onLoad, { signal });
  window.addEventListener('pageshow', onLoad, { signal });
  window.addEventListener('popstate', onLoad, { signal });
  window.addEventListener('hashchange', onLoad, { signal });
  document.addEventListener('visibilitychange', onLoad, { signal });
  // Tells of history.pushState, which cannot be seen from our world otherwise. Where it is missing, the beat compares.
  window.navigation?.addEventListener('currententrychange', onLoad, { signal });

  enter({ roots: [document], hopefuls: [] });
  onLoad();

  return {
    containers,
    gestureAt: () => gesture,
    stop() {
      ending.abort();
      observer.disconnect();
      clearTimeout(lookTimer);
      clearTimeout(beatTimer);
      for (const timer of sweepTimers) clearTimeout(timer);
      roots.clear();
      changed.clear();
      hopefuls = [];
    },
  };
};
