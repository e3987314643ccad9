import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Secret } from '../../../lib/credentials/secret';
import { rows } from '../../../lib/storage/database';
import type { Capture } from '../../../lib/storage/rows';
import { changeSettings } from '../../../lib/storage/settings';
import { HOUR, MINUTE } from '../../../lib/terms/time';
import {
  chooseToken,
  discard,
  draft,
  markSent,
  setId,
  takeOffer,
  undoDiscard,
} from '../../../lib/vault/captures';
import { nextDue, sweep } from '../../../lib/vault/sweep';
import { dropSecret, keepSecret, listSecrets } from '../../../lib/vault/vault';
import { redditConversionToken } from '../../sandbox/tokens';
import { justBeforeChange } from '../just-before';
import {
  captures,
  deliveryOf,
  fingerprintOf,
  freshStart,
  held,
  later,
  offerOf,
  openTabs,
  START,
  theCapture,
} from './story';

freshStart();

/** The browser was closed, or the extension updated: memory is empty, rows are not. */
const emptyVault = () => fakeBrowser.storage.session.clear();

describe('time', () => {
  test('a secret lives for sixty minutes and not one longer; then a tombstone says so', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    later(HOUR - 1);
    await sweep();
    expect(await held()).toHaveLength(1); // the control
    later(1);
    await sweep();
    expect(await held()).toEqual([]);
    expect(await theCapture()).toMatchObject({ state: 'expired', endedAt: START + HOUR });
  });

  test('an expired token is not taken again from a page that still shows it', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    later(HOUR);
    await takeOffer(offerOf(token), 7); // before the sweep
    await sweep();
    await takeOffer(offerOf(token), 7); // and after it
    expect(await held()).toEqual([]);
  });

  test('of two tokens each has its own hour', async () => {
    const [one, two] = [redditConversionToken(), redditConversionToken()];
    await takeOffer(offerOf(one), 7);
    later(30 * MINUTE);
    await takeOffer(offerOf(two), 7);
    later(30 * MINUTE);
    await sweep();
    const second = await fingerprintOf(two);
    expect(await held()).toEqual([second]);
    expect(await theCapture()).toMatchObject({
      state: 'open',
      chosen: second,
      expiresAt: START + 1.5 * HOUR,
    });
    later(30 * MINUTE);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'expired' });
  });

  test('a clock that is put back does not lengthen an hour to days, nor an undo', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await takeOffer(offerOf(redditConversionToken(), { page: 'document-2' }), 8);
    const [, second] = await captures();
    await discard(second?.id ?? '');
    later(-100 * 24 * HOUR);
    await sweep();
    expect((await captures()).map(({ state }) => state).sort()).toEqual(['discarding', 'open']);
    expect(await held()).toHaveLength(2);
    later(MINUTE);
    await sweep();
    expect((await captures()).map(({ state }) => state).sort()).toEqual(['discarded', 'open']);
    later(HOUR);
    await sweep();
    expect(await held()).toEqual([]);
    expect((await captures()).map(({ state }) => state).sort()).toEqual(['discarded', 'expired']);
  });

  test('whoever wants it kept for a shorter time is obeyed at once', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    expect((await theCapture()).expiresAt - Date.now()).toBe(HOUR);
    await changeSettings({ keepMinutes: 15 });
    await sweep();
    await takeOffer(offerOf(redditConversionToken(), { page: 'document-2' }), 8);
    const ends = [...(await captures()), ...(await listSecrets())].map(({ expiresAt }) => expiresAt);
    expect(ends).toHaveLength(4);
    expect(new Set(ends)).toEqual(new Set([Date.now() + 15 * MINUTE]));
    later(15 * MINUTE);
    await sweep();
    expect((await captures()).map(({ state }) => state)).toEqual(['expired', 'expired']);
    expect(await held()).toEqual([]);
  });

  test('a review without a token ends without a tombstone', async () => {
    await draft('reddit');
    later(HOUR);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'discarded' });
  });

  test('a secret ends on time even while its delivery waits', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const capture = await theCapture();
    await rows.put('deliveries', deliveryOf(capture, { state: 'needsKey' }));
    await markSent(capture.id);
    later(HOUR - 1);
    await sweep();
    expect(await held()).toHaveLength(1);
    later(1);
    await sweep();
    expect(await held()).toEqual([]);
  });

  test('says when it is next wanted', async () => {
    expect(await nextDue()).toBeUndefined();
    await draft('reddit');
    expect(await nextDue()).toBeUndefined();
    later(1);
    await takeOffer(offerOf(redditConversionToken()), 7);
    expect(await nextDue()).toBe(START + 1 + HOUR);
    const capture = (await captures()).find(({ tokens }) => tokens.length > 0);
    await discard(capture?.id ?? '');
    expect(await nextDue()).toBe(START + 1 + 10_000);
  });

  test('what ended a day ago and was told is forgotten; an unread tombstone is not', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await takeOffer(offerOf(redditConversionToken(), { page: 'document-2' }), 8);
    const [first] = await captures();
    await discard(first?.id ?? '');
    later(HOUR);
    await sweep();
    later(24 * HOUR);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'expired' });
  });
});

