import '../../components/page.css';
import { createRoot } from 'react-dom/client';
import { OptionsView } from '../../components/Options';
import { PopupView } from '../../components/Popup';
import { fetchPanelParts, fetchParts } from '../../components/parts';
import { popupState } from '../../components/popup-state';
import { SidePanelView } from '../../components/SidePanel';
import { NOW, type PopupFixture, panels, popups, settings } from '../components/fixtures';

/** Draws the one state that the address names. */
const wanted = new URLSearchParams(location.search);
const name = wanted.get('state') ?? 'ready';
document.documentElement.lang = wanted.get('language') ?? 'en';
document.documentElement.dir = wanted.get('dir') ?? 'ltr';

const popup = (popups as Record<string, PopupFixture>)[name];
const panel = (panels as Record<string, PopupFixture>)[name];
const options = (settings as Record<string, (typeof settings)[keyof typeof settings]>)[name];
const root = document.getElementById('root');
if (!root) throw new Error('No root');

if (popup) {
  await import('../../entrypoints/popup/popup.css');
  await fetchParts(popupState(popup.rows, popup.around));
  createRoot(root).render(<PopupView rows={popup.rows} around={popup.around} alive={popup.alive ?? true} />);
} else if (panel) {
  await import('../../entrypoints/sidepanel/sidepanel.css');
  await fetchPanelParts();
  await fetchParts(popupState(panel.rows, panel.around));
  createRoot(root).render(<SidePanelView rows={panel.rows} around={panel.around} alive />);
} else if (options) {
  createRoot(root).render(<OptionsView rows={options} now={NOW} />);
}
