import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import type { Destination } from '../lib/storage/rows';
import { Button } from './Button';
import { Card } from './Card';
import { isInTrouble, useDestinationFilter } from './DestinationFilter';
import { DestinationPage } from './DestinationPage';
import { DestinationRows, type RowActions } from './DestinationRows';
import css from './DestinationsTab.module.css';
import { Mute, useMutes } from './Mute';
import {
  byUrgency,
  isProven,
  putAway,
  type Snapshot,
  type Surroundings,
  statusOf,
  type Watched,
} from './popup-state';
import { countOf } from './texts';
import { Undo } from './Undo';
import { useCommand } from './use-command';
import { useFocusNext } from './use-focus-next';
import { useMore } from './use-more';

/** So many rows at first, those first that need somebody; the rest on demand. */
const AT_ONCE = 100;

const DESTINATION = '#destination=';
/** A notice leads to the destination that it is about. */
const named = (): string | undefined =>
  location.hash.startsWith(DESTINATION)
    ? decodeURIComponent(location.hash.slice(DESTINATION.length))
    : undefined;

/** The key of the destination whose page is open. */
const useOpened = () => {
  const [opened, open] = useState(named);
  useEffect(() => {
    const follow = () => open(named());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [opened, open] as const;
};

const rowOf = (list: HTMLDivElement, key: string | undefined) =>
  key === undefined ? undefined : list.querySelector(`[data-key="${CSS.escape(key)}"]`);

/** Those with trouble first, else in their own order. */
const troubledFirst = <W extends { id: string }>(
  workspaces: readonly W[],
  visible: readonly Watched[],
): W[] => {
  const troubled = new Set(visible.filter(isInTrouble).map(({ destination }) => destination.workspaceId));
  return [...workspaces].sort((one, other) => +troubled.has(other.id) - +troubled.has(one.id));
};

/** All destinations by workspace: found, selected and dealt with together. */
export const DestinationsTab = ({ rows, around }: { rows: Snapshot; around: Surroundings }) => {
  const command = useCommand();
  const { mute, undo } = useMutes();
  const [opened, open] = useOpened();
  const { inside: list, focusNext } = useFocusNext(rowOf);
  /** The row that Tab comes to: the last that had the focus. */
  const [current, setCurrent] = useState<string>();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());

  const workspaces = rows.workspaces.filter(isProven);
  const watched = rows.destinations
    .filter(({ dismissed }) => !dismissed)
    .map((destination): Watched => {
      const workspace = workspaces.find(({ id }) => id === destination.workspaceId);
      return { destination, workspace, status: statusOf(destination, workspace, around) };
    })
    .sort(byUrgency);
  const { found, bar, nothing, focusSearch } = useDestinationFilter(watched);
  const { most, button } = useMore(found.length, AT_ONCE, (first) =>
    focusNext(found[first]?.destination.key),
  );

  const read = putAway(rows, around.now).filter(({ from }) => from === 'destination');
  const undos = (
    <div className={css.undo}>
      {undo}
      {read.map((what) => (
        <Undo key={what.id} {...what} />
      ))}
    </div>
  );

  const shown = watched.find(({ destination }) => destination.key === opened);
  if (shown) {
    const back = () => {
      history.replaceState(undefined, '', '#destinations');
      open(undefined);
      focusNext(shown.destination.key);
    };
    return (
      <>
        <DestinationPage watched={shown} rows={rows} back={back} mute={mute} />
        {undos}
      </>
    );
  }
  if (watched.length === 0) {
    return (
      <>
        <Card heading={i18n.t('destination.heading')}>
          <p>{i18n.t('panel.noDestinations')}</p>
        </Card>
        {undos}
      </>
    );
  }

  const visible = found.slice(0, most);
  const tabStop = visible.find(({ destination }) => destination.key === current) ?? visible[0];
  const destinations = watched.map(({ destination }) => destination);
  const selected = destinations.filter(({ key }) => picked.has(key));
  /** What a key on a row is meant for: all that is selected, if that row is among it. */
  const concerned = (key: string) =>
    picked.has(key) ? selected : destinations.filter((destination) => destination.key === key);
  const check = (some: readonly Destination[]) => {
    for (const { workspaceId, id } of some) {
      void command({ type: 'health.checkNow', workspaceId, destinationId: id });
    }
  };
  const actions: RowActions = {
    open,
    select: (key) => {
      const next = new Set(picked);
      if (!next.delete(key)) next.add(key);
      setPicked(next);
    },
    focused: setCurrent,
    check: (key) => check(concerned(key)),
    mute: (key) => void mute(concerned(key), 'hour'),
    search: focusSearch,
  };

  return (
    <>
      {bar}
      {selected.length > 0 && (
        <div className={css.bar}>
          <span>{i18n.t('panel.selected', { n: countOf(selected.length) })}</span>
          <Button data-check onClick={() => check(selected)}>
            {i18n.t('check.now')}
          </Button>
          <Mute destinations={selected} mute={mute} />
          <Button
            weight="quiet"
            onClick={() => {
              setPicked(new Set());
              focusNext(tabStop?.destination.key);
            }}
          >
            {i18n.t('panel.selectNone')}
          </Button>
        </div>
      )}
      <DestinationRows
        list={list}
        workspaces={troubledFirst(workspaces, visible)}
        watched={visible}
        picked={picked}
        current={tabStop?.destination.key}
        actions={actions}
      />
      {button && <div className={css.bar}>{button}</div>}
      {nothing}
      {undos}
    </>
  );
};
