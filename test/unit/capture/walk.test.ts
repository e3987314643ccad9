import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Finds, openWalk, type Walk } from '../../../lib/capture/walk';

vi.hoisted(() => {
  // What the page of these tests has in places of its own, and a walk does not ask for.
  const elsewhere = { get: () => null, configurable: true };
  Object.defineProperty(Element.prototype, 'assignedSlot', elsewhere);
  for (const name of ['defaultView', 'documentElement', 'body']) {
    Object.defineProperty(Document.prototype, name, elsewhere);
  }
});

/** What a walk came upon, by what the elements are called. */
let found: { fields: string[]; hopefuls: string[]; roots: number };
let walk: Walk;

const called = (element: Element): string => element.id || element.localName;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'], now: 0 });
  document.body.innerHTML = '';
  found = { fields: [], hopefuls: [], roots: 0 };
  const finds: Finds = {
    field: (field) => found.fields.push(called(field)),
    hopeful: (element) => found.hopefuls.push(called(element)),
    root: () => {
      found.roots += 1;
    },
  };
  walk = openWalk(finds);
});

afterEach(() => vi.useRealTimers());

const added = (html: string): Element => {
  const top = document.createElement('section');
  top.innerHTML = html;
  document.body.append(top);
  return top;
};

const rowsOf = (count: number, cell: string): string => `<p>${cell}</p>`.repeat(count);

describe('a walk through what is new', () => {
  it('comes upon fields of every kind, and upon the top itself', () => {
    walk.add(
      added(
        '<div><input id="one"><label><textarea id="two"></textarea></label></div><select id="three"></select>',
      ),
      0,
    );
    const field = document.createElement('input');
    document.body.append(field);
    walk.add(field, 0);
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found.fields.sort()).toEqual(['input', 'one', 'three', 'two']);
    expect(walk.nextAt()).toBeUndefined();
  });

  it('comes upon open shadow roots, also of elements that hold something beside it', () => {
    const top = added(
      '<div id="empty"></div><div id="full"><b>Words</b></div><zoo-card id="own"></zoo-card>',
    );
    for (const host of top.children) host.attachShadow({ mode: 'open' });
    walk.add(top, 0);
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found).toEqual({ fields: [], hopefuls: [], roots: 3 });
  });

  it('keeps in mind what may still grow one: what is empty, and custom elements', () => {
    walk.add(
      added('<div id="empty"></div><div id="full">Words</div><zoo-card id="own">Words</zoo-card><td></td>'),
      0,
    );
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found).toEqual({ fields: [], hopefuls: ['empty', 'own'], roots: 0 });
  });

  it.each([2, 20])('comes upon the same among %i elements: few are gone through, many are sought', (rows) => {
    const host = '<div id="host"><b>Words</b></div>';
    const top = added(`${rowsOf(rows, 'Words')}<input id="one">${host}<div id="empty"></div>`);
    top.querySelector('#host')?.attachShadow({ mode: 'open' });
    walk.add(top, 100);
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found).toEqual({ fields: ['one'], hopefuls: ['empty'], roots: 1 });
  });

  it('asks nothing of what is gone by then', () => {
    const top = added('<input>');
    walk.add(top, 0);
    top.remove();
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found.fields).toEqual([]);
  });
});

