import {
  containerOf,
  isConnected,
  isDocument,
  isElement,
  isFragment,
  isText,
  parentOf,
  type Root,
  windowOf,
} from './dom';
import type { Container } from './text';
import { type Finds, meet, openWalk } from './walk';

/**
 * Decides when and where to look, so that a look is soon and all of them together are cheap.
 *
 * - **Text** is read by the engine: of what was added or changed, or, after many changes at once, of everything.
 * - **What no text tells** (fields, shadow roots, frames) is sought in new elements, a little at a time (see walk).
 * - **What no mutation tells** (a value set by a script, a shadow root attached later, a value put together from
 *   nodes that hold no start of it) is asked for on a beat while something happens, and after gestures and loads.
 */

export interface Eyes {
  look(glance: Glance): void;
  /** Some time has passed; look at what may have changed without a sign. Tells whether something is still to come. */
  beat(): boolean;
}

/** All that is told of is connected. */
export interface Glance {
  /** Whose text is to be read. */
  containers: Iterable<Container>;
  /** Fields that are new. */
  fields: readonly Element[];
  /** `new`: what was added or changed. `all`: everything. `again`: everything, also what was read before. */
  scope: Scope;
}

const scopes = ['new', 'all', 'again'] as const;
export type Scope = (typeof scopes)[number];

export interface Watch {
  /** Everything that a person reads as this page, at this moment. */
  containers(): Container[];
  /** Time of the last trusted click or key press, by `performance.now()`. */
  gestureAt(): number;
  stop(): void;
}

/** The first look comes at once; those after it so far apart that they take about a fortieth of the time. */
const SHORTEST_GAP = 32;
const LONGEST_GAP = 100;
const GAP_PER_COST = 40;

/** More changes than this cost more to go through than one native reading of everything. */
const MANY = 200;

/** How long a look may walk; how long what is left waits, which is often gone by then; how long it then walks. */
const FIRST_WALK = 1;
const FIRST_PAUSE = 40;
const NEXT_WALK = 4;
const NEXT_PAUSE = 12;
/** Between two walks through everything. */
const SHORTEST_ROUND_GAP = 100;
const LONGEST_ROUND_GAP = 250;

/** After changes that were looked at one by one, everything is read once more. */
const SURE_AFTER = 300;
const SURE_PER_COST = 100;

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

const within = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value));

