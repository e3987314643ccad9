import { describe, expect, it } from 'vitest';
import { decide, emptyBook } from '../../../lib/health/alerts';
import { checked } from '../../../lib/health/incident';
import { afterAnswer, WATCH_TIME } from '../../../lib/health/pace';
import { isQuiet } from '../../../lib/health/quiet';
import type {
  AlertBook,
  Delivery,
  Destination,
  Notice,
  Settings,
  Workspace,
} from '../../../lib/storage/rows';
import { usualSettings } from '../../../lib/storage/settings';
import { DAY, HOUR, MINUTE } from '../../../lib/terms/time';
import { sequence } from '../../sequence';
import { delivery, destination, workspace } from './rows';

/** A Tuesday at noon, in the zone of whoever runs this. */
const NOON = new Date(2026, 10, 24, 12).getTime();

const on: Settings = { ...usualSettings, alerts: true };

const ill = (changes: Partial<Destination> = {}, since = NOON): Destination =>
  destination(
    { state: 'unhealthy', reason: { code: 'token_invalid' }, illSince: since, incidentAt: since + MINUTE },
    changes,
  );

interface Now {
  destinations?: Destination[];
  workspaces?: Workspace[];
  deliveries?: Delivery[];
  settings?: Settings;
  popupOpen?: boolean;
}

/** Rounds one after the other; what is decided in each is shown at once. */
const rounds = () => {
  let book: AlertBook = emptyBook;
  return (
    now: number,
    { destinations = [], workspaces = [workspace()], deliveries = [], settings = on, popupOpen = false }: Now,
  ): Notice[] => {
    const next = decide({ destinations, workspaces, deliveries, settings, book }, popupOpen, now);
    book = { ...next, pending: [] };
    return next.pending;
  };
};

const kinds = (notices: Notice[]): string[] => notices.map(({ kind }) => kind);

describe('an illness', () => {
  it('is told once, when it is confirmed, with the name of its destination', () => {
    const round = rounds();
    const unconfirmed = destination({ state: 'unhealthy', illSince: NOON });
    expect(round(NOON, { destinations: [unconfirmed] })).toEqual([]);
    expect(round(NOON + MINUTE, { destinations: [ill()] })).toEqual([
      { kind: 'ill', about: 'w1/dst_1', name: 'Reddit · Acme US' },
    ]);
    expect(round(NOON + 2 * MINUTE, { destinations: [ill()] })).toEqual([]);
    expect(round(NOON + DAY, { destinations: [ill()] })).toEqual([]);
  });

  it('has its end told only if it was told itself', () => {
    const round = rounds();
    expect(round(NOON, { destinations: [destination()] })).toEqual([]);
    round(NOON + MINUTE, { destinations: [ill()] });
    expect(round(NOON + 130 * MINUTE, { destinations: [destination()] })).toEqual([
      { kind: 'recovered', about: 'w1/dst_1', name: 'Reddit · Acme US', span: 130 * MINUTE },
    ]);
    expect(round(NOON + 131 * MINUTE, { destinations: [destination()] })).toEqual([]);
  });

  it('is told again when it is another one, though its end was not seen', () => {
    const round = rounds();
    round(NOON + MINUTE, { destinations: [ill()] });
    expect(kinds(round(NOON + 3 * HOUR, { destinations: [ill({}, NOON + 2 * HOUR)] }))).toEqual(['ill']);
  });

  it.each([
    [
      'the platform has trouble',
      { destinations: [ill({ health: { ...ill().health, reason: { code: 'platform_unavailable' } } })] },
    ],
    [
      'Upstack does not answer',
      { destinations: [ill()], workspaces: [workspace({ poll: { nextAt: 0, misses: 3 } })] },
    ],
    ['it is switched off', { destinations: [ill({ enabled: false })] }],
    ['it is gone', { destinations: [ill({ goneAt: NOON })] }],
    ['alerts are off', { destinations: [ill()], settings: usualSettings }],
    ['alerts are paused', { destinations: [ill()], settings: { ...on, pausedUntil: NOON + HOUR } }],
    ['it is muted', { destinations: [ill({ mute: { since: NOON, until: NOON + HOUR } })] }],
    ['it is muted until it is healthy', { destinations: [ill({ mute: { since: NOON } })] }],
    [
      'a send of it is not five minutes old',
      { destinations: [ill()], deliveries: [delivery({ savedAt: NOON })] },
    ],
  ] satisfies [string, Now][])('is not told while %s, and is told when that is over', (_why, then) => {
    const round = rounds();
    expect(round(NOON + MINUTE, then)).toEqual([]);
    expect(kinds(round(NOON + 2 * HOUR, { destinations: [ill()] }))).toEqual(['ill']);
  });

  it('is one notice with others of the same round', () => {
    const round = rounds();
    const destinations = ['w1/a', 'w1/b', 'w2/c'].map((key) =>
      ill({ key, workspaceId: key.slice(0, 2), id: key.slice(3) }),
    );
    const workspaces = [workspace(), workspace({ id: 'w2' })];
    expect(round(NOON, { destinations, workspaces })).toEqual([{ kind: 'illMany', count: 3, more: 2 }]);
    const well = destinations.map((row) => ({ ...row, health: destination().health }));
    expect(kinds(round(NOON + HOUR, { destinations: well, workspaces }))).toEqual(['recoveredMany']);
  });
});

