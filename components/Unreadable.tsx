import { i18n } from '#i18n';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { sentence } from './texts';
import { useCommand } from './use-command';

/** One of these names, in the order of what a person has to do about it; of the others there is nothing to do. */
const NAMED = [
  'database',
  'latest',
  'captures',
  'deliveries',
  'workspaces',
  'settings',
  'destinations',
  'history',
];

/** Of these nothing was put aside. */
const LOST = ['database', 'latest'];

/** Rows that the browser gave back damaged, or the whole database: what is missing, and what to do about it. */
export const Unreadable = ({ stores }: { stores: readonly string[] }) => {
  const command = useCommand();
  const isVanished = stores.includes('database');
  const named = NAMED.filter((store) => stores.includes(store));
  const hasOthers = stores.some((store) => !NAMED.includes(store));
  return (
    <Card
      tone="doubt"
      spoken="alert"
      heading={i18n.t(isVanished ? 'unreadable.headingVanished' : 'unreadable.heading')}
    >
      {stores.some((store) => !LOST.includes(store)) && <p>{i18n.t('unreadable.about')}</p>}
      {[...named, ...(hasOthers ? ['others'] : [])].map((store) => (
        <p key={store}>{sentence(`unreadable.${store}`)}</p>
      ))}
      <Actions>
        <Button onClick={() => void command({ type: 'quarantine.dismiss' })}>
          {i18n.t('tombstone.dismiss')}
        </Button>
      </Actions>
    </Card>
  );
};
