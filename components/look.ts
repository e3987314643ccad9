import { readSettings } from '../lib/storage/settings';
import { onRowsChanged } from '../lib/storage/signal';

const look = async (): Promise<void> => {
  document.documentElement.dataset.look = (await readSettings()).look;
};

/** Light or dark, if the person wants another than the browser's; and again whenever they change it. */
export const dress = (): Promise<void> => {
  onRowsChanged((store) => {
    if (store === 'settings') void look();
  });
  return look();
};
