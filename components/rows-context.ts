import { createContext, useContext } from 'react';
import type { Snapshot } from './popup-state';

export const NO_ROWS: Snapshot = {
  captures: [],
  deliveries: [],
  destinations: [],
  workspaces: [],
  pages: [],
  accountChoices: [],
  guides: [],
  bulkAdds: [],
  quarantine: [],
};

/** All rows of a page, for what draws conclusions from more than its own. */
export const RowsContext = createContext<Snapshot>(NO_ROWS);

export const useAllRows = (): Snapshot => useContext(RowsContext);
