/**
 * What needs to know the platforms with all their rules: a chunk of its own, fetched when a card wants it, so that
 * a glance at the health of destinations does not wait for it.
 */
export { CaptureReview } from './CaptureReview';
export { Cause } from './Cause';
export { Guide } from './Guide';
export { PersonsTurn } from './PersonsTurn';
export { Start } from './Start';
export { Tombstone } from './Tombstone';
