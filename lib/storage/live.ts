import type { Capture } from './rows';

/** Whether it may still become a send: it is on its way to a review, in one, or a discard that can be taken back. */
export const isLive = ({ state }: Pick<Capture, 'state'>): boolean =>
  state === 'arriving' || state === 'open' || state === 'discarding';
