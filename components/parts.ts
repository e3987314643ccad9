import { later } from './later';
import type { CardState } from './popup-state';
import { isTrouble } from './popup-state';

const platformParts = () => import('./platform-parts');
const connectParts = () => import('./connect-parts');

export const CaptureReview = later(async () => (await platformParts()).CaptureReview);
export const Cause = later(async () => (await platformParts()).Cause);
export const Guide = later(async () => (await platformParts()).Guide);
export const PersonsTurn = later(async () => (await platformParts()).PersonsTurn);
export const Start = later(async () => (await platformParts()).Start);
export const Tombstone = later(async () => (await platformParts()).Tombstone);
export const Connect = later(async () => (await connectParts()).Connect);
export const KeyTrouble = later(async () => (await connectParts()).KeyTrouble);

const partsOf = (card: CardState): readonly { bring: () => Promise<void> }[] => {
  switch (card.kind) {
    case 'review':
      return [CaptureReview];
    case 'guide':
      return [Guide];
    case 'start':
      return [Start];
    case 'tombstone':
      return [Tombstone];
    case 'connect':
      return [Connect];
    case 'keyTrouble':
      return [KeyTrouble];
    case 'destinations':
      return card.watched.some(({ status }) => isTrouble(status)) ? [Cause] : [];
    case 'delivery':
      return [
        ...(card.delivery.state === 'person' ? [PersonsTurn] : []),
        ...(card.watched && isTrouble(card.watched.status) ? [Cause] : []),
      ];
    default:
      return [];
  }
};

/** Fetches what these cards are drawn with. */
export const fetchParts = async (cards: readonly CardState[]): Promise<void> => {
  await Promise.all(cards.flatMap(partsOf).map(({ bring }) => bring()));
};

/** Fetches what the side panel is drawn with: there is no hurry as in the popup, and everything may come to be shown. */
export const fetchPanelParts = async (): Promise<void> => {
  await Promise.all([CaptureReview, Guide, PersonsTurn, Start, Tombstone].map(({ bring }) => bring()));
};
