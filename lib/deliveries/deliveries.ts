import { rows } from '../storage/database';
import { createDrain } from './drain';
import { step } from './machine';
import { createSend, type Sent } from './send';
import { browserWorld } from './world';

type Done = { ok: true; id: string } | { ok: false; code: 'gone' | 'busy' };

/** Takes every delivery as far as it goes now. Idempotent; run at each wake. */
export const drain = createDrain(browserWorld);

const record = createSend(browserWorld);

/** Makes a delivery of a capture and sets it going. Answers when it is written, not when it is sent. */
export const send = async (captureId: string): Promise<Sent> => {
  const sent = await record(captureId);
  if (sent.ok) void drain();
  return sent;
};

/** Does not wait any longer, unless the server asked for it. */
export const retryNow = async (id: string): Promise<Done> => {
  const row = await rows.change('deliveries', id, (current) =>
    current.state === 'waiting' ? step(current, { type: 'resumed' }, Date.now()) : undefined,
  );
  if (row) void drain();
  return row ? { ok: true, id } : { ok: false, code: 'gone' };
};

/** The person has seen how it ended. */
export const dismiss = async (id: string): Promise<Done> => {
  const row = await rows.change('deliveries', id, (current) =>
    current.state === 'settled' ? { ...current, dismissed: true } : undefined,
  );
  if (!row) return { ok: false, code: 'gone' };
  return row.dismissed ? { ok: true, id } : { ok: false, code: 'busy' };
};
