import { i18n } from '#i18n';
import { Actions, Card } from './Card';
import { CheckNow } from './CheckNow';
import css from './DestinationCard.module.css';
import { Cause } from './parts';
import { isTrouble, type Watched } from './popup-state';
import { RelativeTime, useTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { exactTime, platformName, timeOfDay } from './texts';

/** "Platform · name", unless the name says the platform itself, as the names do that we give. */
export const nameOf = ({ destination: { type, name } }: Watched): string => {
  const platform = platformName(type);
  return name.startsWith(platform) ? name : i18n.t('destination.named', { platform, name });
};

/** "Last known: healthy, 3 h ago": never the colour of health. */
const LastKnown = ({ destination }: Pick<Watched, 'destination'>) => (
  <p>
    {i18n.t('status.lastKnown', { status: i18n.t(`status.${destination.health.state}`) })}{' '}
    <RelativeTime at={destination.health.confirmedAt} />
  </p>
);

interface ExplanationProps extends Pick<Watched, 'destination' | 'status'> {
  brief?: boolean;
}

const Explanation = ({ destination, status, brief = false }: ExplanationProps) => {
  const { reason } = destination.health;
  switch (status) {
    case 'healthy':
      return null;
    case 'unhealthy':
    case 'degraded':
      return <Cause type={destination.type} reason={reason} brief={brief} />;
    case 'couldNotCheck':
      return <LastKnown destination={destination} />;
    default:
      return <p>{i18n.t(`status.about.${status}`)}</p>;
  }
};

/** On the dashboard's route nothing is fresher than when the person last had it open. */
const Seen = ({ at }: { at: number }) => {
  const isToday = new Date(at).toDateString() === new Date(useTime()).toDateString();
  const time = isToday ? timeOfDay(at) : exactTime(at);
  return <p className={css.note}>{i18n.t('check.seen', { time })}</p>;
};

const Checked = ({ destination, status }: Pick<Watched, 'destination' | 'status'>) => {
  const { confirmedAt, illSince } = destination.health;
  if (destination.seenAt !== undefined) return <Seen at={destination.seenAt} />;
  if (status === 'couldNotCheck' || status === 'gone') return null;
  return (
    <p className={css.note}>
      {i18n.t('check.checked')} <RelativeTime at={confirmedAt} />
      {isTrouble(status) &&
        illSince !== undefined &&
        ` · ${i18n.t('status.since', { time: timeOfDay(illSince) })}`}
    </p>
  );
};

interface DestinationCardProps extends Watched {
  note?: string | undefined;
  /** Further buttons. */
  children?: React.ReactNode;
}

/** A destination with its health: what is so, since when, and what to do. */
export const DestinationCard = ({ note, children, ...watched }: DestinationCardProps) => {
  const { destination, workspace, status } = watched;
  const name = nameOf(watched);
  const checkedLast = workspace?.poll.lastAnsweredAt ?? destination.health.confirmedAt;
  const isUnchecked = status === 'couldNotCheck';
  return (
    <Card
      {...(isUnchecked
        ? { eyebrow: name, heading: i18n.t('check.couldNotSince', { time: timeOfDay(checkedLast) }) }
        : { heading: name, chip: <StatusChip status={status} />, says: i18n.t(`status.${status}`) })}
      spoken={isTrouble(status) ? 'alert' : 'status'}
    >
      <Explanation destination={destination} status={status} />
      {note && <p>{note}</p>}
      <Checked destination={destination} status={status} />
      <Actions>
        {status !== 'gone' && workspace?.state === 'connected' && (
          <CheckNow
            workspaceId={destination.workspaceId}
            destinationId={destination.id}
            primary={status !== 'healthy'}
            look={workspace.route === 'dashboard'}
          />
        )}
        {children}
      </Actions>
    </Card>
  );
};

/** The same in a list: the cause alone, since what to do about it is for one at a time. */
export const DestinationRow = (watched: Watched) => {
  const { destination, workspace, status } = watched;
  return (
    <li className={css.row}>
      <StatusChip status={status} />
      {status !== 'gone' && status !== 'healthy' && workspace?.state === 'connected' && (
        <CheckNow
          workspaceId={destination.workspaceId}
          destinationId={destination.id}
          quiet
          look={workspace.route === 'dashboard'}
        />
      )}
      <div className={css.about}>
        <p className={css.name}>{nameOf(watched)}</p>
        <div className={css.note}>
          <Explanation destination={destination} status={status} brief />
          <Checked destination={destination} status={status} />
        </div>
      </div>
    </li>
  );
};
