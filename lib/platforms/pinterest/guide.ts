import type { Guide, GuideStep, GuideView } from '../definition';
import { ADS, BUSINESS } from './reading';

/** The steps of Upstack's guide "generate", in its order; replacing a key takes the same ones. */

const HELP = 'https://docs.upstackdata.com/guides/pinterest-ads';

const advertiserPath = ({ advertiserId }: Readonly<Record<string, string>>): string =>
  advertiserId ? `${ADS}/advertiser/${encodeURIComponent(advertiserId)}/conversions` : `${ADS}/conversions`;

export const tokenPageUrl = (ids: Readonly<Record<string, string>>): string =>
  `${advertiserPath(ids)}/setup-api/`;

const sees = ({ landmarks }: GuideView, landmark: string): boolean => landmarks.includes(landmark);

const isSignedIn = (view: GuideView): boolean => view.screen !== undefined && !sees(view, 'signIn');

const CONVERSIONS = ['conversions', 'setUpApi', 'tag'];

const steps: readonly GuideStep[] = [
  { id: 'signIn', url: () => `${BUSINESS}/`, isDone: isSignedIn },
  {
    id: 'conversions',
    button: 'Manage business → Conversions',
    url: (ids) => `${advertiserPath(ids)}/`,
    isDone: (view) => isSignedIn(view) && CONVERSIONS.includes(view.screen ?? ''),
  },
  {
    id: 'setUpApi',
    button: 'Set up API',
    url: tokenPageUrl,
    isDone: (view) => isSignedIn(view) && view.screen === 'setUpApi',
  },
  // Only who is an admin of the ad account can make a key.
  { id: 'admin', isWanted: (view) => sees(view, 'noRole') && !view.captured, isDone: () => false },
  { id: 'generate', button: 'Generate new token', isDone: ({ captured }) => captured },
  { id: 'advertiserId', apart: true, isDone: ({ ids }) => ids.includes('advertiserId') },
  {
    id: 'tagId',
    apart: true,
    button: 'Manage tag',
    url: (ids) => `${advertiserPath(ids)}/tag`,
    isDone: ({ ids }) => ids.includes('tagId'),
  },
];

export const guides: Readonly<Record<'create' | 'rotate', Guide>> = {
  create: { steps, helpUrl: `${HELP}/how-to-generate-pinterest-conversion-api-key` },
  rotate: { steps, helpUrl: `${HELP}/how-to-generate-pinterest-conversion-api-key` },
};
