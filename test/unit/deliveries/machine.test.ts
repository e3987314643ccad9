import { describe, expect, it } from 'vitest';
import {
  type DeliveryEvent,
  GRACE,
  isHalfway,
  isUnsaved,
  step,
  verdictOn,
  WATCH_LIMIT,
} from '../../../lib/deliveries/machine';
import type { Delivery, Destination, Problem, ProblemKind } from '../../../lib/storage/rows';
import type { RemoteDestination } from '../../../lib/upstack/decode';

const NOW = 1_800_000_000_000;

const row = (changes: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  id: 'd1',
  captureId: 'c1',
  workspaceId: 'w1',
  route: 'api',
  job: 'create',
  platform: 'reddit',
  config: { pixelId: 'a2_abcdefghijkl' },
  fingerprint: 'sha256:0123456789abcdef',
  mask: '••••',
  idempotencyKey: 'k',
  createdAt: NOW - 10_000,
  state: 'queued',
  attempt: 0,
  ambiguous: false,
  ...changes,
});

const sending = (changes: Partial<Delivery> = {}): Delivery =>
  row({ state: 'sending', attempt: 1, attemptedAt: NOW - 1_000, ambiguous: true, ...changes });

const remote: RemoteDestination = {
  id: 'dst_1',
  type: 'reddit',
  name: 'x',
  enabled: true,
  config: { pixelId: 'a2_abcdefghijkl' },
  token: { isSet: true, fingerprint: 'sha256:0123456789abcdef' },
  etag: '"2"',
  health: { state: 'pending' },
};

const RETRY_AT = NOW + 5_000;
const refusal = (kind: ProblemKind): DeliveryEvent => ({
  type: 'refused',
  problem: { kind },
  retryAt: RETRY_AT,
});

describe('the answer to a write decides', () => {
  const table: Record<ProblemKind, Partial<Delivery>> = {
    offline: { state: 'waiting', ambiguous: true, until: RETRY_AT },
    unreachable: { state: 'waiting', ambiguous: true, until: RETRY_AT },
    timeout: { state: 'waiting', ambiguous: true, until: RETRY_AT },
    unavailable: { state: 'waiting', ambiguous: true, until: RETRY_AT },
    garbled: { state: 'waiting', ambiguous: true, until: RETRY_AT },
    tooLarge: { state: 'waiting', ambiguous: true, until: RETRY_AT },
    rateLimited: { state: 'waiting', ambiguous: false, until: RETRY_AT },
    keyRefused: { state: 'needsKey', ambiguous: false },
    keyMissing: { state: 'needsKey', ambiguous: false },
    scopeMissing: { state: 'needsKey', ambiguous: false },
    pixelMismatch: { state: 'needsKey', ambiguous: false },
    // Asked about at once: what exists may be ours.
    exists: { state: 'waiting', ambiguous: true, until: NOW },
    stale: { state: 'waiting', ambiguous: true, until: NOW },
    notFound: { state: 'settled', outcome: 'rejected', ambiguous: false },
    noDestinationsApi: { state: 'settled', outcome: 'rejected', ambiguous: false },
    rejected: { state: 'settled', outcome: 'rejected', ambiguous: false },
    invalidRequest: { state: 'settled', outcome: 'rejected', ambiguous: false },
    unknown: { state: 'settled', outcome: 'rejected', ambiguous: false },
  };

  it.each(Object.entries(table))('%s', (kind, expected) => {
    const next = step(sending(), refusal(kind as ProblemKind), NOW);
    expect(next).toMatchObject({ ...expected, problem: { kind } });
    if (expected.until === undefined) expect(next).not.toHaveProperty('until');
    if (expected.state === 'settled') expect(next).toMatchObject({ followUp: true, settledAt: NOW });
  });

  it('keeps the steps of a server’s test that failed', () => {
    const steps = [{ name: 'test_event', status: 'failed' as const }];
    const event: DeliveryEvent = { type: 'refused', problem: { kind: 'rejected', steps }, retryAt: NOW };
    expect(step(sending(), event, NOW)?.steps).toEqual(steps);
  });

  it('does not ask about a stale version in a hot loop', () => {
    expect(step(sending({ attempt: 2, job: 'rotate' }), refusal('stale'), NOW)?.until).toBe(RETRY_AT);
  });

  it('takes a conflict on a rotation for a refusal, since there is nothing to find', () => {
    expect(step(sending({ job: 'rotate' }), refusal('exists'), NOW)).toMatchObject({ outcome: 'rejected' });
  });

  it('counts only while it is awaited', () => {
    expect(step(row({ state: 'waiting', until: NOW }), refusal('rejected'), NOW)).toBeUndefined();
  });
});

