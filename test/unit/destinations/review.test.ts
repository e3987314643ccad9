import { describe, expect, it } from 'vitest';
import { reviewOf } from '../../../lib/destinations/review';
import type { Capture, CapturedToken, Destination, IdField, Workspace } from '../../../lib/storage/rows';
import { HOUR } from '../../../lib/terms/time';

const NOW = Date.UTC(2026, 10, 22);

const TAG = '2613947205861';
const ADVERTISER = '549761482039';

const token = (changes: Partial<CapturedToken> = {}): CapturedToken => ({
  fingerprint: 'sha256:aaaaaaaaaaaaaaaa',
  mask: '••••k9Qd',
  length: 812,
  verdict: { level: 'good', code: 'good' },
  removed: [],
  provenance: 'gesture',
  warnings: [],
  seenAt: NOW,
  ...changes,
});

const id = (value?: string, changes: Partial<IdField> = {}): IdField => ({
  candidates: value ? [{ value, reasons: [], selected: false }] : [],
  ...(value ? { value } : {}),
  byPerson: false,
  conflict: false,
  ...changes,
});

const capture = (changes: Partial<Capture> = {}): Capture => ({
  v: 1,
  id: 'c1',
  platform: 'pinterest',
  origin: 'page',
  createdAt: NOW,
  expiresAt: NOW + HOUR,
  tokens: [token()],
  chosen: 'sha256:aaaaaaaaaaaaaaaa',
  ids: { tagId: id(TAG), advertiserId: id(ADVERTISER) },
  ticks: { checked: false, generated: false, others: false },
  state: 'open',
  ...changes,
});

const workspace = (name: string, changes: Partial<Workspace> = {}): Workspace => ({
  v: 1,
  id: name,
  name,
  pixelId: '00000000-0000-4000-8000-000000000001',
  route: 'api',
  remember: true,
  keyMask: '••••',
  createdAt: NOW,
  state: 'connected',
  testedAt: NOW,
  active: false,
  poll: { nextAt: NOW, misses: 0 },
  ...changes,
});

const destination = (workspaceId: string, name: string, changes: Partial<Destination> = {}): Destination => ({
  v: 1,
  key: `${workspaceId}/${name}`,
  id: name,
  workspaceId,
  type: 'pinterest',
  name,
  enabled: true,
  config: { tagId: TAG, advertiserId: ADVERTISER },
  token: { isSet: true, fingerprint: 'sha256:bbbbbbbbbbbbbbbb' },
  health: { state: 'healthy', confirmedAt: NOW },
  ...changes,
});

const review = (
  row: Capture,
  workspaces: Workspace[] = [workspace('w1')],
  destinations: Destination[] = [],
): ReturnType<typeof reviewOf> => reviewOf(row, workspaces, destinations, NOW);

const codes = (...args: Parameters<typeof review>): string[] =>
  review(...args).blockers.map(({ code }) => code);

it('lets through what is complete, well formed and unambiguous', () => {
  expect(review(capture())).toMatchObject({
    workspaceId: 'w1',
    destination: 'new',
    job: 'create',
    blockers: [],
    doubts: [],
  });
});

it('shows the fields in the order and with the words of the platform', () => {
  const { fields } = review(capture());
  expect(fields.map(({ kind, secret }) => [kind, secret])).toEqual([
    ['tagId', false],
    ['advertiserId', false],
    ['conversionToken', true],
  ]);
  expect(fields[2]).toMatchObject({ label: 'Conversion API key', verdict: { level: 'good' } });
});

it('says of a paste that was not kept in which field it was', () => {
  const refused = {
    kind: 'conversionToken',
    verdict: { level: 'bad', code: 'cut' },
    removed: [],
    at: NOW,
  } as const;
  const { fields } = review(capture({ refused: { ...refused, removed: [] } }));
  expect(fields.map(({ refused: told }) => told?.verdict.code)).toEqual([undefined, undefined, 'cut']);
});

