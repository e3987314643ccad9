import type { Guide, GuideStep, GuideView } from '../definition';
import { ORIGIN } from './reading';

/** The steps of Upstack's guides "generate" and "update", in their order. */

const HELP = 'https://docs.upstackdata.com/guides/reddit-ads';

export const tokenPageUrl = ({ pixelId }: Readonly<Record<string, string>>): string =>
  pixelId
    ? `${ORIGIN}/account/${encodeURIComponent(pixelId)}/events-manager/conversion-tokens`
    : `${ORIGIN}/`;

const eventsManagerUrl = ({ pixelId }: Readonly<Record<string, string>>): string =>
  pixelId ? `${ORIGIN}/account/${encodeURIComponent(pixelId)}/events-manager` : `${ORIGIN}/`;

const sees = ({ landmarks }: GuideView, landmark: string): boolean => landmarks.includes(landmark);

const isSignedIn = (view: GuideView): boolean => view.screen !== undefined && !sees(view, 'signIn');

const steps: readonly GuideStep[] = [
  { id: 'signIn', url: () => `${ORIGIN}/`, isDone: isSignedIn },
  {
    id: 'eventsManager',
    button: 'Ads → Events Manager',
    url: eventsManagerUrl,
    isDone: (view) =>
      isSignedIn(view) && (view.screen === 'eventsManager' || view.screen === 'conversionTokens'),
  },
  {
    id: 'conversionsApi',
    button: 'Conversions API',
    url: tokenPageUrl,
    isDone: (view) => isSignedIn(view) && view.screen === 'conversionTokens',
  },
  // Only the admins of a business can make a token.
  { id: 'admin', isWanted: (view) => sees(view, 'noRole') && !view.captured, isDone: () => false },
  {
    id: 'limit',
    button: 'Delete',
    isWanted: (view) => sees(view, 'tokenLimit') && !view.captured,
    isDone: () => false,
  },
  {
    id: 'generate',
    button: '+ Generate Access Token',
    isDone: (view) => isSignedIn(view) && sees(view, 'nameDialog'),
  },
  { id: 'name', button: 'Generate', named: true, isDone: ({ captured }) => captured },
  { id: 'pixelId', apart: true, url: eventsManagerUrl, isDone: ({ ids }) => ids.includes('pixelId') },
];

export const guides: Readonly<Record<'create' | 'rotate', Guide>> = {
  create: { steps, helpUrl: `${HELP}/how-to-generate-reddit-conversion-api-token` },
  rotate: { steps, helpUrl: `${HELP}/how-to-update-reddit-conversion-api-token` },
};
