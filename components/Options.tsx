import { i18n } from '#i18n';
import { Connect } from './ConnectForm';
import css from './Options.module.css';
import { isProven, type Snapshot } from './popup-state';
import { NowContext } from './RelativeTime';
import { useRows } from './use-rows';
import { useNow } from './use-surroundings';
import { WorkspaceCard } from './WorkspaceCard';

interface OptionsViewProps {
  rows: Pick<Snapshot, 'workspaces'>;
  now: number;
}

/** The settings as a picture of rows: what the gallery and the tests draw. */
export const OptionsView = ({ rows: { workspaces }, now }: OptionsViewProps) => {
  const proven = workspaces.filter(isProven);
  return (
    <NowContext value={now}>
      <main className={css.page}>
        <h1>{i18n.t('options.title')}</h1>
        {proven.length > 0 ? (
          proven.map((workspace) => (
            <div key={workspace.id} className={css.box}>
              <WorkspaceCard workspace={workspace} />
            </div>
          ))
        ) : (
          <div className={css.box}>
            <Connect attempt={workspaces[0]} />
          </div>
        )}
      </main>
    </NowContext>
  );
};

const TICK = 5000;

export const Options = ({ first }: { first: Snapshot }) => (
  <OptionsView rows={useRows(first)} now={useNow(TICK)} />
);
