import { useCallback, useEffect, useState } from 'react';
import type { Business, Session } from '../../consoles-api';
import { api, Refused } from './api';

export type Entry =
  | { is: 'loading' }
  | { is: 'signedOut' }
  | { is: 'unavailable' }
  | { is: 'in'; session: Session; businesses: Business[] };

/**
 * Who is signed in, and what they may see. Asked anew on every page, quietly: a role may be lost meanwhile. Signing in
 * and out loads the page again, since the server leaves the session in it.
 */
export function useConsole(path: string) {
  const [entry, setEntry] = useState<Entry>({ is: 'loading' });

  const load = useCallback(async () => {
    try {
      const [session, { businesses }] = await Promise.all([api.session(), api.businesses()]);
      setEntry({ is: 'in', session, businesses });
    } catch (error) {
      const signedOut = error instanceof Refused && error.code === 'signed_out';
      setEntry({ is: signedOut ? 'signedOut' : 'unavailable' });
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is the reason to ask again
  useEffect(() => {
    void load();
  }, [load, path]);

  const retry = () => {
    setEntry({ is: 'loading' });
    void load();
  };
  const signIn = async () => {
    setEntry({ is: 'loading' });
    await api.signIn().catch(() => undefined);
    location.reload();
  };
  const signOut = async () => {
    await api.signOut().catch(() => undefined);
    location.reload();
  };
  return { entry, retry, signIn, signOut, refresh: load };
}