test('what is to be forgotten does not wait for a send of another capture', async () => {
  await takeOffer(offerOf(redditConversionToken()), 7);
  const capture = await theCapture();
  await discard(capture.id);
  later(MINUTE);
  await sweep();
  await rows.put('deliveries', deliveryOf(capture, { captureId: 'another', state: 'waiting' }));
  later(24 * HOUR);
  await sweep();
  expect(await captures()).toEqual([]);
});

describe('memory that was emptied', () => {
  test('leaves a tombstone, and the token that is still on the page is taken again', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    await emptyVault();
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'lost' });

    later(1000);
    await takeOffer(offerOf(token), 7);
    const [lost, again] = await captures();
    expect(lost).toMatchObject({ state: 'lost', dismissed: true });
    expect(again).toMatchObject({ state: 'open' });
    expect(await held()).toHaveLength(1);
  });

  test('takes nothing from a review that has no token', async () => {
    const answer = await draft('reddit');
    await setId((answer.ok && answer.id) || '', 'pixelId', 'a2_pixelone1234');
    await emptyVault();
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'open' });
  });
});

describe('orphans', () => {
  test('a secret that nothing needs is dropped, and one that is needed is not', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const needed = await held();
    await keepSecret('sha256:00000000000000ff', Secret.of('nobody wants me'), START + HOUR);
    await fakeBrowser.storage.session.set({ 'secret:sha256:00000000000000aa': 'not of our making' });
    expect(await held()).toHaveLength(3);
    await sweep();
    expect(await held()).toEqual(needed);
  });

  test.each([
    ['queued', true],
    ['sending', true],
    ['waiting', true],
    ['needsKey', true],
    ['verifying', false],
    ['settled', false],
  ] as const)('of a delivery in %s: kept is %s', async (state, kept) => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const capture = await theCapture();
    await rows.put('deliveries', deliveryOf(capture, { state }));
    await rows.change('captures', capture.id, (row) => ({ ...row, state: 'sent' }));
    await sweep();
    expect(await held()).toHaveLength(kept ? 1 : 0);
  });

  test('what follows from an end may still want it', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const capture = await theCapture();
    await markSent(capture.id);
    await rows.put(
      'deliveries',
      deliveryOf(capture, { state: 'settled', outcome: 'rejected', followUp: true }),
    );
    await sweep();
    expect(await held()).toHaveLength(1);
  });
});

describe('a worker that died', () => {
  test('between delivery and capture: the capture is sent after all', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const capture = await theCapture();
    await rows.put('deliveries', deliveryOf(capture));
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'sent' });
  });

  test('between capture and delivery: the capture is open again', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await markSent((await theCapture()).id);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'open' });
    expect(await held()).toHaveLength(1);
  });

  test('between the secret and the last write: the capture is open, though its page does not report again', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await rows.change('captures', (await theCapture()).id, (row) => ({ ...row, state: 'arriving' }));
    openTabs();
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'open' });
    expect(await held()).toHaveLength(1);
  });

  test('between capture and delivery: that of another capture does not count', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const first = await theCapture();
    await rows.put('deliveries', deliveryOf(first, { captureId: 'another', state: 'waiting' }));
    await markSent(first.id);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'open' });
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'open' });
  });

  test('before the secret: a row that waits for its report, and then says that it is lost', async () => {
    const set = vi.spyOn(fakeBrowser.storage.session, 'set').mockRejectedValueOnce(new Error('killed'));
    await expect(takeOffer(offerOf(redditConversionToken()), 7)).rejects.toThrow('killed');
    set.mockRestore();
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'arriving' });
    later(MINUTE);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'lost' });
  });

  test('before the secret, and its page is closed: nothing reports it any more, so it is told at once', async () => {
    const set = vi.spyOn(fakeBrowser.storage.session, 'set').mockRejectedValueOnce(new Error('killed'));
    await expect(takeOffer(offerOf(redditConversionToken()), 7)).rejects.toThrow('killed');
    set.mockRestore();
    openTabs(8);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'lost' });
  });
});

