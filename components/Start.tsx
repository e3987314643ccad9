import { i18n } from '#i18n';
import type { Platform } from '../lib/platforms/definition';
import { platformOf, platforms, recognisePage } from '../lib/platforms/index';
import type { SeenPage } from '../lib/storage/rows';
import { Button, LinkButton } from './Button';
import { Actions, Card } from './Card';
import css from './Start.module.css';
import { useCommand } from './use-command';

/** Begins a capture without a page, to paste into. */
const PasteInstead = ({ platform, children }: { platform: Platform; children: React.ReactNode }) => {
  const command = useCommand();
  return (
    <Button weight="quiet" onClick={() => void command({ type: 'capture.draft', platform: platform.id })}>
      {children}
    </Button>
  );
};

/** Another site: where to go, and a way in for a token that was copied already. */
export const Start = () => (
  <Card heading={i18n.t('start.heading')}>
    <p>{i18n.t('start.body')}</p>
    <ul className={css.platforms}>
      {platforms.map((platform) => (
        <li key={platform.id}>
          <LinkButton href={platform.startUrl}>
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

interface GuideProps {
  page: SeenPage;
  /** A token of this very account was in memory and is gone. */
  lost: boolean;
}

/** On an ad page without a token: how to get one to show. */
export const Guide = ({ page, lost }: GuideProps) => {
  const command = useCommand();
  const platform = platformOf(page.platform);
  if (!platform) return null;
  const facts = { platform: platform.name };
  const ids = Object.fromEntries(
    page.ids.filter(({ selected }) => selected).map(({ kind, value }) => [kind, value]),
  );
  const screen = platform.pages.find(({ id }) => id === page.screen);
  const mayShowToken = platform.kinds.some((kind) => kind.secret && screen?.offers.includes(kind.id));
  const tokenPage = platform.tokenPageUrl(ids);
  const isTokenPage = recognisePage(new URL(tokenPage))?.page.id === page.screen;
  const readAgain = (
    <Button
      weight={isTokenPage ? 'primary' : 'plain'}
      data-first={isTokenPage || undefined}
      onClick={() => void command({ type: 'capture.readAgain', tabId: page.tabId })}
    >
      {i18n.t('review.readAgain')}
    </Button>
  );
  const hidden = lost && mayShowToken;
  return (
    <Card
      heading={i18n.t(hidden ? 'guide.hiddenHeading' : 'guide.heading')}
      eyebrow={platform.name}
      spoken="status"
    >
      <p>{i18n.t(hidden ? 'guide.hidden' : isTokenPage ? 'guide.generate' : 'guide.body', facts)}</p>
      <Actions>
        {!isTokenPage && (
          <LinkButton weight="primary" href={tokenPage} first>
            {i18n.t('guide.takeMe')}
          </LinkButton>
        )}
        {readAgain}
        <PasteInstead platform={platform}>{i18n.t('field.pasteInstead')}</PasteInstead>
      </Actions>
    </Card>
  );
};
