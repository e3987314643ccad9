import { useState } from 'react';
import { i18n } from '#i18n';
import { fullName } from '../lib/destinations/destination';
import { momentOf } from '../lib/terms/moment';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { Cause } from './Cause';
import { CheckNow } from './CheckNow';
import css from './DestinationCard.module.css';
import { DestinationCare, Diagnosis } from './parts';
import { isTrouble, type Watched } from './popup-state';
import { RelativeTime, useTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { platformName, problemText } from './texts';
import { useCommand } from './use-command';

export const nameOf = ({ destination: { type, name } }: Pick<Watched, 'destination'>): string =>
  fullName(platformName(type), name);

/** "Last known: healthy, 3 h ago": never the colour of health. */
const LastKnown = ({ destination }: Pick<Watched, 'destination'>) => (
  <p>
    {i18n.t('status.lastKnown', { status: i18n.t(`status.${destination.health.state}`) })}{' '}
    <RelativeTime at={destination.health.confirmedAt} />
  </p>
);

/** Where nothing tells why. */
const Explanation = ({ destination, workspace, status }: Watched) => {
  switch (status) {
    case 'healthy':
      return null;
    case 'unhealthy':
    case 'degraded':
    case 'platformTrouble':
      return <Cause type={destination.type} reason={destination.health.reason} />;
    case 'couldNotCheck':
      return (
        <>
          {workspace?.poll.problem && <p>{problemText(workspace.poll.problem)}</p>}
          <LastKnown destination={destination} />
        </>
      );
    default:
      return <p>{i18n.t(`status.about.${status}`)}</p>;
  }
};

/** On the dashboard's route nothing is fresher than when the person last had it open. */
const Seen = ({ at }: { at: number }) => (
  <p className={css.note}>{i18n.t('check.seen', { time: momentOf(at, useTime()) })}</p>
);

const Checked = ({ destination, status }: Pick<Watched, 'destination' | 'status'>) => {
  const now = useTime();
  const { confirmedAt, illSince } = destination.health;
  if (destination.seenAt !== undefined) return <Seen at={destination.seenAt} />;
  if (status === 'couldNotCheck' || status === 'gone') return null;
  return (
    <p className={css.note}>
      {isTrouble(status) &&
        illSince !== undefined &&
        `${i18n.t('status.since', { time: momentOf(illSince, now) })} · `}
      {i18n.t('check.checked')} <RelativeTime at={confirmedAt} />
    </p>
  );
};

interface DestinationCardProps extends Watched {
  note?: string | undefined;
  /** Further buttons. */
  children?: React.ReactNode;
}

/** It is gone at Upstack, and the person has seen that. */
const Forget = ({ destination }: Pick<Watched, 'destination'>) => {
  const command = useCommand();
  return (
    <Button onClick={() => void command({ type: 'destination.dismiss', key: destination.key })}>
      {i18n.t('tombstone.dismiss')}
    </Button>
  );
};

/** The platform has named a cause. */
const isExplained = (status: Watched['status']): boolean => isTrouble(status) || status === 'platformTrouble';

/** A destination with its health: what is so, since when, and what to do. */
export const DestinationCard = ({ note, children, ...watched }: DestinationCardProps) => {
  const { destination, workspace, status } = watched;
  const name = nameOf(watched);
  const now = useTime();
  const checkedLast = workspace?.poll.lastAnsweredAt ?? destination.health.confirmedAt;
  const isUnchecked = status === 'couldNotCheck';
  return (
    <Card
      {...(isUnchecked
        ? { eyebrow: name, heading: i18n.t('check.couldNotSince', { time: momentOf(checkedLast, now) }) }
        : { heading: name, chip: <StatusChip status={status} />, says: i18n.t(`status.${status}`) })}
      spoken={isTrouble(status) ? 'alert' : 'status'}
    >
      <Checked destination={destination} status={status} />
      {note && <p>{note}</p>}
      {isExplained(status) ? (
        <Diagnosis destination={destination} workspace={workspace} />
      ) : (
        <Explanation {...watched} />
      )}
      <Actions>
        {status === 'gone' && <Forget destination={destination} />}
        {status !== 'gone' && !isExplained(status) && workspace?.state === 'connected' && (
          <CheckNow
            workspaceId={destination.workspaceId}
            destinationId={destination.id}
            primary={status !== 'healthy'}
            look={workspace.route === 'dashboard'}
          />
        )}
        {children}
      </Actions>
      {status === 'healthy' && <DestinationCare destination={destination} />}
    </Card>
  );
};

/** The same in a list: the cause alone; what to do about it is unfolded for one at a time. */
export const DestinationRow = (watched: Watched) => {
  const { destination, workspace, status } = watched;
  const [open, setOpen] = useState(false);
  const hasMore = isExplained(status) || status === 'healthy';
  return (
    <li className={css.row}>
      <StatusChip status={status} />
      {hasMore && (
        <Button
          weight="quiet"
          aria-expanded={open}
          aria-label={i18n.t(isTrouble(status) ? 'destination.fixNamed' : 'destination.moreNamed', {
            name: nameOf(watched),
          })}
          onClick={() => setOpen(!open)}
        >
          {i18n.t(isTrouble(status) ? 'destination.fix' : 'destination.more')}
        </Button>
      )}
      {status === 'gone' && <Forget destination={destination} />}
      {!hasMore && status !== 'gone' && workspace?.state === 'connected' && (
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
          {open && workspace && <p>{i18n.t('workspace.named', { name: workspace.name })}</p>}
          {(!open || !isExplained(status)) && <Explanation {...watched} />}
          <Checked destination={destination} status={status} />
        </div>
        {open && (
          <div className={css.more}>
            {isExplained(status) && <Diagnosis destination={destination} workspace={workspace} />}
            {status === 'healthy' && <DestinationCare destination={destination} />}
          </div>
        )}
      </div>
    </li>
  );
};