/**
 * The worker is killed at every single write, before it and after it. Then it wakes, sweeps, and hears the report
 * again, as it does when nobody answered it.
 */
describe('killed at each write of a capture', () => {
  type Write = (...args: never[]) => Promise<unknown>;

  let writes = 0;
  let killAt: { write: number; after: boolean } | undefined;
  const dead = new Error('killed');

  /** Counts a write, and lets the worker die before or after the one that is marked. */
  const mortal =
    (write: Write): Write =>
    async (...args) => {
      writes += 1;
      const here = killAt?.write === writes;
      if (here && !killAt?.after) throw dead;
      const result = await write(...args);
      if (here) throw dead;
      return result;
    };

  beforeEach(() => {
    writes = 0;
    killAt = undefined;
  });

  const withMortalWrites = async (work: () => Promise<unknown>): Promise<void> => {
    const { put, change } = rows;
    const { set, remove } = fakeBrowser.storage.session;
    Object.assign(rows, { put: mortal(put as Write), change: mortal(change as Write) });
    Object.assign(fakeBrowser.storage.session, {
      set: mortal(set as Write),
      remove: mortal(remove as Write),
    });
    try {
      await work().catch((error) => expect(error).toBe(dead));
    } finally {
      Object.assign(rows, { put, change });
      Object.assign(fakeBrowser.storage.session, { set, remove });
    }
  };

  const first = redditConversionToken();
  const second = redditConversionToken();

  const stories: Record<
    string,
    { before?: () => Promise<unknown>; act: () => Promise<unknown>; writes: number }
  > = {
    'a first token': { act: () => takeOffer(offerOf(first), 7), writes: 3 },
    'a second token': {
      before: () => takeOffer(offerOf(first), 7),
      act: () => takeOffer(offerOf(second), 7),
      writes: 2,
    },
  };

  for (const [name, story] of Object.entries(stories)) {
    test(`${name}: nothing lost, doubled or orphaned`, async () => {
      for (let write = 1; write <= story.writes; write += 1) {
        for (const after of [false, true]) {
          for (const { id } of await captures()) await rows.remove('captures', id);
          await emptyVault();
          await story.before?.();
          writes = 0;
          killAt = { write, after };
          await withMortalWrites(story.act);
          expect(writes, 'the marked write came about').toBe(write);

          // Before anybody has tidied up: at no moment is there a secret that no row names.
          const known = new Set((await captures()).flatMap(({ tokens }) => tokens.map((t) => t.fingerprint)));
          expect((await held()).filter((fingerprint) => !known.has(fingerprint))).toEqual([]);
          await sweep();

          expect(await story.act()).toEqual({ ok: true });
          const capture = await theCapture();
          expect(capture.state).toBe('open');
          expect(await held()).toEqual(capture.tokens.map(({ fingerprint }) => fingerprint).sort());
          expect(await held()).toHaveLength(story.before ? 2 : 1);
        }
      }
      // The control: there are as many writes as were killed, and not one more.
      await emptyVault();
      for (const { id } of await captures()) await rows.remove('captures', id);
      await story.before?.();
      writes = 0;
      killAt = undefined;
      await withMortalWrites(story.act);
      expect(writes).toBe(story.writes);
    });
  }

  test('an expiry and a discard: the secret is gone in the end, and the end is told', async () => {
    for (const how of ['expired', 'discarded'] as const) {
      for (let write = 1; write <= 2; write += 1) {
        for (const after of [false, true]) {
          for (const { id } of await captures()) await rows.remove('captures', id);
          await takeOffer(offerOf(redditConversionToken()), 7);
          if (how === 'discarded') await discard((await theCapture()).id);
          later(how === 'discarded' ? 10_000 : HOUR);
          writes = 0;
          killAt = { write, after };
          await withMortalWrites(sweep);
          expect(writes).toBe(write);
          await sweep();
          expect(await theCapture()).toMatchObject({ state: how });
          expect(await held()).toEqual([]);
        }
      }
    }
  });
});

test('a sweep that is asked twice does nothing the second time', async () => {
  await takeOffer(offerOf(redditConversionToken()), 7);
  await dropSecret((await held())[0] ?? '');
  await sweep();
  const after = await captures();
  await sweep();
  expect(await captures()).toEqual(after);
  expect(after).toMatchObject([{ state: 'lost' }]);
});