export const watchPage = (eyes: Eyes, gestureBefore = Number.NEGATIVE_INFINITY): Watch => {
  const ending = new AbortController();
  const roots = new Set<Root>();
  let added: Node[] = [];
  const changed = new Set<Node>();
  let scope: Scope = 'new';
  let hopefuls: Element[] = [];
  let gesture = gestureBefore;
  let busyUntil = 0;
  let nextLook = 0;
  /** When everything is to be read since something changed, and when at the earliest, for its cost. */
  let sureAt = Number.POSITIVE_INFINITY;
  let sureGap = SURE_AFTER;
  let roundDue = false;
  let roundCost = 0;
  let nextRound = 0;
  let lookTimer: ReturnType<typeof setTimeout> | undefined;
  let walkTimer: ReturnType<typeof setTimeout> | undefined;
  let beatTimer: ReturnType<typeof setTimeout> | undefined;
  const sweepTimers = new Set<ReturnType<typeof setTimeout>>();

  const containers = (): Container[] => Array.from(roots, containerOf).filter((found) => found !== null);

  /** What the walk has come upon since the last look. */
  let fields: Element[] = [];
  let entered: Container[] = [];
  const finds: Finds = {
    field: (field) => fields.push(field),
    hopeful: (element) => hopefuls.push(element),
    root: (root) => enter(root),
  };
  const walk = openWalk(finds);

  /** Starts to watch a root, and what lies within. */
  const enter = (root: Root): void => {
    if (roots.has(root)) return;
    roots.add(root);
    additions.observe(root, { childList: true, subtree: true });
    changes.observe(root, { characterData: true, subtree: true });
    listen(root);
    walk.add(root);
    const container = containerOf(root);
    if (container) entered.push(container);
  };

  const want = (wanted: Scope): void => {
    if (scopes.indexOf(wanted) > scopes.indexOf(scope)) scope = wanted;
  };

  /** While nobody can see the page, that something changed is all that is kept: it is looked at when it is shown. */
  const notice = (): boolean => {
    stayBusy(BUSY_AFTER_CHANGE);
    if (!document.hidden) return true;
    want('all');
    roundDue = true;
    return false;
  };

  const additions = new MutationObserver((records) => {
    if (!notice()) return;
    sureAt = Math.min(sureAt, performance.now() + sureGap);
    if (records.length > MANY) return lookAtAll();
    for (const { addedNodes } of records) {
      if (addedNodes.length + added.length > MANY) return lookAtAll();
      for (let at = 0; at < addedNodes.length; at += 1) added.push(addedNodes[at] as Node);
    }
    if (added.length > 0) lookSoon();
  });

  const lookAtAll = (): void => {
    added = [];
    want('all');
    roundDue = true;
    lookSoon();
  };

  // An observer of its own: to ask each of thousands of records of what kind it is costs more than to read the page.
  const changes = new MutationObserver((records) => {
    if (!notice()) return;
    sureAt = Math.min(sureAt, performance.now() + sureGap);
    if (records.length + changed.size > MANY) want('all');
    else for (const { target } of records) changed.add(target);
    lookSoon();
  });

  /** While the page is being read in, a script may still hide what stands before it: nothing was shown by then. */
  const lookSoon = (): void => {
    const isLoading = document.readyState === 'loading';
    const wait = Math.max(nextLook - performance.now(), isLoading ? SHORTEST_GAP : 0);
    if (wait <= 0) look();
    else lookTimer ??= setTimeout(look, wait);
  };

  const look = (): void => {
    clearTimeout(lookTimer);
    lookTimer = undefined;
    const start = performance.now();
    const places = new Set<Container>();
    for (const node of added) {
      if (!isConnected(node)) continue;
      if (isElement(node)) {
        places.add(node);
        walk.add(node);
      } else {
        changed.add(node);
      }
    }
    added = [];
    for (const node of changed) {
      const parent = isConnected(node) && isText(node) ? parentOf(node) : null;
      if (parent && !isDocument(parent)) places.add(parent as Container);
    }
    changed.clear();
    goOn(start, FIRST_WALK);
    const wanted = scope;
    scope = 'new';
    tell(wanted, places);
    const cost = performance.now() - start;
    nextLook = start + cost + within(SHORTEST_GAP, cost * GAP_PER_COST, LONGEST_GAP);
  };

  const tell = (wanted: Scope, places: Set<Container>): void => {
    const whole = wanted !== 'new';
    const start = performance.now();
    if (whole) prune();
    for (const container of entered) places.add(container);
    const glance: Glance = { containers: whole ? containers() : places, fields, scope: wanted };
    fields = [];
    entered = [];
    if (whole || places.size > 0 || glance.fields.length > 0) eyes.look(glance);
    if (!whole) return;
    sureAt = Number.POSITIVE_INFINITY;
    sureGap = Math.max(SURE_AFTER, (performance.now() - start) * SURE_PER_COST);
  };

  const goOn = (start: number, time: number, pause = FIRST_PAUSE): void => {
    if (roundDue && walk.isDone() && start >= nextRound) {
      roundDue = false;
      roundCost = 0;
      for (const root of roots) walk.add(root);
    }
    if (!walk.isDone()) {
      const done = walk.goOn(start + time);
      const end = performance.now();
      roundCost += end - start;
      if (done) nextRound = end + within(SHORTEST_ROUND_GAP, roundCost * GAP_PER_COST, LONGEST_ROUND_GAP);
    }
    if (walkTimer === undefined && (roundDue || !walk.isDone())) walkTimer = setTimeout(walkLater, pause);
  };

  const walkLater = (): void => {
    walkTimer = undefined;
    goOn(performance.now(), NEXT_WALK, NEXT_PAUSE);
    tell('new', new Set());
  };

  const prune = (): void => {
    for (const root of roots) {
      const gone = isFragment(root) ? !isConnected(root) : root !== document && !root.defaultView;
      if (gone) roots.delete(root);
    }
  };

  const sweepAfter = (delays: readonly number[]): void => {
    for (const timer of sweepTimers) clearTimeout(timer);
    sweepTimers.clear();
    for (const delay of delays) {
      const timer = setTimeout(() => {
        sweepTimers.delete(timer);
        want('again');
        roundDue ||= sweepTimers.size === 0;
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
    const before = hopefuls.filter(isStanding).slice(-MAX_HOPEFULS);
    hopefuls = [];
    for (const element of before) meet(element, finds);
    const now = performance.now();
    goOn(now, FIRST_WALK);
    tell(now >= sureAt ? 'all' : 'new', new Set());
    const busy = eyes.beat() || performance.now() < busyUntil;
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
    if (field instanceof Node && isElement(field)) fields.push(field);
    lookSoon();
  };

  const begin = (): void => {
    stayBusy(BUSY_AFTER_LOAD);
    sweepAfter(SWEEPS_AFTER_LOAD);
  };

  const onLoad = (): void => {
    if (!document.hidden) begin();
  };

  const onFrame = ({ target }: Event): void => {
    if (target instanceof Node && isElement(target)) added.push(target);
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
  for (const type of ['DOMContentLoaded', 'load', 'pageshow', 'popstate', 'hashchange', 'visibilitychange']) {
    window.addEventListener(type, onLoad, { signal });
  }
  // Tells of history.pushState, which cannot be seen from our world otherwise. Where it is missing, the beat compares.
  window.navigation?.addEventListener('currententrychange', onLoad, { signal });

  enter(document);
  // Also in a tab behind another: it may have been asked for from elsewhere.
  begin();

  return {
    containers,
    gestureAt: () => gesture,
    stop() {
      ending.abort();
      additions.disconnect();
      changes.disconnect();
      for (const timer of [lookTimer, walkTimer, beatTimer, ...sweepTimers]) clearTimeout(timer);
      roots.clear();
      changed.clear();
      walk.forget();
      added = [];
      hopefuls = [];
    },
  };
};