it('keeps switching: told once at the fourth change in six hours, then nothing for six hours', () => {
  const round = rounds();
  const told: string[] = [];
  for (let change = 0; change < 20; change += 1) {
    const at = NOON + change * 15 * MINUTE;
    told.push(...kinds(round(at, { destinations: [change % 2 ? destination() : ill({}, at)] })));
  }
  expect(told).toEqual(['ill', 'recovered', 'ill', 'switching']);
  const later = NOON + 13 * HOUR;
  expect(kinds(round(later, { destinations: [ill({}, later)] }))).toEqual(['ill']);
});

describe('a send', () => {
  const pending = destination({ state: 'pending' });

  it('that is not healthy after five minutes is told once, and its illness not again', () => {
    const round = rounds();
    const sent = delivery({ savedAt: NOON });
    expect(round(NOON + WATCH_TIME - 1, { destinations: [pending], deliveries: [sent] })).toEqual([]);
    expect(kinds(round(NOON + WATCH_TIME, { destinations: [pending], deliveries: [sent] }))).toEqual([
      'late',
    ]);
    expect(round(NOON + 10 * MINUTE, { destinations: [ill()], deliveries: [sent] })).toEqual([]);
    expect(kinds(round(NOON + HOUR, { destinations: [destination()], deliveries: [sent] }))).toEqual([
      'recovered',
    ]);
  });

  it.each([
    [false, ['verified']],
    [true, []],
  ])('that turned healthy is told if nobody looks (popup open: %s)', (popupOpen, expected) => {
    const round = rounds();
    const done = delivery({ state: 'settled', outcome: 'healthy', savedAt: NOON, settledAt: NOON + MINUTE });
    const rows = { destinations: [destination()], deliveries: [done] };
    expect(kinds(round(NOON + MINUTE, { ...rows, popupOpen }))).toEqual(expected);
    expect(round(NOON + 2 * MINUTE, rows)).toEqual([]);
  });
});

it('tells a refused key once a day', () => {
  const round = rounds();
  const workspaces = [workspace({ state: 'keyRefused' })];
  const told = Array.from({ length: 50 }, (_, hour) => round(NOON + hour * HOUR, { workspaces }).length);
  expect(told.flatMap((count, hour) => (count > 0 ? [hour] : []))).toEqual([0, 24, 48]);
});

describe('quiet hours', () => {
  const quiet: Settings = { ...on, quiet: true };

  it('go over midnight, and take weekends in', () => {
    const at = (day: number, hour: number) => isQuiet(quiet, new Date(2026, 10, day, hour).getTime());
    expect([at(24, 19), at(24, 20), at(25, 3), at(25, 7), at(25, 8)]).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect([at(28, 12), at(29, 12), at(30, 12)]).toEqual([true, true, false]);
    expect(
      isQuiet({ ...quiet, quietFrom: 600, quietTo: 660 }, new Date(2026, 10, 24, 10, 30).getTime()),
    ).toBe(true);
    expect(isQuiet(on, new Date(2026, 10, 25, 3).getTime())).toBe(false);
  });

  it('keep back what comes in them, and tell it as one', () => {
    const round = rounds();
    const night = new Date(2026, 10, 24, 23).getTime();
    const other = { key: 'w1/other', id: 'other' };
    expect(round(night, { destinations: [ill({}, night), ill(other, night)], settings: quiet })).toEqual([]);
    expect(
      round(night + HOUR, { destinations: [ill({}, night), destination({}, other)], settings: quiet }),
    ).toEqual([]);
    const morning = night + 9 * HOUR;
    const rows = { destinations: [ill({}, night), destination({}, other)], settings: quiet };
    expect(round(morning, rows)).toEqual([{ kind: 'digest', count: 1, more: 1 }]);
    expect(round(morning + MINUTE, rows)).toEqual([]);
  });
});

