import { browser } from 'wxt/browser';

/** Asks for leave to show notifications. Only from a click, and first thing in it. False if the person said no. */
export const askForNotices = async (): Promise<boolean> =>
  browser.permissions.request({ permissions: ['notifications'] }).catch(() => false);
