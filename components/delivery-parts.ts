/** A send that is under way or has ended: a chunk of its own. */
export { DeliveryProgress } from './DeliveryProgress';
