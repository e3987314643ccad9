import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { hostOf } from './site-access';

/** The browser keeps the extension away from sites it needs: a person switched that off, or never allowed it. */
export const SiteAccess = ({ patterns }: { patterns: readonly string[] }) => (
  <Card heading={i18n.t('siteAccess.heading')} spoken="alert">
    <p>{i18n.t('siteAccess.body', { sites: patterns.map(hostOf).join(', ') })}</p>
    <Actions>
      <Button
        weight="primary"
        data-first
        // First thing in the click: browsers forget it at the first wait. The answer is seen by whoever watches.
        onClick={() => void browser.permissions.request({ origins: [...patterns] }).catch(() => undefined)}
      >
        {i18n.t('siteAccess.turnOn')}
      </Button>
    </Actions>
  </Card>
);
