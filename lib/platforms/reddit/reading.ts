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
      labels: [
        'pixel id',
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
        'konto id',
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
    { id: 'conversionToken', secret: true, maxLength: 4096, prefix: 'eyJ', find: findTokens },
  ],
  pages: [
    { id: 'conversionTokens', matches: isTokenPage },
    {
      id: 'eventsManager',
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