describe('what stands against it', () => {
  it.each<[string, Partial<Capture>, string[]]>([
    ['no token', { tokens: [] }, ['tokenMissing']],
    ['no choice among tokens', { chosen: 'sha256:cccccccccccccccc' }, ['chooseToken']],
    [
      'a token that cannot be right',
      { tokens: [token({ verdict: { level: 'bad', code: 'x' } })] },
      ['tokenBad'],
    ],
    ['an id that is not there', { ids: { tagId: id(TAG) } }, ['idMissing']],
    [
      'an id of which there are several',
      {
        ids: {
          tagId: id(TAG),
          advertiserId: id(undefined, {
            candidates: ['1', '2'].map((value) => ({ value, reasons: [], selected: false })),
          }),
        },
      },
      ['chooseId'],
    ],
    [
      'an id of which page and address say different things',
      { ids: { tagId: id(TAG), advertiserId: id(undefined, { conflict: true }) } },
      ['idConflict'],
    ],
    ['an id that cannot be right', { ids: { tagId: id(TAG), advertiserId: id('abc') } }, ['idBad']],
  ])('%s', (_what, changes, expected) => {
    expect(codes(capture(changes))).toEqual(expected);
  });

  it('a conflict is over once the person has decided it', () => {
    const ids = { tagId: id(TAG), advertiserId: id(ADVERTISER, { conflict: true, byPerson: true }) };
    expect(codes(capture({ ids }))).toEqual([]);
  });

  it('the two ids in each other’s place, told as that and as nothing else', () => {
    const { blockers, doubts } = review(capture({ ids: { tagId: id(ADVERTISER), advertiserId: id(TAG) } }));
    expect(blockers).toEqual([{ code: 'idsSwapped', kinds: ['tagId', 'advertiserId'] }]);
    expect(doubts).toEqual([]);
  });

  it('the token comes before the ids, and trouble with Upstack before both', () => {
    expect(codes(capture({ tokens: [], ids: {} }), [])).toEqual([
      'notConnected',
      'tokenMissing',
      'idMissing',
      'idMissing',
    ]);
  });
});

describe('the ticks', () => {
  it('a doubt asks for "I checked it", and is named', () => {
    const verdict = { level: 'doubt', code: 'unusual' } as const;
    const row = capture({ tokens: [token({ verdict })] });
    expect(review(row)).toMatchObject({
      blockers: [{ code: 'tickChecked' }],
      doubts: [{ kind: 'conversionToken', verdict }],
    });
    expect(codes({ ...row, ticks: { ...row.ticks, checked: true } })).toEqual([]);
  });

  it('so does a warning of how the token stood on the page', () => {
    expect(codes(capture({ tokens: [token({ warnings: ['lowContrast'] })] }))).toEqual(['tickChecked']);
  });

  it.each([
    ['not seen to appear', token({ provenance: 'present' })],
    ['older than a day', token({ issuedAt: NOW - 25 * HOUR })],
    ['older than a day, and pasted', token({ provenance: 'paste', issuedAt: NOW - 25 * HOUR })],
  ])('a token %s asks for "I generated this token"', (_what, one) => {
    const row = capture({ tokens: [one] });
    expect(codes(row)).toEqual(['tickGenerated']);
    expect(codes({ ...row, ticks: { ...row.ticks, generated: true } })).toEqual([]);
  });

  it.each([
    ['seen to appear', token({ issuedAt: NOW - 23 * HOUR })],
    ['pasted', token({ provenance: 'paste' })],
  ])('a token %s asks for nothing', (_what, one) => {
    expect(codes(capture({ tokens: [one] }))).toEqual([]);
  });
});

