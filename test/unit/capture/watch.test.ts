import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Glance, type Watch, watchPage } from '../../../lib/capture/watch';

vi.hoisted(() => {
  // What the page of these tests has in places of its own.
  const elsewhere = { get: () => null, configurable: true };
  Object.defineProperty(Element.prototype, 'assignedSlot', elsewhere);
  const place = (name: string, get: (this: Document) => unknown): void => {
    Object.defineProperty(Document.prototype, name, { get, configurable: true });
  };
  place('defaultView', () => window);
  place('documentElement', function () {
    return this.querySelector('html');
  });
  place('body', function () {
    return this.querySelector('body');
  });
  const textOf = (node: Node): string =>
    node instanceof CharacterData ? node.data : Array.from(node.childNodes, textOf).join('');
  Object.defineProperty(Node.prototype, 'textContent', {
    get(this: Node) {
      return textOf(this);
    },
    configurable: true,
  });
});

/** What the watch told of, in turn. */
let glances: Glance[];
let beats: number;
/** Whether something is still to come, as the eyes see it. */
let isWaiting: boolean;
let isElsewhere: boolean;
let watch: Watch;

const setHidden = (hidden: boolean): void => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
};

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  document.body.innerHTML = '';
  setHidden(false);
  glances = [];
  beats = 0;
  isWaiting = isElsewhere = false;
  watch = watchPage({
    mayHold: (text) => text.includes('token'),
    look: (glance) => glances.push(glance),
    isElsewhere: () => isElsewhere,
    isWaiting: () => isWaiting,
    beat: () => {
      beats += 1;
      return isWaiting;
    },
  });
});

afterEach(() => {
  watch.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const pass = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);

/** The page has come to rest: what is told from here on is new. */
const rest = async (): Promise<void> => {
  await pass(10_000);
  glances = [];
};

const add = (html: string): Element => {
  const element = document.createElement('section');
  element.innerHTML = html;
  document.body.append(element);
  return element;
};

/** Each look at the clock finds it a little later. */
const takesTime = (): void => {
  const now = performance.now.bind(performance);
  let taken = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    taken += 0.2;
    return now() + taken;
  });
};

const textsOf = (told: readonly Glance[]): string[] =>
  told.flatMap(({ shown }) => shown.map(({ text }) => text));

