import { stored } from '../lib/storage/database';

/** Light or dark, if the person wants another than the browser's. */
export const dress = async (): Promise<void> => {
  document.documentElement.dataset.look = (await stored.get('settings', 'settings'))?.look ?? '';
};
