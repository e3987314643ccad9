import { describe, expect, it } from 'vitest';
import { tokenName, tokenNamesIn } from '../../../lib/credentials/token-name';
import { othersFor, sharersOf } from '../../../lib/destinations/others';
import { reviewOf } from '../../../lib/destinations/review';
import { failedStep, halfwayOf, rotationReasons } from '../../../lib/destinations/rotation';
import { platforms } from '../../../lib/platforms/index';
import type { AccountChoice, Capture, Destination, Workspace } from '../../../lib/storage/rows';
import { capture, delivery, destination, NEW, NOW, OLD, OTHER_PIXEL, PIXEL, token, workspace } from './rows';

const review = (
  row: Capture,
  destinations: Destination[],
  workspaces: Workspace[] = [workspace()],
  choices: AccountChoice[] = [],
): ReturnType<typeof reviewOf> => reviewOf(row, workspaces, destinations, NOW, choices);
const codes = (...args: Parameters<typeof review>): string[] =>
  review(...args).blockers.map(({ code }) => code);

describe('the name of a token', () => {
  it('is the guide’s, with the person’s own date', () => {
    expect(tokenName('create', new Date(2026, 10, 2))).toBe('Upstack Data');
    expect(tokenName('rotate', new Date(2026, 10, 2, 23, 59))).toBe('Upstack Data (rotated 2026-11-02)');
    expect(tokenName('rotate', new Date(2026, 0, 1, 0, 1))).toBe('Upstack Data (rotated 2026-01-01)');
  });

  it('is found again in a text, each once', () => {
    const text = 'Upstack Data (rotated 2026-11-02)Upstack DataOther nameUpstack Data';
    expect(tokenNamesIn(text)).toEqual(['Upstack Data (rotated 2026-11-02)', 'Upstack Data']);
    expect(tokenNamesIn('Upstack CAPI')).toEqual([]);
  });
});

describe('a token for a destination that is there', () => {
  it('replaces its token, and says so', () => {
    expect(review(capture(), [destination()])).toMatchObject({
      job: 'rotate',
      destination: 'd1',
      workspaceBy: 'ids',
      consequence: { code: 'replacesToken', ids: [{ kind: 'pixelId', label: 'Pixel ID', value: PIXEL }] },
      blockers: [],
    });
    expect(review(capture(), []).consequence).toEqual({ code: 'creates' });
  });

  it.each([
    [60_000, 'newer', []],
    [-60_000, 'older', ['tickOlder']],
    [500, undefined, []],
  ] as const)('made %i ms after the one in use is %s', (ahead, code, blockers) => {
    const inUse = NOW - 120_000;
    const row = capture({ tokens: [token({ issuedAt: inUse + ahead })] });
    const there = [destination({ token: { isSet: true, fingerprint: OLD, issuedAt: inUse } })];
    expect(review(row, there).freshness?.code).toBe(code);
    expect(codes(row, there)).toEqual(blockers);
    expect(codes({ ...row, ticks: { ...row.ticks, checked: true } }, there)).toEqual([]);
  });

  it('is not sent when it is in use already', () => {
    expect(codes(capture(), [destination({ token: { isSet: true, fingerprint: NEW } })])).toEqual([
      'alreadyInUse',
    ]);
  });
});

