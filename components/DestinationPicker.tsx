import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { Blocker, Review } from '../lib/destinations/review';
import type { Platform } from '../lib/platforms/definition';
import type { AccountChoice, Destination, Workspace } from '../lib/storage/rows';
import { idsText } from './admin-request';
import { consequenceText } from './Consequence';
import css from './DestinationPicker.module.css';
import { listed } from './texts';
import { useCommand } from './use-command';
import { useWish } from './use-wish';

interface DestinationPickerProps {
  platform: Platform;
  review: Review;
  workspaces: readonly Workspace[];
  destinations: readonly Destination[];
  accountChoices: readonly AccountChoice[];
  ref?: React.Ref<HTMLSelectElement>;
}

const SEPARATOR = '/';

/** With these nothing may be sent there, or need be. */
const NOTHING_COMES: readonly Blocker['code'][] = ['idMismatch', 'otherClient', 'alreadyInUse'];

/** From so many workspaces on one searches instead of scrolling. */
const WORTH_A_SEARCH = 6;
const ROWS_IN_SIGHT = 6;

/** Those that captures went to before, the latest first; then by name. */
const recentFirst = (
  workspaces: readonly Workspace[],
  accountChoices: readonly AccountChoice[],
): Workspace[] => {
  const lastAt = (workspace: Workspace): number =>
    Math.max(0, ...accountChoices.filter((one) => one.workspaceId === workspace.id).map(({ at }) => at));
  return [...workspaces].sort(
    (one, other) => lastAt(other) - lastAt(one) || one.name.localeCompare(other.name),
  );
};

/** How the workspace was found, where there are others that it might have been. */
const foundBy = (platform: Platform, { workspaceBy }: Review, workspace: string): string => {
  switch (workspaceBy) {
    case 'ids': {
      const ids = listed(platform.kinds.flatMap((kind) => (kind.secret ? [] : [kind.label])));
      return i18n.t('destination.byIds', { ids, workspace });
    }
    case 'remembered':
      return i18n.t('destination.byMemory', { workspace });
    default:
      // Which one is in force stands before every send.
      return i18n.t('workspace.named', { name: workspace });
  }
};

interface Option {
  value: string;
  name: string;
}

interface Group {
  workspace: Workspace;
  options: Option[];
}

const groupsOf = (
  platform: Platform,
  workspaces: readonly Workspace[],
  destinations: readonly Destination[],
  isFound: (workspace: Workspace, destination?: Destination) => boolean,
): Group[] =>
  workspaces.flatMap((workspace) => {
    const there = destinations.filter(
      ({ workspaceId, type, goneAt }) =>
        workspaceId === workspace.id && type === platform.id && goneAt === undefined,
    );
    const own = (id: string): string => `${workspace.id}${SEPARATOR}${id}`;
    const options = [
      ...(isFound(workspace) ? [{ value: own('new'), name: i18n.t('destination.new') }] : []),
      ...there
        .filter((destination) => isFound(workspace, destination))
        .map(({ id, name }) => ({ value: own(id), name })),
    ];
    return options.length > 0 ? [{ workspace, options }] : [];
  });

const optionsOf = ({ options }: Group) =>
  options.map(({ value, name }) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));

/** Where it goes. With several workspaces each has its own group, so that one choice names both. */
export const DestinationPicker = (props: DestinationPickerProps) => {
  const { platform, review, workspaces, destinations, accountChoices, ref } = props;
  const command = useCommand();
  const id = useId();
  const [words, setWords] = useState('');
  const { workspaceId, destination } = review;
  const [chosen, wish] = useWish(
    workspaceId && destination ? `${workspaceId}${SEPARATOR}${destination}` : '',
  );
  const usable = recentFirst(
    workspaces.filter(({ state, id: own }) => state === 'connected' || own === review.workspaceId),
    accountChoices,
  );
  const [only, ...others] = usable;
  if (!only) return null;

  const sought = words.trim().toLowerCase();
  const groups = groupsOf(platform, usable, destinations, (workspace, target) =>
    [workspace.name, target?.name, ...Object.values(target?.config ?? {})]
      .join(' ')
      .toLowerCase()
      .includes(sought),
  );
  const isLong = usable.length >= WORTH_A_SEARCH;
  // Spread out until one is chosen, so that a search shows what it finds.
  const isSpread = isLong && (!chosen || sought !== '');
  const ids = idsText(platform, review.config);
  const workspace = workspaces.find((one) => one.id === workspaceId);
  const how = others.length > 0 && workspace ? foundBy(platform, review, workspace.name) : '';
  // What would come of it is not worth saying.
  const isWrong = review.blockers.some(({ code }) => NOTHING_COMES.includes(code));
  const isFoundHere = groups.some(({ options }) => options.some(({ value }) => value === chosen));

  return (
    <div className={css.field}>
      <label htmlFor={id}>{i18n.t('destination.label')}</label>
      {isLong && !chosen && ids && <p>{i18n.t('destination.which', { ids })}</p>}
      {isLong && (
        <input
          type="search"
          className={css.search}
          aria-label={i18n.t('destination.search')}
          placeholder={i18n.t('destination.search')}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      )}
      <select
        ref={ref}
        id={id}
        size={isSpread ? ROWS_IN_SIGHT : undefined}
        value={isFoundHere || !isSpread ? chosen : ''}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => {
          wish(target.value);
          setWords('');
          const at = target.value.indexOf(SEPARATOR);
          void command({
            type: 'capture.chooseDestination',
            captureId: review.captureId,
            workspaceId: target.value.slice(0, at),
            destination: target.value.slice(at + 1),
          });
        }}
      >
        {/* Without it the first would count as chosen, and a click on it would change nothing. */}
        {isSpread && <option value="" hidden />}
        {!chosen && !isSpread && <option value="">{i18n.t('destination.choose')}</option>}
        {others.length === 0
          ? groups.map(optionsOf)
          : groups.map((group) => (
              <optgroup key={group.workspace.id} label={group.workspace.name}>
                {optionsOf(group)}
              </optgroup>
            ))}
      </select>
      {sought !== '' && groups.length === 0 && <p>{i18n.t('destination.notFound')}</p>}
      <p id={`${id}-note`} className={css.note}>
        {[how, chosen && !isWrong && consequenceText(review)].filter(Boolean).join(' ')}
      </p>
    </div>
  );
};
