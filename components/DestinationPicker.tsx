import { useId } from 'react';
import { i18n } from '#i18n';
import type { Review } from '../lib/destinations/review';
import type { Platform } from '../lib/platforms/definition';
import type { Destination, Workspace } from '../lib/storage/rows';
import css from './DestinationPicker.module.css';
import { useCommand } from './use-command';
import { useWish } from './use-wish';

interface DestinationPickerProps {
  platform: Platform;
  review: Review;
  workspaces: readonly Workspace[];
  destinations: readonly Destination[];
}

const SEPARATOR = '/';

/** Where it goes. With several workspaces each has its own group, so that one choice names both. */
export const DestinationPicker = ({ platform, review, workspaces, destinations }: DestinationPickerProps) => {
  const command = useCommand();
  const id = useId();
  const { workspaceId, destination } = review;
  const [chosen, wish] = useWish(
    workspaceId && destination ? `${workspaceId}${SEPARATOR}${destination}` : '',
  );
  const usable = workspaces.filter(
    ({ state, id: own }) => state === 'connected' || own === review.workspaceId,
  );
  if (usable.length === 0) return null;

  const optionsOf = (workspace: Workspace) => [
    <option key="new" value={`${workspace.id}${SEPARATOR}new`}>
      {i18n.t('destination.new')}
    </option>,
    ...destinations
      .filter(
        ({ workspaceId, type, goneAt }) =>
          workspaceId === workspace.id && type === platform.id && goneAt === undefined,
      )
      .map((destination) => (
        <option key={destination.id} value={`${workspace.id}${SEPARATOR}${destination.id}`}>
          {destination.name}
        </option>
      )),
  ];

  const ids = platform.kinds.flatMap((kind) => (kind.secret ? [] : [kind.label])).join(', ');
  const note =
    review.job === 'rotate' ? i18n.t('destination.replaces', { ids }) : i18n.t('destination.creates');

  return (
    <div className={css.field}>
      <div className={css.top}>
        <label htmlFor={id}>{i18n.t('destination.label')}</label>
        <span id={`${id}-note`}>{chosen && note}</span>
      </div>
      <select
        id={id}
        value={chosen}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => {
          wish(target.value);
          const at = target.value.indexOf(SEPARATOR);
          void command({
            type: 'capture.chooseDestination',
            captureId: review.captureId,
            workspaceId: target.value.slice(0, at),
            destination: target.value.slice(at + 1),
          });
        }}
      >
        {!chosen && <option value="">{i18n.t('destination.choose')}</option>}
        {usable.length === 1
          ? usable.map(optionsOf)
          : usable.map((workspace) => (
              <optgroup key={workspace.id} label={workspace.name}>
                {optionsOf(workspace)}
              </optgroup>
            ))}
      </select>
    </div>
  );
};
