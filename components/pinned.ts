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

const action: Pinning = browser.action;

/** Whether our button stands in the toolbar; undefined where the browser cannot tell. */
export const readPinned = async (): Promise<boolean | undefined> =>
  (await action.getUserSettings?.())?.isOnToolbar;

/**
 * The same as it stands at every moment. A browser that does not say when it changes is asked again when the person
 * comes back to the page.
 */
export const usePinned = (first: boolean | undefined): boolean | undefined => {
  const [pinned, setPinned] = useState(first);
  useEffect(() => {
    let watching = true;
    const look = () =>
      void readPinned().then((now) => {
        if (watching) setPinned(now);
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
