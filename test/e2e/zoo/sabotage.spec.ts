import { expect, test } from '@playwright/test';
import { builtExtension } from '../../browser/launch';
import { runSabotages } from '../../sabotage/run';
import { sabotages } from '../../sabotage/sabotages';

/** The zoo proves something only if it turns red when a defence is taken away. All of them: `npm run sabotage`. */
const CAPTURE = ['scope-check', 'visibility-check', 'origin-check', 'ambiguity-rule'];

/** The one that all tests here run with. */
const built = { edits: [], folder: async () => builtExtension };

for (const sabotage of sabotages.filter(({ name }) => CAPTURE.includes(name))) {
  test(`without ${sabotage.name} a test turns red`, async () => {
    test.setTimeout(300_000);
    const [verdict] = await runSabotages([sabotage], { nothing: built });
    expect(verdict?.sound.red).toBe(0);
    expect(verdict?.off.red).toBeGreaterThan(0);
  });
}

test('each defence of the capture has its sabotage', () => {
  expect(sabotages.map(({ name }) => name)).toEqual(expect.arrayContaining(CAPTURE));
});