describe('a call', () => {
  it('is written down as begun, and open, before it is made', () => {
    const next = step(
      row({ state: 'waiting', until: NOW, problem: { kind: 'rateLimited' } }),
      { type: 'begun' },
      NOW,
    );
    expect(next).toMatchObject({ state: 'sending', attempt: 1, attemptedAt: NOW, ambiguous: true });
    expect(next).not.toHaveProperty('until');
    expect(next).not.toHaveProperty('problem');
  });

  it.each([
    ['that is under way', sending()],
    ['whose last end is open', row({ state: 'waiting', ambiguous: true, until: NOW })],
    ['that waits for a key', row({ state: 'needsKey' })],
    ['that is saved', row({ state: 'verifying', savedAt: NOW })],
  ])('is not begun for a delivery %s', (_what, delivery) => {
    expect(step(delivery, { type: 'begun' }, NOW)).toBeUndefined();
  });
});

describe('asking what became of it', () => {
  /** Told by its own worker that nobody answered. */
  const cutOff = (cutOffAt: number): Delivery =>
    row({ state: 'waiting', until: NOW, attempt: 1, ambiguous: true, attemptedAt: NOW - 60_000, cutOffAt });

  it('sends again once it is certainly not there', () => {
    const asked = step(cutOff(NOW - GRACE), { type: 'absent', askedAt: NOW }, NOW);
    expect(asked).toMatchObject({ state: 'queued', ambiguous: false });
  });

  it('asks once more while the call may still be at work', () => {
    const asked = step(cutOff(NOW - GRACE + 1), { type: 'absent', askedAt: NOW }, NOW);
    expect(asked).toMatchObject({ state: 'waiting', ambiguous: true, until: NOW + 1 });
  });

  it('asks once more where it was asked too early, however late the answer came', () => {
    const asked = step(cutOff(NOW - GRACE), { type: 'absent', askedAt: NOW - 1 }, NOW);
    expect(asked).toMatchObject({ state: 'waiting', ambiguous: true, until: NOW });
  });

  it('says that something else is there only when a create can not come about beside it any more', () => {
    const taken = { type: 'taken', problem: { kind: 'exists' }, askedAt: NOW } as const;
    const open = step(cutOff(NOW - GRACE + 1), taken, NOW);
    expect(open).toMatchObject({ state: 'waiting', ambiguous: true, until: NOW + 1 });
    expect(open && step(open, { ...taken, askedAt: NOW + 1 }, NOW + 1)).toMatchObject({
      outcome: 'rejected',
      problem: { kind: 'exists' },
    });
    expect(step(sending(), taken, NOW)).toMatchObject({ state: 'waiting', until: NOW + GRACE });
    expect(step({ ...cutOff(NOW), job: 'rotate' }, taken, NOW)).toMatchObject({ outcome: 'rejected' });
  });

  it('counts from the question where the worker died over its call, however long ago it began it', () => {
    const asked = step(sending({ attemptedAt: NOW - 60_000 }), { type: 'absent', askedAt: NOW }, NOW + 100);
    expect(asked).toMatchObject({ state: 'waiting', ambiguous: true, until: NOW + GRACE });
    expect(asked && step(asked, { type: 'absent', askedAt: NOW + GRACE }, NOW + GRACE)).toMatchObject({
      state: 'queued',
    });
  });

  it('counts from the moment in which its own worker heard that nobody answered', () => {
    const refused = step(
      sending({ attemptedAt: NOW - 15_000 }),
      { type: 'refused', problem: { kind: 'timeout' }, retryAt: NOW + 1_000 },
      NOW,
    );
    expect(refused).toMatchObject({ state: 'waiting', ambiguous: true, cutOffAt: NOW });
  });

  it('takes the fresh version of a stale rotation along', () => {
    const stale = sending({
      job: 'rotate',
      etag: '"1"',
      state: 'waiting',
      until: NOW,
      problem: { kind: 'stale' },
    });
    expect(step(stale, { type: 'absent', askedAt: NOW, etag: '"2"' }, NOW)).toMatchObject({
      state: 'queued',
      etag: '"2"',
    });
  });

  it('sends at once what was refused as stale, though an earlier call was cut off just now', () => {
    const stale: Delivery = { ...cutOff(NOW - 1), job: 'rotate', problem: { kind: 'stale' } };
    expect(step(stale, { type: 'absent', askedAt: NOW, etag: '"2"' }, NOW)).toMatchObject({
      state: 'queued',
    });
  });

  it('sends at once where nothing is open any more, though an earlier call was cut off just now', () => {
    const known = { ...cutOff(NOW - 1), ambiguous: false };
    expect(step(known, { type: 'absent', askedAt: NOW }, NOW)).toMatchObject({ state: 'queued' });
  });

  it('sends at once what was asked about before its first attempt', () => {
    const asked = step(row({ job: 'rotate' }), { type: 'absent', askedAt: NOW, etag: '"1"' }, NOW);
    expect(asked).toMatchObject({ state: 'queued', etag: '"1"', attempt: 0, ambiguous: false });
  });

  it('waits no longer where the clock was put back since the call', () => {
    const day = 24 * 60 * 60_000;
    const asked = step(cutOff(NOW + day), { type: 'absent', askedAt: NOW }, NOW);
    expect(asked).toMatchObject({ state: 'waiting', until: NOW + GRACE });
    expect(asked && step(asked, { type: 'absent', askedAt: NOW + GRACE }, NOW + GRACE)).toMatchObject({
      state: 'queued',
    });
  });

  it('does not send what the server says exists', () => {
    const problem: Problem = { kind: 'exists', existingId: 'dst_9' };
    const told = row({ state: 'waiting', until: NOW, ambiguous: true, attemptedAt: NOW, problem });
    expect(step(told, { type: 'absent', askedAt: NOW }, NOW)).toMatchObject({ outcome: 'rejected', problem });
  });

  it('stays open when nobody answers, and comes back later', () => {
    const event: DeliveryEvent = { type: 'unasked', problem: { kind: 'timeout' }, retryAt: RETRY_AT };
    expect(step(sending(), event, NOW)).toMatchObject({ state: 'waiting', ambiguous: true, attempt: 2 });
    const key: DeliveryEvent = { ...event, problem: { kind: 'keyRefused' } };
    expect(step(sending(), key, NOW)).toMatchObject({ state: 'needsKey', ambiguous: true });
  });

  it.each(['timeout', 'keyRefused'] as const)(
    'counts from a question that failed (%s) where the worker died over its call',
    (kind) => {
      const unasked = step(sending(), { type: 'unasked', problem: { kind }, retryAt: RETRY_AT }, NOW);
      expect(unasked).toMatchObject({ cutOffAt: NOW });
      const asked = unasked && step(unasked, { type: 'absent', askedAt: NOW + 1 }, NOW + 1);
      expect(asked).toMatchObject({ state: 'waiting', ambiguous: true, until: NOW + GRACE });
    },
  );

  it('counts from the call, not from a question that failed later', () => {
    const unasked: DeliveryEvent = { type: 'unasked', problem: { kind: 'timeout' }, retryAt: RETRY_AT };
    expect(step(cutOff(NOW - GRACE), unasked, NOW)).toMatchObject({ cutOffAt: NOW - GRACE });
  });
});

