import type { Destination } from '../lib/storage/rows';
import css from './HealthChart.module.css';
import { later } from './later';
import { useAllRows } from './rows-context';
import { useHistory } from './use-history';

const HealthBar = later(async () => (await import('./HealthBar')).HealthBar);

/** The last 30 days, drawn once all else stands. Not where the whole history is shown. */
export const HealthChart = ({ destination }: { destination: Destination }) => {
  const elsewhere = useHistory() !== undefined;
  const workspace = useAllRows().workspaces.find(({ id }) => id === destination.workspaceId);
  if (elsewhere) return null;
  return (
    <div className={css.chart}>
      <HealthBar destination={destination} workspace={workspace} />
    </div>
  );
};
