import { createContext, useContext, useEffect, useState } from 'react';
import { rows } from '../lib/storage/database';
import type { HistoryEntry } from '../lib/storage/rows';
import { onRowsChanged } from '../lib/storage/signal';

/** The log of changes, oldest first; undefined until it has been read. */
export const HistoryContext = createContext<readonly HistoryEntry[] | undefined>(undefined);

export const useHistory = (): readonly HistoryEntry[] | undefined => useContext(HistoryContext);

/** The log as it stands, read after the first picture and again whenever it changes. */
export const useStoredHistory = (): readonly HistoryEntry[] | undefined => {
  const [entries, setEntries] = useState<readonly HistoryEntry[]>();
  useEffect(() => {
    let watching = true;
    const read = async () => {
      const fresh = await rows.all('history');
      if (watching) setEntries(fresh.sort((one, other) => one.at - other.at));
    };
    void read();
    const stop = onRowsChanged((store) => {
      if (store === 'history') void read();
    });
    return () => {
      watching = false;
      stop();
    };
  }, []);
  return entries;
};
