import { useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { isMuted } from '../lib/destinations/mutes';
import type { Destination } from '../lib/storage/rows';
import { Button } from './Button';
import { Card } from './Card';
import { nameOf } from './DestinationCard';
import { foundBy } from './DestinationList';
import { DestinationPage } from './DestinationPage';
import css from './DestinationsTab.module.css';
import { Dot } from './Dot';
import { MiniBar } from './HealthPictures';
import { daysOf } from './health-slots';
import { Icon } from './Icon';
import { Mute, useMutes } from './Mute';
import {
  byUrgency,
  isProven,
  isTrouble,
  putAway,
  type Snapshot,
  type Surroundings,
  statusOf,
  type Watched,
} from './popup-state';
import { RelativeTime, useTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { useSettings } from './settings-context';
import { countOf, platformName } from './texts';
import { Undo } from './Undo';
import { useCommand } from './use-command';
import { useHistory } from './use-history';
import { useMore } from './use-more';

/** So many rows at first, those first that need somebody; the rest on demand. */
const AT_ONCE = 100;

type Filter = 'all' | 'trouble' | 'healthy' | 'unchecked';

const fits: Readonly<Record<Filter, (watched: Watched) => boolean>> = {
  all: () => true,
  trouble: ({ status }) => isTrouble(status) || status === 'gone',
  healthy: ({ status }) => status === 'healthy',
  unchecked: ({ status }) => !isTrouble(status) && status !== 'healthy' && status !== 'gone',
};

const filters: readonly Filter[] = ['all', 'trouble', 'healthy', 'unchecked'];

const DESTINATION = '#destination=';
/** A notice leads to the destination that it is about. */
const named = (): string | undefined =>
  location.hash.startsWith(DESTINATION)
    ? decodeURIComponent(location.hash.slice(DESTINATION.length))
    : undefined;

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

/** All destinations by workspace: found, selected and dealt with together. */
export const DestinationsTab = ({ rows, around }: { rows: Snapshot; around: Surroundings }) => {
  const command = useCommand();
  const { mute, undo } = useMutes();
  const read = putAway(rows, around.now).filter(({ from }) => from === 'destination');
  const undos = (
    <div className={css.undo}>
      {undo}
      {read.map((what) => (
        <Undo key={what.id} {...what} />
      ))}
    </div>
  );
  const { dense, singleKeys } = useSettings();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [type, setType] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string>();
  const [opened, open] = useState(named);
  /** The row that is to have the focus in the next picture. */
  const next = useRef<string>(undefined);
  useEffect(() => {
    if (next.current === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.current)}"]`)?.focus();
    next.current = undefined;
  });

  useEffect(() => {
    const follow = () => open(named());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  const workspaces = rows.workspaces.filter(isProven);
  const watched = rows.destinations
    .filter(({ dismissed }) => !dismissed)
    .map((destination): Watched => {
      const workspace = workspaces.find(({ id }) => id === destination.workspaceId);
      return { destination, workspace, status: statusOf(destination, workspace, around) };
    })
    .sort(byUrgency);

  const found = watched.filter(
    (one) => fits[filter](one) && (type === '' || one.destination.type === type) && foundBy(one, words),
  );
  const { most, button } = useMore(found.length, AT_ONCE, (first) => {
    next.current = found[first]?.destination.key;
    setCurrent(next.current);
  });

  const shown = watched.find(({ destination }) => destination.key === opened);
  if (shown) {
    const back = () => {
      history.replaceState(undefined, '', '#destinations');
      open(undefined);
      next.current = shown.destination.key;
      setCurrent(shown.destination.key);
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

  const isFiltered = filter !== 'all' || type !== '';
  const visible = found.slice(0, most);
  // Those with trouble first, else in their own order.
  const troubled = new Set(
    visible.flatMap((one) => (fits.trouble(one) ? [one.destination.workspaceId] : [])),
  );
  const inOrder = [...workspaces].sort((one, other) => +troubled.has(other.id) - +troubled.has(one.id));
  const types = [...new Set(watched.map(({ destination }) => destination.type))];
  const selected = watched.flatMap(({ destination }) => (picked.has(destination.key) ? [destination] : []));
  const first =
    visible.find(({ destination }) => destination.key === current)?.destination.key ??
    visible[0]?.destination.key;

  const toggle = (key: string) => {
    const next = new Set(picked);
    if (!next.delete(key)) next.add(key);
    setPicked(next);
  };
  const check = (some: readonly Destination[]) => {
    for (const { workspaceId, id } of some) {
      void command({ type: 'health.checkNow', workspaceId, destinationId: id });
    }
  };
  const byKey = (event: React.KeyboardEvent) => {
    const row = (event.target as Element).closest<HTMLElement>('[role="option"]');
    const key = row?.dataset.key;
    if (!row || key === undefined || !list.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const own = watched.flatMap(({ destination }) => (destination.key === key ? [destination] : []));
    const concerned = picked.has(key) ? selected : own;
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
        open(key);
        break;
      case ' ':
        toggle(key);
        break;
      case 'c':
        check(concerned);
        break;
      case 'm':
        void mute(concerned, 'hour');
        break;
      case '/':
        search.current?.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <>
      <div className={css.bar}>
        <input
          ref={search}
          type="search"
          aria-label={i18n.t('destination.find')}
          placeholder={i18n.t('destination.find')}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <select
          aria-label={i18n.t('panel.status')}
          value={filter}
          onChange={({ target }) => setFilter(filters.find((one) => one === target.value) ?? 'all')}
        >
          {filters.map((one) => (
            <option key={one} value={one}>
              {i18n.t(`panel.filter.${one}`)}
            </option>
          ))}
        </select>
        {types.length > 1 && (
          <select
            aria-label={i18n.t('panel.platform')}
            value={type}
            onChange={({ target }) => setType(target.value)}
          >
            <option value="">{i18n.t('panel.allPlatforms')}</option>
            {types.map((one) => (
              <option key={one} value={one}>
                {platformName(one)}
              </option>
            ))}
          </select>
        )}
      </div>
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
              next.current = first;
            }}
          >
            {i18n.t('panel.selectNone')}
          </Button>
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the lists within */}
      <div ref={list} className={dense ? css.dense : undefined} onKeyDown={byKey}>
        {inOrder.map(({ id, name, colour }) => {
          const own = visible.filter(({ destination }) => destination.workspaceId === id);
          return own.length === 0 ? null : (
            <section key={id} className={css.group} aria-label={name}>
              <h2>
                {workspaces.length > 1 && <Dot colour={colour} />}
                {name}
              </h2>
              <div role="listbox" aria-multiselectable="true" aria-label={name}>
                {own.map((one) => (
                  <Row
                    key={one.destination.key}
                    watched={one}
                    selected={picked.has(one.destination.key)}
                    current={one.destination.key === first}
                    select={() => toggle(one.destination.key)}
                    open={() => open(one.destination.key)}
                    focused={() => setCurrent(one.destination.key)}
                  />
                ))}
              </div>
            </section>
          );
        })}
      </div>
      {button && <div className={css.bar}>{button}</div>}
      {found.length === 0 && (
        <div className={css.none}>
          <p>{i18n.t(isFiltered ? 'panel.noneFits' : 'destination.notFound')}</p>
          <Button
            onClick={() => {
              setWords('');
              setFilter('all');
              setType('');
              search.current?.focus();
            }}
          >
            {i18n.t('panel.showAll')}
          </Button>
        </div>
      )}
      {undos}
    </>
  );
};
