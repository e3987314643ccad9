import { describe, expect, it } from 'vitest';
import type { Route } from '../../../lib/deliveries/route';
import type { Delivery } from '../../../lib/storage/rows';
import { OUTCOMES, type Outcome, type UpstackTraits } from './pretend-upstack';
import { addCapture, type Ground, makeGround, makeWorker, survives, untilSettled } from './pretend-world';

/**
 * The worker dies at every await, under every way in which the server can answer a write, whether the server keeps
 * to its own rules or not; then it is started again and again until all is settled. Nothing may be lost or doubled.
 */

const TRAITS: readonly UpstackTraits[] = [
  { honoursKey: true, refusesTwins: true },
  { honoursKey: false, refusesTwins: true },
  { honoursKey: true, refusesTwins: false },
  { honoursKey: false, refusesTwins: false },
];

/** Outcomes after which the person is asked again, and nothing has been saved. */
const REFUSALS: readonly Outcome[] = ['rejected', 'invalidRequest'];

interface Run {
  ground: Ground;
  fingerprint: string;
  awaits: number;
  died: boolean;
}

interface Plan {
  outcome: Outcome;
  traits: UpstackTraits;
  job: 'create' | 'rotate';
  killAt: number;
  route?: (real: Route) => Route;
}

const run = async ({ outcome, traits, job, killAt, route }: Plan): Promise<Run> => {
  const ground = makeGround(traits);
  const { upstack, stores } = ground;
  if (job === 'rotate') {
    // What the capture is for exists already, with another token.
    const old = await addCapture(ground, 'old');
    const seed = makeWorker(ground);
    await seed.send('old');
    await untilSettled(ground, seed, () => makeWorker(ground));
    stores.captures.delete(old.id);
    stores.deliveries.clear();
    stores.history.clear();
  }
  const capture = await addCapture(ground, 'c1');
  const fingerprint = capture.chosen ?? '';
  upstack.outcomes.push(outcome);
  upstack.writes.length = 0;

  const sabotage = route ? { route } : {};
  const worker = makeWorker(ground, { killAt, ...sabotage });
  const survivor = (): ReturnType<typeof makeWorker> => makeWorker(ground, sabotage);
  let died = !(await survives(() => worker.send('c1')));
  // Whoever pressed Send and got no answer presses it again.
  const next = died ? survivor() : worker;
  if (died) await next.send('c1');
  await untilSettled(ground, next, () => {
    died = true;
    return survivor();
  });
  upstack.settleAllLate();
  return { ground, fingerprint, awaits: worker.awaits(), died };
};

/** What is wrong with how a run ended, in sentences. */
const faultsOf = ({ ground, fingerprint }: Run, plan: Plan): string[] => {
  const { stores, upstack, secrets, breaches } = ground;
  const faults: string[] = [];
  const deliveries: Delivery[] = [...stores.deliveries.values()];
  const [delivery] = deliveries;
  const there = [...upstack.destinations.values()].filter(({ token }) => token.fingerprint === fingerprint);
  if (deliveries.length !== 1) faults.push(`${deliveries.length} deliveries of one capture`);
  if (upstack.destinations.size > 1 || there.length > 1) faults.push('doubled');
  if (breaches.length > 0) faults.push('a call without a row that says sending');
  const saved = delivery?.outcome === 'healthy';
  if (saved !== (there.length === 1))
    faults.push(`told ${delivery?.outcome}, but ${there.length} at Upstack`);
  if (saved && secrets.has(fingerprint)) faults.push('the secret outlived its delivery');
  if (saved && ![...stores.history.values()].some(({ what }) => what === 'sent' || what === 'rotated')) {
    faults.push('saved without a word in the history');
  }
  if (!saved && delivery?.outcome !== 'rejected') faults.push(`lost: ${delivery?.outcome}`);
  if (!saved && !REFUSALS.includes(plan.outcome)) faults.push(`gave up after ${plan.outcome}`);
  if (!saved && stores.captures.get('c1')?.state !== 'open') faults.push('refused, and not to be corrected');
  if (!saved && !secrets.has(fingerprint)) faults.push('refused, and the secret is gone');
  return faults;
};

/** Kills at the first await, the second, … until a run gets through alive. */
const everywhere = async (plan: Omit<Plan, 'killAt'>): Promise<{ runs: number; faults: string[] }> => {
  const faults: string[] = [];
  for (let killAt = 1; ; killAt += 1) {
    const full = { ...plan, killAt };
    const one = await run(full);
    faults.push(...faultsOf(one, full).map((fault) => `${JSON.stringify(full)}: ${fault}`));
    if (!one.died) return { runs: killAt, faults };
  }
};

describe.each(['create', 'rotate'] as const)('killed at every await of a %s', { timeout: 60_000 }, (job) => {
  it.each(OUTCOMES)('loses and doubles nothing when the first write ends as: %s', async (outcome) => {
    let runs = 0;
    for (const traits of TRAITS) {
      const result = await everywhere({ outcome, traits, job });
      expect(result.faults).toEqual([]);
      runs += result.runs;
    }
    // Every await was one at which it died, on each of the four servers.
    expect(runs).toBeGreaterThan(TRAITS.length * 30);
  });
});

/** Of every worker: what its first question hears, as where the network has just come back. */
const deafAtFirst = (real: Route): Route => {
  let questions = 0;
  return {
    ...real,
    ask: async (...asked) => {
      questions += 1;
      return questions === 1 ? { found: 'unknown', problem: { kind: 'offline' } } : real.ask(...asked);
    },
  };
};

describe('killed at every await of a create, where the first question fails as well', {
  timeout: 60_000,
}, () => {
  it.each(['resetBefore', 'resetAfter', 'lateApply'] as const)(
    'loses and doubles nothing when the first write ends as: %s',
    async (outcome) => {
      for (const traits of TRAITS) {
        const { faults } = await everywhere({ outcome, traits, job: 'create', route: deafAtFirst });
        expect(faults).toEqual([]);
      }
    },
  );
});

describe('the same run finds what is wrong', () => {
  const plan = { outcome: 'resetAfter', job: 'create', traits: TRAITS[3] as UpstackTraits } as const;

  it('when nobody asks first', async () => {
    const { faults } = await everywhere({
      ...plan,
      route: (real) => ({ ...real, ask: async () => ({ found: 'absent' }) }),
    });
    expect(faults.filter((fault) => fault.endsWith('doubled')).length).toBeGreaterThan(0);
  });

  it('when a question is taken for an answer', async () => {
    const { faults } = await everywhere({
      ...plan,
      outcome: 'resetBefore',
      route: (real) => ({
        ...real,
        ask: async () => ({ found: 'taken', problem: { kind: 'exists' } }),
      }),
    });
    expect(faults.filter((fault) => fault.includes('gave up')).length).toBeGreaterThan(0);
  });
});
