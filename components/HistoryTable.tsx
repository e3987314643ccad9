import { useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { HistoryEntry } from '../lib/storage/rows';
import { Button } from './Button';
import { Actions } from './Card';
import css from './HistoryTable.module.css';
import { detailOf, type Names, whatOf, whereOf } from './history-texts';
import { RelativeTime } from './RelativeTime';

/** So many lines at first; the rest on demand. */
const AT_ONCE = 50;

interface HistoryTableProps {
  /** Oldest first; shown newest first. */
  entries: readonly HistoryEntry[];
  names: Names;
  /** All are of one destination, so it need not be named. */
  single?: boolean;
}

/** The same facts as the pictures, in words. */
export const HistoryTable = ({ entries, names, single = false }: HistoryTableProps) => {
  const [shown, setShown] = useState(AT_ONCE);
  const body = useRef<HTMLTableSectionElement>(null);
  // Whoever asked for more goes on reading where it begins.
  useEffect(() => {
    const line = shown > AT_ONCE ? body.current?.children[shown - AT_ONCE] : undefined;
    (line as HTMLElement | undefined)?.focus();
  }, [shown]);
  return (
    <>
      <table className={css.table}>
        <thead className="spoken">
          <tr>
            <th scope="col">{i18n.t('history.when')}</th>
            <th scope="col">{i18n.t('history.action')}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {entries
            .slice(-shown)
            .reverse()
            .map((entry) => {
              const { workspace, destination } = whereOf(entry, names);
              const detail = detailOf(entry, names);
              return (
                <tr key={entry.id} tabIndex={-1}>
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
      {entries.length > shown && (
        <Actions>
          <Button onClick={() => setShown(shown + AT_ONCE)}>
            {i18n.t('panel.more', { n: entries.length - shown })}
          </Button>
        </Actions>
      )}
    </>
  );
};
