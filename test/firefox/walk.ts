import type { Page } from 'puppeteer-core';
import type { PlatformId } from '../sandbox/ad-accounts';
import { words as pinterest } from '../sandbox/consoles/pinterest/words';
import { words as reddit } from '../sandbox/consoles/reddit/words';
import { click, fill } from './firefox';

/** How a person gets to a new token and its ids on each platform, walked through the played consoles in Firefox. */
interface Walk {
  start: string;
  /** To the page that makes tokens. */
  openTokens(page: Page): Promise<void>;
  generate(page: Page): Promise<void>;
  /** To a page that shows the ids which the token's page does not show. */
  showIds(page: Page): Promise<void>;
}

const toConversions = async (page: Page): Promise<void> => {
  await click(page, 'button', pinterest.en.menu);
  await click(page, 'link', pinterest.en.conversions);
};

const toRedditTokens = async (page: Page): Promise<void> => {
  await click(page, 'button', reddit.en.menu);
  await click(page, 'button', reddit.en.ads);
  await click(page, 'link', reddit.en.eventsManager);
  await click(page, 'link', reddit.en.conversionsApi);
};

const toPinterestTokens = async (page: Page): Promise<void> => {
  await toConversions(page);
  await click(page, 'button', pinterest.en.setUpApi);
};

export const walks: Readonly<Record<PlatformId, Walk>> = {
  reddit: {
    start: 'https://ads.reddit.com/',
    openTokens: toRedditTokens,
    generate: async (page) => {
      await toRedditTokens(page);
      await click(page, 'button', reddit.en.generateToken);
      await fill(page, reddit.en.tokenName, 'Upstack Data');
      await click(page, 'button', reddit.en.generate);
    },
    showIds: async () => {},
  },
  pinterest: {
    start: 'https://business.pinterest.com/',
    openTokens: toPinterestTokens,
    generate: async (page) => {
      await toPinterestTokens(page);
      await click(page, 'button', pinterest.en.generateToken);
    },
    showIds: async (page) => {
      await toConversions(page);
      await click(page, 'button', pinterest.en.manageTag);
    },
  },
};
