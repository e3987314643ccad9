/** Addresses of the console. Two hosts, as in truth: business.pinterest.com is the entry, ads.pinterest.com the rest. */
export type Route =
  | { page: 'hub' }
  | { page: 'overview' | 'conversions'; accountId: string }
  | { page: 'api' | 'tag' };

export function parse(hostname: string, path: string): Route | undefined {
  if (hostname.startsWith('business.')) return { page: 'hub' };
  if (/^\/conversions\/setup-api\/?$/.test(path)) return { page: 'api' };
  if (/^\/conversions\/tag\/?$/.test(path)) return { page: 'tag' };
  const [, accountId, rest] = /^\/advertiser\/(\d+)\/(.*)$/.exec(path) ?? [];
  if (!accountId) return undefined;
  return { page: rest?.startsWith('conversions') ? 'conversions' : 'overview', accountId };
}

/** Links from the entry lead to the other host; within it they are plain paths. */
const adsHost = location.hostname.startsWith('business.')
  ? `${location.protocol}//${location.host.replace('business.', 'ads.')}`
  : '';

export const addresses = {
  hub: `${location.protocol}//${location.host.replace('ads.', 'business.')}/`,
  overview: (accountId: string) => `${adsHost}/advertiser/${accountId}/`,
  conversions: (accountId: string) => `${adsHost}/advertiser/${accountId}/conversions/`,
  api: '/conversions/setup-api/',
  tag: '/conversions/tag',
};
