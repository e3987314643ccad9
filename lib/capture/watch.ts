import { clock, openAlarm } from './clock';
import {
  containerOf,
  isConnected,
  isDocument,
  isElement,
  isFragment,
  isText,
  parentOf,
  type Root,
  textOf,
  windowOf,
} from './dom';
import { type Container, type Shown, shownIn } from './text';
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
  /** Whether a text may hold what is sought; asked of most of what is new, and answered natively. */
  mayHold(text: string): boolean;
  look(glance: Glance): void;
  /** The page is known, and shows no secret: what is new is looked at a few times a second. */
  isElsewhere(): boolean;
  /** Something that was seen before may be whole by now, or shown. */
  isWaiting(): boolean;
  /** Some time has passed; look at what may have changed without a sign. Tells whether something is still to come. */
  beat(): boolean;
}

/** All that is told of is connected. */
export interface Glance {
  /** Whose text may be new. */
  shown: readonly Shown[];
  /** Fields that are new. */
  fields: readonly Element[];
  /** `new`: what was added or changed. `all`: everything. `again`: everything, also what was read before. */
  scope: Scope;
}

export type Scope = 'new' | 'all' | 'again';

export interface Watch {
  /** Everything that a person reads as this page, at this moment. */
  containers(): Container[];
  /** Time of the last trusted press of a pointer or a key, by `performance.now()`. */
  gestureAt(): number;
  stop(): void;
}

/**
 * Looks at what is new take no more than a tenth of the time, but are never further apart than the second figure, which
 * is shorter than a frame: what comes with each is looked at there and then, without a timer that waits for the page to
 * be done. Elsewhere it is short enough for a dialog that is gone after 300 ms.
 */
const LOOK_GAP = [10, 8] as const;
const LOOK_GAP_ELSEWHERE = [200, 60] as const;
const LOADING_GAP = 32;
/** Between looks at everything. */
const WHOLE_GAP = 80;
const WHOLE_GAP_ELSEWHERE = 150;

/** More changes than this cost more to go through than one native reading of everything. */
const MANY = 200;
/** A text that is put together with others would be copied. */
const LONG = 4000;
/** After many changes of text none are told for this long, since that costs the page: all is read instead. */
const DEAF = 250;

/** How long to walk at a time, how far apart for its cost, and how far apart what is left. */
const LONGEST_WALK = 2;
const WALK_GAP_PER_COST = 100;
const LONGEST_WALK_GAP = 40;
const SHORTEST_PAUSE = 12;
const LONGEST_PAUSE = 100;
/** Between two walks through everything. */
const ROUND_GAP = 250;
/** For a while after a gesture, since an element that holds something may be given a shadow root late. */
const ROUND_AGAIN = 1500;

/**
 * After changes that were looked at one by one, everything is read once more: soon, since a dialog may hide ids. While
 * a page goes on changing only so often, and before a gesture does something.
 */
const SURE_AFTER = 100;
const LONGEST_SURE_GAP = 2000;
const SURE_PER_COST = 600;

const BEAT = 100;
/** While nothing happens. */
const SLOW_BEAT = 1000;
const BUSY_AFTER_GESTURE = 10_000;
const BUSY_AFTER_CHANGE = 2_000;
const BUSY_AFTER_LOAD = 5_000;
const SWEEP_AFTER_GESTURE = 250;
const LAST_SWEEP = 1000;
const MAX_HOPEFULS = 400;

/** What the text stands in that was changed. */
const placesOf = (changed: Iterable<Node>): Container[] => {
  const places = new Set<Container>();
  for (const node of changed) {
    const parent = isConnected(node) && isText(node) ? parentOf(node) : null;
    if (parent && !isDocument(parent)) places.add(parent as Container);
  }
  return [...places];
};

/** Elements of a removed frame stay connected to its document, which has no window any more. */
const isStanding = (element: Element): boolean => isConnected(element) && windowOf(element) !== undefined;

