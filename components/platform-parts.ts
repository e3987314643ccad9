/**
 * What needs to know the platforms with all their rules: a chunk of its own, fetched when a card wants it, so that
 * a glance at the health of destinations does not wait for it.
 */
export { CaptureReview } from './CaptureReview';
export { DestinationCare } from './DestinationCare';
export { Diagnosis } from './Diagnosis';
export { Guide } from './Guide';
export { Halfway } from './Halfway';
export { PersonsTurn } from './PersonsTurn';
export { Reminder } from './Reminder';
export { Start } from './Start';
export { Tombstone } from './Tombstone';
export { Undo } from './Undo';
