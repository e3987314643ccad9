import type { Destination } from '../lib/storage/rows';
import { HealthChart } from './HealthChart';
import { OldTokenNote } from './Reminder';
import { RotateMenu } from './RotateMenu';

/** How a healthy destination has been, and what it may want: word of its old token, or a new one after all. */
export const DestinationCare = ({ destination }: { destination: Destination }) => (
  <>
    <HealthChart destination={destination} />
    <OldTokenNote destination={destination} />
    <RotateMenu destination={destination} />
  </>
);
