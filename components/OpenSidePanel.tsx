import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { Button } from './Button';
import css from './OpenSidePanel.module.css';
import { WhatsNew } from './WhatsNew';

/** What browsers have for it; some have neither. */
const beside: {
  sidePanel?: { open?: (where: { windowId: number }) => Promise<void> };
  sidebarAction?: { open?: () => Promise<void> };
} = browser;

/** Both want the click itself, so whatever has to be asked for is asked before. */
const open = async (windowId: number): Promise<void> => {
  if (beside.sidePanel?.open) await beside.sidePanel.open({ windowId });
  else await beside.sidebarAction?.open?.();
};

const isThere = (): boolean => Boolean(beside.sidePanel?.open ?? beside.sidebarAction?.open);

/** Opens the panel beside the page, from a click; undefined until that is possible, or where there is none. */
export const useBeside = (): (() => Promise<void>) | undefined => {
  const [windowId, setWindowId] = useState<number>();
  useEffect(() => {
    if (isThere()) void browser.windows.getCurrent().then(({ id }) => setWindowId(id));
  }, []);
  return windowId === undefined ? undefined : () => open(windowId);
};

/** The list of keys, the way to the same beside the page, where it stays; and once, after an update, what is new. */
export const OpenSidePanel = ({ isPopup }: { isPopup: boolean }) => {
  const openBeside = useBeside();
  return (
    <footer className={css.footer}>
      <WhatsNew />
      <Button weight="quiet" onClick={() => void import('./KeyList').then(({ showKeys }) => showKeys())}>
        <kbd className={css.key}>?</kbd>
        {i18n.t('keys.heading')}
      </Button>
      {isThere() && (
        <Button
          weight="quiet"
          disabled={!openBeside}
          onClick={() => void openBeside?.().then(() => isPopup && close())}
        >
          {i18n.t('panel.open')}
        </Button>
      )}
    </footer>
  );
};
