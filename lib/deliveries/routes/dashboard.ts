import type { Secret } from '../../credentials/secret';
import type { Filled } from '../../dashboard/definition';
import { cardId } from '../../destinations/destination';
import type { Platform, SecretKind } from '../../platforms/definition';
import { platformOf } from '../../platforms/index';
import type { Delivery, Destination, Fault, SeenCard, SeenDashboard, Turn } from '../../storage/rows';
import type { RemoteDestination } from '../../upstack/decode';
import type { Route } from '../route';

/**
 * Through the form of Upstack's dashboard. The person brings the form up and saves it; we fill it in between. So an
 * attempt mostly ends with their turn, and what the dashboard shows meanwhile answers what became of it.
 */

/** What goes into the form; the secret is opened by whoever puts it there. */
export interface FormOrder {
  job: Delivery['job'];
  platform: string;
  /** By credential kind. */
  ids: Readonly<Record<string, string>>;
  secretKind: string;
  secret: Secret;
}

/** Upstack's dashboard in the browser's tabs. */
export interface DashboardTabs {
  /** The person has given access to it. */
  isAllowed(): Promise<boolean>;
  /** Brings it to the front, in the tab that it is open in or in a new one. */
  show(tabId?: number): Promise<void>;
  fill(tabId: number, order: FormOrder): Promise<Filled>;
  place(tabId: number, value: Secret | string): Promise<Filled>;
  /** What it last showed, the newest first. */
  seen(): Promise<SeenDashboard[]>;
  known(workspaceId: string): Promise<Destination[]>;
  now(): number;
}

/** The guides promise Healthy within this time; until then the card may still speak of the old token. */
const PROMISE = 5 * 60_000;

/** Each has one. */
const secretKindOf = ({ kinds }: Platform): string => (kinds.find(({ secret }) => secret) as SecretKind).id;

/** By kind, where the row has them by their names at Upstack. */
const idsOf = (platform: Platform, { config }: Delivery): Record<string, string> =>
  Object.fromEntries(
    platform.kinds.flatMap((kind) => (kind.secret ? [] : [[kind.id, config[kind.field] ?? '']])),
  );

const cardsOf = (seen: SeenDashboard | undefined, { platform }: Delivery): SeenCard[] =>
  seen?.cards.filter((card) => card.platform === platform) ?? [];

