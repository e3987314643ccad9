import { describe, expect, it } from 'vitest';
import { type Diagnosis, diagnose, type Evidence } from '../../../lib/destinations/diagnosis';
import { supportDetails } from '../../../lib/destinations/support';
import type { ReasonCode, Remedy } from '../../../lib/platforms/definition';
import { platforms } from '../../../lib/platforms/index';
import type { Destination, Workspace } from '../../../lib/storage/rows';
import { messagesOf } from '../../../scripts/merge-locales';
import { delivery, destination, NEW, NOW, OTHER_PIXEL, PIXEL, page, workspace } from './rows';

const nothing: Evidence = { deliveries: [], pages: [] };

const ill = (code?: ReasonCode, changes: Partial<Destination> = {}): Destination =>
  destination({
    token: { isSet: true, fingerprint: NEW, label: 'Upstack Data', updatedAt: NOW - 1000 },
    health: { state: 'unhealthy', confirmedAt: NOW, illSince: NOW, ...(code ? { reason: { code } } : {}) },
    ...changes,
  });

const rowOf = ({ rows }: Diagnosis, id: string): string => {
  const row = rows.find((one) => one.id === id);
  return row ? `${row.result} ${row.detail}` : 'none';
};
const row = (
  id: string,
  one: Destination,
  evidence = nothing,
  home: Workspace | undefined = workspace(),
): string => rowOf(diagnose(one, home, evidence), id);

/** From the table of what an unhealthy destination means. */
const remedies: Readonly<Record<ReasonCode, Remedy>> = {
  token_invalid: 'rotateToken',
  account_mismatch: 'compareAccounts',
  pixel_not_found: 'readIdAgain',
  config_incomplete: 'completeConfig',
  payload_rejected: 'openDashboard',
  rate_limited: 'wait',
  platform_unavailable: 'wait',
  no_recent_events: 'checkStorePixel',
  unknown: 'checkNow',
};
const reasons = Object.keys(remedies) as ReasonCode[];

describe.each(platforms.map((platform) => [platform.id] as const))('the remedy at %s', (type) => {
  it.each(reasons)('for %s is the table’s, and a new token for a bad one alone', (code) => {
    const { remedy, trouble } = diagnose(ill(code, { type }), workspace(), nothing);
    expect(remedy).toBe(remedies[code]);
    expect(remedy === 'rotateToken').toBe(code === 'token_invalid');
    expect(trouble).toBe(
      code === 'rate_limited' || code === 'platform_unavailable' ? 'platform' : 'destination',
    );
  });
});

describe('the four troubles', () => {
  it.each([
    ['the key was refused', workspace('w1', { state: 'keyRefused' }), 'key', 'keyRefused', 'replaceKey'],
    ['the key was not kept', workspace('w1', { state: 'keyMissing' }), 'key', 'keyMissing', 'replaceKey'],
    [
      'a permission is missing',
      workspace('w1', { state: 'scopeMissing' }),
      'key',
      'scopeMissing',
      'replaceKey',
    ],
    [
      'Upstack has not answered for three rounds',
      workspace('w1', { poll: { nextAt: NOW, misses: 3, lastAnsweredAt: NOW } }),
      'upstack',
      'noAnswer',
      'checkNow',
    ],
    [
      'it never answered',
      workspace('w1', { poll: { nextAt: NOW, misses: 0 } }),
      'upstack',
      'noAnswer',
      'checkNow',
    ],
  ] as const)('%s, whatever was last known', (_what, home, trouble, code, remedy) => {
    for (const one of [ill('token_invalid'), destination()]) {
      expect(diagnose(one, home, nothing)).toMatchObject({ trouble, code, remedy });
    }
  });

  it('are none where all is well, or switched off', () => {
    expect(diagnose(destination(), workspace(), nothing)).toMatchObject({ trouble: 'none', code: 'healthy' });
    expect(diagnose(destination({ enabled: false }), workspace(), nothing)).toMatchObject({
      trouble: 'none',
      code: 'paused',
    });
    expect(diagnose(destination({ goneAt: NOW }), workspace(), nothing).code).toBe('gone');
  });
});

