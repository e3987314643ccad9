import { defineReading } from '../definition';
import { accountSegment, findIds, findInSnippet, fromAddress, needsLabel } from './pixel-id';
import { findTokens } from './token';

export const ORIGIN = 'https://ads.reddit.com';

/** The routes of the page that makes tokens, as they were seen and as they might be named next. */
const isTokenPage = ({ pathname }: URL): boolean =>
  /\/(conversion-tokens|conversions?-api|capi)(\/|$)/.test(pathname);
const isEventsManager = ({ pathname }: URL): boolean => /\/events?-manager(\/|$)/.test(pathname);
const isBelow = ({ pathname }: URL, folder: string): boolean => pathname.startsWith(`/${folder}`);

export const reading = defineReading({
  id: 'reddit',
  origins: [ORIGIN],
  kinds: [
    {
      id: 'pixelId',
      secret: false,
      maxLength: 200,
      hint: /[at]2_[0-9a-z]{4}/,
      find: findIds,
      needsLabel,
      findInSnippet,
      fromAddress,
      labels:
        /pixel ?id|reddit pixel(?: id)?|id (?:de|del|du) p[ií]xel|identifiant d[eu] pixel|ピクセル ?id|account id|konto id|id de(?: la)? cuenta|(?:id|identifiant) du compte|id de compte|アカウント ?id/g,
      switcherLabels: /viewing:|ad account:|ansicht:|viendo:|affichage :|表示中:/g,
    },
    { id: 'conversionToken', secret: true, maxLength: 4096, prefix: 'eyJ', find: findTokens },
  ],
  pages: [
    { id: 'conversionTokens', showsSecret: true, matches: isTokenPage },
    {
      id: 'eventsManager',
      showsSecret: true,
      matches: (url) => isEventsManager(url) && !isTokenPage(url),
    },
    {
      id: 'account',
      matches: (url) => isBelow(url, 'account') && !isEventsManager(url) && !isTokenPage(url),
    },
    {
      id: 'business',
      matches: (url) => isBelow(url, 'business') && !isEventsManager(url) && !isTokenPage(url),
    },
    { id: 'home', matches: ({ pathname }) => pathname === '/' },
  ],
  accountOf: accountSegment,
});
