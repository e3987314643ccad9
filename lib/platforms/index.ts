import type { Platform } from './definition';

/** Every platform, one line each. */
export const platforms: readonly Platform[] = [];

/** `https://host/*` for every origin that is read: what the manifest is built from. */
export const matchPatterns: readonly string[] = [
  'https://ads.reddit.com/*',
  'https://business.pinterest.com/*',
  'https://ads.pinterest.com/*',
];
