import { useEffect, useState } from 'react';
import { stored } from '../lib/storage/database';
import { onRowsChanged } from '../lib/storage/signal';
import { watched } from './first-look';
import type { Snapshot } from './popup-state';

type Watched = (typeof watched)[number];

const isWatched = (store: string): store is Watched => (watched as readonly string[]).includes(store);

/** The rows as they stand, read again whenever the background says that a store has changed. */
export const useRows = (first: Snapshot): Snapshot => {
  const [snapshot, setSnapshot] = useState(first);

  useEffect(() => {
    let watching = true;
    const reads = new Map<Watched, number>();
    const read = async (store: Watched) => {
      const mine = (reads.get(store) ?? 0) + 1;
      reads.set(store, mine);
      const fresh = await stored.all(store);
      // A slower, older read must not overwrite a newer one.
      if (watching && mine === reads.get(store)) setSnapshot((known) => ({ ...known, [store]: fresh }));
    };
    const stop = onRowsChanged((store) => {
      if (isWatched(store)) void read(store);
    });
    // What changed between the first read and now.
    for (const store of watched) void read(store);
    return () => {
      watching = false;
      stop();
    };
  }, []);

  return snapshot;
};
