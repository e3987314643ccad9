import { i18n } from '#i18n';
import { AddWorkspaces } from './AddWorkspaces';
import { Connect } from './ConnectForm';
import css from './Options.module.css';
import { isProven, type Snapshot } from './popup-state';
import { NowContext } from './RelativeTime';
import { useRows } from './use-rows';
import { useNow } from './use-surroundings';
import { WorkspaceCard } from './WorkspaceCard';

interface OptionsViewProps {
  rows: Pick<Snapshot, 'workspaces' | 'bulkAdds'>;
  now: number;
}

/** The settings as a picture of rows: what the gallery and the tests draw. */
export const OptionsView = ({ rows: { workspaces, bulkAdds }, now }: OptionsViewProps) => {
  const attempt = workspaces.find((workspace) => !isProven(workspace));
  const proven = workspaces.filter(isProven);
  return (
    <NowContext value={now}>
      <main className={css.page}>
        <h1>{i18n.t('options.title')}</h1>
        {proven.map((workspace) => (
          <div key={workspace.id} className={css.box}>
            <WorkspaceCard workspace={workspace} />
          </div>
        ))}
        {proven.length === 0 && (
          <div className={css.box}>
            <Connect attempt={attempt} />
          </div>
        )}
        <AddWorkspaces another={proven.length > 0} attempt={attempt} bulkAdds={bulkAdds} />
      </main>
    </NowContext>
  );
};

const TICK = 5000;

export const Options = ({ first }: { first: Snapshot }) => (
  <OptionsView rows={useRows(first)} now={useNow(TICK)} />
);
