import { describe, expect, it } from 'vitest';
import { type BadgeRows, badgeFor } from '../../../lib/health/badge';
import type { Capture } from '../../../lib/storage/rows';
import { usualSettings } from '../../../lib/storage/settings';
import { capture, delivery, destination, NOW, workspace } from './rows';

const ILL = { state: 'unhealthy', illSince: NOW - 120_000, incidentAt: NOW - 60_000 } as const;
const silent = { nextAt: NOW, misses: 3, lastAnsweredAt: NOW - 900_000 };

const badge = (rows: Partial<BadgeRows>, siteAccess = true): ReturnType<typeof badgeFor>['everywhere'] =>
  badgeFor(
    {
      captures: [],
      deliveries: [],
      destinations: [],
      workspaces: [workspace()],
      settings: usualSettings,
      ...rows,
    },
    siteAccess,
    NOW,
  ).everywhere;

describe('the badge', () => {
  it.each<[string, Partial<BadgeRows>, string, string]>([
    ['nothing is connected', { workspaces: [] }, '', 'badge.quiet'],
    ['all is healthy', { destinations: [destination()] }, '', 'badge.healthy'],
    ['one is not known', { destinations: [destination({ state: 'unknown' })] }, '', 'badge.quiet'],
    ['one is ill', { destinations: [destination(ILL)] }, '!1', 'badge.ill'],
    [
      'a platform is down',
      { destinations: [destination({ ...ILL, reason: { code: 'platform_unavailable' } })] },
      'WAIT',
      'badge.platform',
    ],
    [
      'a platform is down, and one is ill by itself',
      {
        destinations: [
          destination({ ...ILL, reason: { code: 'rate_limited' } }),
          destination({ ...ILL, reason: { code: 'token_invalid' } }, { key: 'w1/dst_2', id: 'dst_2' }),
        ],
      },
      '!1',
      'badge.ill',
    ],
    [
      'one is partly failing',
      { destinations: [destination({ ...ILL, state: 'degraded' })] },
      '!1',
      'badge.ill',
    ],
    [
      'a first check says ill',
      { destinations: [destination({ state: 'unhealthy', illSince: NOW })] },
      '',
      'badge.quiet',
    ],
    [
      'the ill one is switched off',
      { destinations: [destination(ILL, { enabled: false })] },
      '',
      'badge.quiet',
    ],
    ['the ill one is gone', { destinations: [destination(ILL, { goneAt: NOW })] }, '', 'badge.quiet'],
    ['the key was refused', { workspaces: [workspace({ state: 'keyRefused' })] }, 'KEY', 'badge.keyRefused'],
    ['the key was not kept', { workspaces: [workspace({ state: 'keyMissing' })] }, 'KEY', 'badge.keyMissing'],
    [
      'a scope is missing',
      { workspaces: [workspace({ state: 'scopeMissing' })] },
      'KEY',
      'badge.scopeMissing',
    ],
    [
      'it is sent',
      { deliveries: [delivery({ state: 'waiting', savedAt: undefined as never })] },
      '…',
      'badge.sending',
    ],
    [
      'a new token is watched',
      { deliveries: [delivery()], destinations: [destination()] },
      '…',
      'badge.verifying',
    ],
    ['it is late', { deliveries: [delivery({ savedAt: NOW - 300_000 })] }, '…', 'badge.late'],
    [
      'it is settled',
      { deliveries: [delivery({ state: 'settled', outcome: 'healthy' })] },
      '',
      'badge.quiet',
    ],
    ['nobody answers', { workspaces: [workspace({ poll: silent })] }, '?', 'badge.couldNotCheck'],
    [
      'nobody ever answered',
      { workspaces: [workspace({ poll: { nextAt: 0, misses: 3 } })] },
      '?',
      'badge.neverChecked',
    ],
    [
      'two rounds were missed',
      { workspaces: [workspace({ poll: { ...silent, misses: 2 } })] },
      '',
      'badge.quiet',
    ],
    [
      'a first connection failed',
      { workspaces: [{ ...workspace({ state: 'failed' }), testedAt: undefined as never }] },
      '',
      'badge.quiet',
    ],
  ])('when %s', (_when, rows, text, key) => {
    expect(badge(rows)).toMatchObject({ text, tooltip: { key } });
  });

  it('says that the sites cannot be seen', () => {
    expect(badge({}, false)).toMatchObject({ text: 'KEY', tooltip: { key: 'badge.siteAccess' } });
  });

  it('counts, and names the one that was first', () => {
    const destinations = [
      destination(ILL),
      destination({ ...ILL, incidentAt: NOW - 90_000 }, { key: 'w1/dst_2', id: 'dst_2', name: 'First' }),
      destination({}, { key: 'w1/dst_3', id: 'dst_3' }),
    ];
    expect(badge({ destinations })).toMatchObject({
      text: '!2',
      tooltip: { key: 'badge.ill', count: 2, name: 'Reddit · First' },
    });
    const many = Array.from({ length: 120 }, (_, index) => destination(ILL, { id: `${index}` }));
    expect(badge({ destinations: many }).text).toBe('!99+');
  });

  it('shows the worst first', () => {
    const order: Partial<BadgeRows>[] = [
      { destinations: [destination(ILL)] },
      { workspaces: [workspace({ id: 'w2', state: 'keyRefused' })] },
      { deliveries: [delivery()] },
      { workspaces: [workspace({ id: 'w3', poll: silent })] },
    ];
    const shown = order.map((_rows, index) => {
      const rest = order.slice(index);
      return badge({
        destinations: rest.flatMap(({ destinations = [] }) => destinations),
        deliveries: rest.flatMap(({ deliveries = [] }) => deliveries),
        workspaces: [workspace(), ...rest.flatMap(({ workspaces = [] }) => workspaces)],
      }).text;
    });
    expect(shown).toEqual(['!1', 'KEY', '…', '?']);
  });

  it('does not pass off as known what was known of a workspace that does not answer', () => {
    const ill = [destination(ILL)];
    const healthy = [destination()];
    expect(badge({ destinations: ill, workspaces: [workspace({ poll: silent })] }).text).toBe('?');
    expect(badge({ destinations: ill, workspaces: [workspace({ state: 'keyRefused' })] }).text).toBe('KEY');
    const told = badge({ destinations: healthy, workspaces: [workspace({ poll: silent })] });
    expect(told.tooltip.key).toBe('badge.couldNotCheck');
  });

  it('does not pass off as known what nobody has asked about for a day, be it good or bad', () => {
    const DAY = 24 * 60 * 60_000;
    const asleep = (since: number) => [
      workspace({ poll: { nextAt: NOW - since, misses: 0, lastAnsweredAt: NOW - since } }),
    ];
    for (const destinations of [[destination()], [destination(ILL)]]) {
      const told = badge({ workspaces: asleep(DAY + 1), destinations });
      expect([told.text, told.tooltip]).toEqual(['?', { key: 'badge.couldNotCheck', since: NOW - DAY - 1 }]);
    }
    expect(badge({ workspaces: asleep(DAY), destinations: [destination(ILL)] }).text).toBe('!1');
    expect(badge({ workspaces: asleep(DAY), destinations: [destination()] }).tooltip.key).toBe(
      'badge.healthy',
    );
  });

  it('tells of several workspaces the time that is true of all', () => {
    const workspaces = [
      workspace(),
      workspace({ id: 'w2', poll: { nextAt: NOW, misses: 0, lastAnsweredAt: NOW - 5 } }),
    ];
    expect(badge({ destinations: [destination()], workspaces }).tooltip).toMatchObject({
      checkedAt: NOW - 5,
    });
  });
});

