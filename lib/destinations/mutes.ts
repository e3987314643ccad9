import { rows } from '../storage/database';
import type { Destination } from '../storage/rows';
import { HOUR } from '../terms/time';
import { logChange } from './log';

/** Alerts about a destination that the person does not want to hear for a while. */

export type MuteFor = 'hour' | 'tomorrow' | 'healthy';

/** When a person's day begins. */
const MORNING = 8;

/** Until when; undefined is until it is healthy. */
export const mutedUntil = (span: MuteFor, now: number): number | undefined => {
  if (span === 'healthy') return undefined;
  if (span === 'hour') return now + HOUR;
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING).getTime();
};

export const isMuted = ({ mute }: Pick<Destination, 'mute'>, now: number): boolean =>
  mute !== undefined && (mute.until === undefined || mute.until > now);

/** Mutes destinations, or takes it back. One that is gone is passed over. */
export const muteDestinations = async (
  keys: readonly string[],
  span: MuteFor | 'off',
): Promise<{ ok: true } | { ok: false; code: 'gone' }> => {
  const now = Date.now();
  const until = span === 'off' ? undefined : mutedUntil(span, now);
  let taken = 0;
  for (const key of keys) {
    const after = await rows.change('destinations', key, ({ mute: _before, ...row }) =>
      span === 'off' ? row : { ...row, mute: { since: now, ...(until === undefined ? {} : { until }) } },
    );
    if (!after) continue;
    taken += 1;
    if (span === 'off') await logChange(after, 'unmuted', now);
    else await logChange(after, 'muted', now, until === undefined ? undefined : { until });
  }
  return taken > 0 ? { ok: true } : { ok: false, code: 'gone' };
};
