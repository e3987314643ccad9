import { useState } from 'react';
import { i18n } from '#i18n';
import type { BulkAdd as Bulk, Workspace } from '../lib/storage/rows';
import css from './AddWorkspaces.module.css';
import { BulkAdd } from './BulkAdd';
import { Connect } from './ConnectForm';

interface WayProps {
  summary: string;
  /** It has something to say. */
  speaks: boolean;
  children: React.ReactNode;
}

/** What is folded away is not there at all: two fields of one name would be in each other's way. */
const Way = ({ summary, speaks, children }: WayProps) => {
  const [open, setOpen] = useState(false);
  const isOpen = open || speaks;
  return (
    <details className={css.way} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children}
    </details>
  );
};

interface AddWorkspacesProps {
  /** There is one already, so the form for it is not shown elsewhere. */
  another: boolean;
  /** A connection that is under way or has failed. */
  attempt: Workspace | undefined;
  bulkAdds: readonly Bulk[];
}

/** Workspaces beside the first: one by its key, or many at once. */
export const AddWorkspaces = ({ another, attempt, bulkAdds }: AddWorkspacesProps) => (
  <>
    {another && (
      <Way summary={i18n.t('options.addOne')} speaks={attempt !== undefined && bulkAdds.length === 0}>
        <Connect attempt={attempt} />
      </Way>
    )}
    <Way summary={i18n.t('options.addMany')} speaks={bulkAdds.length > 0}>
      <BulkAdd bulkAdds={bulkAdds} />
    </Way>
  </>
);