describe('what the person wants to see of it', () => {
  const destinations = [destination(ILL)];

  it('is a dot, or nothing, with the same words', () => {
    expect(badge({ destinations, settings: { ...usualSettings, badge: 'dot' } })).toMatchObject({
      text: '•',
      tone: 'ill',
      tooltip: { key: 'badge.ill' },
    });
    expect(badge({ destinations, settings: { ...usualSettings, badge: 'none' } })).toMatchObject({
      text: '',
      tooltip: { key: 'badge.ill' },
    });
    expect(badge({ settings: { ...usualSettings, badge: 'dot' } }).text).toBe('');
  });

  it('is nothing while alerts are paused, and the tooltip says so', () => {
    const pausedUntil = NOW + 3_600_000;
    expect(badge({ destinations, settings: { ...usualSettings, pausedUntil } })).toMatchObject({
      text: '',
      tooltip: { key: 'badge.paused', until: pausedUntil },
    });
    expect(badge({ destinations, settings: { ...usualSettings, pausedUntil: NOW } }).text).toBe('!1');
  });

  it('is nothing in quiet hours if the badge is to be quiet, too', () => {
    const minute = new Date(NOW).getHours() * 60;
    const quiet = { ...usualSettings, quiet: true, quietFrom: minute, quietTo: minute + 60 };
    expect(badge({ destinations, settings: { ...quiet, quietWeekends: false } }).text).toBe('!1');
    expect(badge({ destinations, settings: { ...quiet, quietBadge: true } }).text).toBe('');
  });

  it('leaves out what is muted, until it is not', () => {
    const muted = (mute: { since: number; until?: number }) =>
      badge({ destinations: [destination(ILL, { mute })] }).text;
    expect(muted({ since: NOW - 1, until: NOW + 1 })).toBe('');
    expect(muted({ since: NOW - 1 })).toBe('');
    expect(muted({ since: NOW - 2, until: NOW - 1 })).toBe('!1');
  });
});

describe('a tab in which a token waits', () => {
  const tabs = (...captures: Capture[]): [number, string][] =>
    [
      ...badgeFor(
        {
          captures,
          deliveries: [],
          destinations: [destination(ILL)],
          workspaces: [workspace()],
          settings: { ...usualSettings, badge: 'none', pausedUntil: NOW + 1 },
        },
        true,
        NOW,
      ).tabs,
    ].map(([tab, { text }]) => [tab, text]);

  it('says NEW, whatever else is wrong', () => {
    expect(tabs(capture())).toEqual([[7, 'NEW']]);
  });

  it('says it no longer once the token is sent, discarded or gone, and not for ids alone', () => {
    const states = ['arriving', 'discarding', 'sent', 'discarded', 'lost', 'expired'] as const;
    for (const state of states) expect(tabs(capture({ state }))).toEqual([]);
    expect(tabs(capture({ tokens: [] }))).toEqual([]);
  });
});