describe('a saved delivery', () => {
  it('is verified from the moment of its save', () => {
    const next = step(sending(), { type: 'saved', destination: remote }, NOW);
    expect(next).toMatchObject({
      state: 'verifying',
      savedAt: NOW,
      destinationId: 'dst_1',
      etag: '"2"',
      ambiguous: false,
      followUp: true,
    });
    expect(next).not.toHaveProperty('checkedBefore');
  });

  it('remembers of a rotation when the old token was last checked', () => {
    const old: RemoteDestination = { ...remote, health: { state: 'healthy', lastCheckedAt: 77 } };
    const rotation = sending({ job: 'rotate' });
    expect(step(rotation, { type: 'saved', destination: old }, NOW)?.checkedBefore).toBe(77);
  });
});

describe('a rotation that changes the ids as well', () => {
  const from = { pixelId: 'a2_000000000000' };
  const rotation = sending({ job: 'rotate', from, destinationId: 'dst_1', etag: '"1"' });
  const old: RemoteDestination = { ...remote, config: from };
  const half = () => step(rotation, { type: 'saved', destination: old }, NOW) as Delivery;

  it('is queued again for the ids once its token is there', () => {
    expect(half()).toMatchObject({ state: 'queued', tokenSavedAt: NOW, etag: '"2"', followUp: true });
    expect(half().savedAt).toBeUndefined();
  });

  it('is done at once where the ids are right already', () => {
    expect(step(rotation, { type: 'saved', destination: remote }, NOW)).toMatchObject({
      state: 'verifying',
      savedAt: NOW,
    });
  });

  it('does not keep a version that is used up', () => {
    const { etag: _etag, ...bare } = old;
    expect(step(rotation, { type: 'saved', destination: bare }, NOW)).not.toHaveProperty('etag');
  });

  it('asks the person when the ids are refused or others are there, and needs no secret meanwhile', () => {
    const calling = step(half(), { type: 'begun' }, NOW) as Delivery;
    for (const event of [
      refusal('invalidRequest'),
      { type: 'taken', problem: { kind: 'stale' }, askedAt: NOW } as const,
    ]) {
      const asked = step(calling, event, NOW) as Delivery;
      expect(asked).toMatchObject({ state: 'person', ambiguous: false });
      expect(step(asked, { type: 'secretGone', expired: true }, NOW)).toBeUndefined();
      expect(step(asked, { type: 'withdrawn' }, NOW)).toBeUndefined();
      expect(step(asked, { type: 'begun' }, NOW)).toBeUndefined();
    }
  });

  it('that the person ends leaves the ids that were there', () => {
    const asked = { ...half(), state: 'person', problem: { kind: 'invalidRequest' } } as const;
    const kept = step(asked, { type: 'idsKept' }, NOW + 5);
    expect(kept).toMatchObject({
      state: 'verifying',
      savedAt: NOW,
      idsKept: true,
      followUp: true,
      config: from,
    });
    expect(kept).not.toHaveProperty('problem');
    expect(step(half(), { type: 'idsKept' }, NOW)).toBeUndefined();
    expect(step(row({ state: 'person' }), { type: 'idsKept' }, NOW)).toBeUndefined();
  });

  it('is finished before it gives way, unless it waits for the person', () => {
    expect(step(half(), { type: 'superseded' }, NOW)).toBeUndefined();
    expect(step({ ...half(), state: 'person' }, { type: 'superseded' }, NOW)).toMatchObject({
      outcome: 'superseded',
    });
  });
});

