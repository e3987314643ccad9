import type { Destination } from '../lib/storage/rows';
import { OldTokenNote } from './Reminder';
import { RotateMenu } from './RotateMenu';

/** What a healthy destination may want: word of its old token, or a new one after all. */
export const DestinationCare = ({ destination }: { destination: Destination }) => (
  <>
    <OldTokenNote destination={destination} />
    <RotateMenu destination={destination} />
  </>
);
