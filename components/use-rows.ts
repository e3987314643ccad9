import { useEffect, useState } from 'react';
import { rows } from '../lib/storage/database';
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
    const reads: Record<Watched, number> = {
      captures: 0,
      deliveries: 0,
      destinations: 0,
      workspaces: 0,
      pages: 0,
      accountChoices: 0,
      guides: 0,
      bulkAdds: 0,
    };
    const read = async (store: Watched) => {
      reads[store] += 1;
      const mine = reads[store];
      const fresh = await rows.all(store);
      // A slower, older read must not overwrite a newer one.
      if (watching && mine === reads[store]) setSnapshot((known) => ({ ...known, [store]: fresh }));
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
