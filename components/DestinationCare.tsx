import { i18n } from '#i18n';
import type { Destination } from '../lib/storage/rows';
import { DAY } from '../lib/terms/time';
import { HealthChart } from './HealthChart';
import { roughly } from './picture-texts';
import { useTime } from './RelativeTime';
import { OldTokenNote } from './Reminder';
import { RotateMenu } from './RotateMenu';

const Recovered = ({ destination: { health } }: { destination: Destination }) => {
  const now = useTime();
  // So long it is news that it works again.
  if (!health.recovered || now - health.recovered.at > DAY) return null;
  return <p>{i18n.t('check.recovered', { span: roughly(health.recovered.after) })}</p>;
};

/** How a healthy destination has been, and what it may want: word of its old token, or a new one after all. */
export const DestinationCare = ({ destination }: { destination: Destination }) => (
  <>
    <Recovered destination={destination} />
    <HealthChart destination={destination} />
    <OldTokenNote destination={destination} />
    <RotateMenu destination={destination} />
  </>
);
