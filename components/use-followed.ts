import { useContext, useEffect } from 'react';
import type { SeenPage } from '../lib/storage/rows';
import { MINUTE } from '../lib/terms/time';
import { SendContext } from './use-command';

/** Sooner than the background lets go of a page. */
const AGAIN = MINUTE;

/**
 * For as long as a guide is on screen, what can be seen of its steps is told by the page that it leads through. Nobody
 * has asked for it, so nobody is told where it cannot be.
 */
export const useFollowed = (page: SeenPage | undefined): void => {
  const send = useContext(SendContext);
  const tabId = page?.tabId;
  // A new document has to be asked anew, and of another screen nothing is known yet.
  const place = page && [page.page, page.screen, page.account].join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place decides when, see above.
  useEffect(() => {
    if (tabId === undefined) return undefined;
    const follow = (): void => void send({ type: 'guide.follow', tabId });
    follow();
    const timer = setInterval(follow, AGAIN);
    return () => clearInterval(timer);
  }, [send, tabId, place]);
};
