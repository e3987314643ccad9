import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as parts from '../../components/parts';
import { hostileNames, MARK, TAG } from '../hostile-names';
import { drawPanel, drawPopup, drawSettings, drawWelcome } from './drawing';
import { type PopupFixture, panels, popups, settings, welcomes } from './fixtures';

/**
 * Names, labels and everything else that somebody elsewhere has typed, put through every screen: they stand there as
 * text, letter for letter, and nothing else on the screen is another because of them.
 */

/** `npm run soak -- names` puts 5,000 through. */
const COUNT = Number(process.env.HOSTILE_NAMES ?? 500);

/** What somebody elsewhere may have typed. Ids are held to their shape, and have tests of their own. */
const FREE: readonly string[] = ['name', 'label', 'mask', 'keyMask', 'requestId', 'account'];

type Renaming = (original: string) => string;

const renamed = <T,>(value: T, rename: Renaming, member = ''): T => {
  if (typeof value === 'string') return (FREE.includes(member) ? rename(value) : value) as T;
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, own]) => [name, renamed(own, rename, name)]),
  ) as T;
};

const originalsIn = (fixture: unknown): string[] => {
  const found = new Set<string>();
  renamed(fixture, (original) => {
    found.add(original);
    return original;
  });
  return [...found].sort((one, other) => one.localeCompare(other));
};

/** The tree of elements with the names of their attributes, without any text. */
const skeletonOf = (element: Element): string =>
  `${element.localName}[${element.getAttributeNames().sort().join(' ')}](${[...element.children].map(skeletonOf).join()})`;

/** Where the text of a screen stands: between elements, and in attributes. */
const textsOf = (root: Element): string[] => [
  root.textContent ?? '',
  ...[...root.querySelectorAll('*')].flatMap((element) =>
    element.getAttributeNames().map((name) => element.getAttribute(name) ?? ''),
  ),
];

const timesIn = (texts: readonly string[], text: string): number =>
  texts.reduce((sum, one) => sum + one.split(text).length - 1, 0);

interface Screen {
  name: string;
  fixture: object;
  draw: (fixture: never) => unknown;
}

/** A list of thousands draws each of its rows as a list of ten does. */
const MANY = 300;

const hostile = hostileNames(13);

const screens = [
  ...Object.entries(popups).map(([name, fixture]) => ({
    name,
    fixture,
    draw: (one: PopupFixture) => drawPopup(one),
  })),
  ...Object.entries(panels).map(([name, fixture]) => ({
    name,
    fixture,
    draw: (one: PopupFixture) => drawPanel(one),
  })),
  ...Object.entries(settings).map(([name, fixture]) => ({ name, fixture, draw: drawSettings })),
  ...Object.entries(welcomes).map(([name, fixture]) => ({ name, fixture, draw: drawWelcome })),
].filter(({ fixture }): boolean => originalsIn(fixture).length < MANY) as readonly Screen[];

/** Draws a screen whose names are these, each with its rank in front, so that they keep their order. */
const drawn = async (
  { fixture, draw }: Screen,
  names: readonly string[],
): Promise<{ skeleton: string; texts: string[] }> => {
  const originals = originalsIn(fixture);
  const ranked = new Map(originals.map((original, n) => [original, `${1000 + n}${names[n]}`]));
  await draw(renamed(fixture, (original) => ranked.get(original) ?? original) as never);
  const main = document.body;
  const picture = { skeleton: skeletonOf(main), texts: textsOf(main) };
  expect(main.querySelector(MARK)).toBeNull();
  expect(main.querySelector('[onhostile]')).toBeNull();
  for (const link of main.querySelectorAll('[href], [src], [action], [formaction]')) {
    const target = link.getAttribute('href') ?? link.getAttribute('src') ?? '';
    expect(target).toMatch(/^(https:\/\/|\/|#)/);
  }
  cleanup();
  return picture;
};

// What comes a moment later would make one picture of a screen another than the next.
const bringAll = async (): Promise<void> => {
  await Promise.all(Object.values(parts).map((part) => 'bring' in part && part.bring()));
  await drawPopup(popups.healthy);
  await vi.dynamicImportSettled();
  cleanup();
};

beforeEach(() => {
  vi.stubGlobal('hostile', 0);
});
afterEach(cleanup);

it(
  `${COUNT} hostile names, and each screen at least once: text, letter for letter, and nothing else`,
  async () => {
    const complaints = vi.spyOn(console, 'error');
    await bringAll();
    const plain = new Map<string, Awaited<ReturnType<typeof drawn>>>();
    let used = 0;
    let shown = 0;
    do {
      for (const screen of screens) {
        const count = originalsIn(screen.fixture).length;
        const before = plain.get(screen.name) ?? (await drawn(screen, Array(count).fill('plain')));
        plain.set(screen.name, before);
        const names = Array.from({ length: count }, (_, n) => hostile(used + n));
        used += count;
        const after = await drawn(screen, names);
        expect(after.skeleton, screen.name).toBe(before.skeleton);
        for (const [n, name] of names.entries()) {
          const times = timesIn(before.texts, `${1000 + n}plain`);
          if (times > 0) shown += 1;
          expect(timesIn(after.texts, `${1000 + n}${name}`), `${screen.name}: ${JSON.stringify(name)}`).toBe(
            times,
          );
        }
      }
    } while (used < COUNT);
    console.log(`  ${used} names on ${screens.length} screens, ${shown} of them to be seen`);
    expect((globalThis as { hostile?: number }).hostile).toBe(0);
    expect(complaints).not.toHaveBeenCalled();
    // The control: they were there to be seen.
    expect(shown).toBeGreaterThan(used / 4);
  },
  60_000 + COUNT * 50,
);

it('the same measure finds text that was taken for markup', () => {
  document.body.innerHTML = '<p>plain</p>';
  const before = skeletonOf(document.body);
  document.body.innerHTML = `<p>${TAG}</p>`;
  expect(document.querySelector(MARK)).not.toBeNull();
  expect(skeletonOf(document.body)).not.toBe(before);
  expect(timesIn(textsOf(document.body), TAG)).toBe(0);
});
