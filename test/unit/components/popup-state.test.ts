import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../components/popup-state';
import { type CardState, popupState, statusOf, tokenWaits } from '../../../components/popup-state';
import { HOUR, MINUTE } from '../../../lib/terms/time';
import {
  delivery,
  destination,
  NOW,
  type PopupFixture,
  popups,
  redditCapture,
  workspace,
} from '../../components/fixtures';

const kinds = ({ rows, around }: PopupFixture): string[] => popupState(rows, around).map(({ kind }) => kind);

const nothing: Snapshot = {
  captures: [],
  deliveries: [],
  destinations: [],
  workspaces: [workspace()],
  pages: [],
  accountChoices: [],
  guides: [],
  bulkAdds: [],
  quarantine: [],
};
const cardsOf = (rows: Partial<Snapshot>, tabId?: number): CardState[] =>
  popupState({ ...nothing, ...rows }, { now: NOW, online: true, tabId });
const kindsOf = (rows: Partial<Snapshot>, tabId?: number): string[] =>
  cardsOf(rows, tabId).map(({ kind }) => kind);

describe('the first card is the state of the popup', () => {
  it.each([
    ['nobody is connected', popups.notConnected, ['connect']],
    ['a capture is kept above the form to connect', popups.notConnectedWithCapture, ['review', 'connect']],
    ['a first connection failed', popups.connectRefused, ['connect']],
    ['another site', popups.wrongSite, ['start']],
    ['another site, with a destination', popups.wrongSiteHealthy, ['destinations', 'start']],
    ['an ad page without a token', popups.rightSite, ['guide']],
    ['a capture', popups.ready, ['review']],
    ['a capture beside its destination', popups.readyToReplace, ['review', 'destinations']],
    ['a rejected send is told inside its review', popups.rejected, ['review']],
    ['two captures', popups.twoCaptures, ['review', 'review']],
    ['a discard that can be undone', popups.undo, ['undo', 'start']],
    ['a send', popups.sending, ['delivery']],
    ['a send and the destination it made are one card', popups.verifying, ['delivery']],
    ['a send that waits for the network says offline itself', popups.waitingOffline, ['delivery']],
    ['a send that waits for a key', popups.needsKey, ['keyTrouble']],
    ['a send just proven', popups.justHealthy, ['delivery']],
    ['a loss', popups.tombstoneLost, ['tombstone']],
    ['rows that cannot be read', popups.unreadable, ['tombstone', 'destinations']],
    ['a database that vanished', popups.vanished, ['connect', 'tombstone']],
    ['a send whose token ran out', popups.tombstoneExpired, ['tombstone']],
    ['a refused key, beside what was known', popups.keyRefused, ['keyTrouble', 'destinations']],
    ['no network', popups.offline, ['offline', 'destinations', 'start']],
  ])('%s', (_what, fixture, expected) => {
    expect(kinds(fixture)).toEqual(expected);
  });

  it('on an ad page, trouble comes before the way to a token, and health after it', () => {
    const { pages } = popups.rightSite.rows;
    const ill = popups.unhealthy.rows.destinations;
    expect(kindsOf({ pages, destinations: ill }, 7)).toEqual(['destinations', 'guide']);
    expect(kindsOf({ pages, destinations: [destination()] }, 7)).toEqual(['guide', 'destinations']);
  });
});

