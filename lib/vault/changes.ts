import type { Capture, CapturedToken } from '../storage/rows';
import { without } from '../storage/without';
import { valuesDiffer } from './ids';

/** How the row of a capture changes. Pure. */

export const tokenOf = (capture: Capture, fingerprint: string): CapturedToken | undefined =>
  capture.tokens.find((token) => token.fingerprint === fingerprint);

export const holds = (capture: Capture, fingerprint: string): boolean =>
  tokenOf(capture, fingerprint) !== undefined;

/** New values are new ground: what the person vouched for was said of the old ones. */
export const withIds = (row: Capture, ids: Capture['ids']): Capture => ({
  ...row,
  ids,
  ticks: valuesDiffer(row.ids, ids) ? { ...row.ticks, checked: false } : row.ticks,
});

export const withTokens = (row: Capture, tokens: CapturedToken[], chosen: string | undefined): Capture => {
  const { checked, generated, others } = row.ticks;
  const same = chosen === row.chosen;
  return {
    ...without(row, 'chosen'),
    tokens,
    ...(chosen === undefined ? {} : { chosen }),
    ticks: { checked: checked && same, generated: generated && same, others },
  };
};

/** Each destination once, however often it is told. */
export const withSent = (row: Capture, sent: NonNullable<Capture['sent']>[number]): Capture => ({
  ...row,
  sent: [...(row.sent ?? []).filter(({ key }) => key !== sent.key), sent],
});

/** In review, whatever it was before. */
export const opened = (row: Capture): Capture => ({ ...without(row, 'discardAt', 'endedAt'), state: 'open' });

export const ended = (row: Capture, state: Capture['state'], now: number): Capture => ({
  ...without(row, 'discardAt'),
  state,
  endedAt: now,
});
