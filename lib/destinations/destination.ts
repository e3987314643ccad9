import type { Destination, HealthState } from '../storage/rows';

/** Partly failing counts as failing, in the badge and in alerts. */
export const isIll = (state: HealthState): boolean => state === 'unhealthy' || state === 'degraded';

/** Ids are Upstack's, and may be the same in two workspaces. */
export const destinationKey = (workspaceId: string, id: string): Destination['key'] => `${workspaceId}/${id}`;
