import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { sitesOff } from './first-look';

export const hostOf = (pattern: string): string => pattern.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');

/** The sites that are switched off, as it stands at every moment. */
export const useSitesOff = (first: readonly string[]): readonly string[] => {
  const [sites, setSites] = useState(first);
  useEffect(() => {
    let watching = true;
    const look = () =>
      void sitesOff().then((off) => {
        if (watching) setSites((known) => (off.join() === known.join() ? known : off));
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
