import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Workspace } from '../lib/storage/rows';
import { Dot } from './Dot';
import css from './Header.module.css';
import { Icon } from './Icon';
import { isProven } from './popup-state';
import { useCommand } from './use-command';

const Mark = () => (
  <svg className={css.mark} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <rect className={css.ground} width="20" height="20" rx="5" />
    <path className={css.arrow} d="M5.5 9.2 10 4.7l4.5 4.5M10 5v7.2M5 15.3h10" />
  </svg>
);

/** Which workspace is in force: always in sight before a send. */
const WorkspaceSwitch = ({ workspaces }: { workspaces: readonly Workspace[] }) => {
  const command = useCommand();
  const active = workspaces.find((workspace) => workspace.active) ?? workspaces[0];
  if (!active) return null;
  if (workspaces.length === 1) {
    return (
      <span className={css.workspace} title={active.name} dir="auto">
        {active.name}
      </span>
    );
  }
  return (
    <>
      <Dot colour={active.colour} />
      <select
        className={css.workspace}
        aria-label={i18n.t('workspace.label')}
        value={active.id}
        onChange={({ target }) => void command({ type: 'workspace.activate', workspaceId: target.value })}
      >
        {workspaces.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
};

export const Header = ({ workspaces }: { workspaces: readonly Workspace[] }) => (
  <header className={css.header}>
    <h1>
      <Mark />
      Upstack
    </h1>
    <WorkspaceSwitch workspaces={workspaces.filter(isProven)} />
    <button
      type="button"
      className={css.settings}
      aria-label={i18n.t('options.open')}
      title={i18n.t('options.open')}
      onClick={() => void browser.runtime.openOptionsPage()}
    >
      <Icon name="gear" />
    </button>
  </header>
);
