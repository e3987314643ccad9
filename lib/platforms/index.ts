import type { PageDefinition, Platform } from './definition';
import { pinterest } from './pinterest';
import { reddit } from './reddit';

/** Every platform. */
export const platforms: readonly Platform[] = [reddit, pinterest];

export const platformOf = (id: string): Platform | undefined =>
  platforms.find((platform) => platform.id === id);

/**
 * The platform whose pages lie at this origin, compared as strings: the match patterns of the manifest also inject
 * on other ports and on host names with a trailing dot.
 */
export const platformOfOrigin = (origin: string): Platform | undefined =>
  platforms.find(({ origins }) => origins.includes(origin));

/** The screen that an address belongs to, on an exact origin of a platform. */
export const recognisePage = (url: URL): { platform: Platform; page: PageDefinition } | undefined => {
  const platform = platformOfOrigin(url.origin);
  const page = platform?.pages.find(({ matches }) => matches(url));
  return platform && page ? { platform, page } : undefined;
};

/** `https://host/*` for every origin that is read: what the manifest is built from. */
export const matchPatterns: readonly string[] = /* @__PURE__ */ platforms.flatMap(({ origins }) =>
  origins.map((origin) => `${origin}/*`),
);
