import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Workspace } from '../lib/storage/rows';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { Dot } from './Dot';
import css from './KeyTroubles.module.css';

/** Names in sight. Whoever has more of them goes through the list in the settings anyway. */
const NAMED = 5;

/** The keys of several workspaces do not work: which, and where to mend them. */
export const KeyTroubles = ({ workspaces }: { workspaces: readonly Workspace[] }) => {
  const more = workspaces.length - NAMED;
  return (
    <Card heading={i18n.t('workspace.manyRefused', { n: workspaces.length })} spoken="alert">
      <p>{i18n.t('workspace.aboutMany')}</p>
      <ul className={css.names}>
        {workspaces.slice(0, NAMED).map(({ id, name, colour }) => (
          <li key={id}>
            <Dot colour={colour} />
            {name}
          </li>
        ))}
        {more > 0 && <li>{i18n.t('workspace.andMore', { n: more })}</li>}
      </ul>
      <Actions>
        <Button weight="primary" data-first onClick={() => void browser.runtime.openOptionsPage()}>
          {i18n.t('options.open')}
        </Button>
      </Actions>
    </Card>
  );
};
