import './page.css';
import { createRoot } from 'react-dom/client';
import { readSettings } from '../lib/storage/settings';
import { onRowsChanged } from '../lib/storage/signal';
import { readRows } from './first-look';
import { nameLanguage } from './language';
import type { Snapshot } from './popup-state';

/** Draws over the static skeleton. */
export const drawPage = (content: React.ReactNode): void => {
  const element = document.getElementById('root');
  if (!element) throw new Error('The page has no root');
  createRoot(element).render(content);
};

/** Light or dark, if the person wants another than the browser's; and again whenever they change it. */
export const dress = async (): Promise<void> => {
  const look = async () => {
    document.documentElement.dataset.look = (await readSettings()).look;
  };
  onRowsChanged((store) => {
    if (store === 'settings') void look();
  });
  await look();
};

/** Draws once the rows are there, so that nothing jumps. */
export const openPage = async (draw: (rows: Snapshot) => Promise<React.ReactNode>): Promise<void> => {
  nameLanguage();
  const [rows] = await Promise.all([readRows(), dress()]);
  drawPage(await draw(rows));
};
