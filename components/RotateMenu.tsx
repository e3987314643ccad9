import { i18n } from '#i18n';
import { rotationReasons } from '../lib/destinations/rotation';
import { platformOf } from '../lib/platforms/index';
import type { Destination } from '../lib/storage/rows';
import { Button } from './Button';
import css from './RotateMenu.module.css';
import { sentence } from './texts';
import { useCommand } from './use-command';

/** Asks why before it leads to a new token: most of the time none is needed. */
export const RotateMenu = ({ destination }: { destination: Destination }) => {
  const command = useCommand();
  const platform = platformOf(destination.type);
  if (!platform) return null;
  return (
    <details className={css.menu}>
      <summary>{i18n.t('rotation.open')}</summary>
      <p>{sentence(`platforms.${platform.id}.rotation.none`)}</p>
      <fieldset className={css.reasons}>
        <legend>{i18n.t('rotation.why')}</legend>
        {rotationReasons(platform, destination).map(({ reason, suggested }) => (
          <Button
            key={reason}
            weight={suggested ? 'primary' : 'plain'}
            onClick={() =>
              void command({
                type: 'guide.start',
                platform: platform.id,
                job: 'rotate',
                workspaceId: destination.workspaceId,
                destinationId: destination.id,
                reason,
              })
            }
          >
            {sentence(`platforms.${platform.id}.rotation.${reason}`)}
          </Button>
        ))}
      </fieldset>
    </details>
  );
};
