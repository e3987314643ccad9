import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { closeDatabase, rows } from '../../../lib/storage/database';
import type { Workspace } from '../../../lib/storage/rows';
import { type Colour, colours } from '../../../lib/terms/colours';
import { colourOld, freeColour, recolour } from '../../../lib/workspaces/colours';

afterEach(() => closeDatabase({ remove: true }));

const workspace = (n: number, changes: Partial<Workspace> = {}): Workspace => ({
  v: 1,
  id: `w${n}`,
  name: `Client ${n}`,
  pixelId: '',
  route: 'dashboard',
  remember: true,
  keyMask: '',
  createdAt: n,
  testedAt: n,
  state: 'connected',
  active: false,
  poll: { nextAt: 0, misses: 0 },
  ...changes,
});

describe('a new workspace', () => {
  it('gets a colour that no other has, and one of those that fewest have once all are taken', () => {
    const others: Workspace[] = [];
    const next = (): Colour => {
      const colour = freeColour(others);
      others.push(workspace(others.length, { colour }));
      return colour;
    };
    expect(colours.map(next)).toEqual(colours);
    expect(colours.map(next)).toEqual(colours);
    others.splice(3, 1);
    expect(next()).toBe(colours[3]);
  });
});

describe('a workspace of an older version', () => {
  it('is read as it is, and gets its colour at the next wake, the oldest first', async () => {
    const attempt = workspace(4, { state: 'failed' });
    delete attempt.testedAt;
    for (const row of [workspace(3), workspace(1), workspace(2, { colour: 'blue' }), attempt])
      await rows.put('workspaces', row);
    expect((await rows.all('workspaces')).map(({ colour }) => colour)).toEqual([
      undefined,
      'blue',
      undefined,
      undefined,
    ]);
    await colourOld();
    await colourOld();
    expect((await rows.all('workspaces')).map(({ id, colour }) => [id, colour])).toEqual([
      ['w1', 'orange'],
      ['w2', 'blue'],
      ['w3', 'violet'],
      ['w4', undefined],
    ]);
  });
});

it('a colour is changed, and only where there is a workspace', async () => {
  await rows.put('workspaces', workspace(1, { colour: 'blue' }));
  expect(await recolour('w1', 'pink')).toEqual({ ok: true, id: 'w1' });
  expect(await rows.get('workspaces', 'w1')).toMatchObject({ colour: 'pink', name: 'Client 1' });
  expect(await recolour('w9', 'pink')).toEqual({ ok: false, code: 'gone' });
});

/** Of a colour as CSS has it, by https://bottosson.github.io/posts/oklab/; what sRGB cannot show is cut off. */
const luminanceOf = (lightness: number, chroma: number, hue: number): number => {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const [red, green, blue] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((one) => Math.min(1, Math.max(0, one))) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const grounds = { light: '#ffffff', dark: '#14171f', lightCalm: '#f1f3f8', darkCalm: '#1e2330' };

const luminanceOfHex = (hex: string): number => {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

describe('each colour of a dot', () => {
  const css = readFileSync('components/Dot.module.css', 'utf8');
  const [light, dark] = [...css.matchAll(/oklch\((0\.\d+) var/g)].map(([, one]) => Number(one)) as [
    number,
    number,
  ];
  const usual = Number(/\.dot \{[^}]*--chroma: ([\d.]+)/.exec(css)?.[1]);

  it.each(colours)('stands out from every ground: %s', (colour) => {
    const [, own = ''] = new RegExp(`data-colour="${colour}"\\] \\{([^}]*)`).exec(css) ?? [];
    const hue = Number(/--hue: (\d+)/.exec(own)?.[1]);
    const chroma = Number(/--chroma: ([\d.]+)/.exec(own)?.[1] ?? usual);
    const page = readFileSync('components/page.css', 'utf8');
    for (const [name, ground] of Object.entries(grounds)) {
      expect(page).toContain(ground);
      const lightness = name.startsWith('light') ? light : dark;
      expect(contrast(luminanceOf(lightness, chroma, hue), luminanceOfHex(ground)), name).toBeGreaterThan(3);
    }
  });

  it('is measured by a rule that would notice: white on white has none, black has all', () => {
    expect(contrast(luminanceOf(1, 0, 0), luminanceOfHex('#ffffff'))).toBeCloseTo(1, 2);
    expect(contrast(luminanceOf(0, 0, 0), luminanceOfHex('#ffffff'))).toBeCloseTo(21, 1);
    expect(luminanceOf(0.628, 0.2577, 29.23)).toBeCloseTo(luminanceOfHex('#ff0000'), 2);
  });
});