describe('what is told of a page', () => {
  it('is everything, when the script begins', async () => {
    await pass(50);
    expect(
      glances.some(
        ({ scope, shown }) => scope === 'again' && shown[0]?.container === document.querySelector('html'),
      ),
    ).toBe(true);
  });

  it('is what was added and may hold something, at once and with its text', async () => {
    await rest();
    add('<p>Words</p>');
    await pass(20);
    expect(textsOf(glances)).toEqual([]);
    const element = add('<p>a token</p>');
    await pass(20);
    expect(glances.at(-1)).toMatchObject({ scope: 'new', shown: [{ text: 'a token' }] });
    expect(glances.at(-1)?.shown[0]?.container).toBe(element);
  });

  it('is what was added soon where no secret is shown, and many times together', async () => {
    isElsewhere = true;
    await rest();
    takesTime();
    for (let at = 0; at < 10; at += 1) {
      add('<p>a token</p>');
      await pass(10);
    }
    await pass(60);
    const near = glances.filter(({ scope }) => scope === 'new');
    expect(textsOf(near)).toHaveLength(10);
    expect(near.length).toBeLessThanOrEqual(3);
  });

  it('is a long text that may hold something, among short ones', async () => {
    await rest();
    add('<p>Words</p>');
    const element = add(`<p>${'Words '.repeat(1_000)} a token</p>`);
    await pass(20);
    expect(glances.at(-1)?.shown.map(({ container }) => container)).toContain(element);
  });

  it('is what is new without a timer, also right after all was read: the page may be busy by then', async () => {
    await rest();
    for (let at = 0; at < 300; at += 1) add('<p>Words</p>');
    while (glances.length === 0) await pass(1);
    expect(glances).toMatchObject([{ scope: 'all' }]);
    add('<p>a token</p>');
    await Promise.resolve(); // no time passes
    expect(textsOf(glances)).toContain('a token');
  });

  it('is where a text was changed, and everything once more soon after', async () => {
    const element = add('<p>Words</p>');
    await rest();
    const text = element.querySelector('p')?.firstChild as Text;
    text.data = 'a token';
    await pass(20);
    expect(textsOf(glances)).toEqual(['a token']);
    await pass(500);
    expect(glances.map(({ scope }) => scope)).toContain('all');
  });

  it('is everything after many changes at once, not each', async () => {
    await rest();
    for (let at = 0; at < 300; at += 1) add('<p>a token</p>');
    await pass(150);
    expect(glances.filter(({ scope }) => scope === 'new').flatMap(({ shown }) => shown)).toEqual([]);
    expect(glances.map(({ scope }) => scope)).toContain('all');
  });

  it('is told of in a look for each change at most, while what was asked once more is under way', async () => {
    await rest();
    for (let times = 0; times < 3; times += 1) {
      for (let at = 0; at < 300; at += 1) add('<p>Words</p>');
      await pass(5);
    }
    await pass(150);
    expect(glances.length).toBeGreaterThan(1);
    expect(glances.length).toBeLessThan(10);
  });

  it('is a field among many changes at once, before it may be gone', async () => {
    await rest();
    for (let at = 0; at < 300; at += 1) add('<p>Words</p>');
    const field = add('<input>').querySelector('input');
    await pass(150);
    expect(glances.flatMap(({ fields }) => fields)).toContain(field);
  });

  it('is nothing while nobody can see it, and everything when they can', async () => {
    await rest();
    setHidden(true);
    await pass(1_000); // what was under way
    glances = [];
    add('<p>a token</p>');
    await pass(5_000);
    expect(textsOf(glances)).toEqual([]);
    setHidden(false);
    window.dispatchEvent(new Event('visibilitychange'));
    await pass(150);
    expect(textsOf(glances).some((text) => text.includes('a token'))).toBe(true);
  });

  it('is a field that is new, and one that was typed into', async () => {
    await rest();
    const field = add('<input>').querySelector('input') as Element;
    await pass(150);
    expect(glances.flatMap(({ fields }) => fields)).toEqual([field]);
    glances = [];
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await pass(150);
    expect(glances.flatMap(({ fields }) => fields)).toContain(field);
  });

  it('is a field that is added while more and more is, within two frames', async () => {
    await rest();
    takesTime();
    add('<p>Words</p>');
    await pass(16);
    const field = add('<input>').querySelector('input') as Element;
    await pass(40);
    expect(glances.flatMap(({ fields }) => fields)).toEqual([field]);
  });

  it('is the text of a shadow root that is attached later', async () => {
    const host = add('<div id="host"></div>').querySelector('#host') as Element;
    await pass(100);
    glances = [];
    host.attachShadow({ mode: 'open' }).innerHTML = '<p>a token</p>';
    await pass(300);
    expect(textsOf(glances)).toContain('a token');
  });
});

describe('a gesture', () => {
  it('that a script makes up does not count', async () => {
    await rest();
    document.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(watch.gestureAt()).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('the beat', () => {
  it('is slow where nothing happens, and quick while something is to come', async () => {
    await rest();
    beats = 0;
    await pass(5_000);
    expect(beats).toBe(5);
    isWaiting = true;
    await pass(1_000);
    beats = 0;
    await pass(1_000);
    expect(beats).toBe(10);
  });

  it('ends with the watch', async () => {
    await rest();
    watch.stop();
    beats = 0;
    add('<p>a token</p>');
    await pass(5_000);
    expect(beats).toBe(0);
    expect(glances).toEqual([]);
  });
});
