import { i18n } from '#i18n';
import { platformOf } from '../lib/platforms/index';
import { Button, LinkButton } from './Button';
import { Actions, Card } from './Card';
import type { Damage, Loss } from './popup-state';
import { sentence } from './texts';
import { Unreadable } from './Unreadable';
import { useCommand } from './use-command';

/** A token that is gone without having been sent: what happened, and what to do. */
const LostToken = ({ loss }: { loss: Loss }) => {
  const command = useCommand();
  const { from, id, why, mask } = loss;
  const platform = platformOf(loss.platform);
  if (!platform) return null;
  const kind = why === 'unsaved' ? 'Unsaved' : why === 'uncertain' ? 'Uncertain' : '';
  const facts = { platform: platform.name };
  return (
    <Card tone="doubt" spoken="alert" eyebrow={platform.name} heading={i18n.t(`tombstone.heading${kind}`)}>
      <p>
        {mask && (
          <>
            <bdi dir="ltr" className="code">
              {mask}
            </bdi>
            {' · '}
          </>
        )}
        {i18n.t(`tombstone.${why}`)}
      </p>
      <p>{i18n.t(`tombstone.next${kind}`, facts)}</p>
      <Actions>
        <LinkButton href={platform.startUrl}>{sentence(`platforms.${platform.id}.open`)}</LinkButton>
        <Button
          onClick={() =>
            void command(
              from === 'capture'
                ? { type: 'capture.dismiss', captureId: id }
                : { type: 'delivery.dismiss', deliveryId: id },
            )
          }
        >
          {i18n.t('tombstone.dismiss')}
        </Button>
      </Actions>
    </Card>
  );
};

export const Tombstone = ({ loss }: { loss: Loss | Damage }) =>
  loss.from === 'storage' ? <Unreadable stores={loss.stores} /> : <LostToken loss={loss} />;
