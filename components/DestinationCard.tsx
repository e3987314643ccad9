import { i18n } from '#i18n';
import { Actions, Card } from './Card';
import { CheckNow } from './CheckNow';
import css from './DestinationCard.module.css';
import { Cause } from './parts';
import { isTrouble, type Status, type Watched } from './popup-state';
import { RelativeTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { platformName, timeOfDay } from './texts';

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

const Explanation = ({ destination, status }: Pick<Watched, 'destination' | 'status'>) => {
  const { reason } = destination.health;
  switch (status) {
    case 'healthy':
      return null;
    case 'unhealthy':
    case 'degraded':
      return <Cause type={destination.type} reason={reason} />;
    case 'couldNotCheck':
      return <LastKnown destination={destination} />;
    default:
      return <p>{i18n.t(`status.about.${status}`)}</p>;
  }
};

const Checked = ({ destination, status }: Pick<Watched, 'destination' | 'status'>) => {
  const { confirmedAt, illSince } = destination.health;
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

const headings: Partial<Record<Status, true>> = { healthy: true, unhealthy: true, degraded: true };

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
  const heading =
    status === 'couldNotCheck'
      ? i18n.t('check.couldNotSince', { time: timeOfDay(checkedLast) })
      : headings[status]
        ? i18n.t('destination.headed', { name, status: i18n.t(`status.${status}`) })
        : name;
  return (
    <Card
      heading={heading}
      spoken={isTrouble(status) ? 'alert' : 'status'}
      {...(status === 'couldNotCheck' ? { eyebrow: name } : {})}
      aside={<StatusChip status={status} />}
    >
      <Explanation destination={destination} status={status} />
      {note && <p>{note}</p>}
      <Checked destination={destination} status={status} />
      <Actions>
        {status !== 'gone' && (
          <CheckNow
            workspaceId={destination.workspaceId}
            destinationId={destination.id}
            primary={status !== 'healthy'}
          />
        )}
        {children}
      </Actions>
    </Card>
  );
};

/** The same in a list. */
export const DestinationRow = (watched: Watched) => {
  const { destination, status } = watched;
  return (
    <li className={css.row}>
      <StatusChip status={status} />
      <div>
        <p className={css.name}>{nameOf(watched)}</p>
        <div className={css.note}>
          <Explanation destination={destination} status={status} />
          <Checked destination={destination} status={status} />
        </div>
      </div>
      {status !== 'gone' && status !== 'healthy' && (
        <CheckNow workspaceId={destination.workspaceId} destinationId={destination.id} />
      )}
    </li>
  );
};
