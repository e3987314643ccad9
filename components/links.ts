/** Upstack's dashboard, where API keys are made. The address of the keys page itself is not documented. */
export const UPSTACK_APP = 'https://app.upstackdata.com/';