export const createDashboardRoute = (tabs: DashboardTabs): Route => {
  /** The tab with this delivery's form, else the one that was last heard of. */
  const latest = async ({ platform }: Delivery): Promise<SeenDashboard | undefined> => {
    const seen = await tabs.seen();
    return seen.find(({ form }) => form?.platform === platform) ?? seen[0];
  };

  const destinationOf = (delivery: Delivery, name: string, card?: SeenCard): RemoteDestination => {
    const state = card?.state ?? 'pending';
    // A rotation may find the old token's health on the card. It counts once the new one has had its time.
    const isOld = delivery.job === 'rotate' && state !== 'pending';
    return {
      id: delivery.destinationId ?? cardId(delivery.platform, name),
      type: delivery.platform,
      name,
      enabled: true,
      config: delivery.config,
      token: {
        isSet: true,
        fingerprint: delivery.fingerprint,
        ...(delivery.issuedAt === undefined ? {} : { issuedAt: delivery.issuedAt }),
      },
      health: { state, ...(isOld ? { lastCheckedAt: tabs.now() + PROMISE } : {}) },
    };
  };

  /** The card that the save has made or changed, if it is there. */
  const cardFor = async (
    delivery: Delivery,
    seen: SeenDashboard | undefined,
    before: number,
  ): Promise<SeenCard | undefined> => {
    const cards = cardsOf(seen, delivery);
    if (delivery.job === 'rotate') {
      return cards.find(({ platform, name }) => cardId(platform, name) === delivery.destinationId);
    }
    if (cards.length <= before) return undefined;
    const known = (await tabs.known(delivery.workspaceId)).map(({ id }) => id);
    const fresh = cards.filter(({ platform, name }) => !known.includes(cardId(platform, name)));
    return fresh.length === 1 ? fresh[0] : cards.at(-1);
  };

  const known = async ({ workspaceId, destinationId }: Delivery): Promise<Destination | undefined> =>
    (await tabs.known(workspaceId)).find(({ id }) => id === destinationId);

  return {
    asksFirst: () => false,

    save: async (delivery, secret) => {
      const platform = platformOf(delivery.platform);
      if (!platform || !(await tabs.isAllowed())) return { turn: { step: 'allow' } };
      const seen = await latest(delivery);
      // In front of the person, who has asked for it: nothing is filled where nobody looks.
      await tabs.show(seen?.tabId);
      if (seen?.form?.platform !== platform.id || seen.form.faults.length > 0) {
        return { turn: { step: 'open' } };
      }
      const filled = await tabs.fill(seen.tabId, {
        job: delivery.job,
        platform: platform.id,
        ids: idsOf(platform, delivery),
        secretKind: secretKindOf(platform),
        secret,
      });
      if (!filled.ok) return { turn: { step: 'unfit', faults: filled.faults } };
      const onPage = cardsOf(seen, delivery).length;
      const inRows = (await tabs.known(delivery.workspaceId)).filter(
        ({ type }) => type === platform.id,
      ).length;
      return { turn: { step: 'save', cards: Math.max(onPage, inRows), filledAt: tabs.now() } };
    },

    ask: async (delivery) => {
      if (!(await tabs.isAllowed())) return { found: 'turn', turn: { step: 'allow' } };
      const turn: Turn = delivery.turn ?? { step: 'open' };
      // Access has come: the next attempt begins by showing the dashboard.
      if (turn.step === 'allow') return { found: 'absent' };
      const seen = await latest(delivery);
      // What was seen before our last attempt, or while it was still writing, says nothing of it.
      const since = Math.max(delivery.attemptedAt ?? 0, turn.filledAt ?? 0);
      if (!seen || seen.at <= since) return { found: 'turn', turn };
      const form = seen.form?.platform === delivery.platform ? seen.form : undefined;

      if (turn.step === 'save') {
        const isPressed = seen.act === undefined ? turn.pressed === true : seen.act === 'save';
        const pressed: Turn = { ...turn, pressed: isPressed };
        if (form?.filled) return { found: 'turn', turn: pressed };
        if (isPressed && !form) {
          const card = await cardFor(delivery, seen, turn.cards ?? 0);
          if (card) return { found: 'applied', destination: destinationOf(delivery, card.name, card) };
        }
        // Saved, and not shown yet, or on its way out: a form that is being closed looks like one that does not fit.
        if (isPressed && form?.faults.length !== 0) return { found: 'turn', turn: pressed };
      }
      if (!form) return { found: 'turn', turn: { step: 'open' } };
      return form.faults.length === 0
        ? { found: 'absent' }
        : { found: 'turn', turn: { step: 'unfit', faults: form.faults } };
    },

    place: async (delivery, kind, secret): Promise<Fault[]> => {
      const platform = platformOf(delivery.platform);
      const seen = await latest(delivery);
      if (!platform || !seen) return [{ code: 'unreachable' }];
      const value = kind === secretKindOf(platform) ? secret : idsOf(platform, delivery)[kind];
      if (!value) return [{ code: 'missing', kind }];
      const filled = await tabs.place(seen.tabId, value);
      return filled.ok ? [] : filled.faults.map(({ code }) => ({ code, kind }));
    },

    byWord: async (delivery) => {
      const seen = await latest(delivery);
      const card = await cardFor(delivery, seen, delivery.turn?.cards ?? 0);
      const name = card?.name ?? (await known(delivery))?.name ?? delivery.name ?? delivery.platform;
      return destinationOf(delivery, name, card);
    },
  };
};
