import type { Random } from '../e2e/zoo/random';

/** What a dying worker throws; nothing of it runs on after it. */
export class Kill extends Error {}

/**
 * The order in which things happen in a worker. Every effect outside the code under test waits for its turn here, and
 * chance says whose turn it is: so the same seed gives the same interleaving, and the worker can die before any of
 * them.
 */
export const createTurns = (random: Random) => {
  let waiting: { go: () => void; die: (kill: Kill) => void }[] = [];
  let running = 0;
  let left = Number.POSITIVE_INFINITY;
  let taken = 0;

  const isDead = (): boolean => left <= 0;

  const turn = (): Promise<void> => {
    taken += 1;
    left -= 1;
    if (isDead()) return Promise.reject(new Kill());
    // Alone, there is nobody to take turns with.
    if (running <= 1) return Promise.resolve();
    return new Promise((go, die) => waiting.push({ go, die }));
  };

  return {
    /** Lets `effect` happen when its turn has come. */
    pass: async <T>(effect: () => T): Promise<T> => {
      await turn();
      return effect();
    },

    /** Runs the tasks beside each other, in one life that ends at its `killAt`-th effect. True if it did not end. */
    live: async (
      tasks: readonly (() => Promise<unknown>)[],
      killAt = Number.POSITIVE_INFINITY,
    ): Promise<boolean> => {
      running = tasks.length;
      left = killAt;
      const bugs: unknown[] = [];
      const ends = tasks.map(async (task) => {
        try {
          await task();
        } catch (error) {
          if (!(error instanceof Kill)) bugs.push(error);
        }
        running -= 1;
      });
      while (running > 0) {
        // Whatever can run without a turn does so first.
        await new Promise((done) => setImmediate(done));
        if (isDead()) {
          const dying = waiting;
          waiting = [];
          for (const { die } of dying) die(new Kill());
        } else if (waiting.length > 0) {
          waiting.splice(random.whole(0, waiting.length - 1), 1)[0]?.go();
        }
      }
      await Promise.all(ends);
      if (bugs.length > 0) throw bugs[0];
      const survived = !isDead();
      left = Number.POSITIVE_INFINITY;
      return survived;
    },

    /** How many turns were taken since the start. */
    taken: () => taken,
  };
};