describe('captures', () => {
  const here = redditCapture({ id: 'here', tabId: 7, createdAt: NOW - HOUR });
  const newer = redditCapture({ id: 'newer', tabId: 8, createdAt: NOW });
  const order = (tabId?: number) =>
    cardsOf({ captures: [newer, here] }, tabId).flatMap((card) =>
      card.kind === 'review' ? [card.capture.id] : [],
    );

  it('of the own tab come first, then the most recent', () => {
    expect(order(7)).toEqual(['here', 'newer']);
    expect(order(8)).toEqual(['newer', 'here']);
  });

  it('come most recent first where there is no own tab', () => {
    expect(order()).toEqual(['newer', 'here']);
  });

  it('pasted without a tab are not taken for those of a page without one', () => {
    const { tabId: _tabId, ...pasted } = redditCapture({ id: 'pasted', createdAt: NOW - HOUR });
    expect(
      cardsOf({ captures: [pasted, newer] }).flatMap((card) =>
        card.kind === 'review' ? [card.capture.id] : [],
      ),
    ).toEqual(['newer', 'pasted']);
  });

  it.each(['arriving', 'sent', 'discarded'] as const)('that are %s are not in review', (state) => {
    expect(kindsOf({ captures: [redditCapture({ state })] })).toEqual(['start']);
  });

  it('that are discarded can be taken back until their time is over', () => {
    const discarding = (discardAt: number) => [redditCapture({ state: 'discarding', discardAt })];
    expect(kindsOf({ captures: discarding(NOW + 1) })).toContain('undo');
    expect(kindsOf({ captures: discarding(NOW) })).not.toContain('undo');
  });

  it('what was put away can be brought back for ten seconds, a success is not spoken of', () => {
    const at = (dismissedAt: number) => ({ dismissed: true, dismissedAt }) as const;
    const undone = (rows: Partial<Snapshot>) =>
      cardsOf(rows).flatMap((card) => (card.kind === 'undo' ? [[card.from, card.id, card.until]] : []));
    const lost = (dismissedAt: number) => ({
      captures: [redditCapture({ state: 'lost', ...at(dismissedAt) })],
    });
    expect(undone(lost(NOW))).toEqual([['capture', 'c1', NOW + 10_000]]);
    expect(undone(lost(NOW - 9_999))).toEqual([['capture', 'c1', NOW + 1]]);
    expect(undone(lost(NOW - 10_000))).toEqual([]);
    // The clock was put back since.
    expect(undone(lost(NOW + 1))).toEqual([]);
    expect(undone({ captures: [redditCapture({ state: 'lost', dismissed: true })] })).toEqual([]);
    const settled = { state: 'settled', ...at(NOW) } as const;
    expect(undone({ deliveries: [delivery({ ...settled, outcome: 'rejected' })] })).toMatchObject([
      ['delivery', 'x1', NOW + 10_000],
    ]);
    expect(undone({ deliveries: [delivery({ ...settled, outcome: 'healthy' })] })).toEqual([]);
    const bad = { store: 'history', key: 'k', at: 1, raw: 1 };
    const quarantine = [bad, { ...bad, ...at(NOW - 1) }, { ...bad, ...at(NOW) }];
    expect(undone({ quarantine })).toEqual([['storage', 'storage', NOW + 10_000]]);
  });
});

describe('losses', () => {
  it('are told once, although capture and delivery both ended', () => {
    const captures = [redditCapture({ state: 'lost' })];
    const deliveries = [delivery({ state: 'settled', outcome: 'lost' })];
    expect(kindsOf({ captures, deliveries })).toEqual(['tombstone']);
    expect(kindsOf({ captures, deliveries: [{ ...deliveries[0], dismissed: true } as never] })).toEqual([
      'start',
    ]);
  });

  it('are not told of a review that held no token', () => {
    expect(kindsOf({ captures: [redditCapture({ state: 'expired', tokens: [] })] })).toEqual(['start']);
  });

  it('are not told again', () => {
    expect(kindsOf({ captures: [redditCapture({ state: 'lost', dismissed: true })] })).toEqual(['start']);
  });
});

