import type { Block, Case, Lair, Stranger } from '../case';
import { type Built, buildInto } from './places';
import { firstScreen, isDrawn, type Kit, mountAttribute, type Screen } from './screen';

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

/** The element that holds the value, found by its end, which no other value shares. */
const holderOf = (value: string): Element | undefined => {
  const end = value.slice(-14);
  for (const root of rootsUnder(document)) {
    for (const element of root.querySelectorAll('input, textarea')) {
      if ((element as HTMLInputElement).value?.includes(end)) return element;
    }
    for (const element of root.querySelectorAll('*')) {
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && (node as Text).data.includes(end)) return element;
      }
    }
  }
  return undefined;
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

const litter = (kind: Lair, value: string): void => {
  const add = (element: Element): void => document.body.append(element);
  const made = (tag: string, set: (element: HTMLElement) => void): void => {
    const element = document.createElement(tag);
    set(element);
    add(element);
  };
  switch (kind) {
    case 'comment':
      document.body.append(document.createComment(` ${value} `));
      return;
    case 'template':
      return made('template', (element) => (element as HTMLTemplateElement).content.append(value));
    case 'noscript':
      return made('noscript', (element) => element.append(value));
    case 'title':
      document.title = value;
      return;
    case 'metaTag': {
      const meta = document.createElement('meta');
      meta.name = 'token';
      meta.content = value;
      document.head.append(meta);
      return;
    }
    case 'scriptText':
      return made('script', (element) => {
        element.textContent = `window.pageState = { session: ${JSON.stringify(value)} };`;
      });
    case 'scriptJson':
      return made('script', (element) => {
        (element as HTMLScriptElement).type = 'application/json';
        element.textContent = JSON.stringify({ session: { accessToken: value } });
      });
    case 'styleText':
      return made('style', (element) => element.append(`.zoo-unused { background: url("data:,${value}") }`));
    case 'cssContent':
      return made('style', (element) => element.append(`body::after { content: "${value}" }`));
    case 'dataAttribute':
      return made('div', (element) => {
        element.dataset.token = value;
        element.textContent = 'i';
      });
    case 'titleAttribute':
      return made('abbr', (element) => {
        element.title = value;
        element.textContent = 'i';
      });
    case 'altAttribute':
      return made('img', (element) => {
        // A picture that loads: of one that does not, the browser would draw the text.
        element.setAttribute(
          'src',
          'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==',
        );
        element.setAttribute('alt', value);
      });
    case 'ariaLabel':
      return made('button', (element) => {
        element.setAttribute('aria-label', value);
        element.textContent = 'i';
      });
    case 'hiddenInput':
      return made('input', (element) => {
        (element as HTMLInputElement).type = 'hidden';
        (element as HTMLInputElement).value = value;
      });
    case 'hiddenArea':
      return made('textarea', (element) => {
        element.hidden = true;
        (element as HTMLTextAreaElement).value = value;
      });
    case 'closedSelect':
      return made('select', (element) => {
        element.append(new Option('–', '', true, true), new Option(value, value));
        (element as HTMLSelectElement).style.width = '6em';
      });
    case 'datalist':
      return made('datalist', (element) => element.append(new Option(value, value)));
    case 'canvasFallback':
      return made('canvas', (element) => element.append(value));
    case 'iframeFallback':
      return made('iframe', (element) => element.append(value));
    case 'localStorage':
      localStorage.setItem('token', value);
      return;
    case 'sessionStorage':
      sessionStorage.setItem('token', value);
      return;
    case 'cookie':
      document.cookie = `token=${value}; secure`;
      return;
    case 'global':
      Object.assign(window, { accessToken: value });
      return;
    case 'history':
      history.replaceState(
        { token: value },
        '',
        `${location.pathname}${location.search}#access_token=${value}`,
      );
  }
};

const drawStranger = (kind: Stranger, value: string): void => {
  const host = document.createElement(kind === 'knownElement' ? 'com-1password-menu' : 'div');
  const root = host.attachShadow({ mode: 'open' });
  const box = document.createElement('div');
  box.textContent = value;
  box.style.cssText = 'position: fixed; right: 0; bottom: 0; width: 20em; background: white';
  if (kind === 'extensionStyle') {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}/overlay.css`;
    root.append(link);
  }
  root.append(box);
  if (kind === 'besideBody') document.documentElement.append(host);
  else document.body.append(host);
};

const drawFrame = ({ url, sandbox }: NonNullable<Case['frame']>, query: string): void => {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'width: 90%; height: 12em';
  if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox);
  frame.src = `${url}${query}&part=frame`;
  document.body.append(frame);
};

/** A page that is never still: rows come and go and texts change, as a console that polls does. */
const keepBusy = (isOver: () => boolean): void => {
  const box = document.createElement('div');
  box.style.cssText = 'height: 100px; overflow: auto';
  document.body.append(box);
  const work = (): void => {
    if (isOver()) return;
    for (let index = 0; index < 60; index += 1) {
      const row = document.createElement('div');
      row.innerHTML = '<span>Impressions</span> <b>12,345</b> <i>0.5 %</i>';
      box.append(row);
    }
    while (box.childElementCount > 300) box.firstElementChild?.remove();
    for (const bold of box.querySelectorAll('b')) bold.textContent = String(Math.round(Math.random() * 1e6));
    setTimeout(work, 16);
  };
  work();
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

  /** Resolves when the whole value can be seen; looks at every frame for up to 3 s. */
  const seen = async (value: string, element?: Element): Promise<void> => {
    for (const end = Date.now() + 3_000; Date.now() < end; ) {
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

  const play = async (index: number): Promise<void> => {
    const subject = zooCase.subjects[index];
    if (!subject) return;
    const { arrival, delay, value, hiding, form } = subject;
    const whole = { present: true, text: value };
    const awaited = async (): Promise<void> => {
      if (hiding && arrival !== 'reveal') return;
      // A password field shows dots until somebody asks for more.
      if (form === 'password') {
        await pause(60);
        const show = buttonNamed(zooCase.words.show);
        if (show) show.click();
        else throw new Error('No button shows the password.');
      }
      await seen(value, elementOf(index));
    };
    if (arrival === 'load') {
      await changeSubject(index, whole);
      return awaited();
    }
    if (arrival === 'reveal') {
      await changeSubject(index, whole);
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
  for (const { lair, value } of zooCase.litter) litter(lair, value);
  if (zooCase.stranger) drawStranger(zooCase.stranger.kind, zooCase.stranger.value);
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
  const button = buttonNamed(zooCase.words.generate);
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

export { isDrawn };
