import type { Block, Case } from '../case';
import { type Built, buildInto } from './places';
import { firstScreen, type Kit, mountAttribute, type Screen } from './screen';
import { drawFrame, drawStranger, keepBusy, leave } from './surroundings';

/** What the runner reads of a page. On the top window, also where the page draws itself in a frame. */
export interface Board {
  /** Drawn for the first time; the gesture may come. */
  ready: boolean;
  /** When each value of a subject could first be seen whole, in ms since 1970. */
  visibleAt: Record<string, number>;
  /** Everything has happened. */
  done: boolean;
  /** Middle of the button that a person presses, in the coordinates of the top window. */
  button?: { x: number; y: number };
  error?: string;
  showControl(value: string): void;
  /** Moves on to another account, without a load. */
  move(): void;
}

declare global {
  interface Window {
    zoo?: Board;
  }
}

/** A machine that does ten other things draws late; only a page that never draws is broken. */
const PATIENCE = 15_000;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Every document, shadow root and frame of the same origin under `root`, itself first. */
const rootsUnder = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => {
  const found: (Document | ShadowRoot)[] = [root];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) found.push(...rootsUnder(element.shadowRoot));
    if (element instanceof HTMLIFrameElement || element.tagName === 'IFRAME') {
      try {
        const inner = (element as HTMLIFrameElement).contentDocument;
        if (inner) found.push(...rootsUnder(inner));
      } catch {
        // of another origin
      }
    }
  }
  return found;
};

/** A person sees it: it has boxes, and what is above it is not (still) transparent. */
const canBeSeen = (element: Element): boolean => {
  if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true })) return false;
  let opacity = 1;
  for (let at: Element | null = element; at; ) {
    opacity *= Number((at.ownerDocument.defaultView ?? window).getComputedStyle(at).opacity);
    const slot: Element | null = at.assignedSlot;
    const parent: Node | null = slot ?? at.parentNode;
    at = parent instanceof ShadowRoot ? parent.host : (parent as Element | null);
    if (at && at.nodeType !== Node.ELEMENT_NODE) at = null;
  }
  return opacity >= 0.1;
};

/**
 * The element that holds the value where it can be seen, found by its end, which no other value shares. A library may
 * hold it a second time, in a field that it measures with.
 */
const holderOf = (value: string): Element | undefined => {
  const end = value.slice(-14);
  for (const root of rootsUnder(document)) {
    for (const element of root.querySelectorAll('input, textarea')) {
      if ((element as HTMLInputElement).value?.includes(end) && canBeSeen(element)) return element;
    }
    for (const element of root.querySelectorAll('*')) {
      for (const node of element.childNodes) {
        const isIt = node.nodeType === Node.TEXT_NODE && (node as Text).data.includes(end);
        if (isIt && canBeSeen(element)) return element;
      }
    }
  }
  return undefined;
};

