import { stored } from '../lib/storage/database';
import type { LeavingWorkspace } from '../lib/storage/rows';
import { useStored } from './use-stored';

const none: readonly LeavingWorkspace[] = [];
const read = (): Promise<readonly LeavingWorkspace[]> => stored.all('leaving');

/** The workspaces that were disconnected just now. */
export const useLeaving = (): readonly LeavingWorkspace[] => useStored('leaving', read, none);