/**
 * Days of one destination that falls ill now and then, for a blink or for hours, is sent new tokens, and is polled at
 * the product's own pace. `forgets`: a book that does not remember, as the control.
 */
const live = (days: number, { forgets = false } = {}) => {
  const random = sequence(20_261_122);
  let book = emptyBook;
  let row = destination();
  let space = workspace();
  let sent: Delivery | undefined;
  let truth: 'healthy' | 'unhealthy' = 'healthy';
  let changesAt = NOON + random() * DAY;
  let fellAt = NOON;
  const count = {
    incidents: 0,
    ill: 0,
    duplicates: 0,
    inGrace: 0,
    early: 0,
    slowest: 0,
    recovered: 0,
    false: 0,
  };
  let toldIncident: number | undefined;
  let firstSeen: number | undefined;
  let period = 0;
  for (let now = NOON; now < NOON + days * DAY; ) {
    while (changesAt <= now) {
      truth = truth === 'healthy' ? 'unhealthy' : 'healthy';
      if (truth === 'unhealthy') fellAt = changesAt;
      const blink = random() < 0.3;
      changesAt +=
        truth === 'healthy'
          ? 8 * HOUR + random() * 3 * DAY
          : blink
            ? random() * MINUTE
            : 10 * MINUTE + random() * 6 * HOUR;
    }
    if (!sent && random() < 0.002) sent = delivery({ id: `d${now}`, savedAt: now, state: 'verifying' });
    if (sent && now - (sent.savedAt ?? 0) > HOUR) sent = undefined;
    const before = row.health;
    row = {
      ...row,
      health: checked(
        before,
        { state: truth, ...(truth === 'unhealthy' ? { reason: { code: 'token_invalid' as const } } : {}) },
        now,
      ),
    };
    if (truth === 'unhealthy' && before.state === 'healthy') firstSeen = now;
    if (row.health.incidentAt !== undefined && before.incidentAt === undefined) count.incidents += 1;
    if (sent?.state === 'verifying' && truth === 'healthy') {
      const { ...done } = sent;
      sent = { ...done, state: 'settled', outcome: 'healthy', settledAt: now };
    }
    const next = decide(
      { destinations: [row], workspaces: [space], deliveries: sent ? [sent] : [], settings: on, book },
      true,
      now,
    );
    for (const { kind } of next.pending) {
      if (kind === 'recovered') count.recovered += 1;
      if (kind !== 'ill') continue;
      count.ill += 1;
      if (truth !== 'unhealthy' || fellAt > now) count.false += 1;
      if (row.health.incidentAt === toldIncident) count.duplicates += 1;
      if (sent && now - (sent.savedAt ?? 0) < WATCH_TIME) count.inGrace += 1;
      if (now - (firstSeen ?? now) < MINUTE) count.early += 1;
      if (!sent) count.slowest = Math.max(count.slowest, now - fellAt);
      toldIncident = row.health.incidentAt;
    }
    book = forgets ? emptyBook : { ...next, pending: [] };
    space = { ...space, poll: { nextAt: now, misses: 0, lastAnsweredAt: now, paceSeconds: 300 } };
    const isWatched = sent !== undefined && now - (sent.savedAt ?? 0) < WATCH_TIME;
    const at = afterAnswer(space, [row], isWatched, now, random);
    period = Math.max(period, at - now);
    now = at;
  }
  return { ...count, period };
};

describe('a thousand days', () => {
  it('bring no alert twice, none in the five minutes after a send, none unconfirmed, and each within two rounds', () => {
    const lived = live(1000);
    console.log(' ', JSON.stringify(lived));
    expect(lived.incidents).toBeGreaterThan(200);
    expect(lived.ill).toBeGreaterThan(200);
    expect(lived.recovered).toBeGreaterThan(200);
    expect(lived).toMatchObject({ duplicates: 0, inGrace: 0, early: 0, false: 0 });
    expect(lived.slowest).toBeLessThanOrEqual(2 * lived.period);
  });

  it('would bring many twice, were nothing remembered', () => {
    expect(live(100, { forgets: true }).duplicates).toBeGreaterThan(100);
  });
});