describe('the person’s turn', () => {
  const turn = { step: 'open' } as const;
  const theirs = () => step(row(), { type: 'turn', turn }, NOW) as Delivery;

  it('is told once, and again when it is another', () => {
    expect(theirs()).toMatchObject({ state: 'person', turn, ambiguous: false });
    expect(step(theirs(), { type: 'turn', turn: { step: 'open' } }, NOW)).toBeUndefined();
    expect(step(theirs(), { type: 'turn', turn: { step: 'save' } }, NOW)).toMatchObject({
      turn: { step: 'save' },
    });
  });

  it('ends as they say', () => {
    expect(step(theirs(), { type: 'withdrawn' }, NOW)).toMatchObject({
      state: 'settled',
      outcome: 'withdrawn',
      dismissed: true,
    });
    expect(step(theirs(), { type: 'resumed' }, NOW)).toMatchObject({ state: 'queued' });
    expect(step(theirs(), { type: 'resumed' }, NOW)).not.toHaveProperty('turn');
    expect(step(row(), { type: 'withdrawn' }, NOW)).toBeUndefined();
  });
});

describe('the ids of a destination whose token was replaced', () => {
  const two = { tagId: '1', advertiserId: '2' };
  const from = { tagId: '9', advertiserId: '2' };
  const rotation = sending({ job: 'rotate', from, config: two });
  const told = (config: Record<string, string>): DeliveryEvent => ({
    type: 'saved',
    destination: { ...remote, config },
  });

  it('are still to be changed while one of them is another', () => {
    expect(step(rotation, told(from), NOW)).toMatchObject({ state: 'queued', tokenSavedAt: NOW });
    expect(step(rotation, told(two), NOW)).toMatchObject({ state: 'verifying' });
  });

  it('are not asked for a second time, nor where nobody wanted to change them', () => {
    const changed = step({ ...rotation, tokenSavedAt: NOW - 5 }, told(from), NOW);
    expect(changed).toMatchObject({ state: 'verifying', savedAt: NOW });
    const { from: _from, ...plain } = rotation;
    expect(step(plain, told(from), NOW)).toMatchObject({ state: 'verifying' });
  });
});

