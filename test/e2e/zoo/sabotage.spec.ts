import { expect, test } from '@playwright/test';
import { runSabotages } from '../../sabotage/run';
import { sabotages } from '../../sabotage/sabotages';

/** The zoo proves something only if it turns red when a defence is taken away. All of them: `npm run sabotage`. */
test('each defence that is taken away is noticed', async () => {
  test.setTimeout(300_000);
  const verdicts = await runSabotages(sabotages.filter(({ long }) => !long));
  const unnoticed = verdicts
    .filter(({ noticed }) => !noticed)
    .map(
      ({ sabotage, off, sound }) => `${sabotage.name}: red ${off.red} of ${off.of}, and ${sound.red} when on`,
    );
  expect(unnoticed).toEqual([]);
});
