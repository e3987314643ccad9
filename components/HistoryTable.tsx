import { i18n } from '#i18n';
import type { HistoryEntry } from '../lib/storage/rows';
import { Actions } from './Card';
import { Dot } from './Dot';
import css from './HistoryTable.module.css';
import { detailOf, type Names, whatOf, whereOf } from './history-texts';
import { RelativeTime } from './RelativeTime';
import { useFocusNext } from './use-focus-next';
import { useMore } from './use-more';

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
  const { inside, focusNext } = useFocusNext(
    (body: HTMLTableSectionElement, line: number) => body.children[line],
  );
  const { most, button } = useMore(entries.length, AT_ONCE, focusNext);
  return (
    <>
      <table className={css.table}>
        <thead className="spoken">
          <tr>
            <th scope="col">{i18n.t('history.when')}</th>
            <th scope="col">{i18n.t('history.action')}</th>
          </tr>
        </thead>
        <tbody ref={inside}>
          {entries
            .slice(-most)
            .reverse()
            .map((entry) => {
              const { workspace, destination } = whereOf(entry, names);
              const detail = detailOf(entry, names);
              const isOneOfMany = names.workspaces.length > 1;
              return (
                <tr key={entry.id} tabIndex={-1}>
                  <td className={css.when}>
                    <RelativeTime at={entry.at} />
                  </td>
                  <td>
                    <strong>{whatOf(entry)}</strong>
                    {!single && (destination || workspace) && (
                      <p>
                        {destination}
                        {destination && workspace && isOneOfMany && ' · '}
                        {isOneOfMany && <Dot colour={workspace?.colour} />}
                        {/* Where there is one, only what is about it as a whole names it. */}
                        {(isOneOfMany || !destination) && workspace?.name}
                      </p>
                    )}
                    {detail && <p>{detail}</p>}
                  </td>
                </tr>
              );
            })}
        </tbody>
      </table>
      {button && <Actions>{button}</Actions>}
    </>
  );
};
