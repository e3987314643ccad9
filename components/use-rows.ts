import { useEffect, useState } from 'react';
import { stored } from '../lib/storage/database';
import { onRowsChanged } from '../lib/storage/signal';
import { watched } from './first-look';
import type { Snapshot } from './popup-state';

type Watched = (typeof watched)[number];

const isWatched = (store: string): store is Watched => (watched as readonly string[]).includes(store);

/** Where change follows change, what was read waits no longer than this for what is still being read, in ms. */
const LONGEST_WAIT = 200;

/**
 * The rows as they stand, read again whenever the background says that a store has changed. What changes together is
 * drawn together: each store is read by itself, and one that is being written takes longer, so a capture would vanish
 * before its delivery is there.
 */
export const useRows = (first: Snapshot): Snapshot => {
  const [snapshot, setSnapshot] = useState(first);

  useEffect(() => {
    /** The newest read of each store, until it has ended. */
    const reads = new Map<Watched, Promise<unknown>>();
    let rows = first;
    /** Of what is not drawn yet. Zero: all is. */
    let readAt = 0;

    const read = async (store: Watched) => {
      const reading = stored.all(store);
      reads.set(store, reading);
      // What cannot be read stays as it is.
      const fresh = await reading.catch(() => rows[store]);
      const now = performance.now();
      readAt ||= now;
      // A slower, older read must not overwrite a newer one.
      if (reads.get(store) === reading) {
        reads.delete(store);
        rows = { ...rows, [store]: fresh };
      }
      if (reads.size > 0 && now - readAt < LONGEST_WAIT) return;
      readAt = 0;
      setSnapshot(rows);
    };
    // What changed between the first read and now.
    for (const store of watched) void read(store);
    return onRowsChanged((store) => {
      if (isWatched(store)) void read(store);
    });
  }, [first]);

  return snapshot;
};
