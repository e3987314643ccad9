/** Upstack's dashboard, where API keys are made. The address of the keys page itself is not documented. */
export const UPSTACK_APP = 'https://app.upstackdata.com/';

/** Pages of the package itself, in English: made of the changelog and of the stores' policy (scripts/documents). */
export const WHATS_NEW = '/whats-new.html';
export const PRIVACY_POLICY = '/privacy-policy.html';
