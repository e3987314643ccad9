import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';

interface Pinning {
  getUserSettings?: () => Promise<{ isOnToolbar?: boolean }>;
  /** Chrome 130 and Firefox 142 on. */
  onUserSettingsChanged?: {
    addListener: (listener: () => void) => void;
    removeListener: (listener: () => void) => void;
  };
}

/**
 * Whether our button stands in the toolbar, as it stands at every moment; undefined where the browser cannot tell, and
 * until it has. A browser that does not say when it changes is asked again when the person comes back to the page.
 */
export const usePinned = (): boolean | undefined => {
  const [pinned, setPinned] = useState<boolean>();
  useEffect(() => {
    let watching = true;
    const action: Pinning = browser.action;
    const look = () =>
      void action.getUserSettings?.().then(({ isOnToolbar }) => {
        if (watching) setPinned(isOnToolbar);
      });
    look();
    addEventListener('focus', look);
    action.onUserSettingsChanged?.addListener(look);
    return () => {
      watching = false;
      removeEventListener('focus', look);
      action.onUserSettingsChanged?.removeListener(look);
    };
  }, []);
  return pinned;
};
