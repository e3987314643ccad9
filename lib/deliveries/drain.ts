import { destinationKey } from '../destinations/destination';
import { othersFor } from '../destinations/others';
import type { Delivery, HistoryEntry, Problem } from '../storage/rows';
import { withSent } from '../vault/changes';
import { nextTry } from './backoff';
import { type DeliveryEvent, isHalfway, isUnsaved, step, verdictOn } from './machine';
import type { World } from './world';

/**
 * Makes things happen to deliveries. Everything it knows lies in rows, and a row is written before each call, so a
 * worker may die between any two lines here and the next drain goes on from what is written.
 */

/** How far ahead the worker keeps a timer; what lies further ahead is the alarm's. */
const SOON = 25_000;
/** A try that is further away was set by a clock that has been put back since. */
const TOO_FAR = 2 * 60 * 60_000;
/** The first look at the health of what was just saved. */
const FIRST_LOOK = 30_000;

/** By what a delivery knows its destination until it has an id: its ids on the platform (before they are changed). */
const idsOf = ({ platform, config, from = config }: Delivery): string =>
  JSON.stringify([platform, ...Object.entries(from).sort().flat()]);

/** Deliveries with the same target wait for each other. Two destinations may have the same ids on their platform. */
const isSameTarget = (one: Delivery, other: Delivery): boolean =>
  one.workspaceId === other.workspaceId &&
  (one.destinationId === undefined || other.destinationId === undefined
    ? idsOf(one) === idsOf(other)
    : one.destinationId === other.destinationId);

