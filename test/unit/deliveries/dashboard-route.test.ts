import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/credentials/secret';
import type { Filled } from '../../../lib/dashboard/definition';
import { step } from '../../../lib/deliveries/machine';
import {
  createDashboardRoute,
  type DashboardTabs,
  type FormOrder,
} from '../../../lib/deliveries/routes/dashboard';
import { cardId } from '../../../lib/destinations/destination';
import type { Delivery, Destination, SeenCard, SeenDashboard } from '../../../lib/storage/rows';
import { MINUTE } from '../../../lib/terms/time';

const NOW = 1_800_000_000_000;

const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  id: 'd1',
  captureId: 'c1',
  workspaceId: 'w1',
  route: 'dashboard',
  job: 'create',
  platform: 'reddit',
  config: { pixelId: 'a2_abcdefghijkl' },
  fingerprint: 'sha256:0123456789abcdef',
  mask: '••••',
  idempotencyKey: 'k',
  createdAt: NOW - MINUTE,
  state: 'person',
  attempt: 1,
  attemptedAt: NOW - 1_000,
  ambiguous: false,
  ...changes,
});

const card = (name = 'Reddit', state: SeenCard['state'] = 'pending'): SeenCard => ({
  platform: 'reddit',
  name,
  state,
});

const shows = (changes: Partial<SeenDashboard> = {}): SeenDashboard => ({
  v: 1,
  tabId: 7,
  page: 'p',
  cards: [],
  at: NOW,
  ...changes,
});

const form = (changes: Partial<NonNullable<SeenDashboard['form']>> = {}) => ({
  platform: 'reddit',
  filled: false,
  faults: [],
  ...changes,
});

let allowed: boolean;
let seen: SeenDashboard[];
let known: Destination[];
let filled: Filled;
let orders: FormOrder[];
let shown: number;
let route: ReturnType<typeof createDashboardRoute>;

beforeEach(() => {
  allowed = true;
  seen = [];
  known = [];
  filled = { ok: true };
  orders = [];
  shown = 0;
  const tabs: DashboardTabs = {
    isAllowed: async () => allowed,
    show: async () => {
      shown += 1;
    },
    fill: async (_tabId, order) => {
      orders.push(order);
      return filled;
    },
    place: async () => filled,
    seen: async () => seen,
    known: async () => known,
    now: () => NOW,
  };
  route = createDashboardRoute(tabs);
});

const secret = Secret.of('a token');
const ask = (changes: Partial<Delivery> = {}) => route.ask(delivery(changes), []);

describe('an attempt', () => {
  it('without access asks for it, and opens nothing', async () => {
    allowed = false;
    expect(await route.save(delivery(), secret)).toEqual({ turn: { step: 'allow' } });
    expect(shown).toBe(0);
  });

  it('shows the dashboard, and leaves it to the person to bring the form up', async () => {
    expect(await route.save(delivery(), secret)).toEqual({ turn: { step: 'open' } });
    expect([shown, orders.length]).toEqual([1, 0]);
  });

  it.each([
    ["another platform's form", form({ platform: 'pinterest' })],
    ['a form that is not as it should be', form({ faults: [{ code: 'several', kind: 'pixelId' }] })],
  ])('does not fill %s', async (_what, there) => {
    seen = [shows({ form: there })];
    expect(await route.save(delivery(), secret)).toEqual({ turn: { step: 'open' } });
    expect(orders).toEqual([]);
  });

  it('fills the form that is there, and counts the cards from before', async () => {
    seen = [shows({ form: form(), cards: [card('One'), card('Two')] })];
    expect(await route.save(delivery(), secret)).toEqual({
      turn: { step: 'save', cards: 2, filledAt: NOW },
    });
    expect(orders).toEqual([
      {
        job: 'create',
        platform: 'reddit',
        ids: { pixelId: 'a2_abcdefghijkl' },
        secretKind: 'conversionToken',
        secret,
      },
    ]);
  });

  it('leaves out an id that it does not know', async () => {
    seen = [shows({ form: form() })];
    await route.save(delivery({ config: {} }), secret);
    expect(orders.map(({ ids }) => ids)).toEqual([{ pixelId: '' }]);
  });

  it('says what stood against it', async () => {
    seen = [shows({ form: form() })];
    filled = { ok: false, faults: [{ code: 'occupied', kind: 'conversionToken' }] };
    expect(await route.save(delivery(), secret)).toEqual({
      turn: { step: 'unfit', faults: filled.faults },
    });
  });
});