describe('a row of the checklist', () => {
  it('is never passed without evidence', () => {
    for (const { id: type } of platforms) {
      for (const code of [...reasons, undefined]) {
        const { rows } = diagnose(ill(code, { type, config: {} }), undefined, nothing);
        const passed = rows.filter(({ result }) => result === 'passed').map(({ id }) => id);
        // What the platform answered is evidence that it answers, and that it took the token where it read an event.
        const answered = ['token_invalid', 'account_mismatch', 'pixel_not_found', 'payload_rejected'];
        expect(passed.filter((id) => id !== 'platform' && id !== 'account')).toEqual([]);
        expect(passed).not.toContain(code === 'payload_rejected' ? '' : 'account');
        if (!answered.includes(code ?? '')) expect(passed).toEqual([]);
      }
    }
  });

  it('is the platform’s own only in its folder', () => {
    const ids = (type: string) =>
      diagnose(ill(undefined, { type }), workspace(), nothing).rows.map(({ id }) => id);
    expect(ids('reddit')).toEqual([
      'upstack',
      'tokenWhole',
      'tokenListed',
      'idsMatch',
      'account',
      'admin',
      'platform',
    ]);
    expect(ids('pinterest')).toEqual([
      'upstack',
      'tokenWhole',
      'idsMatch',
      'account',
      'prefix',
      'admin',
      'platform',
    ]);
  });

  it('of a whole token counts the delivery that brought it, and no other', () => {
    const one = ill('token_invalid');
    expect(row('tokenWhole', one)).toBe('unknown notSentFromHere');
    expect(row('tokenWhole', one, { deliveries: [delivery()], pages: [] })).toBe('passed sentWhole');
    const doubtful = delivery({ verdict: 'doubt' });
    expect(row('tokenWhole', one, { deliveries: [doubtful], pages: [] })).toBe('unknown sentInDoubt');
    for (const other of [
      delivery({ fingerprint: 'sha256:cccccccccccccccc' }),
      delivery({ workspaceId: 'w2' }),
      delivery({ destinationId: 'd2' }),
    ]) {
      expect(row('tokenWhole', one, { deliveries: [other], pages: [] })).toBe('unknown notSentFromHere');
    }
  });

  it('of a listed token needs a list that was seen', () => {
    const seen = (names: string[], namesAt = NOW, value = PIXEL): Evidence => {
      const ids = [{ kind: 'pixelId', value, reasons: [], selected: true }];
      return { deliveries: [], pages: [page({ names, namesAt, ids })] };
    };
    expect(row('tokenListed', ill('token_invalid'))).toBe('unknown listNotSeen');
    expect(row('tokenListed', ill('token_invalid'), seen(['Upstack Data']))).toBe('passed nameListed');
    const others = ['Upstack Data (rotated 2026-01-01)'];
    expect(row('tokenListed', ill('token_invalid'), seen(others))).toBe('failed nameNotListed');
    // Everybody's tokens have the same names.
    expect(row('tokenListed', ill('token_invalid'), seen(['Upstack Data'], NOW, OTHER_PIXEL))).toBe(
      'unknown listNotSeen',
    );
    // Seen before the token was there, or with nothing to say that it is bad.
    expect(row('tokenListed', ill('token_invalid'), seen(others, NOW - 2000))).toBe('unknown nameNotListed');
    expect(row('tokenListed', ill('account_mismatch'), seen(others))).toBe('unknown nameNotListed');
  });

  it('of ids compares them with what was sent, or what is seen', () => {
    const sent = (config: Record<string, string>): Evidence => ({
      deliveries: [delivery({ config })],
      pages: [],
    });
    expect(row('idsMatch', ill('unknown'))).toBe('unknown notCompared');
    expect(row('idsMatch', ill('unknown'), sent({ pixelId: PIXEL }))).toBe('passed asSent');
    expect(row('idsMatch', ill('unknown'), sent({ pixelId: OTHER_PIXEL }))).toBe('failed changedSince');
    expect(row('idsMatch', ill('pixel_not_found'), sent({ pixelId: PIXEL }))).toBe('failed notFound');
    expect(row('idsMatch', ill('config_incomplete', { config: {} }))).toBe('failed incomplete');
    const ids = [{ kind: 'pixelId', value: PIXEL, reasons: [], selected: false }];
    expect(row('idsMatch', ill('unknown'), { deliveries: [], pages: [page({ ids })] })).toBe(
      'passed seenOnPage',
    );
  });

  it('of the account goes by what the platform, then Upstack’s test, said', () => {
    const tested = (status: 'passed' | 'failed'): Partial<Destination> => ({
      check: {
        startedAt: NOW,
        endedAt: NOW,
        passed: status === 'passed',
        steps: [{ name: 'account_match', status }],
      },
    });
    expect(row('account', ill('account_mismatch', tested('passed')))).toBe('failed refusedForAccount');
    expect(row('account', ill('unknown', tested('failed')))).toBe('failed refusedForAccount');
    expect(row('account', ill('unknown', tested('passed')))).toBe('passed testedByUpstack');
    expect(row('account', ill('token_invalid', tested('passed')))).toBe('unknown tokenRefusedFirst');
    expect(row('account', ill('payload_rejected'))).toBe('passed acceptedByPlatform');
    expect(row('account', ill('unknown'))).toBe('unknown notTested');
    // A test from before this token was there says nothing of it.
    const before = {
      check: { startedAt: NOW - 5000, steps: [{ name: 'account_match', status: 'passed' as const }] },
    };
    expect(row('account', ill('unknown', before))).toBe('unknown notTested');
  });
});

