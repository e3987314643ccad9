import type { Settings } from '../lib/storage/rows';
import { readSettings } from '../lib/storage/settings';
import { readRows } from './first-look';
import { nameLanguage } from './language';
import { dress } from './look';
import { drawPage } from './page';
import type { Snapshot } from './popup-state';

/** Draws a page once everything is there that it is drawn from, so that nothing jumps. */
export const openPage = async (
  draw: (rows: Snapshot, settings: Settings) => Promise<React.ReactNode>,
): Promise<void> => {
  nameLanguage();
  try {
    const [rows, settings] = await Promise.all([readRows(), readSettings(), dress()]);
    drawPage(await draw(rows, settings));
  } catch {
    (await import('./unopened')).tellUnopened();
  }
};