describe('what became of it', () => {
  const handedOver: Partial<Delivery> = { turn: { step: 'save', cards: 0 } };

  it('is unknown while nothing was seen since', async () => {
    seen = [shows({ at: NOW - 2_000, form: form() })];
    expect(await ask({ turn: { step: 'open' } })).toEqual({ found: 'turn', turn: { step: 'open' } });
  });

  it('is unknown of one that has not said where it stands: as if nothing had been brought up yet', async () => {
    const { attemptedAt: _none, ...never } = delivery();
    seen = [shows({ at: 0 })];
    expect(await route.ask(never, [])).toEqual({ found: 'turn', turn: { step: 'open' } });
    seen = [shows({ at: 1 })];
    expect(await route.ask(never, [])).toEqual({ found: 'turn', turn: { step: 'open' } });
    seen = [shows({ at: 1, form: form() })];
    expect(await route.ask(never, [])).toEqual({ found: 'absent' });
  });

  it('a form has come that does not fit: it says why', async () => {
    const faults = [{ code: 'missing' as const, kind: 'pixelId' }];
    seen = [shows({ form: form({ faults }) })];
    expect(await ask({ turn: { step: 'open' } })).toEqual({
      found: 'turn',
      turn: { step: 'unfit', faults },
    });
  });

  it('a form has come: it is to be filled', async () => {
    seen = [shows({ form: form() })];
    expect(await ask({ turn: { step: 'open' } })).toEqual({ found: 'absent' });
  });

  it('access has come: it is to be begun', async () => {
    expect(await ask({ turn: { step: 'allow' } })).toEqual({ found: 'absent' });
    allowed = false;
    expect(await ask({ turn: { step: 'open' } })).toEqual({ found: 'turn', turn: { step: 'allow' } });
  });

  it('the form still stands: theirs to save', async () => {
    seen = [shows({ form: form({ filled: true }) })];
    expect(await ask(handedOver)).toMatchObject({ found: 'turn', turn: { step: 'save', pressed: false } });
    seen = [shows({ form: form({ filled: true }), act: 'save' })];
    expect(await ask(handedOver)).toMatchObject({ found: 'turn', turn: { step: 'save', pressed: true } });
  });

  it('saved: the button was the last thing pressed, the form has gone, and a new card is there', async () => {
    seen = [shows({ act: 'save', cards: [card()] })];
    expect(await ask(handedOver)).toMatchObject({
      found: 'applied',
      destination: { id: cardId('reddit', 'Reddit'), health: { state: 'pending' } },
    });
  });

  it('saved on a page that was left by it: the press was told before', async () => {
    seen = [shows({ page: 'next', cards: [card()] })];
    expect(await ask({ turn: { step: 'save', cards: 0, pressed: true } })).toMatchObject({
      found: 'applied',
    });
  });

  it.each([
    ['cancelled', shows({ act: 'other', cards: [card()] })],
    ['gone by itself', shows({ cards: [card()] })],
  ])('%s: not saved, and open again', async (_how, there) => {
    seen = [there];
    expect(await ask(handedOver)).toEqual({ found: 'turn', turn: { step: 'open' } });
  });

  it('is not taken from what was seen before the form was filled, or while it was', async () => {
    const turn = { step: 'save' as const, cards: 0, filledAt: NOW };
    seen = [shows({ form: form() })];
    expect(await ask({ turn })).toEqual({ found: 'turn', turn });
    seen = [shows({ form: form(), at: NOW + 1 })];
    expect(await ask({ turn })).toEqual({ found: 'absent' });
  });

  it('pressed, and the form is on its way out: still theirs, and then saved', async () => {
    const faults = [{ code: 'missing' as const, kind: 'conversionToken' }];
    seen = [shows({ act: 'save', form: form({ faults }), cards: [card()] })];
    expect(await ask(handedOver)).toMatchObject({ found: 'turn', turn: { step: 'save', pressed: true } });
    seen = [shows({ act: 'save', cards: [card()] })];
    expect(await ask(handedOver)).toMatchObject({ found: 'applied' });
  });

  it('pressed, and the form was drawn anew with nothing in it: it is filled again', async () => {
    seen = [shows({ act: 'save', form: form(), cards: [card()] })];
    expect(await ask(handedOver)).toEqual({ found: 'absent' });
  });

  it('saved beside others that are as new: it is the last of them', async () => {
    seen = [shows({ act: 'save', cards: [card('One'), card('Two')] })];
    const issuedAt = NOW - 5;
    expect(await ask({ turn: { step: 'save' }, issuedAt })).toMatchObject({
      found: 'applied',
      destination: { id: cardId('reddit', 'Two'), token: { issuedAt } },
    });
  });

  it('by their word alone: under the name of the platform where nobody has given it another', async () => {
    expect(await route.byWord?.(delivery())).toMatchObject({
      id: cardId('reddit', 'reddit'),
      name: 'reddit',
    });
  });

  it('pressed, but no card has come: not saved yet', async () => {
    seen = [shows({ act: 'save', cards: [card('Old')] })];
    expect(await ask({ turn: { step: 'save', cards: 1 } })).toMatchObject({
      found: 'turn',
      turn: { step: 'save', pressed: true },
    });
  });

  it("a rotation is known by its own card, and the old token's health does not count yet", async () => {
    const destinationId = cardId('reddit', 'Mine');
    const rotation: Partial<Delivery> = { job: 'rotate', destinationId, turn: { step: 'save', cards: 2 } };
    seen = [shows({ act: 'save', cards: [card('Other', 'healthy')] })];
    expect(await ask(rotation)).toMatchObject({ found: 'turn' });
    seen = [shows({ act: 'save', cards: [card('Other', 'healthy'), card('Mine', 'healthy')] })];
    expect(await ask(rotation)).toMatchObject({
      found: 'applied',
      destination: { id: destinationId, health: { state: 'healthy', lastCheckedAt: NOW + 5 * MINUTE } },
    });
  });
});

