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
    let watching = true;
    const latest = new Map<Watched, number>();
    let underWay = 0;
    let fresh: Partial<Snapshot> = {};
    let freshSince = Number.POSITIVE_INFINITY;

    const draw = () => {
      const drawn = fresh;
      fresh = {};
      freshSince = Number.POSITIVE_INFINITY;
      setSnapshot((known) => ({ ...known, ...drawn }));
    };
    const read = async (store: Watched) => {
      const mine = (latest.get(store) ?? 0) + 1;
      latest.set(store, mine);
      underWay += 1;
      const rows = await stored.all(store).finally(() => {
        underWay -= 1;
      });
      if (!watching) return;
      const now = performance.now();
      // A slower, older read must not overwrite a newer one.
      if (mine === latest.get(store)) {
        fresh = { ...fresh, [store]: rows };
        freshSince = Math.min(freshSince, now);
      }
      if (underWay === 0 || now - freshSince > LONGEST_WAIT) draw();
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
