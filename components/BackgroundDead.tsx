import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { CopyButton } from './CopyButton';

const details = (): string =>
  [
    `Upstack Capture ${browser.runtime.getManifest().version}`,
    navigator.userAgent,
    new Date().toISOString(),
    'The background did not answer.',
  ].join('\n');

/** The background is silent. A reload mends most of it, but it would empty the memory in which a token waits. */
export const BackgroundDead = ({ tokenWaits }: { tokenWaits: boolean }) => (
  <Card tone="bad" heading={i18n.t('dead.heading')} spoken="alert">
    <p id="dead-reason">{i18n.t(tokenWaits ? 'dead.tokenWaits' : 'dead.body')}</p>
    <Actions>
      <Button
        weight="primary"
        data-first
        disabled={tokenWaits}
        aria-describedby="dead-reason"
        onClick={() => browser.runtime.reload()}
      >
        {i18n.t('dead.reload')}
      </Button>
      <CopyButton text={details()}>{i18n.t('dead.copy')}</CopyButton>
    </Actions>
  </Card>
);
