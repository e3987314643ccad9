import { definePlatform } from '../definition';
import { guides, tokenPageUrl } from './guide';
import { advertiserRules, tagRules } from './ids';
import { issuedAt, keyRules } from './key';
import { landmarks } from './landmarks';
import { ADS, BUSINESS, reading } from './reading';

const ADVERTISER = `${ADS}/advertiser/${2 ** 39}`;

export const pinterest = /* @__PURE__ */ definePlatform(reading, {
  name: 'Pinterest',
  landmarks,
  kinds: {
    tagId: { label: 'Tag ID', field: 'tagId', rules: tagRules },
    advertiserId: { label: 'Advertiser ID', field: 'advertiserId', rules: advertiserRules },
    conversionToken: { label: 'Conversion API key', rules: keyRules, issuedAt },
  },
  pages: {
    setUpApi: {
      offers: ['conversionToken', 'advertiserId'],
      examples: [
        `${ADS}/conversions/setup-api/`,
        `${ADVERTISER}/conversions/setup-api`,
        `${BUSINESS}/conversions/setup-api/`,
      ],
    },
    tag: {
      offers: ['tagId', 'advertiserId'],
      examples: [`${ADS}/conversions/tag`, `${ADVERTISER}/conversions/tag/`],
    },
    conversions: {
      offers: ['conversionToken', 'tagId', 'advertiserId'],
      examples: [`${ADVERTISER}/conversions/`, `${ADS}/conversions`],
    },
    advertiser: { offers: ['advertiserId'], examples: [`${ADVERTISER}/reporting/`] },
    home: { offers: [], examples: [`${ADS}/`, `${BUSINESS}/`] },
  },
  startUrl: `${ADS}/conversions/`,
  tokenPageUrl,
  guides,
  rotation: ['exposed', 'revoked', 'consolidating', 'authentication'],
  // What Pinterest's own button says is not known.
  revoking: { url: tokenPageUrl },
  ownRows: [
    {
      id: 'prefix',
      // The rules call a key good only if it starts with pina_ and nothing stands around or within it.
      result: (sent) => (sent?.verdict === 'good' ? 'passed' : 'unknown'),
    },
  ],
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
