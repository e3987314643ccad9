import { describe, expect, it } from 'vitest';
import { costOf } from './profile';

/** root → page → extension → native, beside the engine's own. */
const nodes = [
  { id: 1, callFrame: { url: '', functionName: '(root)' }, children: [2, 5, 6] },
  { id: 2, callFrame: { url: 'https://console.example/app.js', functionName: 'render' }, children: [3] },
  { id: 3, callFrame: { url: 'chrome-extension://abc/capture.js', functionName: 'look' }, children: [4] },
  { id: 4, callFrame: { url: '', functionName: 'textContent' } },
  { id: 5, callFrame: { url: '', functionName: '(program)' } },
  { id: 6, callFrame: { url: '', functionName: '(garbage collector)' } },
];
const [PAGE, OURS, NATIVE, PROGRAM] = [2, 3, 4, 5];

/** For so many µs each, a sample every 100. */
const profileOf = (...parts: [node: number, time: number][]) => {
  const samples = parts.flatMap(([node, time]) => Array<number>(time / 100).fill(node));
  return { nodes, startTime: 0, samples, timeDeltas: [0, ...samples.map(() => 100)] };
};

describe('costOf', () => {
  it('counts what extension code calls as its own, and what calls it not', () => {
    expect(costOf(profileOf([PAGE, 5_000], [OURS, 1_000], [NATIVE, 2_000], [PAGE, 5_000])).total).toBe(3);
  });

  it('finds the longest stretch, which the page ends and a short pause of the engine does not', () => {
    const profile = profileOf([OURS, 1_000], [PAGE, 100], [OURS, 2_000], [PROGRAM, 100], [NATIVE, 2_000]);
    expect(costOf(profile)).toEqual({ total: 5, longest: 4 });
  });

  it('ends a stretch at a long pause of the engine', () => {
    expect(costOf(profileOf([OURS, 2_000], [PROGRAM, 900], [OURS, 1_000])).longest).toBe(2);
  });

  it('does not count what another program had the core for', () => {
    const profile = { ...profileOf([OURS, 200], [PAGE, 100]), timeDeltas: [0, 5_000, 100, 100] };
    expect(costOf(profile)).toEqual({ total: 0.6, longest: 0.6 });
  });

  it('is nothing where no extension ran', () => {
    expect(costOf(profileOf([PAGE, 5_000], [PROGRAM, 900]))).toEqual({ total: 0, longest: 0 });
  });
});
