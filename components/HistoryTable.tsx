import { i18n } from '#i18n';
import type { HistoryEntry } from '../lib/storage/rows';
import css from './HistoryTable.module.css';
import { detailOf, type Names, whatOf, whereOf } from './history-texts';
import { RelativeTime } from './RelativeTime';

interface HistoryTableProps {
  /** Oldest first; shown newest first. */
  entries: readonly HistoryEntry[];
  names: Names;
  /** All are of one destination, so it need not be named. */
  single?: boolean;
}

/** The same facts as the pictures, in words. */
export const HistoryTable = ({ entries, names, single = false }: HistoryTableProps) => (
  <table className={css.table}>
    <thead className="spoken">
      <tr>
        <th scope="col">{i18n.t('history.when')}</th>
        <th scope="col">{i18n.t('history.action')}</th>
      </tr>
    </thead>
    <tbody>
      {entries.toReversed().map((entry) => {
        const { workspace, destination } = whereOf(entry, names);
        const detail = detailOf(entry, names);
        return (
          <tr key={entry.id}>
            <td className={css.when}>
              <RelativeTime at={entry.at} />
            </td>
            <td>
              <strong>{whatOf(entry)}</strong>
              {!single && (destination || workspace) && (
                <p>{[destination, workspace].filter(Boolean).join(' · ')}</p>
              )}
              {detail && <p>{detail}</p>}
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);
