import { MINUTE } from '../terms/time';

/**
 * How often a key has been let through in the past minute. Held in memory: a worker that died forgets, which only
 * ever lets a report through.
 */
export const perMinute = () => {
  const passes = new Map<number, number[]>();
  return {
    /** True, and counted, if fewer than `limit` passed within a minute before `now`. */
    allows: (key: number, limit: number, now: number): boolean => {
      // A clock that was put back must not lock a tab out.
      const recent = (passes.get(key) ?? []).filter((at) => now - at < MINUTE && at <= now);
      const allowed = recent.length < limit;
      passes.set(key, allowed ? [...recent, now] : recent);
      return allowed;
    },
    forget: (key: number): void => {
      passes.delete(key);
    },
  };
};
