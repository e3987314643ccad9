import { browser } from 'wxt/browser';
import { UPSTACK_APP } from './links';

/**
 * Asks for access to Upstack's dashboard, where its form is filled. Only from a click, and first thing in it: browsers
 * forget the click at the first wait. Whatever the answer, the background hears of it and goes on by itself.
 */
export const askForDashboard = (): void => {
  browser.permissions.request({ origins: [`${UPSTACK_APP}*`] }).catch(() => undefined);
};
