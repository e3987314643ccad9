import { i18n } from '#i18n';
import type { Destination, Workspace } from '../lib/storage/rows';
import { ReadableBar } from './HealthPictures';
import { daysOf } from './health-slots';
import { shareSentence } from './picture-texts';
import { useTime } from './RelativeTime';
import { useStoredHistory } from './use-history';

interface HealthBarProps {
  destination: Destination;
  workspace: Workspace | undefined;
}

/** The last 30 days of one destination, with the number from the same log. Holds its place until that is read. */
export const HealthBar = ({ destination, workspace }: HealthBarProps) => {
  const entries = useStoredHistory();
  const now = useTime();
  if (!entries) return null;
  const slots = daysOf({ entries, destination, workspace, now });
  return (
    <>
      <ReadableBar
        slots={slots}
        unit="day"
        type={destination.type}
        heading={i18n.t('picture.days', { n: 30 })}
      />
      <p>{shareSentence(slots)}</p>
    </>
  );
};