describe('a destination with other ids', () => {
  const there = [destination({ config: { pixelId: OTHER_PIXEL } })];
  const row = capture({ workspaceId: 'w1', destination: 'd1' });
  const confirmed = { key: 'w1/d1', from: { pixelId: OTHER_PIXEL }, to: { pixelId: PIXEL } };

  it('stops the send, with both, until the change is confirmed', () => {
    expect(review(row, there).blockers).toEqual([
      { code: 'idMismatch', kind: 'pixelId', ours: PIXEL, theirs: OTHER_PIXEL, confirmable: true },
    ]);
    expect(review({ ...row, confirmed }, there)).toMatchObject({
      blockers: [],
      confirmedIds: true,
      config: { pixelId: PIXEL },
      consequence: {
        code: 'replacesTokenAndIds',
        changes: [{ kind: 'pixelId', from: OTHER_PIXEL, to: PIXEL }],
      },
    });
  });

  it.each([
    ['another destination', { ...confirmed, key: 'w1/d2' }],
    ['ids that were changed meanwhile', { ...confirmed, from: { pixelId: 'a2_000000000000' } }],
    ['ids that the page shows no longer', { ...confirmed, to: { pixelId: 'a2_000000000000' } }],
  ])('is not confirmed for %s', (_what, other) => {
    expect(codes({ ...row, confirmed: other }, there)).toEqual(['idMismatch']);
  });

  it('cannot be confirmed where a person fills the form', () => {
    const [blocker] = review(row, there, [workspace('w1', { route: 'dashboard' })]).blockers;
    expect(blocker).toMatchObject({ code: 'idMismatch', confirmable: false });
  });

  it('is a hard stop where the page’s ids are another client’s, confirmed or not', () => {
    const both = [...there, destination({ workspaceId: 'w2', id: 'd9' })];
    const workspaces = [workspace('w1'), workspace('w2')];
    for (const one of [row, { ...row, confirmed }]) {
      expect(review(one, both, workspaces).blockers).toEqual([
        {
          code: 'otherClient',
          destination: 'Name of d1',
          workspace: 'Name of w1',
          pageDestination: 'Name of d9',
          pageWorkspace: 'Name of w2',
        },
        { code: 'idMismatch', kind: 'pixelId', ours: PIXEL, theirs: OTHER_PIXEL, confirmable: false },
      ]);
    }
  });
});

describe('the workspace of a capture', () => {
  const workspaces = [workspace('w1'), workspace('w2')];
  const choice: AccountChoice = { v: 1, key: 'reddit/abcdefghijkl', workspaceId: 'w2', at: NOW };
  const elsewhere = { ...choice, workspaceId: 'w1' };

  it('is found by ids over all of them, whatever was remembered', () => {
    const rows = [destination({ workspaceId: 'w2' })];
    expect(review(capture(), rows, workspaces, [elsewhere])).toMatchObject({
      workspaceId: 'w2',
      workspaceBy: 'ids',
    });
  });

  it('is remembered for the ad account where ids match none or several, and no guess otherwise', () => {
    const several = [destination(), destination({ workspaceId: 'w2' })];
    for (const rows of [[], several]) {
      expect(review(capture(), rows, workspaces, [choice])).toMatchObject({
        workspaceId: 'w2',
        workspaceBy: 'remembered',
      });
      expect(codes(capture(), rows, workspaces)).toEqual(['chooseWorkspace']);
      const unknown = capture({ account: 'someoneelse1' });
      expect(codes(unknown, rows, workspaces, [choice])).toEqual(['chooseWorkspace']);
    }
  });

  it('is not remembered where it could not be right: ids match others', () => {
    const rows = ['w1', 'w3'].map((workspaceId) => destination({ workspaceId }));
    const three = [...workspaces, workspace('w3')];
    expect(codes(capture(), rows, three, [choice])).toEqual(['chooseWorkspace']);
  });
});

