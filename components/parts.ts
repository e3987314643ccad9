import { chunk } from './chunks';
import { later } from './later';
import type { CardState } from './popup-state';
import { isTrouble } from './popup-state';

const cardParts = () => chunk('card');
const panelParts = () => chunk('panel');

export const BackgroundDead = later(async () => (await import('./BackgroundDead')).BackgroundDead);
export const CaptureReview = later(async () => (await cardParts()).CaptureReview);
export const DeliveryProgress = later(async () => (await cardParts()).DeliveryProgress);
export const DestinationCare = later(async () => (await cardParts()).DestinationCare);
export const Diagnosis = later(async () => (await cardParts()).Diagnosis);
export const Guide = later(async () => (await cardParts()).Guide);
export const Halfway = later(async () => (await cardParts()).Halfway);
export const OpenSidePanel = later(async () => (await panelParts()).OpenSidePanel);
export const PersonsTurn = later(async () => (await cardParts()).PersonsTurn);
export const Reminder = later(async () => (await cardParts()).Reminder);
export const Start = later(async () => (await cardParts()).Start);
export const Tombstone = later(async () => (await cardParts()).Tombstone);
export const Undo = later(async () => (await cardParts()).Undo);
export const Connect = later(async () => (await cardParts()).Connect);
export const KeyTrouble = later(async () => (await cardParts()).KeyTrouble);
export const SiteAccess = later(async () => (await cardParts()).SiteAccess);
export const KeyTroubles = later(async () => (await cardParts()).KeyTroubles);
export const SampleBar = later(async () => (await cardParts()).SampleBar);

interface Part {
  bring: () => Promise<void>;
}

const partOf: { [Kind in CardState['kind']]?: Part } = {
  connect: Connect,
  delivery: DeliveryProgress,
  guide: Guide,
  keyTrouble: KeyTrouble,
  keyTroubles: KeyTroubles,
  reminder: Reminder,
  review: CaptureReview,
  sample: SampleBar,
  siteAccess: SiteAccess,
  start: Start,
  tombstone: Tombstone,
  undo: Undo,
};

const partsOf = (card: CardState): readonly Part[] => {
  const parts = [partOf[card.kind] ?? []].flat();
  // In a list the diagnosis is folded away.
  const alone =
    card.kind === 'delivery' || (card.kind === 'destinations' && card.watched.length === 1)
      ? [card.watched ?? []].flat()
      : [];
  if (alone.some(({ status }) => isTrouble(status))) parts.push(Diagnosis);
  if (card.kind === 'delivery' && card.delivery.state === 'person')
    parts.push(card.delivery.turn ? PersonsTurn : Halfway);
  return parts;
};

/** Fetches what these cards are drawn with. */
export const fetchParts = async (cards: readonly CardState[]): Promise<void> => {
  await Promise.all(cards.flatMap(partsOf).map(({ bring }) => bring()));
};

/** Fetches what the side panel is drawn with: there is no hurry as in the popup, and everything may come to be shown. */
export const fetchPanelParts = async (): Promise<void> => {
  const parts = [CaptureReview, Connect, DeliveryProgress, Guide, PersonsTurn, SampleBar, Start, Tombstone];
  await Promise.all(parts.map(({ bring }) => bring()));
};

/** Fetches what the welcome page is drawn with. */
export const fetchWelcomeParts = async (): Promise<void> => {
  await Promise.all([Connect, Start].map(({ bring }) => bring()));
};
