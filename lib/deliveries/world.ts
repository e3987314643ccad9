import type { Secret } from '../credentials/secret';
import { refreshDestinations, storeDestination } from '../destinations/refresh';
import { rows } from '../storage/database';
import type { Delivery, Problem } from '../storage/rows';
import { upstack } from '../upstack/client';
import type { RemoteDestination } from '../upstack/decode';
import { markSent, releaseSecret, reopen } from '../vault/captures';
import { readSecret } from '../vault/vault';
import { accessOf, noteProblem } from '../workspaces/workspaces';
import type { Route } from './route';
import { createApiRoute } from './routes/api';
import { createDashboardRoute } from './routes/dashboard';
import { browserDashboard } from './routes/dashboard-tab';

/** Everything that a delivery touches outside its own row, so that a simulation can put another world in its place. */
export interface World {
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  newId(): string;
  online(): boolean;
  /** One at a time for each name, over every context of the extension; let go when the worker dies. */
  exclusively<T>(name: string, task: () => Promise<T>): Promise<T>;
  /** Soon, while this worker lives. The alarm is what can be relied on. */
  later(ms: number, task: () => void): void;
  rows: Pick<typeof rows, 'get' | 'all' | 'put' | 'change'>;
  readSecret(fingerprint: string): Promise<Secret | undefined>;
  markSent(captureId: string): Promise<unknown>;
  reopen(captureId: string): Promise<unknown>;
  releaseSecret: typeof releaseSecret;
  noteProblem(workspaceId: string, problem: Problem): Promise<void>;
  storeDestination(workspaceId: string, remote: RemoteDestination, now: number): Promise<void>;
  refreshDestinations(workspaceId: string): Promise<unknown>;
  routes: Readonly<Record<Delivery['route'], Route>>;
}

export const browserWorld: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  newId: () => crypto.randomUUID(),
  online: () => navigator.onLine,
  exclusively: (name, task) => navigator.locks.request(name, task),
  later: (ms, task) => void setTimeout(task, ms),
  rows,
  readSecret,
  markSent,
  reopen,
  releaseSecret,
  noteProblem,
  storeDestination,
  refreshDestinations,
  routes: {
    api: createApiRoute(upstack, accessOf),
    dashboard: createDashboardRoute(browserDashboard),
  },
};
