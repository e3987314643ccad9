import { useEffect, useState } from 'react';
import { onRowsChanged, type StoreName } from '../lib/storage/signal';

/** What `read` gives, read after the first picture and again whenever the store changes. `read` is always the same. */
export const useStored = <T>(store: StoreName, read: () => Promise<T>, first: T): T => {
  const [value, setValue] = useState(first);
  useEffect(() => {
    let watching = true;
    const readAgain = async () => {
      const fresh = await read();
      if (watching) setValue(() => fresh);
    };
    void readAgain();
    const stop = onRowsChanged((changed) => {
      if (changed === store) void readAgain();
    });
    return () => {
      watching = false;
      stop();
    };
  }, [store, read]);
  return value;
};