it('has a text for every code that it can give', () => {
  const texts = messagesOf('en') as Record<string, Record<string, Record<string, string>>>;
  const at = (group: string, code: string): unknown => texts.diagnosis?.[group]?.[code];
  for (const { id: type } of platforms) {
    for (const code of [...reasons, undefined]) {
      for (const deliveries of [[], [delivery({ platform: type })]]) {
        const { rows, remedy } = diagnose(ill(code, { type }), workspace(), { deliveries, pages: [] });
        expect(at('button', remedy)).toMatch(/\S/);
        for (const { id, detail, own } of rows) {
          expect(at('detail', detail), detail).toMatch(/\S/);
          if (!own) expect(at('row', id), id).toMatch(/\S/);
        }
      }
    }
  }
});

describe('details for support', () => {
  const details = (one: Destination, home = workspace()): string =>
    supportDetails({
      destination: one,
      workspace: home,
      diagnosis: diagnose(one, home, nothing),
      versions: { 'Upstack Capture': '0.1.0' },
      now: NOW,
    });

  it('say what is needed to help', () => {
    const text = details(
      ill('token_invalid', {
        check: { startedAt: NOW, problem: { kind: 'unavailable', status: 503, requestId: 'req_1' } },
      }),
    );
    for (const part of [
      PIXEL,
      'Name of w1',
      'd1',
      'token_invalid',
      'req_1',
      '0.1.0',
      new Date(NOW).toISOString(),
    ]) {
      expect(text).toContain(part);
    }
  });

  it('hold no secret, wherever one was put', () => {
    const key = ['upstack', 'livekey0123456789'].join('_');
    const jwt = ['ey', 'JhbGciOiJ', '.x'].join('');
    const text = details(
      ill('token_invalid', { name: jwt, token: { isSet: true, fingerprint: NEW, label: 'a label' } }),
      workspace('w1', { name: key, keyMask: '••••••••6789' }),
    );
    for (const part of [key, jwt, NEW, 'a label', '6789']) expect(text).not.toContain(part);
    expect(text).toContain('(left out)');
  });
});
