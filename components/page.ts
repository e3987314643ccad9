import './page.css';
import { createRoot } from 'react-dom/client';
import { onSwitch } from '../lib/storage/signal';

/** By the character, since it lies on other keys in other languages. */
const offerKeys = ({ key, target }: KeyboardEvent): void => {
  if (key === '?') void import('./KeyList').then(({ showKeys }) => showKeys(target as Element));
};

/** Draws over the static skeleton. A page shows either sample data or the person's own, as long as it lives. */
export const drawPage = (content: React.ReactNode): void => {
  onSwitch(() => location.reload());
  addEventListener('keydown', offerKeys);
  const element = document.getElementById('root');
  if (!element) throw new Error('The page has no root');
  createRoot(element).render(content);
  void import('./keep-focus').then(({ keepFocus }) => keepFocus());
};
