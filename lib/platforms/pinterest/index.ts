import { definePlatform } from '../definition';
import { advertiserRules, tagRules } from './ids';
import { issuedAt, keyRules } from './key';
import { ADS, BUSINESS, pinterestReading } from './reading';

const ADVERTISER = `${ADS}/advertiser/${2 ** 39}`;

export const pinterest = /* @__PURE__ */ definePlatform(pinterestReading, {
  name: 'Pinterest',
  kinds: {
    tagId: { label: 'Tag ID', field: 'tagId', rules: tagRules },
    advertiserId: { label: 'Advertiser ID', field: 'advertiserId', rules: advertiserRules },
    conversionToken: { label: 'Conversion API key', rules: keyRules, issuedAt },
  },
  examples: {
    setUpApi: [
      `${ADS}/conversions/setup-api/`,
      `${ADVERTISER}/conversions/setup-api`,
      `${BUSINESS}/conversions/setup-api/`,
    ],
    tag: [`${ADS}/conversions/tag`, `${ADVERTISER}/conversions/tag/`],
    conversions: [`${ADVERTISER}/conversions/`, `${ADS}/conversions`],
    advertiser: [`${ADVERTISER}/reporting/`],
    home: [`${ADS}/`, `${BUSINESS}/`],
  },
  startUrl: `${ADS}/conversions/`,
  tokenPageUrl: ({ advertiserId }) =>
    advertiserId
      ? `${ADS}/advertiser/${encodeURIComponent(advertiserId)}/conversions/setup-api/`
      : `${ADS}/conversions/setup-api/`,
  remedies: {
    token_invalid: 'rotateToken',
    account_mismatch: 'compareAccounts',
    pixel_not_found: 'readIdAgain',
    config_incomplete: 'completeConfig',
    payload_rejected: 'openDashboard',
    rate_limited: 'wait',
    platform_unavailable: 'wait',
    no_recent_events: 'checkStorePixel',
    unknown: 'checkNow',
  },
});