describe('where a delivery stands', () => {
  it('is told by its state', () => {
    for (const state of ['queued', 'sending', 'waiting', 'needsKey', 'person'] as const)
      expect(isUnsaved(row({ state })), state).toBe(true);
    for (const state of ['verifying', 'settled'] as const)
      expect(isUnsaved(row({ state })), state).toBe(false);
  });

  it('is halfway only with ids to change, a token that is there, and no end', () => {
    const from = { pixelId: 'a2_000000000000' };
    expect(isHalfway(row({ from, tokenSavedAt: NOW }))).toBe(true);
    expect(isHalfway(row({ from }))).toBe(false);
    expect(isHalfway(row({ tokenSavedAt: NOW }))).toBe(false);
    expect(isHalfway(row({ from, tokenSavedAt: NOW, savedAt: NOW }))).toBe(false);
  });
});

describe('each step', () => {
  it('keeps all of a row that does not belong to the state it leaves', () => {
    const turn = { step: 'open' } as const;
    const before = row({ state: 'waiting', until: NOW, problem: { kind: 'timeout' }, turn, label: 'l' });
    const { until: _until, problem: _problem, turn: _turn, ...rest } = before;
    expect(step(before, { type: 'begun' }, NOW)).toEqual({
      ...rest,
      state: 'sending',
      attempt: 1,
      attemptedAt: NOW,
      ambiguous: true,
    });
    expect(step(before, { type: 'abandoned' }, NOW)).toEqual({
      ...rest,
      state: 'settled',
      outcome: 'lost',
      settledAt: NOW,
      followUp: true,
      problem: { kind: 'timeout' },
    });
  });

  it('keeps the version that it knows where no other is told', () => {
    expect(step(row({ etag: '"1"' }), { type: 'absent', askedAt: NOW }, NOW)).toMatchObject({ etag: '"1"' });
  });

  it('takes along the steps of the server’s test where there was one', () => {
    const steps = [{ name: 'format', status: 'passed' as const }];
    expect(step(sending(), { type: 'saved', destination: remote, steps }, NOW)).toMatchObject({ steps });
    expect(step(sending(), { type: 'saved', destination: remote }, NOW)).not.toHaveProperty('steps');
  });

  it('believes the first health of a create, and of a rotation where it is pending', () => {
    const checked = (state: 'healthy' | 'pending'): DeliveryEvent => ({
      type: 'saved',
      destination: { ...remote, health: { state, lastCheckedAt: 77 } },
    });
    expect(step(sending(), checked('healthy'), NOW)).not.toHaveProperty('checkedBefore');
    expect(step(sending({ job: 'rotate' }), checked('pending'), NOW)).not.toHaveProperty('checkedBefore');
    expect(step(sending({ job: 'rotate' }), checked('healthy'), NOW)).toHaveProperty('checkedBefore', 77);
  });

  it('ends what something else has taken the place of', () => {
    const problem: Problem = { kind: 'notFound' };
    const asked = { type: 'taken', problem, askedAt: NOW } as const;
    expect(step(sending({ job: 'rotate' }), asked, NOW)).toMatchObject({
      state: 'settled',
      outcome: 'rejected',
      problem,
    });
  });

  it('goes on at once with a new key', () => {
    const before = row({ state: 'needsKey', ambiguous: true });
    expect(step(before, { type: 'resumed' }, NOW)).toEqual({ ...before, state: 'waiting', until: NOW });
  });
});

