/**
 * What only some cards are drawn with: a chunk of its own, fetched when a card wants it, so that a glance at the
 * health of several destinations does not wait for it. One file and not one for each card, since every file that an
 * opening waits for costs it more than the code that is in it.
 */
export { CaptureReview } from './CaptureReview';
export { Connect } from './ConnectForm';
export { DeliveryProgress } from './DeliveryProgress';
export { DestinationCare } from './DestinationCare';
export { Diagnosis } from './Diagnosis';
export { Guide } from './Guide';
export { Halfway } from './Halfway';
export { KeyTrouble } from './KeyTrouble';
export { KeyTroubles } from './KeyTroubles';
export { PersonsTurn } from './PersonsTurn';
export { Reminder } from './Reminder';
export { SampleBar } from './Sample';
export { SiteAccess } from './SiteAccess';
export { Start } from './Start';
export { Tombstone } from './Tombstone';
export { Undo } from './Undo';