/** In the top window's coordinates, through frames. */
const middleOf = (element: Element): { x: number; y: number } => {
  const box = element.getBoundingClientRect();
  let [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (let view = element.ownerDocument.defaultView; view?.frameElement; view = view.parent as typeof view) {
    const outer = view.frameElement.getBoundingClientRect();
    x += outer.x + view.frameElement.clientLeft;
    y += outer.y + view.frameElement.clientTop;
  }
  return { x, y };
};

const buttonNamed = (text: string): HTMLElement | undefined => {
  for (const root of rootsUnder(document)) {
    for (const element of root.querySelectorAll('*')) {
      if (element.childElementCount === 0 && element.textContent?.trim() === text)
        return element as HTMLElement;
    }
  }
  return undefined;
};

const draw = async (zooCase: Case, kit: Kit, board: Board, query: string): Promise<void> => {
  let screen: Screen = firstScreen(zooCase);
  const built = new Map<number, { mount: Element; built: Built }>();

  const container = document.createElement('div');
  document.body.append(container);
  let root = container;
  if (zooCase.root === 'shadow') {
    root = document.createElement('div');
    container.attachShadow({ mode: 'open' }).append(root);
  }

  const fillMounts = (): void => {
    for (const within of rootsUnder(document)) {
      for (const mount of within.querySelectorAll<HTMLElement>(`[${mountAttribute}]`)) {
        const subject = screen.subjects[Number(mount.getAttribute(mountAttribute))];
        if (!subject) continue;
        const known = built.get(subject.index);
        if (known?.mount === mount) known.built.setText(subject.text);
        else built.set(subject.index, { mount, built: buildInto(mount, subject, zooCase.words) });
      }
    }
  };
  const redraw = kit(root, screen);
  const change = async (next: Partial<Screen>): Promise<void> => {
    screen = { ...screen, ...next };
    await redraw(screen);
    fillMounts();
  };
  const changeSubject = (index: number, next: Partial<Screen['subjects'][number]>): Promise<void> =>
    change({
      subjects: screen.subjects.map((subject) =>
        subject.index === index ? { ...subject, ...next } : subject,
      ),
    });

  /** Resolves when the whole value can be seen; looks at every frame. */
  const seen = async (value: string, elementOf: () => Element | undefined): Promise<void> => {
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      fillMounts();
      const element = elementOf();
      const holder = element?.isConnected ? element : holderOf(value);
      if (holder && canBeSeen(holder)) {
        board.visibleAt[value] ??= Date.now();
        return;
      }
      await Promise.race([new Promise(requestAnimationFrame), pause(16)]);
    }
    throw new Error(`Nobody can see the value of ${zooCase.seed}.`);
  };
  const elementOf = (index: number): Element | undefined => built.get(index)?.built.element;
  /** Some libraries draw what is in a dialog a few frames after they opened it. */
  const placed = async (index: number): Promise<void> => {
    for (const end = Date.now() + PATIENCE; !screen.subjects[index]?.byLibrary && !built.has(index); ) {
      if (Date.now() > end) throw new Error(`The place of subject ${index} was not drawn.`);
      await pause(16);
      fillMounts();
    }
  };

  const play = async (index: number): Promise<void> => {
    const subject = zooCase.subjects[index];
    if (!subject) return;
    const { arrival, delay, value, hiding, form } = subject;
    const whole = { present: true, text: value };
    const awaited = async (): Promise<void> => {
      await placed(index);
      if (hiding && arrival !== 'reveal') return;
      // A password field shows dots until somebody asks for more.
      if (form === 'password') {
        await seen(value, () => elementOf(index));
        delete board.visibleAt[value];
        await pause(60);
        const show = buttonNamed(zooCase.words.show);
        if (show) show.click();
        else throw new Error('No button shows the password.');
      }
      await seen(value, () => elementOf(index));
    };
    if (arrival === 'load') {
      await changeSubject(index, whole);
      return awaited();
    }
    if (arrival === 'reveal') {
      await changeSubject(index, whole);
      await placed(index);
      await pause(delay);
      built.get(index)?.built.reveal();
      return awaited();
    }
    await pause(delay);
    if (arrival === 'route') {
      history.pushState({}, '', `${new URL(zooCase.url).pathname}${query}`);
      await pause(50);
    }
    if (arrival === 'chunks') {
      for (let end = 0; end < value.length; end += Math.ceil(value.length / 20)) {
        await changeSubject(index, { present: true, text: value.slice(0, end + 1) });
        await pause(12);
      }
    }
    if (arrival === 'redraw') {
      await changeSubject(index, whole);
      await change({ generation: screen.generation + 1 });
      await awaited();
      await pause(80);
      await change({ generation: screen.generation + 1 });
      return;
    }
    await changeSubject(index, whole);
    await awaited();
    if (arrival === 'flash') {
      await pause(Math.max(0, (board.visibleAt[value] ?? Date.now()) + 300 - Date.now()));
      await changeSubject(index, { present: false, text: zooCase.words.waiting });
    }
  };

  const addBlocks = (blocks: Block[]): Promise<void> => change({ blocks: [...screen.blocks, ...blocks] });

  board.move = () => {
    if (!zooCase.moveTo) return;
    history.pushState({}, '', `${new URL(zooCase.moveTo.url).pathname}${query}`);
    void change({ blocks: zooCase.moveTo.blocks });
  };

  await change({});
  for (const { lair, value } of zooCase.litter) leave[lair](value);
  if (zooCase.stranger) drawStranger(zooCase.stranger);
  if (zooCase.frame) drawFrame(zooCase.frame, query);
  if (zooCase.busy) keepBusy(() => board.done);

  const atLoad = zooCase.subjects.map((_, index) => index).filter((index) => isAtLoad(zooCase, index));
  const later = zooCase.subjects.map((_, index) => index).filter((index) => !isAtLoad(zooCase, index));
  const loaded = Promise.all(atLoad.map(play));
  const late = pause(zooCase.lateBlocks.delay).then(() =>
    zooCase.lateBlocks.blocks.length > 0 ? addBlocks(zooCase.lateBlocks.blocks) : undefined,
  );
  // Custom elements draw themselves a moment after they were made.
  await pause(30);
  await change({});
  let button = buttonNamed(zooCase.words.generate);
  // On a busy machine a library may take longer than that.
  for (let waits = 0; !button && zooCase.gesture !== 'none' && waits < 100; waits += 1) {
    await pause(30);
    button = buttonNamed(zooCase.words.generate);
  }
  if (button) {
    button.scrollIntoView({ block: 'center' });
    board.button = middleOf(button);
  }
  const gestured = zooCase.gesture === 'none' ? Promise.resolve() : gesture(zooCase, button);
  board.ready = true;
  await gestured;
  await Promise.all([loaded, late, ...later.map(play)]);
  board.done = true;
};

