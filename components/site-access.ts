import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';

export const hostOf = (pattern: string): string => pattern.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');

/** Which of the hosts that the extension cannot do without are switched off, as match patterns. */
const sitesOff = async (): Promise<string[]> => {
  const needed: string[] = browser.runtime.getManifest().host_permissions ?? [];
  const allowed = await Promise.all(
    needed.map((pattern) => browser.permissions.contains({ origins: [pattern] })),
  );
  return needed.filter((_pattern, index) => !allowed[index]);
};

const none: readonly string[] = [];

/** The sites that are switched off, as it stands at every moment. None until the browser has been asked. */
export const useSitesOff = (): readonly string[] => {
  const [sites, setSites] = useState(none);
  useEffect(() => {
    let watching = true;
    const look = () =>
      void sitesOff().then((off) => {
        if (watching) setSites(off.length > 0 ? off : none);
      });
    look();
    browser.permissions.onAdded.addListener(look);
    browser.permissions.onRemoved.addListener(look);
    return () => {
      watching = false;
      browser.permissions.onAdded.removeListener(look);
      browser.permissions.onRemoved.removeListener(look);
    };
  }, []);
  return sites;
};
