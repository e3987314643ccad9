import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Platform } from '../lib/platforms/definition';
import { platformOfOrigin, platforms } from '../lib/platforms/index';
import { stored } from '../lib/storage/database';
import { Button, LinkButton } from './Button';
import { Actions, Card } from './Card';
import { PasteInstead } from './PasteInstead';
import { isSample } from './popup-state';
import { useAllRows } from './rows-context';
import css from './Start.module.css';
import { sentence } from './texts';
import { useCommand } from './use-command';
import { useStored } from './use-stored';

const none: readonly string[] = [];
const readOff = async () => (await stored.get('settings', 'settings'))?.off ?? none;

/**
 * An ad page of which nothing was heard: it was open before an update and could not be looked at again, or it is still
 * loading. Never loaded anew by us, since a token may stand on it that is shown only once.
 */
const Unread = ({ platform, tabId }: { platform: Platform; tabId: number | undefined }) => {
  const command = useCommand();
  const isOff = useStored('settings', readOff, none).includes(platform.id);
  return (
    <Card eyebrow={platform.name} heading={i18n.t(isOff ? 'unread.off' : 'unread.heading')} spoken="status">
      <p>{isOff ? i18n.t('unread.offBody', { platform: platform.name }) : i18n.t('unread.body')}</p>
      <Actions>
        {isOff ? (
          <Button weight="primary" data-first onClick={() => void browser.runtime.openOptionsPage()}>
            {i18n.t('options.open')}
          </Button>
        ) : (
          <Button
            weight="primary"
            data-first
            onClick={() => tabId !== undefined && void command({ type: 'capture.readAgain', tabId })}
          >
            {i18n.t('review.readAgain')}
          </Button>
        )}
      </Actions>
    </Card>
  );
};

interface StartProps {
  heading?: string;
  /** The guide goes along. */
  led?: boolean;
  /** Of the page beside. */
  origin?: string | undefined;
  tabId?: number | undefined;
  /** Beside going there. */
  onOpen?: (() => unknown) | undefined;
}

/** Another site: where to go, and a way in for a token that was copied already. */
export const Start = ({
  heading = i18n.t('start.heading'),
  led = false,
  origin = '',
  tabId,
  onOpen,
}: StartProps) => {
  const command = useCommand();
  const rows = useAllRows();
  const unread = isSample(rows) ? undefined : platformOfOrigin(origin);
  if (unread) return <Unread platform={unread} tabId={tabId} />;
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
              {sentence(`platforms.${platform.id}.open`)}
            </LinkButton>
            <PasteInstead platform={platform} name={i18n.t('start.pasteNamed', { platform: platform.name })}>
              {i18n.t('start.paste')}
            </PasteInstead>
          </li>
        ))}
      </ul>
    </Card>
  );
};