describe('what cannot be', () => {
  const events: DeliveryEvent[] = [
    { type: 'begun' },
    { type: 'saved', destination: remote },
    refusal('rejected'),
    { type: 'absent', askedAt: NOW },
    { type: 'taken', problem: { kind: 'exists' }, askedAt: NOW },
    { type: 'unasked', problem: { kind: 'timeout' }, retryAt: NOW },
    { type: 'superseded' },
    { type: 'secretGone', expired: true },
    { type: 'abandoned' },
    { type: 'resumed' },
    { type: 'verified', outcome: 'healthy' },
  ];

  it.each(['healthy', 'unhealthy', 'unwatched', 'rejected', 'superseded', 'expired', 'lost'] as const)(
    'nothing leads out of settled (%s)',
    (outcome) => {
      const end = row({ state: 'settled', outcome, settledAt: NOW });
      for (const event of events) expect(step(end, event, NOW)).toBeUndefined();
    },
  );

  it('a saved delivery hears of nothing but its verdict, a newer token, and that nobody watches it any more', () => {
    const saved = row({ state: 'verifying', savedAt: NOW });
    for (const event of events) {
      const isHeard = ['verified', 'superseded', 'abandoned'].includes(event.type);
      expect(step(saved, event, NOW) !== undefined, event.type).toBe(isHeard);
    }
    // What follows from its save was done then.
    const superseded = step(saved, { type: 'superseded' }, NOW);
    expect(superseded).toMatchObject({ state: 'settled', outcome: 'superseded' });
    expect(superseded).not.toHaveProperty('followUp');
    const problem: Problem = { kind: 'notFound' };
    expect(step(saved, { type: 'verified', outcome: 'unhealthy', problem }, NOW)).toMatchObject({
      outcome: 'unhealthy',
      problem,
      settledAt: NOW,
    });
  });

  it('without its workspace, what may have arrived is not called unused, and what is there is no loss', () => {
    const abandoned = { type: 'abandoned' } as const;
    expect(step(row(), abandoned, NOW)).toMatchObject({ outcome: 'lost', ambiguous: false });
    for (const open of [row({ state: 'sending' }), row({ state: 'waiting', ambiguous: true })]) {
      expect(step(open, abandoned, NOW)).toMatchObject({ outcome: 'lost', ambiguous: true });
    }
    const halfway = row({ job: 'rotate', from: {}, tokenSavedAt: NOW - 1, state: 'person' });
    for (const there of [row({ state: 'verifying', savedAt: NOW - 1 }), halfway]) {
      expect(step(there, abandoned, NOW)).toMatchObject({
        state: 'settled',
        outcome: 'unwatched',
        savedAt: NOW - 1,
      });
    }
  });

  it('an unsaved one has no verdict, and is not resumed unless it waits', () => {
    for (const state of ['queued', 'sending', 'waiting', 'needsKey', 'person'] as const) {
      expect(step(row({ state }), { type: 'verified', outcome: 'healthy' }, NOW)).toBeUndefined();
    }
    expect(step(row(), { type: 'resumed' }, NOW)).toBeUndefined();
    expect(step(sending(), { type: 'resumed' }, NOW)).toBeUndefined();
  });

  it('an open delivery is neither given up nor superseded before it was asked about', () => {
    const open = row({ state: 'waiting', until: NOW, ambiguous: true });
    for (const delivery of [open, sending()]) {
      expect(step(delivery, { type: 'superseded' }, NOW)).toBeUndefined();
      expect(step(delivery, { type: 'secretGone', expired: false }, NOW)).toBeUndefined();
    }
    expect(step(row(), { type: 'superseded' }, NOW)).toMatchObject({ outcome: 'superseded' });
    expect(step(row(), { type: 'secretGone', expired: false }, NOW)).toMatchObject({ outcome: 'lost' });
    expect(step(row(), { type: 'secretGone', expired: true }, NOW)).toMatchObject({ outcome: 'expired' });
  });

  it('impatience does not come before Retry-After', () => {
    const problem: Problem = { kind: 'rateLimited', retryAt: NOW + 60_000 };
    const put = row({ state: 'waiting', until: NOW + 70_000, problem });
    expect(step(put, { type: 'resumed' }, NOW)?.until).toBe(NOW + 60_000);
    const free = row({ state: 'waiting', until: NOW + 70_000, problem: { kind: 'timeout' } });
    expect(step(free, { type: 'resumed' }, NOW)?.until).toBe(NOW);
  });
});

