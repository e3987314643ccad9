import { defineReading } from '../definition';
import { advertiserOf, findAdvertisers, findTags, findTagsInSnippet, isAdvertiser, isTag } from './ids';
import { findKeys } from './key';

export const ADS = 'https://ads.pinterest.com';
export const BUSINESS = 'https://business.pinterest.com';

/** The address without the advertiser that may stand before the rest. */
const route = (url: URL): string => url.pathname.replace(/^\/advertiser\/\d+/, '').replace(/\/$/, '');

const isConversions = (url: URL): boolean => /^\/conversions(\/|$)/.test(route(url));
const isKeyPage = (url: URL): boolean =>
  /^\/conversions\/(setup-api|api|conversions?-api|api-setup|capi)(\/|$)/.test(route(url));
const isTagPage = (url: URL): boolean => /^\/conversions\/(tags?|pinterest-tag)(\/|$)/.test(route(url));

export const reading = defineReading({
  id: 'pinterest',
  origins: [ADS, BUSINESS],
  kinds: [
    {
      id: 'tagId',
      secret: false,
      maxLength: 200,
      hint: /\d{13}/,
      find: findTags,
      needsLabel: (value) => !isTag(value),
      findInSnippet: findTagsInSnippet,
      fromAddress: () => undefined,
      labels:
        /tag ?id|pinterest ?(?:tag|タグ)(?: ?id)?|tid|id de(?: la)? etiqueta|etiqueta de pinterest|(?:id|identifiant) de(?: la)? balise|balise pinterest|タグ ?id/g,
    },
    {
      id: 'advertiserId',
      secret: false,
      maxLength: 200,
      hint: /\d{12}/,
      find: findAdvertisers,
      needsLabel: (value) => !isAdvertiser(value),
      findInSnippet: () => [],
      fromAddress: advertiserOf,
      labels:
        /advertiser(?: id)?|ad account(?: id)?|account id|werbekonto(?: id)?|konto id|id del? anunciante|id de(?: la)? cuenta|cuenta publicitaria|identifiant (?:de l')?annonceur|compte publicitaire|id de compte|広告主 ?id|広告アカウント(?:id)?|アカウントid/g,
      switcherLabels: /viewing:?|ansicht:|viendo:|affichage :|表示中:/g,
    },
    { id: 'conversionToken', secret: true, maxLength: 1024, prefix: 'pina_', find: findKeys },
  ],
  pages: [
    { id: 'setUpApi', showsSecret: true, matches: isKeyPage },
    { id: 'tag', matches: isTagPage },
    {
      id: 'conversions',
      showsSecret: true,
      matches: (url) => isConversions(url) && !isKeyPage(url) && !isTagPage(url),
    },
    {
      id: 'advertiser',
      matches: (url) => advertiserOf(url) !== undefined && !isConversions(url),
    },
    { id: 'home', matches: (url) => route(url) === '' && advertiserOf(url) === undefined },
  ],
  accountOf: advertiserOf,
});