describe('a row that waits for the person', () => {
  it('is written only when their step changes', () => {
    const waits = delivery({ turn: { step: 'open' } });
    expect(step(waits, { type: 'turn', turn: { step: 'open' } }, NOW)).toBeUndefined();
    expect(step(waits, { type: 'turn', turn: { step: 'save' } }, NOW)).toMatchObject({ state: 'person' });
  });

  it('begins again only by way of the queue', () => {
    const waits = delivery({ turn: { step: 'open' } });
    expect(step(waits, { type: 'begun' }, NOW)).toBeUndefined();
    for (const event of [{ type: 'absent', askedAt: NOW }, { type: 'resumed' }] as const) {
      const next = step(waits, event, NOW);
      expect(next).toMatchObject({ state: 'queued' });
      expect(next).not.toHaveProperty('turn');
    }
  });

  it('ends as a tombstone with its secret, gives way to a newer one, and can be taken back', () => {
    const waits = delivery({ turn: { step: 'save' } });
    expect(step(waits, { type: 'secretGone', expired: true }, NOW)).toMatchObject({ outcome: 'expired' });
    expect(step(waits, { type: 'superseded' }, NOW)).toMatchObject({ outcome: 'superseded' });
    expect(step(waits, { type: 'withdrawn' }, NOW)).toMatchObject({ outcome: 'withdrawn', followUp: true });
    expect(step(delivery({ state: 'queued' }), { type: 'withdrawn' }, NOW)).toBeUndefined();
  });
});
