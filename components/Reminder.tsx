import { i18n } from '#i18n';
import { idsByKind } from '../lib/credentials/kinds';
import { namesOf, type OldToken, reminderOf } from '../lib/destinations/reminder';
import { platformOf } from '../lib/platforms/index';
import type { Destination } from '../lib/storage/rows';
import { MINUTE } from '../lib/terms/time';
import { Button, LinkButton } from './Button';
import { Actions, Card } from './Card';
import { nameOf } from './DestinationCard';
import { useTime } from './RelativeTime';
import { useAllRows } from './rows-context';
import { day } from './texts';
import { useCommand } from './use-command';

/** Who would be cut off, and what the token is called. */
const About = ({ destination, old }: { destination: Destination; old: OldToken }) => {
  const { destinations } = useAllRows();
  const names = namesOf(old.stillUsedBy, destination, destinations).join(', ');
  return (
    <>
      <p>
        {old.label === undefined
          ? i18n.t('reminder.unnamed', { mask: old.mask })
          : i18n.t('reminder.lookFor', { name: old.label })}
      </p>
      {names && <p>{i18n.t('reminder.stillUsed', { names })}</p>}
    </>
  );
};

/** The new token works: the old one is to be deleted in the ad console. */
export const Reminder = ({ destination }: { destination: Destination }) => {
  const command = useCommand();
  const now = useTime();
  const platform = platformOf(destination.type);
  const old = reminderOf(destination, now);
  if (!platform || old?.state !== 'due') return null;
  const { workspaceId, id: destinationId } = destination;
  const { button, url } = platform.revoking;
  return (
    <Card
      eyebrow={nameOf({ destination })}
      heading={i18n.t('reminder.due', { platform: platform.name })}
      spoken="status"
    >
      <About destination={destination} old={old} />
      {button && <p>{i18n.t('reminder.button', { platform: platform.name, button })}</p>}
      <Actions>
        <LinkButton weight="primary" first href={url(idsByKind(platform, destination.config))}>
          {i18n.t('reminder.takeMe')}
        </LinkButton>
        <Button onClick={() => void command({ type: 'reminder.done', workspaceId, destinationId })}>
          {i18n.t('reminder.done')}
        </Button>
        <Button
          weight="quiet"
          onClick={() => void command({ type: 'reminder.later', workspaceId, destinationId })}
        >
          {i18n.t('reminder.later')}
        </Button>
      </Actions>
    </Card>
  );
};

/** How long "Done" is worth saying. */
const NEWS = 10 * MINUTE;

/** The same in a line, where nothing is to be done about it now. */
export const OldTokenNote = ({ destination }: { destination: Destination }) => {
  const now = useTime();
  const old = reminderOf(destination, now);
  switch (old?.state) {
    case 'keep':
      return (
        <>
          <p>{i18n.t('reminder.keep')}</p>
          {old.stillUsedBy.length > 0 && <About destination={destination} old={old} />}
        </>
      );
    case 'resting':
      return <p>{i18n.t('reminder.resting', { date: day(old.until ?? now) })}</p>;
    case 'done':
      return now - (destination.reminder?.doneAt ?? 0) < NEWS ? <p>{i18n.t('reminder.removed')}</p> : null;
    default:
      return null;
  }
};
