import type { CDPSession } from '@playwright/test';

/** What extension code cost a page in one measurement. In ms. */
export interface Cost {
  /** Time of all samples with extension code anywhere on the stack. */
  total: number;
  /** The longest stretch without a break: what the page had to wait for at once. */
  longest: number;
}

interface ProfileNode {
  id: number;
  callFrame: { url: string; functionName: string };
  children?: number[];
}

interface CpuProfile {
  nodes: ProfileNode[];
  startTime: number;
  samples?: number[];
  timeDeltas?: number[];
}

const INTERVAL = 100; // µs
/** The next sample comes within this time also in the middle of native work, or else something else had the core. */
const LATEST = 500; // µs
/** Samples of the engine itself between two of ours belong to neither; a short one does not end a stretch. */
const BREAK = 500; // µs

/** All of this protocol that is used; every sample's stack is the path from its node to the root. */
export const costOf = ({ nodes, samples = [], timeDeltas = [] }: CpuProfile): Cost => {
  const parents = new Map<number, number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);

  const known = new Map<number, boolean>();
  const isOurs = (id: number): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const parent = parents.get(id);
    const ours =
      (byId.get(id)?.callFrame.url.startsWith('chrome-extension://') ?? false) ||
      (parent !== undefined && isOurs(parent));
    known.set(id, ours);
    return ours;
  };
  const isEngine = (id: number): boolean =>
    ['(program)', '(garbage collector)'].includes(byId.get(id)?.callFrame.functionName ?? '');

  let total = 0;
  let longest = 0;
  let stretch = 0;
  let gap = 0;
  for (const [index, id] of samples.entries()) {
    // A sample stands for the time until the next one.
    const time = Math.min(LATEST, Math.max(0, timeDeltas[index + 1] ?? INTERVAL));
    if (isOurs(id)) {
      total += time;
      stretch += time;
      gap = 0;
      longest = Math.max(longest, stretch);
    } else {
      gap += time;
      if (!isEngine(id) || gap > BREAK) stretch = 0;
    }
  }
  return { total: total / 1000, longest: longest / 1000 };
};

/** Profiles the page while `work` runs. */
export const profiled = async (session: CDPSession, work: () => Promise<void>): Promise<Cost> => {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.send('Profiler.start');
  await work();
  const { profile } = await session.send('Profiler.stop');
  return costOf(profile);
};