const isAtLoad = ({ subjects, gesture: kind }: Case, index: number): boolean => {
  const arrival = subjects[index]?.arrival;
  return arrival === 'load' || (arrival === 'reveal' && kind === 'none');
};

/** Waits for the person's click or key press, or plays one that the browser does not vouch for. */
const gesture = async ({ gesture: kind }: Case, button: HTMLElement | undefined): Promise<void> => {
  if (!button) throw new Error('There is no button to press.');
  if (kind === 'synthetic') {
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'keydown', 'keyup']) {
      button.dispatchEvent(
        type.startsWith('key')
          ? new KeyboardEvent(type, { key: 'Enter', bubbles: true, composed: true })
          : new PointerEvent(type, { bubbles: true, composed: true }),
      );
    }
    button.click();
    return;
  }
  const type = kind === 'click' ? 'click' : 'keydown';
  await new Promise<void>((done) => {
    addEventListener(type, (event) => event.isTrusted && done(), { capture: true });
  });
};

/** Draws the case that the address names. `part` tells what this document is: the page, or a frame in it. */
export const start = async (kit: Kit): Promise<void> => {
  const parameters = new URLSearchParams(location.search);
  const query = `?zoo=${parameters.get('zoo')}`;
  const part = parameters.get('part') ?? 'page';
  const zooCase: Case = await (await fetch(`/zoo/cases/${parameters.get('zoo')}.json`)).json();
  const board: Board = {
    ready: false,
    visibleAt: {},
    done: false,
    move: () => {},
    showControl: (value) => {
      const line = document.createElement('p');
      line.textContent = value;
      // Over all else: below the fold of a page that a dialog keeps from scrolling, nobody could see it.
      line.style.cssText = 'position: fixed; inset: 0 0 auto; z-index: 9999; background: white; color: black';
      document.body.append(line);
    },
  };
  try {
    if (part === 'frame') {
      // The frame of a stranger's page: the value, in plain sight, and nothing else.
      const box = document.createElement('p');
      box.textContent = zooCase.frame?.value ?? '';
      document.body.append(box);
      return;
    }
    if (part === 'inner') {
      const top = (window.parent as Window).zoo;
      if (top) await draw({ ...zooCase, root: 'document' }, kit, top, query);
      return;
    }
    window.zoo = board;
    if (zooCase.root === 'frame') {
      const frame = document.createElement('iframe');
      frame.style.cssText = 'width: 100%; height: 700px; border: 0';
      frame.src = `${location.pathname}${query}&part=inner`;
      document.body.append(frame);
      return;
    }
    await draw(zooCase, kit, board, query);
  } catch (error) {
    const told = part === 'inner' ? ((window.parent as Window).zoo ?? board) : board;
    told.error = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
    told.done = true;
  }
};