export const createDrain = (world: World) => {
  const { rows, now } = world;

  /** Takes the row one step further, if the machine knows that step. False if it does not. */
  const advance = async (id: string, event: DeliveryEvent): Promise<boolean> => {
    let moved = false;
    await rows.change('deliveries', id, (row) => {
      const next = step(row, event, now());
      moved = next !== undefined;
      return next;
    });
    return moved;
  };

  const retryAt = ({ attempt }: Delivery, problem: Problem): number =>
    nextTry(attempt, now(), world.random, problem.retryAt);

  /** What became of earlier calls. */
  const ask = async (row: Delivery, rivals: readonly Delivery[]): Promise<void> => {
    const ours = rivals.map(({ fingerprint }) => fingerprint);
    const askedAt = now();
    const asked = await world.routes[row.route].ask(row, ours);
    switch (asked.found) {
      case 'applied':
        await saved(row, asked);
        return;
      case 'absent':
        await advance(row.id, {
          type: 'absent',
          askedAt,
          ...(asked.etag === undefined ? {} : { etag: asked.etag }),
        });
        return;
      case 'turn':
        await advance(row.id, { type: 'turn', turn: asked.turn });
        return;
      case 'taken':
        // Before the person is told of it, so that it can be chosen.
        if (asked.destination) await world.storeDestination(row.workspaceId, asked.destination, now());
        await advance(row.id, { type: 'taken', problem: asked.problem, askedAt });
        await noteMissing(row, asked.problem);
        return;
      case 'overtaken':
        // Proven not to be there, so nothing is open any more.
        await advance(row.id, { type: 'absent', askedAt });
        await advance(row.id, { type: 'superseded' });
        return;
      case 'unknown':
        await world.noteProblem(row.workspaceId, asked.problem);
        await advance(row.id, {
          type: 'unasked',
          problem: asked.problem,
          retryAt: retryAt(row, asked.problem),
        });
    }
  };

  const saved = async (
    row: Delivery,
    { destination, steps }: Pick<Extract<DeliveryEvent, { type: 'saved' }>, 'destination' | 'steps'>,
  ): Promise<void> => {
    await advance(row.id, { type: 'saved', destination, ...(steps ? { steps } : {}) });
    // At once, since it drops the secret.
    await followUp(row.id);
    await world.storeDestination(row.workspaceId, destination, now());
  };

  /** One attempt: the row first, then the call, then its end. */
  const send = async (row: Delivery): Promise<void> => {
    const route = world.routes[row.route];
    const secret = isHalfway(row) ? undefined : await world.readSecret(row.fingerprint);
    if (!secret && !isHalfway(row)) return giveUp(row);
    // Whoever else is at this row has moved it on; only one of us gets to call.
    if (!(await advance(row.id, { type: 'begun' }))) return;
    const answer = secret ? await route.save(row, secret) : await changeIds(row);
    if ('turn' in answer) {
      await advance(row.id, { type: 'turn', turn: answer.turn });
      return;
    }
    if (answer.ok) return saved(row, answer.value);
    await world.noteProblem(row.workspaceId, answer.problem);
    await advance(row.id, {
      type: 'refused',
      problem: answer.problem,
      retryAt: retryAt(row, answer.problem),
    });
    await noteMissing(row, answer.problem);
  };

  /** What is not there any more must not be offered again. The list is asked, since a wrong address says "not found" as well. */
  const noteMissing = async ({ workspaceId, job }: Delivery, { kind }: Problem): Promise<void> => {
    if (job === 'rotate' && kind === 'notFound') await world.refreshDestinations(workspaceId);
  };

  const changeIds = (row: Delivery) => {
    const route = world.routes[row.route];
    if (!route.changeIds) throw new Error(`The route ${row.route} cannot change ids.`);
    return route.changeIds(row);
  };

  /** The secret is gone and nothing is open: what remains is to say so. */
  const giveUp = async (row: Delivery): Promise<void> => {
    const capture = await rows.get('captures', row.captureId);
    const expired = capture !== undefined && capture.expiresAt <= now();
    await advance(row.id, { type: 'secretGone', expired });
  };

  const isDue = ({ state, until = 0, problem }: Delivery): boolean => {
    const ahead = until - now();
    const isBackOnline = problem?.kind === 'offline' && world.online();
    return state !== 'waiting' || ahead <= 0 || ahead > TOO_FAR || isBackOnline;
  };

  /** While its workspace may still come back, so may what is meant for it. */
  const abandon = async (row: Delivery): Promise<void> => {
    if (!(await rows.get('leaving', row.workspaceId))) await advance(row.id, { type: 'abandoned' });
  };

  /** Takes one unsaved delivery as far as it goes now. */
  const act = async (row: Delivery, rivals: readonly Delivery[]): Promise<void> => {
    const workspace = await rows.get('workspaces', row.workspaceId);
    if (!workspace) return abandon(row);
    if (row.state === 'needsKey' && workspace.state === 'connected') {
      await advance(row.id, { type: 'resumed' });
      return;
    }
    const open = row.ambiguous || row.state === 'sending';
    // The ids were refused: nothing goes on before the person has said how.
    if (row.state === 'person' && isHalfway(row)) return;
    const hasSecret = isHalfway(row) || (await world.readSecret(row.fingerprint)) !== undefined;
    // What the person has before them may be saved by now, whether or not the secret is still here.
    const isHandedOver = row.turn?.step === 'save';
    if (!open && !isHandedOver && !hasSecret) return giveUp(row);
    if (row.state === 'needsKey' || !isDue(row)) return;
    if (open || row.state === 'person' || world.routes[row.route].asksFirst(row)) {
      await ask(row, rivals);
      if (isHandedOver && !hasSecret) await giveUp(row);
      return;
    }
    return send(row);
  };

  const verify = async (row: Delivery, newer: readonly Delivery[]): Promise<void> => {
    if (!(await rows.get('workspaces', row.workspaceId))) return abandon(row);
    const overtaken = newer.some(({ savedAt }) => savedAt !== undefined);
    const destination =
      row.destinationId === undefined
        ? undefined
        : await rows.get('destinations', destinationKey(row.workspaceId, row.destinationId));
    const event = overtaken ? { type: 'superseded' as const } : verdictOn(row, destination, now());
    if (event) await advance(row.id, event);
  };

  /** Of all deliveries to one target, the oldest that is not saved may act; the others wait for it. */
  const goOn = async (
    row: Delivery,
    older: readonly Delivery[],
    newer: readonly Delivery[],
  ): Promise<void> => {
    if (row.state === 'verifying') return verify(row, newer);
    if (!isUnsaved(row) || older.some(isUnsaved)) return;
    // The newest token wins, once it is known what became of the older one.
    if (newer.some(isUnsaved) && (await advance(row.id, { type: 'superseded' }))) return;
    return act(row, [...older, ...newer]);
  };

  // ── What follows from a state: done after it is written, and done again if the worker died in between ──────────

  const note = (row: Delivery, what: HistoryEntry['what'], at: number): Promise<void> =>
    rows.put('history', {
      v: 1,
      // The same entry however often it is written.
      id: `${row.id}.${what}`,
      at,
      workspaceId: row.workspaceId,
      ...(row.destinationId === undefined ? {} : { destinationId: row.destinationId }),
      what,
      facts: {
        platform: row.platform,
        mask: row.mask,
        ...(row.problem ? { problem: row.problem.kind } : {}),
      },
    });

  /** Its token has done what it was kept for, or can do it no more. */
  const release = async (row: Delivery): Promise<void> => {
    const { captureId, workspaceId, destinationId, replaces } = row;
    if ((row.savedAt ?? row.tokenSavedAt) === undefined || destinationId === undefined) {
      await world.releaseSecret(captureId);
      return;
    }
    const sent = {
      key: destinationKey(workspaceId, destinationId),
      ...(replaces ? { replaced: replaces } : {}),
    };
    const capture = row.other && (await rows.get('captures', captureId));
    const left = capture ? othersFor(withSent(capture, sent), await rows.all('destinations')) : undefined;
    await world.releaseSecret(captureId, sent, left?.length === 0);
  };

  const consequences = async (row: Delivery): Promise<void> => {
    if (isHalfway(row) && row.state !== 'settled') {
      await release(row);
      await note(row, 'rotated', row.tokenSavedAt);
      return;
    }
    if (isUnsaved(row)) {
      await world.markSent(row.captureId);
      return;
    }
    if (row.outcome === 'rejected' || row.outcome === 'withdrawn') {
      await world.reopen(row.captureId);
      if (row.outcome === 'withdrawn') return;
      await note(row, 'rejected', row.settledAt ?? now());
      return;
    }
    // First of all the secret, unless its own half of the work was done before.
    if (row.tokenSavedAt === undefined) await release(row);
    if (row.savedAt === undefined) {
      if (row.outcome === 'lost' || row.outcome === 'expired') {
        await note(row, row.outcome, row.settledAt ?? now());
      }
      return;
    }
    await note(row, row.job === 'create' ? 'sent' : 'rotated', row.savedAt);
    const firstLook = row.savedAt + FIRST_LOOK;
    await rows.change('workspaces', row.workspaceId, (workspace) =>
      workspace.poll.nextAt <= firstLook
        ? undefined
        : { ...workspace, poll: { ...workspace.poll, nextAt: firstLook } },
    );
  };

  const followUp = async (id: string): Promise<void> => {
    const row = await rows.get('deliveries', id);
    if (!row?.followUp) return;
    await consequences(row);
    await rows.change('deliveries', id, (current) => {
      // It may have gone on meanwhile, and have new consequences of its own.
      if (current.state !== row.state) return undefined;
      const { followUp: _done, ...rest } = current;
      return rest;
    });
  };

  /** Everything that can be done now, once. True if something was. */
  const pass = async (): Promise<boolean> => {
    const before = await rows.all('deliveries');
    for (const { id, followUp: wanted } of before) if (wanted) await followUp(id);
    const inOrder = [...before].sort((one, other) => one.createdAt - other.createdAt);
    await inParallel(inOrder, async (row, place) => {
      if (row.state === 'settled') return;
      const older = inOrder.slice(0, place).filter((other) => isSameTarget(row, other));
      const newer = inOrder.slice(place + 1).filter((other) => isSameTarget(row, other));
      await goOn(row, older, newer);
    });
    const after = await rows.all('deliveries');
    return JSON.stringify(after) !== JSON.stringify(before);
  };

  /** Goes on until nothing more can be done now, and leaves word of when there will be. */
  const drain = async (): Promise<void> => {
    await world.exclusively('deliveries', async () => {
      while (await pass());
    });
    const waits = (await rows.all('deliveries')).flatMap(({ state, until }) =>
      state === 'waiting' && until !== undefined ? [until - now()] : [],
    );
    const soonest = Math.min(...waits);
    if (soonest <= SOON) world.later(Math.max(0, soonest), () => void drain());
  };

  return drain;
};

/** All at once; the first that failed is told, after every other has come to its end. */
const inParallel = async <T>(
  items: readonly T[],
  task: (item: T, place: number) => Promise<void>,
): Promise<void> => {
  const ends = await Promise.allSettled(items.map(task));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};