describe('what somebody else does between the look and the write', () => {
  const changed = (changes: Partial<Capture>) => async (): Promise<void> => {
    const { id } = await theCapture();
    await rows.change('captures', id, (row) => ({ ...row, ...changes }));
  };
  const discarded = changed({ state: 'discarded', endedAt: START });

  test('what has ended is not ended once more, nor opened, nor sent', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const captureId = (await theCapture()).id;

    await emptyVault();
    justBeforeChange(discarded);
    await sweep(); // would tell it as lost
    expect(await theCapture()).toMatchObject({ state: 'discarded', endedAt: START });

    await changed({ state: 'sent' })();
    justBeforeChange(discarded);
    await sweep(); // would open it, since no delivery has it
    expect((await theCapture()).state).toBe('discarded');

    await changed({ state: 'open' })();
    await rows.put('deliveries', deliveryOf(await theCapture(), { captureId }));
    justBeforeChange(discarded);
    await sweep(); // would take it for sent
    expect((await theCapture()).state).toBe('discarded');
  });
});

describe('a discard that can be undone', () => {
  test('without a token it stays for its ten seconds', async () => {
    const answer = await draft('reddit');
    await discard((answer.ok && answer.id) || '');
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'discarding' });
  });

  test('of two tokens one is gone: the other one can still be brought back', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    await takeOffer(offerOf(redditConversionToken()), 7);
    const { id, tokens } = await theCapture();
    await discard(id);
    await dropSecret(tokens[0]?.fingerprint ?? '');
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'discarding' });
    await undoDiscard(id);
    await sweep();
    expect(await theCapture()).toMatchObject({ state: 'open', tokens: [tokens[1]] });
  });
});

test('of three tokens one is gone, and none was chosen: none is, and the rest live as long as the newest', async () => {
  const shown = [redditConversionToken(), redditConversionToken(), redditConversionToken()];
  for (const token of shown) {
    await takeOffer(offerOf(token), 7);
    later(1000);
  }
  const { id, tokens } = await theCapture();
  await rows.change('captures', id, ({ chosen: _, ...row }) => row);
  await dropSecret(tokens[0]?.fingerprint ?? '');
  await sweep();
  const left = await theCapture();
  expect(left).toMatchObject({ tokens: tokens.slice(1), expiresAt: (tokens[2]?.seenAt ?? 0) + HOUR });
  expect(left.chosen).toBeUndefined();
});

test('of three tokens one is gone: the one that was chosen stays so', async () => {
  const tokens = [redditConversionToken(), redditConversionToken(), redditConversionToken()];
  for (const token of tokens) await takeOffer(offerOf(token), 7);
  const [first = '', second = '', third = ''] = await Promise.all(tokens.map(fingerprintOf));
  const { id } = await theCapture();
  expect(await chooseToken(id, second)).toEqual({ ok: true });
  await dropSecret(first);
  await sweep();
  expect(await theCapture()).toMatchObject({
    chosen: second,
    tokens: [{ fingerprint: second }, { fingerprint: third }],
  });
  await dropSecret(second);
  await sweep(); // what is left is no choice
  expect(await theCapture()).toMatchObject({ chosen: third, tokens: [{ fingerprint: third }] });
});

describe('what a long run of the simulation found', () => {
  test('what was thrown away is not brought back without its token, though the clock was put back', async () => {
    await takeOffer(offerOf(redditConversionToken()), 7);
    const { id } = await theCapture();
    await discard(id);
    await emptyVault(); // the worker died as it ended, after the secret was dropped
    later(-MINUTE);
    await sweep();
    expect((await theCapture()).state).toBe('discarded');
    expect(await undoDiscard(id)).toMatchObject({ ok: false });
  });

  test('a loss is not told of a token that was taken anew and sent, though the worker died in between', async () => {
    const token = redditConversionToken();
    await takeOffer(offerOf(token), 7);
    const lost = await theCapture();
    await emptyVault();
    await sweep();
    await takeOffer(offerOf(token), 7);
    // As if it had died before the first one was put behind.
    await rows.change('captures', lost.id, ({ dismissed: _, ...row }) => row);
    const anew = (await captures()).find(({ state }) => state === 'open');
    if (!anew) throw new Error('It is not taken anew.');
    await rows.put('deliveries', deliveryOf(anew, { state: 'verifying', savedAt: START }));
    await markSent(anew.id);
    await takeOffer(offerOf(token), 7);
    expect(await rows.get('captures', lost.id)).toMatchObject({ state: 'lost', dismissed: true });
  });
});