describe('the workspace', () => {
  it('is the only one there is', () => {
    expect(review(capture(), [workspace('w1')]).workspaceId).toBe('w1');
  });

  it('is none while nothing was ever connected', () => {
    for (const state of ['connecting', 'failed'] as const) {
      expect(codes(capture(), [workspace('w1', { state })])).toEqual(['notConnected']);
    }
  });

  it('is the one that has a destination with these ids', () => {
    const both = [workspace('w1', { active: true }), workspace('w2')];
    expect(review(capture(), both, [destination('w2', 'd')])).toMatchObject({
      workspaceId: 'w2',
      destination: 'd',
      job: 'rotate',
    });
  });

  it.each([
    ['no match', []],
    ['several', [destination('w1', 'a'), destination('w2', 'b')]],
    ['only one that is gone', [destination('w1', 'a', { goneAt: NOW })]],
    ['only one of another platform', [destination('w1', 'a', { type: 'reddit' })]],
  ])('is asked for where there is %s', (_what, destinations) => {
    const { blockers, workspaceId, choices } = review(
      capture(),
      [workspace('w1', { active: true }), workspace('w2')],
      destinations,
    );
    expect(blockers).toEqual([{ code: 'chooseWorkspace' }]);
    expect(workspaceId).toBeUndefined();
    expect(choices).toEqual([]);
  });

  it('is the person’s choice before all', () => {
    const row = capture({ workspaceId: 'w1', destination: 'new' });
    const both = [workspace('w1'), workspace('w2')];
    expect(review(row, both, [destination('w2', 'd')])).toMatchObject({ workspaceId: 'w1', blockers: [] });
  });

  it('is not another one because the right one has lost its key', () => {
    const both = [workspace('w1', { state: 'keyRefused' }), workspace('w2')];
    expect(review(capture(), both, [destination('w1', 'd')]).blockers[0]).toEqual({
      code: 'workspaceNotUsable',
      workspaceId: 'w1',
    });
    expect(codes(capture(), both)).toEqual(['chooseWorkspace']);
  });
});

describe('the destination', () => {
  const rows = [
    destination('w1', 'same'),
    destination('w1', 'other', { config: { tagId: '2614000000000', advertiserId: ADVERTISER } }),
    destination('w1', 'elsewhere', { type: 'reddit', config: {} }),
    destination('w1', 'gone', { goneAt: NOW }),
  ];

  it('is proposed by its ids; the others of its platform are a choice', () => {
    const { choices, ...rest } = review(capture(), undefined, rows);
    expect(rest).toMatchObject({ destination: 'same', job: 'rotate', blockers: [] });
    expect(choices.map(({ value, matches }) => [value, matches])).toEqual([
      ['new', false],
      ['same', true],
      ['other', false],
    ]);
  });

  it('is the person’s choice before all, and new if that is it', () => {
    const row = capture({ workspaceId: 'w1', destination: 'new' });
    expect(review(row, undefined, rows)).toMatchObject({ destination: 'new', job: 'create', blockers: [] });
  });

  it('with other ids is refused, with both of them', () => {
    const row = capture({ workspaceId: 'w1', destination: 'other' });
    expect(review(row, undefined, rows).blockers).toEqual([
      { code: 'idMismatch', kind: 'tagId', ours: TAG, theirs: '2614000000000', confirmable: true },
    ]);
  });

  it('that uses this very token already is not written again', () => {
    const used = destination('w1', 'same', {
      token: { isSet: true, fingerprint: 'sha256:aaaaaaaaaaaaaaaa' },
    });
    expect(review(capture(), undefined, [used])).toMatchObject({
      blockers: [{ code: 'alreadyInUse' }],
      choices: [
        { value: 'new', sameToken: false },
        { value: 'same', sameToken: true },
      ],
    });
  });

  it('is asked for where two have the same ids, or the chosen one is gone', () => {
    expect(codes(capture(), undefined, [destination('w1', 'a'), destination('w1', 'b')])).toEqual([
      'chooseDestination',
    ]);
    const row = capture({ workspaceId: 'w1', destination: 'gone' });
    expect(codes(row, undefined, rows)).toEqual(['chooseDestination']);
  });

  it('does not match while an id is missing', () => {
    const row = capture({ ids: { tagId: id(TAG) } });
    expect(review(row, undefined, [destination('w1', 'half', { config: { tagId: TAG } })]).destination).toBe(
      'new',
    );
  });
});
