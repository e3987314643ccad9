import { describe, expect, it } from 'vitest';
import { arrivals, builtForms, builtHolders, hidings, lairs, languages, libraries, strangers } from './case';
import { caseOf } from './make-case';

const NOW = 1_763_800_000_000;
const cases = Array.from({ length: 1_600 }, (_, seed) => caseOf(seed, NOW));
const positives = cases.filter(({ polarity }) => polarity === 'positive');
const negatives = cases.filter(({ polarity }) => polarity === 'negative');

describe('caseOf', () => {
  it('gives the same case for the same seed', () => {
    for (const seed of [0, 1, 777]) expect(caseOf(seed, NOW)).toEqual(caseOf(seed, NOW));
  });

  it('makes 400 of each polarity on each platform in a long run, with every library equally often', () => {
    for (const platform of ['reddit', 'pinterest']) {
      for (const half of [positives, negatives]) {
        const here = half.filter((one) => one.platform === platform);
        expect(here).toHaveLength(400);
        for (const library of libraries)
          expect(here.filter((one) => one.library === library)).toHaveLength(40);
      }
    }
  });

  it('leaves no place, arrival, hiding or wording out of a long run', () => {
    const shown = positives.flatMap(({ subjects }) => subjects);
    const seen = (values: readonly unknown[]): unknown[] => [...new Set(values)];
    expect(seen(shown.map(({ form }) => form))).toEqual(expect.arrayContaining([...builtForms]));
    expect(seen(shown.map(({ holder }) => holder))).toEqual(expect.arrayContaining([...builtHolders]));
    expect(seen(shown.map(({ arrival }) => arrival))).toEqual(expect.arrayContaining([...arrivals]));
    expect(seen(cases.map(({ words }) => words.language))).toEqual(expect.arrayContaining([...languages]));
    const themes = seen(negatives.map(({ theme }) => theme));
    for (const hiding of hidings) expect(themes).toContain(`hidden: ${hiding}`);
    for (const lair of lairs) expect(themes).toContain(`lair: ${lair}`);
    for (const stranger of strangers) expect(themes).toContain(`stranger: ${stranger}`);
  });

  it('never shows the same token in two cases', () => {
    const all = cases.flatMap(({ expect: { tokens }, control }) => [
      ...tokens,
      ...(control ? [control] : []),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('gives every negative a control, and expects nothing else of it', () => {
    for (const { control, expect: expected } of negatives) {
      expect(control).toBeDefined();
      expect(expected.tokens).toEqual([]);
    }
  });

  it('demands no id that its page does not show', () => {
    for (const { seed, url, blocks, lateBlocks, expect: expected } of positives) {
      const page = url + JSON.stringify([blocks, lateBlocks]);
      for (const { must } of Object.values(expected.ids)) {
        for (const id of Object.keys(must)) expect(page, `seed ${seed}`).toContain(id.replace(/^a2_/, ''));
      }
    }
  });
});
