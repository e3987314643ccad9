import { expect, test } from '../fixtures';
import { runStorm } from './storm';

const ROUNDS = Number(process.env.STORM_ROUNDS ?? 12);
const SEED = Number(process.env.STORM_SEED ?? 1);

test(`a worker that dies at every step of ${ROUNDS} captures and sends loses and doubles nothing`, async ({
  launched,
  sandbox,
  page,
  tool,
  connect,
  kill,
}) => {
  test.setTimeout(180_000 + ROUNDS * 15_000);
  await connect();
  const storm = await runStorm({ launched, sandbox, page, tool, kill }, { rounds: ROUNDS, seed: SEED });
  const { kills, troubles, repeats } = storm;
  console.log(
    `Seed ${SEED}: ${kills} kills, ${troubles} troubled answers, ${repeats} calls sent twice by the browser itself.`,
  );
  expect(storm.faults).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(ROUNDS * 3);
});
