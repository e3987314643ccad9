/**
 * What Upstack's list of destinations has beside the platforms of the registry, as far as that is known: their forms may
 * have the very same labels. One that has become a platform may stay.
 */
export const OTHERS: readonly string[] = [
  'facebook',
  'meta',
  'instagram',
  'tiktok',
  'snapchat',
  'google',
  'microsoft',
  'bing',
  'linkedin',
  'twitter',
  'klaviyo',
  'taboola',
  'outbrain',
];
