import type { Page } from '@playwright/test';
import type { PlatformId } from '../sandbox/ad-accounts';
import {
  generatePinterestToken,
  generateRedditToken,
  openPinterest,
  openReddit,
  openTagPage,
} from '../sandbox/consoles/walk';
import type { Sandbox } from '../sandbox/server';

/** How a person gets a token on each platform, and what must then stand in the popup. */
export interface Journey {
  platform: PlatformId;
  /** As it stands in headings. */
  name: string;
  tokenField: string;
  /** Accessible name of the id's field, its name in the API, and the value of the account that is open at first. */
  ids: readonly { field: string; config: string; value: string }[];
  open(page: Page): Promise<void>;
  /** From the console's first page to the token on the screen. */
  generate(page: Page): Promise<void>;
  /** To a page that shows the ids which the token's page does not show. */
  showIds(page: Page): Promise<void>;
}

export const journeys: readonly Journey[] = [
  {
    platform: 'reddit',
    name: 'Reddit',
    tokenField: 'Conversions API access token',
    ids: [{ field: 'Pixel ID', config: 'pixelId', value: 'a2_f7k2m9x4q1zt' }],
    open: openReddit,
    generate: (page) => generateRedditToken(page, { name: 'Upstack Data' }),
    showIds: async () => {},
  },
  {
    platform: 'pinterest',
    name: 'Pinterest',
    tokenField: 'Conversion API key',
    ids: [
      { field: 'Tag ID', config: 'tagId', value: '2613947205861' },
      { field: 'Advertiser ID', config: 'advertiserId', value: '549761482039' },
    ],
    open: openPinterest,
    generate: (page) => generatePinterestToken(page),
    showIds: (page) => openTagPage(page),
  },
];

/** The token that was generated last, as the platform issued it. */
export const lastIssued = (sandbox: Sandbox, platform: PlatformId): string => {
  const token = sandbox.platforms[platform].tokens.at(-1);
  if (!token) throw new Error(`No token has been generated on ${platform}.`);
  return token.value;
};
