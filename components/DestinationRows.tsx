import { i18n } from '#i18n';
import { isMuted } from '../lib/destinations/mutes';
import type { Workspace } from '../lib/storage/rows';
import { nameOf } from './DestinationCard';
import css from './DestinationsTab.module.css';
import { Dot } from './Dot';
import { MiniBar } from './HealthPictures';
import { daysOf } from './health-slots';
import { Icon } from './Icon';
import type { Watched } from './popup-state';
import { RelativeTime, useTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { useSettings } from './settings-context';
import { useHistory } from './use-history';

interface RowProps {
  watched: Watched;
  selected: boolean;
  /** It is the one that Tab comes to. */
  current: boolean;
  select: () => void;
  open: () => void;
  focused: () => void;
}

const Row = ({ watched, selected, current, select, open, focused }: RowProps) => {
  const { destination, workspace, status } = watched;
  const entries = useHistory();
  const now = useTime();
  const { dense } = useSettings();
  const name = nameOf(watched);
  const muted = isMuted(destination, now);
  return (
    // Keys are dealt with by the list as a whole.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      role="option"
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      data-key={destination.key}
      className={css.row}
      onClick={open}
      onFocus={focused}
    >
      <span
        className={css.box}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          select();
        }}
      >
        {selected && <Icon name="check" />}
      </span>
      <span className={css.about}>
        <span className={css.name} {...(dense && { title: name, dir: 'auto' })}>
          {name}
        </span>
        <span className={css.note}>
          <span className={css.checked}>
            <RelativeTime at={destination.seenAt ?? destination.health.confirmedAt} />
            {muted && ' · '}
          </span>
          {muted && i18n.t('mute.muted')}
        </span>
      </span>
      <StatusChip status={status} />
      <span className={css.history}>
        {entries && <MiniBar slots={daysOf({ entries, destination, workspace, now }, 14)} />}
      </span>
    </div>
  );
};

/** Moves by `step` among all rows, whatever group they are in. */
const move = (list: HTMLElement, from: HTMLElement, step: number): void => {
  const options = [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  options[options.indexOf(from) + step]?.focus();
};

/** What a person does with the row of a destination, by its key. */
export interface RowActions {
  open: (key: string) => void;
  select: (key: string) => void;
  focused: (key: string) => void;
  check: (key: string) => void;
  mute: (key: string) => void;
  search: () => void;
}

interface DestinationRowsProps {
  list: React.RefObject<HTMLDivElement | null>;
  /** In the order in which their rows stand. */
  workspaces: readonly Workspace[];
  watched: readonly Watched[];
  picked: ReadonlySet<string>;
  /** The key of the row that Tab comes to. */
  current: string | undefined;
  actions: RowActions;
}

/** A list for each workspace; arrows and letters go through all of them as through one. */
export const DestinationRows = (props: DestinationRowsProps) => {
  const { list, workspaces, watched, picked, current, actions } = props;
  const { dense, singleKeys } = useSettings();
  const byKey = (event: React.KeyboardEvent) => {
    const row = (event.target as Element).closest<HTMLElement>('[role="option"]');
    const key = row?.dataset.key;
    if (!row || key === undefined || !list.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = (step: number) => move(list.current as HTMLElement, row, step);
    // A letter may be a command of somebody's screen reader or voice control, so letters can be switched off.
    switch (event.key.length === 1 && event.key !== ' ' && !singleKeys ? '' : event.key) {
      case 'ArrowDown':
      case 'j':
        go(1);
        break;
      case 'ArrowUp':
      case 'k':
        go(-1);
        break;
      case 'Enter':
        actions.open(key);
        break;
      case ' ':
        actions.select(key);
        break;
      case 'c':
        actions.check(key);
        break;
      case 'm':
        actions.mute(key);
        break;
      case '/':
        actions.search();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the lists within
    <div ref={list} className={dense ? css.dense : undefined} onKeyDown={byKey}>
      {workspaces.map(({ id, name, colour }) => {
        const own = watched.filter(({ destination }) => destination.workspaceId === id);
        return own.length === 0 ? null : (
          <section key={id} className={css.group} aria-label={name}>
            <h2>
              {workspaces.length > 1 && <Dot colour={colour} />}
              {name}
            </h2>
            <div role="listbox" aria-multiselectable="true" aria-label={name}>
              {own.map((one) => {
                const { key } = one.destination;
                return (
                  <Row
                    key={key}
                    watched={one}
                    selected={picked.has(key)}
                    current={key === current}
                    select={() => actions.select(key)}
                    open={() => actions.open(key)}
                    focused={() => actions.focused(key)}
                  />
                );
              })}
            </div>
          </section>
        );
      })}
    </div>
  );
};
