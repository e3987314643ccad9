import { definePlatform } from '../definition';
import {
  advertiserOf,
  advertiserRules,
  findAdvertisers,
  findTags,
  findTagsInSnippet,
  isAdvertiser,
  isTag,
  tagRules,
} from './ids';
import { findKeys, issuedAt, keyRules } from './key';

const ADS = 'https://ads.pinterest.com';
const BUSINESS = 'https://business.pinterest.com';

/** The address without the advertiser that may stand before the rest. */
const route = (url: URL): string => url.pathname.replace(/^\/advertiser\/\d+/, '').replace(/\/$/, '');

const isConversions = (url: URL): boolean => /^\/conversions(\/|$)/.test(route(url));
const isKeyPage = (url: URL): boolean =>
  /^\/conversions\/(setup-api|api|conversions?-api|api-setup|capi)(\/|$)/.test(route(url));
const isTagPage = (url: URL): boolean => /^\/conversions\/(tags?|pinterest-tag)(\/|$)/.test(route(url));

export const pinterest = definePlatform({
  id: 'pinterest',
  name: 'Pinterest',
  origins: [ADS, BUSINESS],
  kinds: [
    {
      id: 'tagId',
      label: 'Tag ID',
      secret: false,
      field: 'tagId',
      hint: /\d{13}/,
      maxLength: 200,
      rules: tagRules,
      find: findTags,
      needsLabel: (value) => !isTag(value),
      findInSnippet: findTagsInSnippet,
      fromAddress: () => undefined,
      labels: [
        'tag id',
        'tag-id',
        'tagid',
        'pinterest tag',
        'pinterest-tag',
        'tid',
        'id de etiqueta',
        'id de la etiqueta',
        'etiqueta de pinterest',
        'id de la balise',
        'id de balise',
        'identifiant de la balise',
        'identifiant de balise',
        'balise pinterest',
        'タグid',
        'タグ id',
        'pinterestタグ',
        'pinterest タグ',
      ],
      switcherLabels: [],
    },
    {
      id: 'advertiserId',
      label: 'Advertiser ID',
      secret: false,
      field: 'advertiserId',
      hint: /\d{12}/,
      maxLength: 200,
      rules: advertiserRules,
      find: findAdvertisers,
      needsLabel: (value) => !isAdvertiser(value),
      findInSnippet: () => [],
      fromAddress: advertiserOf,
      labels: [
        'advertiser id',
        'advertiser-id',
        'advertiser',
        'ad account id',
        'ad account',
        'account id',
        'werbekonto',
        'werbekonto-id',
        'konto-id',
        'id de anunciante',
        'id del anunciante',
        'id de cuenta',
        'id de la cuenta',
        'cuenta publicitaria',
        "identifiant de l'annonceur",
        'identifiant annonceur',
        'compte publicitaire',
        'id de compte',
        '広告主id',
        '広告主 id',
        '広告アカウント',
        'アカウントid',
      ],
      switcherLabels: ['viewing:', 'viewing', 'ansicht:', 'viendo:', 'affichage :', '表示中:'],
    },
    {
      id: 'conversionToken',
      label: 'Conversion API key',
      secret: true,
      prefix: 'pina_',
      maxLength: 1024,
      rules: keyRules,
      find: findKeys,
      issuedAt,
    },
  ],
  pages: [
    {
      id: 'setUpApi',
      matches: isKeyPage,
      offers: ['conversionToken', 'advertiserId'],
      examples: [
        `${ADS}/conversions/setup-api/`,
        `${ADS}/advertiser/549755813888/conversions/setup-api`,
        `${BUSINESS}/conversions/setup-api/`,
      ],
    },
    {
      id: 'tag',
      matches: isTagPage,
      offers: ['tagId', 'advertiserId'],
      examples: [`${ADS}/conversions/tag`, `${ADS}/advertiser/549755813888/conversions/tag/`],
    },
    {
      id: 'conversions',
      matches: (url) => isConversions(url) && !isKeyPage(url) && !isTagPage(url),
      offers: ['conversionToken', 'tagId', 'advertiserId'],
      examples: [`${ADS}/advertiser/549755813888/conversions/`, `${ADS}/conversions`],
    },
    {
      id: 'advertiser',
      matches: (url) => advertiserOf(url) !== undefined && !isConversions(url),
      offers: ['advertiserId'],
      examples: [`${ADS}/advertiser/549755813888/reporting/`],
    },
    {
      id: 'home',
      matches: (url) => route(url) === '' && advertiserOf(url) === undefined,
      offers: [],
      examples: [`${ADS}/`, `${BUSINESS}/`],
    },
  ],
  accountOf: advertiserOf,
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
