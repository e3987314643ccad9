import { definePlatform } from '../definition';
import { accountSegment, findIds, findInSnippet, fromAddress, needsLabel, pixelIdRules } from './pixel-id';
import { findTokens, issuedAt, tokenRules } from './token';

const ORIGIN = 'https://ads.reddit.com';

const path = (url: URL): string => url.pathname.replace(/\/$/, '');

/** The routes of the page that makes tokens, as they were seen and as they might be named next. */
const isTokenPage = (url: URL): boolean =>
  /\/(conversion-tokens|conversions?-api|capi)(\/|$)/.test(url.pathname);
const isEventsManager = (url: URL): boolean => /\/events?-manager(\/|$)/.test(url.pathname);

export const reddit = definePlatform({
  id: 'reddit',
  name: 'Reddit',
  origins: [ORIGIN],
  kinds: [
    {
      id: 'pixelId',
      label: 'Pixel ID',
      secret: false,
      field: 'pixelId',
      hint: /[at]2_[0-9a-z]{4}/,
      maxLength: 200,
      rules: pixelIdRules,
      find: findIds,
      needsLabel,
      findInSnippet,
      fromAddress,
      labels: [
        'pixel id',
        'pixel-id',
        'pixelid',
        'reddit pixel',
        'id del píxel',
        'id de píxel',
        'id del pixel',
        'id de pixel',
        'id du pixel',
        'identifiant du pixel',
        'identifiant de pixel',
        'ピクセルid',
        'ピクセル id',
        'account id',
        'account-id',
        'konto-id',
        'id de cuenta',
        'id de la cuenta',
        'id de compte',
        'id du compte',
        'identifiant du compte',
        'アカウントid',
        'アカウント id',
      ],
      switcherLabels: ['viewing:', 'ad account:', 'ansicht:', 'viendo:', 'affichage :', '表示中:'],
    },
    {
      id: 'conversionToken',
      label: 'Conversions API access token',
      secret: true,
      prefix: 'eyJ',
      maxLength: 4096,
      rules: tokenRules,
      find: findTokens,
      issuedAt,
    },
  ],
  pages: [
    {
      id: 'conversionTokens',
      matches: isTokenPage,
      offers: ['conversionToken', 'pixelId'],
      examples: [
        `${ORIGIN}/account/a2_${'0'.repeat(12)}/events-manager/conversion-tokens`,
        `${ORIGIN}/account/t2_0000/events-manager/conversion-tokens/`,
        `${ORIGIN}/account/${'0'.repeat(12)}/events-manager/conversions-api?tab=tokens`,
      ],
    },
    {
      id: 'eventsManager',
      matches: (url) => isEventsManager(url) && !isTokenPage(url),
      offers: ['conversionToken', 'pixelId'],
      examples: [
        `${ORIGIN}/account/a2_${'0'.repeat(12)}/events-manager`,
        `${ORIGIN}/account/a2_${'0'.repeat(12)}/events-manager/testing`,
      ],
    },
    {
      id: 'account',
      matches: (url) => path(url).startsWith('/account') && !isEventsManager(url) && !isTokenPage(url),
      offers: ['pixelId'],
      examples: [`${ORIGIN}/account/t2_0000/dashboard`, `${ORIGIN}/accounts`],
    },
    {
      id: 'business',
      matches: (url) => path(url).startsWith('/business') && !isEventsManager(url) && !isTokenPage(url),
      offers: ['pixelId'],
      examples: [`${ORIGIN}/business/00000000-0000-4000-8000-000000000000`],
    },
    {
      id: 'home',
      matches: (url) => path(url) === '',
      offers: [],
      examples: [`${ORIGIN}/`],
    },
  ],
  accountOf: accountSegment,
  startUrl: `${ORIGIN}/`,
  tokenPageUrl: ({ pixelId }) =>
    pixelId
      ? `${ORIGIN}/account/${encodeURIComponent(pixelId)}/events-manager/conversion-tokens`
      : `${ORIGIN}/`,
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