describe('what is large', () => {
  const goOnAfter = (time: number): void => {
    vi.advanceTimersByTime(time);
    walk.goOn(Number.POSITIVE_INFINITY);
  };

  it('waits, but for its fields where they are few', () => {
    walk.add(added(`${rowsOf(400, 'Words')}<input id="one"><div id="host"></div>`), 8000);
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found).toMatchObject({ fields: ['one'], hopefuls: [] });
    goOnAfter(99);
    expect(found.hopefuls).toEqual([]);
    goOnAfter(101);
    expect(found.hopefuls).toEqual(['host']);
  });

  it('waits longer with what is many in it: fields of a table of figures, and hosts that hold something', () => {
    const top = added(`${rowsOf(400, '<input>')}<div id="host"><b>Words</b></div>`);
    top.querySelector('#host')?.attachShadow({ mode: 'open' });
    walk.add(top, 8000);
    walk.begin(Number.POSITIVE_INFINITY);
    goOnAfter(200);
    goOnAfter(799);
    expect(found).toMatchObject({ fields: [], roots: 0 });
    goOnAfter(1);
    expect(found.fields).toHaveLength(400);
    expect(found.roots).toBe(1);
    expect(walk.nextAt()).toBeUndefined();
  });

  it('asks at once for fields of a kind that is few, whatever else is many', () => {
    walk.add(added(`${rowsOf(400, '<input>')}<textarea id="one"></textarea>`), 8000);
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found.fields).toEqual(['one']);
  });

  it('is asked for the one field of many words with the rest where it is huge, and still within its time', () => {
    walk.add(added(`${rowsOf(400, '<input>')}<textarea id="one"></textarea>`), 50_000);
    walk.begin(Number.POSITIVE_INFINITY);
    expect(found.fields).toEqual([]);
    goOnAfter(100);
    expect(found.fields).toEqual(['one']);
  });

  it('waits anew with what is many in it, but not for ever, while large parts of it are replaced', () => {
    const top = added('');
    top.innerHTML = rowsOf(400, '<input>');
    walk.add(top, 8000);
    walk.begin(Number.POSITIVE_INFINITY);
    goOnAfter(200);
    for (let time = 0; time < 3600; time += 400) {
      top.innerHTML = rowsOf(400, '<input>');
      walk.add(top.children[0] as Element, 8000);
      const part = document.createElement('section');
      part.innerHTML = rowsOf(400, '<input>');
      top.replaceChildren(part);
      walk.add(part, 8000);
      walk.begin(Number.POSITIVE_INFINITY);
      goOnAfter(400);
      expect(found.fields).toEqual([]);
    }
    goOnAfter(500);
    expect(found.fields.length).toBeGreaterThanOrEqual(400);
  });

  it('waits longer when such come again and again and have nothing of what is few, and no longer after a rest', () => {
    const waitOf = (html: string): number => {
      walk.add(added(html), 80_000);
      walk.begin(Number.POSITIVE_INFINITY);
      return (walk.nextAt() ?? 0) - performance.now();
    };
    const figures = rowsOf(400, '<input>').replaceAll('p>', 'td>');
    expect(waitOf(figures)).toBe(100);
    goOnAfter(100);
    document.body.replaceChildren();
    expect(waitOf(figures)).toBe(200);
    goOnAfter(3000);
    document.body.replaceChildren();
    expect(waitOf(figures)).toBe(100);
  });

  it('is never asked when it is gone before its time, and the next one waits longer', () => {
    const first = added(rowsOf(400, '<zoo-card></zoo-card>'));
    walk.add(first, 80_000);
    walk.begin(Number.POSITIVE_INFINITY);
    first.remove();
    goOnAfter(200);
    expect(found.hopefuls).toEqual([]);

    walk.add(added(rowsOf(400, '<input>')), 80_000);
    walk.begin(Number.POSITIVE_INFINITY);
    expect(walk.nextAt()).toBe(performance.now() + 200);
  });
});

describe('a round', () => {
  it('asks everything once more: at once what is few, later what is many', () => {
    added(`${rowsOf(400, '<input>')}<div id="host"></div>`);
    expect(walk.round([document])).toBe(true);
    walk.goOn(Number.POSITIVE_INFINITY);
    expect(found).toMatchObject({ hopefuls: ['host'], fields: [] });
    vi.advanceTimersByTime(800);
    walk.goOn(Number.POSITIVE_INFINITY);
    expect(found.fields).toHaveLength(400);
  });

  it('is not begun twice, and what is many is put off no further by the next', () => {
    added(`${rowsOf(400, '<input>')}<div id="host"></div>`);
    walk.round([document]);
    expect(walk.round([document])).toBe(false);
    walk.goOn(Number.POSITIVE_INFINITY);
    vi.advanceTimersByTime(700);
    expect(walk.round([document])).toBe(true);
    walk.goOn(Number.POSITIVE_INFINITY);
    expect(found).toMatchObject({ hopefuls: ['host', 'host'], fields: [] });
    vi.advanceTimersByTime(100);
    walk.goOn(Number.POSITIVE_INFINITY);
    expect(found.fields).toHaveLength(400);
    expect(walk.nextAt()).toBeUndefined();
  });
});
