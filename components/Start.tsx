import { i18n } from '#i18n';
import { platforms } from '../lib/platforms/index';
import { LinkButton } from './Button';
import { Card } from './Card';
import { PasteInstead } from './PasteInstead';
import css from './Start.module.css';
import { useCommand } from './use-command';

interface StartProps {
  heading?: string;
  /** The guide goes along. */
  led?: boolean;
  /** Beside going there. */
  onOpen?: (() => unknown) | undefined;
}

/** Another site: where to go, and a way in for a token that was copied already. */
export const Start = ({ heading = i18n.t('start.heading'), led = false, onOpen }: StartProps) => {
  const command = useCommand();
  return (
    <Card heading={heading}>
      <p>{i18n.t('start.body')}</p>
      <ul className={css.platforms}>
        {platforms.map((platform) => (
          <li key={platform.id}>
            <LinkButton
              href={platform.startUrl}
              onClick={() => {
                onOpen?.();
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
