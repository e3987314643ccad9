import '../../components/page.css';
import { createRoot } from 'react-dom/client';
import { OptionsView } from '../../components/Options';
import { PopupView } from '../../components/Popup';
import { fetchParts } from '../../components/parts';
import { popupState } from '../../components/popup-state';
import { NOW, type PopupFixture, popups, settings } from '../components/fixtures';

/** Draws the one state that the address names. */
const wanted = new URLSearchParams(location.search);
const name = wanted.get('state') ?? 'ready';
document.documentElement.lang = wanted.get('language') ?? 'en';
document.documentElement.dir = wanted.get('dir') ?? 'ltr';

const popup = (popups as Record<string, PopupFixture>)[name];
const options = (settings as Record<string, (typeof settings)[keyof typeof settings]>)[name];
const root = document.getElementById('root');
if (!root) throw new Error('No root');

if (popup) {
  await import('../../entrypoints/popup/popup.css');
  await fetchParts(popupState(popup.rows, popup.around));
  createRoot(root).render(<PopupView rows={popup.rows} around={popup.around} alive={popup.alive ?? true} />);
} else if (options) {
  createRoot(root).render(<OptionsView rows={options} now={NOW} />);
}