describe('deliveries', () => {
  const settled = (changes: Parameters<typeof delivery>[0]) =>
    delivery({ state: 'settled', settledAt: NOW, ...changes });

  it('that were proven are news for an hour', () => {
    const proven = (settledAt: number) => [settled({ outcome: 'healthy', settledAt, destinationId: 'd1' })];
    expect(kindsOf({ deliveries: proven(NOW - 59 * MINUTE) })).toEqual(['delivery']);
    expect(kindsOf({ deliveries: proven(NOW - 61 * MINUTE) })).toEqual(['start']);
  });

  it('that failed stay until they were seen', () => {
    const failed = settled({ outcome: 'rejected', settledAt: NOW - 48 * HOUR });
    expect(kindsOf({ deliveries: [failed] })).toEqual(['delivery']);
    expect(kindsOf({ deliveries: [{ ...failed, dismissed: true }] })).toEqual(['start']);
  });

  it('that nobody watches any more are not told', () => {
    const saved = { savedAt: NOW - MINUTE, destinationId: 'd1' };
    expect(kindsOf({ deliveries: [settled({ ...saved, outcome: 'superseded' })] })).toEqual(['delivery']);
    expect(kindsOf({ deliveries: [settled({ ...saved, outcome: 'unwatched' })] })).toEqual(['start']);
  });

  it('that ended are not shown beside a later one for the same capture', () => {
    const old = settled({ id: 'old', outcome: 'rejected', createdAt: NOW - HOUR });
    const later = delivery({ id: 'later', createdAt: NOW });
    const shown = cardsOf({ deliveries: [old, later] }).flatMap((card) =>
      card.kind === 'delivery' ? [card.delivery.id] : [],
    );
    expect(shown).toEqual(['later']);
  });
});

describe('what is said of a destination', () => {
  const around = { now: NOW, online: true };
  const of = (changes: Parameters<typeof destination>[0], owner = workspace()) =>
    statusOf(destination(changes), owner, around);

  it.each(['healthy', 'unhealthy', 'degraded', 'pending', 'unknown'] as const)(
    '%s, as Upstack says',
    (state) => {
      expect(of({ health: { state, confirmedAt: NOW } })).toBe(state);
    },
  );

  it('paused, when it is switched off', () => {
    expect(of({ enabled: false })).toBe('paused');
  });

  it('gone, whatever else is known', () => {
    expect(of({ goneAt: NOW }, workspace({ state: 'keyRefused' }))).toBe('gone');
  });

  it('could not check: offline, with a refused key, or without its workspace', () => {
    expect(statusOf(destination(), workspace(), { now: NOW, online: false })).toBe('couldNotCheck');
    expect(of({}, workspace({ state: 'keyRefused' }))).toBe('couldNotCheck');
    expect(statusOf(destination(), undefined, around)).toBe('couldNotCheck');
  });

  it('could not check after three rounds without an answer, and no sooner', () => {
    const missed = (misses: number) =>
      workspace({ poll: { nextAt: NOW, misses, lastAnsweredAt: NOW - MINUTE } });
    expect(of({}, missed(2))).toBe('healthy');
    expect(of({}, missed(3))).toBe('couldNotCheck');
  });

  it('could not check after a long silence, though no round was missed: the computer slept', () => {
    const silent = (since: number, paceSeconds?: number) =>
      of(
        { health: { state: 'healthy', confirmedAt: NOW - since } },
        workspace({
          poll: {
            nextAt: NOW,
            misses: 0,
            lastAnsweredAt: NOW - since,
            ...(paceSeconds ? { paceSeconds } : {}),
          },
        }),
      );
    expect(silent(44 * MINUTE)).toBe('healthy');
    expect(silent(46 * MINUTE)).toBe('couldNotCheck');
    expect(silent(46 * MINUTE, 1800)).toBe('healthy');
  });

  it('worst first, then by name', () => {
    const [list] = cardsOf({ destinations: popups.several.rows.destinations });
    const statuses = list?.kind === 'destinations' ? list.watched.map(({ status }) => status) : [];
    expect(statuses.slice(0, 5)).toEqual(['unhealthy', 'degraded', 'pending', 'paused', 'healthy']);
  });
});

describe('a reload is barred', () => {
  it.each([
    ['while a token is in review', { captures: [redditCapture()] }, true],
    ['while a discard can be undone', { captures: [redditCapture({ state: 'discarding' })] }, true],
    ['while a send is not saved', { deliveries: [delivery({ state: 'waiting' })] }, true],
    ['not by a review without a token', { captures: [redditCapture({ tokens: [] })] }, false],
    ['not by a send that is saved', { deliveries: [delivery({ state: 'verifying' })] }, false],
    ['not by what is over', { captures: [redditCapture({ state: 'sent' })] }, false],
  ])('%s', (_what, rows, expected) => {
    expect(tokenWaits({ ...nothing, ...rows })).toBe(expected);
  });
});
