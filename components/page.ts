import './page.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { onSwitch } from '../lib/storage/signal';

/** By the character, since it lies on other keys in other languages. */
const KEYS = ['?', '/', 'c', 'j', 'k', 'Escape'];

const offerKeys = (event: KeyboardEvent): void => {
  if (KEYS.includes(event.key)) void import('./page-keys').then(({ pressKey }) => pressKey(event));
};

/** Draws over the static skeleton. A page shows either sample data or the person's own, as long as it lives. */
export const drawPage = (content: React.ReactNode): void => {
  onSwitch(() => location.reload());
  addEventListener('keydown', offerKeys);
  const element = document.getElementById('root');
  if (!element) throw new Error('The page has no root');
  // At once: left to its own time, React gives a frame of the skeleton the way before it draws.
  flushSync(() => createRoot(element).render(content));
  void import('./keep-focus').then(({ keepFocus }) => keepFocus());
};