export const watchPage = (eyes: Eyes, gestureBefore = Number.NEGATIVE_INFINITY): Watch => {
  const ending = new AbortController();
  const roots = new Set<Root>();
  let added: MutationRecord[] = [];
  const changed = new Set<Node>();
  let scope: Scope = 'new';
  let hopefuls: Element[] = [];
  let gesture = gestureBefore;
  let busyUntil = 0;
  let nextLook = 0;
  let nextWhole = 0;
  let nextWalk = 0;
  let isDeaf = false;
  let isLoading = true;
  /** When everything is to be read since something changed, and when at the earliest, for its cost. */
  let sureAt = Number.POSITIVE_INFINITY;
  let nextSure = 0;
  let hasForgotten = false;
  let roundDue = false;
  /** Not while the page is only just being read in. */
  let nextRound = clock() + ROUND_GAP;
  let beatTimer: ReturnType<typeof setInterval> | undefined;
  let beatGap = 0;
  const lookAlarm = openAlarm(() => look(clock()));
  const walkAlarm = openAlarm(() => walkLater());
  const deafAlarm = openAlarm(() => hearAgain());
  const sweepAlarm = openAlarm(() => sweep());
  const lastSweepAlarm = openAlarm(() => sweep());

  const containers = (): Container[] => Array.from(roots, containerOf).filter((found) => found !== null);

  /** What the walk has come upon since the last look. */
  let fields: Element[] = [];
  let entered: Shown[] = [];
  const finds: Finds = {
    field: (field) => fields.push(field),
    hopeful: (element) => hopefuls.push(element),
    root: (root) => enter(root),
  };
  const walk = openWalk(finds);

  const hearChanges = (root: Root): void => changes.observe(root, { characterData: true, subtree: true });

  /** Starts to watch a root, and what lies within. */
  const enter = (root: Root): void => {
    if (roots.has(root)) return;
    roots.add(root);
    additions.observe(root, { childList: true, subtree: true });
    if (!isDeaf) hearChanges(root);
    listen(root);
    const container = containerOf(root);
    const shown = shownIn(container ? [container] : []);
    entered.push(...shown);
    // The page itself grows while it is being read in.
    walk.add(root, root === document ? Number.POSITIVE_INFINITY : (shown[0]?.text.length ?? 0));
  };

  const wantAll = (): void => {
    if (scope === 'new') scope = 'all';
  };

  const additions = new MutationObserver((records) => {
    if (document.hidden) return forgetAdded();
    if (records.length + added.length > MANY) forgetAdded();
    else added = added.length > 0 ? added.concat(records) : records;
    lookSoon();
  });

  /** That there was something is all that is kept: of much, or while nobody can see the page. */
  const forgetAdded = (): void => {
    added = [];
    wantAll();
    hasForgotten = roundDue = true;
  };

  // An observer of its own: to ask each of thousands of records of what kind it is costs more than to read the page.
  const changes = new MutationObserver((records) => {
    if (document.hidden) return wantAll();
    if (records.length + changed.size > MANY) goDeaf();
    else for (const { target } of records) changed.add(target);
    lookSoon();
  });

  const goDeaf = (): void => {
    wantAll();
    isDeaf = true;
    changes.disconnect();
    deafAlarm.set(clock() + DEAF);
  };

  const hearAgain = (): void => {
    isDeaf = false;
    for (const root of roots) hearChanges(root);
    wantAll();
    lookSoon();
  };

  /** While the page is being read in, a script may still hide what stands before it: nothing was shown by then. */
  const lookSoon = (): void => {
    const now = clock();
    const isNear = added.length + changed.size + fields.length + entered.length > 0;
    isLoading &&= document.readyState === 'loading';
    const due = Math.max(isNear ? nextLook : nextWhole, isLoading ? now + LOADING_GAP : now);
    if (due <= now) look(now);
    else lookAlarm.set(due);
  };

  const look = (start: number): void => {
    lookAlarm.clear();
    stayBusy(start, BUSY_AFTER_CHANGE);
    const isNew = added.length + changed.size > 0;
    if (isNew) sureAt = Math.min(sureAt, Math.max(start + SURE_AFTER, nextSure));
    const fresh: Shown[] = [];
    let mayHold = false;
    let texts = '';
    for (const { addedNodes } of added) {
      const { length } = addedNodes;
      if (length + fresh.length > MANY) {
        forgetAdded();
        break;
      }
      for (let at = 0; at < length; at += 1) {
        const node = addedNodes[at] as Node;
        if (isElement(node)) {
          const text = textOf(node);
          if (text.length > LONG) mayHold ||= eyes.mayHold(text);
          else texts += `${text}\n`;
          fresh.push({ container: node, text });
          walk.add(node, text.length);
        } else {
          changed.add(node);
        }
      }
    }
    added = [];
    // The short ones in one question: it is the same for one text as for a hundred.
    const shown =
      mayHold || eyes.mayHold(texts) ? fresh.filter(({ container }) => isConnected(container)) : [];
    if (changed.size > 0) shown.push(...shownIn(placesOf(changed)));
    changed.clear();
    // What no text tells may wait a little while more and more is added: to begin with it costs more than the reading.
    if (start >= nextWalk) goOn(start, walk.begin);
    else walkOn(start);
    tell(scope !== 'new' && start >= nextWhole, shown);
    const end = clock();
    const [perCost, longest] = eyes.isElsewhere() ? LOOK_GAP_ELSEWHERE : LOOK_GAP;
    if (isNew) nextLook = end + Math.min((end - start) * perCost, longest);
    if (isDeaf) wantAll();
    if (scope !== 'new') lookSoon();
  };

  /** `near`: what was added or changed, besides what the walk has found. */
  const tell = (whole: boolean, near: readonly Shown[] = []): void => {
    const start = whole ? clock() : 0;
    if (whole) prune();
    // A round comes to them too late for what is shown but for a moment.
    if (whole && hasForgotten) roots.forEach(walk.askFields);
    const shown = whole ? shownIn(containers()) : [...near, ...entered];
    if (whole || shown.length + fields.length > 0 || eyes.isWaiting()) {
      const glance: Glance = { shown, fields, scope: whole ? scope : 'new' };
      fields = [];
      entered = [];
      eyes.look(glance);
    }
    if (!whole) return;
    hasForgotten = false;
    const end = clock();
    scope = 'new';
    sureAt = Number.POSITIVE_INFINITY;
    nextSure = end + Math.min((end - start) * SURE_PER_COST, LONGEST_SURE_GAP);
    nextWhole = end + (eyes.isElsewhere() ? WHOLE_GAP_ELSEWHERE : WHOLE_GAP);
  };

  /** Walks for a moment, and sees to it that what is left is gone on with. */
  const goOn = (start: number, step: (end: number) => void): void => {
    if (roundDue && start >= nextRound && walk.round(roots)) {
      roundDue = false;
      nextRound = start + ROUND_GAP;
    }
    if (walk.nextAt() === undefined) return;
    step(start + LONGEST_WALK);
    const now = clock();
    nextWalk = walk.nextAt() === 0 ? 0 : now + Math.min((now - start) * WALK_GAP_PER_COST, LONGEST_WALK_GAP);
    walkOn(now);
  };

  const walkOn = (now: number): void => {
    const next = walk.nextAt();
    if (next === undefined) return;
    walkAlarm.set(Math.min(Math.max(next || nextWalk, now + SHORTEST_PAUSE), now + LONGEST_PAUSE));
  };

  const walkLater = (): void => {
    goOn(clock(), walk.goOn);
    tell(false);
  };

  const prune = (): void => {
    for (const root of roots) {
      const gone = isFragment(root) ? !isConnected(root) : root !== document && !root.defaultView;
      if (gone) roots.delete(root);
      // A document that is written anew forgets who listens; who does already is not heard twice.
      else if (isDocument(root)) listen(root);
    }
  };

  /** Everything once more, soon and a while later. */
  const sweepAfter = (soon: number): void => {
    const now = clock();
    for (const alarm of [sweepAlarm, lastSweepAlarm]) alarm.clear();
    sweepAlarm.set(now + soon);
    lastSweepAlarm.set(now + LAST_SWEEP);
  };

  const sweep = (): void => {
    scope = 'again';
    roundDue ||= clock() - gesture < BUSY_AFTER_GESTURE;
    lookSoon();
  };

  const stayBusy = (now: number, time: number): void => {
    busyUntil = Math.max(busyUntil, now + time);
    if (beatGap !== BEAT && !document.hidden) beatEvery(BEAT);
  };

  /** Zero for no more. An interval, since to set a timer anew each time costs as much as all that a beat does. */
  const beatEvery = (gap: number): void => {
    if (gap === beatGap) return;
    clearInterval(beatTimer);
    beatGap = gap;
    if (gap > 0) beatTimer = setInterval(beat, gap);
  };

  const beat = (): void => {
    const before = hopefuls.slice(-MAX_HOPEFULS);
    hopefuls = [];
    for (const element of before) if (isStanding(element)) meet(element, finds);
    const now = clock();
    roundDue ||= now - gesture < BUSY_AFTER_GESTURE && now - nextRound > ROUND_AGAIN;
    goOn(now, walk.begin);
    if (now >= sureAt) wantAll();
    tell(scope !== 'new' && now >= nextWhole);
    const busy = eyes.beat() || clock() < busyUntil;
    beatEvery(document.hidden || ending.signal.aborted ? 0 : busy ? BEAT : SLOW_BEAT);
  };

  const onGesture = (event: Event): void => {
    if (!event.isTrusted) return;
    gesture = clock();
    stayBusy(gesture, BUSY_AFTER_GESTURE);
    sweepAfter(SWEEP_AFTER_GESTURE);
    if (sureAt === Number.POSITIVE_INFINITY) return;
    // What comes up now may hide the ids that are shown.
    wantAll();
    look(gesture);
  };

  const onField = (event: Event): void => {
    const [field] = event.composedPath();
    if (field instanceof Node && isElement(field)) fields.push(field);
    lookSoon();
  };

  const begin = (): void => {
    stayBusy(clock(), BUSY_AFTER_LOAD);
    sweepAfter(0);
  };

  const onLoad = (): void => {
    if (!document.hidden) begin();
  };

  /** Anything may load; a frame has a page of its own by then. */
  const onFrame = ({ target }: Event): void => {
    if (!(target instanceof Node && isElement(target))) return;
    meet(target, finds);
    if (entered.length > 0) lookSoon();
  };

  /**
   * Events inside a frame do not reach the outer window; `load` of a frame does not leave its shadow root. At the
   * window nobody can stop them before they are heard.
   */
  const listen = (root: Root): void => {
    const options = { capture: true, passive: true, signal: ending.signal };
    root.addEventListener('load', onFrame, options);
    if (!isDocument(root)) return;
    const target = root.defaultView ?? root;
    for (const type of ['click', 'pointerdown', 'keydown']) target.addEventListener(type, onGesture, options);
    for (const type of ['input', 'change']) target.addEventListener(type, onField, options);
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
      beatEvery(0);
      for (const alarm of [lookAlarm, walkAlarm, deafAlarm, sweepAlarm, lastSweepAlarm]) {
        alarm.clear();
      }
    },
  };
};
