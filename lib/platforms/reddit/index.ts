import { definePlatform } from '../definition';
import { guides, tokenPageUrl } from './guide';
import { landmarks } from './landmarks';
import { pixelIdRules } from './pixel-id';
import { ORIGIN, reading } from './reading';
import { issuedAt, tokenRules } from './token';

const SOME_ID = `a2_${'0'.repeat(12)}`;
const EVENTS_MANAGER = `${ORIGIN}/account/${SOME_ID}/events-manager`;

export const reddit = /* @__PURE__ */ definePlatform(reading, {
  name: 'Reddit',
  landmarks,
  kinds: {
    pixelId: { label: 'Pixel ID', field: 'pixelId', rules: pixelIdRules },
    conversionToken: { label: 'Conversions API access token', rules: tokenRules, issuedAt },
  },
  pages: {
    conversionTokens: {
      offers: ['conversionToken', 'pixelId'],
      examples: [
        `${EVENTS_MANAGER}/conversion-tokens`,
        `${ORIGIN}/account/t2_0000/events-manager/conversion-tokens/`,
        `${ORIGIN}/account/${'0'.repeat(12)}/events-manager/conversions-api?tab=tokens`,
      ],
    },
    eventsManager: {
      offers: ['conversionToken', 'pixelId'],
      examples: [EVENTS_MANAGER, `${EVENTS_MANAGER}/testing`],
    },
    account: { offers: ['pixelId'], examples: [`${ORIGIN}/account/t2_0000/dashboard`, `${ORIGIN}/accounts`] },
    business: { offers: ['pixelId'], examples: [`${ORIGIN}/business/00000000-0000-4000-8000-000000000000`] },
    home: { offers: [], examples: [`${ORIGIN}/`] },
  },
  startUrl: `${ORIGIN}/`,
  tokenPageUrl,
  guides,
  rotation: ['exposed', 'revoked', 'consolidating', 'authentication'],
  revoking: { button: 'Delete', url: tokenPageUrl },
  tokenList: { screen: 'conversionTokens', landmark: 'tokenList' },
  ownRows: [],
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
