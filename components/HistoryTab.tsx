import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { destinationKey } from '../lib/destinations/destination';
import { together } from '../lib/destinations/history';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { nameOf } from './DestinationCard';
import css from './DestinationsTab.module.css';
import { Grid } from './HealthPictures';
import { HistoryTable } from './HistoryTable';
import { daysOf } from './health-slots';
import { csvOf, saveCsv } from './history-texts';
import { say } from './live-regions';
import { isProven, type Snapshot, type Surroundings } from './popup-state';
import { countOf } from './texts';
import { useHistory } from './use-history';

/** Everything that changed, in all workspaces or for one destination. */
export const HistoryTab = ({ rows, around: { now } }: { rows: Snapshot; around: Surroundings }) => {
  const id = useId();
  const entries = useHistory();
  const [key, setKey] = useState('');
  if (!entries) return null;
  const { destinations } = rows;
  const workspaces = rows.workspaces.filter(isProven);
  const found = entries.filter(
    ({ workspaceId, destinationId = '' }) => key === '' || destinationKey(workspaceId, destinationId) === key,
  );
  if (entries.length === 0) {
    return (
      <Card heading={i18n.t('history.heading')}>
        <p>{i18n.t('history.empty')}</p>
      </Card>
    );
  }
  const grid = workspaces.flatMap((workspace) => {
    const own = destinations.filter((row) => row.workspaceId === workspace.id && row.goneAt === undefined);
    const slots = together(own.map((destination) => daysOf({ entries, destination, workspace, now })));
    return own.length === 0 ? [] : [{ ...workspace, slots }];
  });
  const exportFound = () => {
    saveCsv(csvOf(found, rows));
    say('status', i18n.t('history.exported', { n: countOf(found.length) }), { shown: true });
  };
  return (
    <>
      {grid.length > 0 && (
        <Card heading={i18n.t('picture.days', { n: 30 })}>
          <Grid rows={grid} />
          <p className={css.note}>{i18n.t('picture.legend')}</p>
        </Card>
      )}
      <Card heading={i18n.t('history.heading')}>
        <div className={css.filter}>
          <label htmlFor={id}>{i18n.t('history.of')}</label>
          <select id={id} value={key} onChange={({ target }) => setKey(target.value)}>
            <option value="">{i18n.t('history.all')}</option>
            {workspaces.map(({ id: workspaceId, name }) => (
              <optgroup key={workspaceId} label={name}>
                {destinations
                  .filter((destination) => destination.workspaceId === workspaceId)
                  .map((destination) => (
                    <option key={destination.key} value={destination.key}>
                      {nameOf({ destination })}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </div>
        <HistoryTable key={key} entries={found} names={rows} />
        {found.length === 0 && <p>{i18n.t('history.none')}</p>}
        <Actions>
          <Button onClick={exportFound}>{i18n.t('history.export')}</Button>
        </Actions>
      </Card>
    </>
  );
};
