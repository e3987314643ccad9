type Task = (lock: object | null) => unknown;

/** `navigator.locks` as the browser has it: one after the other for each name. */
export const createLocks = () => {
  const last = new Map<string, Promise<unknown>>();
  return {
    request: async (name: string, ...[given, then]: [Task] | [{ ifAvailable?: boolean }, Task]) => {
      const task = (then ?? given) as Task;
      const before = last.get(name);
      if (before && typeof given === 'object' && given.ifAvailable) return task(null);
      const result = Promise.resolve(before).then(() => task({}));
      const end = result
        .catch(() => undefined)
        .then(() => {
          if (last.get(name) === end) last.delete(name);
        });
      last.set(name, end);
      return result;
    },
  };
};
