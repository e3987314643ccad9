import { i18n } from '#i18n';
import type { LeavingWorkspace, Settings } from '../lib/storage/rows';
import { SECOND } from '../lib/terms/time';
import { AddWorkspaces } from './AddWorkspaces';
import { Connect } from './ConnectForm';
import css from './Options.module.css';
import { isProven, isSample, type Snapshot } from './popup-state';
import { NowContext, useTime } from './RelativeTime';
import { SampleBar } from './Sample';
import { Section, SettingsSections, sections } from './SettingsSections';
import { SettingsContext, useStoredSettings } from './settings-context';
import { UndoLine } from './Undo';
import { useCommand } from './use-command';
import { useLeaving } from './use-leaving';
import { useRows } from './use-rows';
import { useNow } from './use-surroundings';
import { WorkspaceCard } from './WorkspaceCard';

interface WorkspacesProps {
  rows: Snapshot;
  leaving: readonly LeavingWorkspace[];
}

const Workspaces = ({ rows, leaving }: WorkspacesProps) => {
  const { workspaces, destinations, accountChoices, bulkAdds } = rows;
  const command = useCommand();
  const now = useTime();
  const attempt = workspaces.find((workspace) => !isProven(workspace));
  const proven = workspaces.filter(isProven);
  return (
    <Section id="workspaces">
      {leaving
        .filter(({ until, final }) => !final && until > now)
        .map(({ id, until, workspace: { name } }) => (
          <div key={id} className={css.box}>
            <UndoLine
              text={i18n.t('options.disconnected', { name })}
              until={until}
              onUndo={() => void command({ type: 'workspace.undoDisconnect', workspaceId: id })}
            />
          </div>
        ))}
      {proven.map((workspace) => (
        <div key={workspace.id} className={css.box}>
          <WorkspaceCard
            workspace={workspace}
            destinations={destinations.filter(({ workspaceId }) => workspaceId === workspace.id)}
            accountChoices={accountChoices.filter(({ workspaceId }) => workspaceId === workspace.id)}
          />
        </div>
      ))}
      {proven.length === 0 && (
        <div className={css.box}>
          <Connect attempt={attempt} />
        </div>
      )}
      {!isSample(rows) && <AddWorkspaces another={proven.length > 0} attempt={attempt} bulkAdds={bulkAdds} />}
    </Section>
  );
};

interface OptionsViewProps {
  rows: Snapshot;
  leaving?: readonly LeavingWorkspace[] | undefined;
  now: number;
}

/** The settings as a picture of rows: what the gallery and the tests draw. */
export const OptionsView = ({ rows, leaving = [], now }: OptionsViewProps) => (
  <NowContext value={now}>
    {isSample(rows) && <SampleBar />}
    <main className={css.page}>
      <h1>{i18n.t('options.title')}</h1>
      <nav aria-label={i18n.t('options.sections')} className={css.sections}>
        {sections.map((id) => (
          <a key={id} href={`#${id}`}>
            {i18n.t(`options.section.${id}`)}
          </a>
        ))}
      </nav>
      <Workspaces rows={rows} leaving={leaving} />
      <SettingsSections rows={rows} now={now} />
    </main>
  </NowContext>
);

/** Where no seconds are counted. */
const TICK = 5000;

interface OptionsProps {
  first: Snapshot;
  settings: Settings;
}

export const Options = ({ first, settings }: OptionsProps) => {
  const leaving = useLeaving();
  return (
    <SettingsContext value={useStoredSettings(settings)}>
      <OptionsView rows={useRows(first)} leaving={leaving} now={useNow(leaving.length > 0 ? SECOND : TICK)} />
    </SettingsContext>
  );
};
