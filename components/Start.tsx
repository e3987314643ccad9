import { i18n } from '#i18n';
import { platforms } from '../lib/platforms/index';
import { LinkButton } from './Button';
import { Card } from './Card';
import { PasteInstead } from './PasteInstead';
import css from './Start.module.css';
import { useCommand } from './use-command';

/** Another site: where to go, and a way in for a token that was copied already. `led`: the guide goes along. */
export const Start = ({ led = false }: { led?: boolean }) => {
  const command = useCommand();
  return (
    <Card heading={i18n.t('start.heading')}>
      <p>{i18n.t('start.body')}</p>
      <ul className={css.platforms}>
        {platforms.map((platform) => (
          <li key={platform.id}>
            <LinkButton
              href={platform.startUrl}
              onClick={() => {
                if (led) void command({ type: 'guide.start', platform: platform.id, job: 'create' });
              }}
            >
              {i18n.t('start.open', { platform: platform.name })}
            </LinkButton>
            <PasteInstead platform={platform}>
              {i18n.t('start.paste', { platform: platform.name })}
            </PasteInstead>
          </li>
        ))}
      </ul>
    </Card>
  );
};
