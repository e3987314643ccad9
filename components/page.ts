import './page.css';
import { createRoot } from 'react-dom/client';
import { i18n } from '#i18n';
import type { Snapshot } from './popup-state';
import { readRows } from './use-rows';

/** The language that our texts are in, which may be another than the browser's. */
const nameLanguage = () => {
  document.documentElement.lang = i18n.t('language');
  document.documentElement.dir = i18n.t('@@bidi_dir');
};

/** Draws over the static skeleton once the rows are there, so that nothing jumps. */
export const openPage = async (draw: (rows: Snapshot) => Promise<React.ReactNode>): Promise<void> => {
  nameLanguage();
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root');
  const content = await draw(await readRows());
  createRoot(root).render(content);
};
