import type { Delivery, Destination } from '../../../lib/storage/rows';
import { addCapture, type Ground, makeGround, makeWorker, untilSettled } from './pretend-world';

/** The ids of a destination that is there, and those that its next token comes with. */
export const FROM = 'a2_000000000000';
export const TO = 'a2_abcdefghijkl';

/** A capture whose review changes the ids of a destination along with its token, as the person has confirmed. */
export const prepared = async (): Promise<Ground> => {
  const ground = makeGround();
  const old = await addCapture(ground, 'old', FROM);
  const seed = makeWorker(ground);
  await seed.send('old');
  await untilSettled(ground, seed, () => makeWorker(ground));
  ground.stores.captures.delete(old.id);
  ground.stores.deliveries.clear();
  ground.stores.history.clear();
  ground.upstack.writes.length = 0;
  const target = [...ground.stores.destinations.values()][0] as Destination;
  const capture = await addCapture(ground, 'c1', TO);
  ground.stores.captures.set('c1', {
    ...capture,
    workspaceId: 'w1',
    destination: target.id,
    confirmed: { key: target.key, from: { pixelId: FROM }, to: { pixelId: TO } },
  });
  return ground;
};

export const theDelivery = ({ stores }: Ground): Delivery => [...stores.deliveries.values()][0] as Delivery;