describe('what health says of the token that was sent', () => {
  const saved = row({ state: 'verifying', savedAt: NOW, destinationId: 'dst_1' });
  const seen = (health: Partial<Destination['health']>, more: Partial<Destination> = {}): Destination => ({
    v: 1,
    key: 'w1/dst_1',
    workspaceId: 'w1',
    ...remote,
    health: { state: 'healthy', confirmedAt: NOW + 30_000, ...health },
    ...more,
  });
  const at = NOW + 100_000;

  it('healthy, once Upstack has said so after the save', () => {
    expect(verdictOn(saved, seen({}), at)).toEqual({ type: 'verified', outcome: 'healthy' });
    expect(verdictOn(saved, seen({ confirmedAt: NOW - 1 }), at)).toBeUndefined();
  });

  it('healthy or not also where the clock was put back after the save', () => {
    const back = NOW - 7 * 24 * 60 * 60_000;
    const now = back + 100_000;
    const health = { confirmedAt: now, lastCheckedAt: now };
    expect(verdictOn(saved, seen(health), now)).toEqual({ type: 'verified', outcome: 'healthy' });
    expect(verdictOn(saved, seen({ ...health, state: 'unhealthy', illSince: back }), now)).toMatchObject({
      outcome: 'unhealthy',
    });
  });

  it('nothing, as long as only the old token was checked', () => {
    const rotated = { ...saved, checkedBefore: 500 };
    expect(verdictOn(rotated, seen({ lastCheckedAt: 500 }), at)).toBeUndefined();
    expect(verdictOn(rotated, seen({ lastCheckedAt: 501 }), at)).toMatchObject({ outcome: 'healthy' });
  });

  it.each(['pending', 'unknown', 'paused'] as const)('nothing, when it is %s', (state) => {
    expect(verdictOn(saved, seen({ state }), at)).toBeUndefined();
  });

  it.each(['unhealthy', 'degraded'] as const)('%s counts when it lasts', (state) => {
    expect(verdictOn(saved, seen({ state, illSince: NOW + 30_000 }), NOW + 60_000)).toBeUndefined();
    expect(verdictOn(saved, seen({ state, illSince: NOW - 99_000 }), NOW + 60_000)).toBeUndefined();
    expect(verdictOn(saved, seen({ state, illSince: NOW }), at)).toMatchObject({ outcome: 'unhealthy' });
  });

  it('unhealthy counts from the check that is a minute and a half after the first, if it is of now', () => {
    const ill = seen({ state: 'unhealthy', illSince: NOW });
    expect(verdictOn(saved, ill, NOW + 89_999)).toBeUndefined();
    expect(verdictOn(saved, ill, NOW + 90_000)).toEqual({ type: 'verified', outcome: 'unhealthy' });
    const stale = seen({ state: 'unhealthy', illSince: NOW, confirmedAt: NOW - 1 });
    expect(verdictOn(saved, stale, at)).toBeUndefined();
    expect(
      verdictOn(saved, seen({ state: 'healthy', confirmedAt: NOW - 1, illSince: 1 }), at),
    ).toBeUndefined();
  });

  it('what was confirmed at the moment of the save counts, and nothing before it', () => {
    expect(verdictOn(saved, seen({ confirmedAt: NOW }), NOW)).toMatchObject({ outcome: 'healthy' });
    expect(verdictOn(saved, seen({ confirmedAt: NOW - 1 }), NOW)).toBeUndefined();
  });

  it('unhealthy, when the destination is gone since, or nothing was heard for a day', () => {
    const gone = { type: 'verified', outcome: 'unhealthy', problem: { kind: 'notFound' } };
    const pending = { state: 'pending' } as const;
    expect(verdictOn(saved, seen(pending, { goneAt: NOW }), at)).toEqual(gone);
    expect(verdictOn(saved, seen({}, { goneAt: NOW + 1 }), at)).toEqual(gone);
    // It was gone before, and is back with this token.
    expect(verdictOn(saved, seen(pending, { goneAt: NOW - 1 }), at)).toBeUndefined();
    const silent = { type: 'verified', outcome: 'unhealthy', problem: { kind: 'timeout' } };
    expect(verdictOn(saved, undefined, NOW + WATCH_LIMIT + 1)).toEqual(silent);
    expect(verdictOn(saved, seen(pending), NOW + WATCH_LIMIT + 1)).toEqual(silent);
    expect(verdictOn(saved, undefined, NOW + WATCH_LIMIT)).toBeUndefined();
    expect(verdictOn(saved, undefined, at)).toBeUndefined();
  });

  it('nothing of what was never saved', () => {
    const { savedAt: _savedAt, ...unsaved } = saved;
    expect(verdictOn(unsaved, undefined, NOW)).toBeUndefined();
  });
});
