import { rows } from '../storage/database';
import * as dismissal from '../storage/dismissal';
import { readPolicy } from '../storage/policy';
import { createDrain } from './drain';
import { step } from './machine';
import { createSend, type Sent } from './send';
import { browserWorld } from './world';

type Done = { ok: true; id: string } | { ok: false; code: 'gone' | 'busy' };

/** Takes every delivery as far as it goes now. Idempotent; run at each wake. */
export const drain = createDrain(browserWorld);

const record = createSend(browserWorld);

/** Makes a delivery of a capture and sets it going. Answers when it is written, not when it is sent. */
export const send = async (captureId: string): Promise<Sent | { ok: false; code: 'forbidden' }> => {
  if (!(await readPolicy()).sending) return { ok: false, code: 'forbidden' };
  const sent = await record(captureId);
  if (sent.ok) void drain();
  return sent;
};

/** Does not wait any longer, unless the server asked for it. */
export const retryNow = async (id: string): Promise<Done> => {
  const row = await rows.change('deliveries', id, (current) =>
    current.state === 'waiting' || current.state === 'person'
      ? step(current, { type: 'resumed' }, Date.now())
      : undefined,
  );
  if (row) void drain();
  return row ? { ok: true, id } : { ok: false, code: 'gone' };
};

/** On a route that needs the person: they say that it is saved. Their word counts; what is seen later may add to it. */
export const saved = async (id: string): Promise<Done> => {
  const { routes, now, storeDestination } = browserWorld;
  const row = await rows.get('deliveries', id);
  const destination = row?.state === 'person' ? await routes[row.route].byWord?.(row) : undefined;
  if (!row || !destination) return { ok: false, code: 'gone' };
  await rows.change('deliveries', id, (current) =>
    current.state === 'person' ? step(current, { type: 'saved', destination }, now()) : undefined,
  );
  await storeDestination(row.workspaceId, destination, now());
  await drain();
  return { ok: true, id };
};

/** They will not do it: the capture is in review again, as long as its secret lives. */
export const withdraw = async (id: string): Promise<Done> => {
  const row = await rows.change('deliveries', id, (current) =>
    step(current, { type: 'withdrawn' }, Date.now()),
  );
  if (row?.outcome !== 'withdrawn') return { ok: false, code: 'gone' };
  await drain();
  return { ok: true, id };
};

/** The token is replaced and the ids were refused: they stay as they are. */
export const keepIds = async (id: string): Promise<Done> => {
  const row = await rows.change('deliveries', id, (current) =>
    step(current, { type: 'idsKept' }, Date.now()),
  );
  if (!row?.idsKept) return { ok: false, code: 'gone' };
  await drain();
  return { ok: true, id };
};

/** By hand: one value into the field that they have chosen. What stood against it is in the row. */
export const place = async (id: string, kind: string): Promise<Done | { ok: false; code: 'notReady' }> => {
  const row = await rows.get('deliveries', id);
  const secret = row?.state === 'person' ? await browserWorld.readSecret(row.fingerprint) : undefined;
  if (!row || !secret) return { ok: false, code: 'gone' };
  const faults = await browserWorld.routes[row.route].place?.(row, kind, secret);
  return faults?.length === 0 ? { ok: true, id } : { ok: false, code: 'notReady' };
};

/** The person has seen how it ended. */
export const dismiss = async (id: string): Promise<Done> => {
  const row = await dismissal.dismiss('deliveries', id, ({ state }) => state === 'settled');
  if (!row) return { ok: false, code: 'gone' };
  return row.dismissed ? { ok: true, id } : { ok: false, code: 'busy' };
};

export const undoDismiss = async (id: string): Promise<Done> =>
  (await dismissal.undoDismiss('deliveries', id)) ? { ok: true, id } : { ok: false, code: 'gone' };