describe('one token for several destinations', () => {
  const used = destination({ id: 'd2', config: { pixelId: OTHER_PIXEL } });
  const bare = destination({ id: 'd3', token: { isSet: false }, config: { pixelId: OTHER_PIXEL } });
  const foreignBare = destination({ ...bare, workspaceId: 'w2', key: 'w2/d3' });
  const foreignUsed = destination({ ...used, workspaceId: 'w2', key: 'w2/d2' });
  const stranger = destination({ id: 'd4', token: { isSet: true, fingerprint: 'sha256:cccccccccccccccc' } });
  const otherPlatform = destination({ id: 'd5', type: 'pinterest' });
  const gone = destination({ id: 'd6', goneAt: NOW });
  const first = destination({ token: { isSet: true, fingerprint: NEW } });
  const all = [first, used, bare, foreignBare, foreignUsed, stranger, otherPlatform, gone];
  const sent = capture({
    sent: [{ key: 'w1/d1', replaced: OLD }],
    ticks: { checked: false, generated: false, others: true },
  });

  it('goes to those that use the old one, and to those beside it that have none', () => {
    expect(othersFor(sent, all).map(({ key }) => key)).toEqual(['w1/d2', 'w1/d3', 'w2/d2']);
  });

  it('goes nowhere without the tick, nor before it was sent once', () => {
    expect(othersFor({ ...sent, ticks: { ...sent.ticks, others: false } }, all)).toEqual([]);
    const { sent: _sent, ...unsent } = sent;
    expect(othersFor(unsent, all)).toEqual([]);
  });

  it('leaves them their own ids, and is no guess about clients', () => {
    const chosen = { ...sent, workspaceId: 'w2', destination: 'd2' };
    expect(review(chosen, all, [workspace(), workspace('w2')])).toMatchObject({
      blockers: [],
      config: { pixelId: OTHER_PIXEL },
      consequence: { code: 'replacesTokenOnly' },
    });
    // The same choice is a stop for a destination that proves nothing.
    expect(
      codes({ ...sent, workspaceId: 'w2', destination: 'd3' }, all, [workspace(), workspace('w2')]),
    ).toContain('otherClient');
  });

  it('is shared, as can be told before', () => {
    const rows = [destination(), used, foreignUsed, gone, otherPlatform, bare];
    expect(sharersOf(destination(), rows).map(({ key }) => key)).toEqual(['w1/d2', 'w2/d2']);
    expect(sharersOf(bare, rows)).toEqual([]);
  });
});

describe('reasons to rotate', () => {
  it.each(platforms.map((platform) => [platform.name, platform] as const))(
    'of %s are the guide’s four, and one is suggested only for a token that is proven bad',
    (_name, platform) => {
      const reasons = (code?: 'token_invalid' | 'account_mismatch' | 'platform_unavailable') =>
        rotationReasons(
          platform,
          destination({
            health: { state: 'unhealthy', confirmedAt: NOW, ...(code ? { reason: { code } } : {}) },
          }),
        );
      expect(reasons().map(({ reason }) => reason)).toEqual([
        'exposed',
        'revoked',
        'consolidating',
        'authentication',
      ]);
      const suggested = (code?: Parameters<typeof reasons>[0]) =>
        reasons(code).flatMap((one) => (one.suggested ? one.reason : []));
      expect(suggested('token_invalid')).toEqual(['authentication']);
      for (const code of [undefined, 'account_mismatch', 'platform_unavailable'] as const) {
        expect(suggested(code)).toEqual([]);
      }
    },
  );
});

it('says how far a change of token and ids has come', () => {
  const { savedAt: _saved, outcome: _outcome, ...open } = delivery({ from: { pixelId: OTHER_PIXEL } });
  expect(halfwayOf({ ...open, state: 'queued' })).toBeUndefined();
  expect(halfwayOf({ ...open, state: 'waiting', tokenSavedAt: NOW })).toBe('changingIds');
  expect(halfwayOf({ ...open, state: 'person', tokenSavedAt: NOW })).toBe('idsRefused');
  expect(halfwayOf({ ...open, state: 'verifying', tokenSavedAt: NOW, savedAt: NOW })).toBeUndefined();
});

it('names the step at which Upstack’s test ended', () => {
  const steps = [
    { name: 'format', status: 'passed' },
    { name: 'test_event', status: 'failed' },
  ] as const;
  expect(failedStep(steps)?.name).toBe('test_event');
  expect(failedStep(steps.slice(0, 1))).toBeUndefined();
});
