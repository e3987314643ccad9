import { createContext, useContext } from 'react';
import { stored } from '../lib/storage/database';
import type { HistoryEntry } from '../lib/storage/rows';
import { useStored } from './use-stored';

/** The log of changes, oldest first; undefined until it has been read. */
export const HistoryContext = createContext<readonly HistoryEntry[] | undefined>(undefined);

export const useHistory = (): readonly HistoryEntry[] | undefined => useContext(HistoryContext);

const readHistory = async (): Promise<readonly HistoryEntry[]> =>
  (await stored.all('history')).sort((one, other) => one.at - other.at);

/** The log as it stands, read after the first picture and again whenever it changes. */
export const useStoredHistory = (): readonly HistoryEntry[] | undefined =>
  useStored<readonly HistoryEntry[] | undefined>('history', readHistory, undefined);
