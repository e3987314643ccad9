import '../../components/page.css';
import { createRoot, type Root } from 'react-dom/client';
import { KeyList } from '../../components/KeyList';
import { OptionsView } from '../../components/Options';
import { PopupView } from '../../components/Popup';
import { fetchPanelParts, fetchParts, fetchWelcomeParts } from '../../components/parts';
import { popupState } from '../../components/popup-state';
import { SidePanelView } from '../../components/SidePanel';
import { SettingsContext } from '../../components/settings-context';
import { HistoryContext } from '../../components/use-history';
import { WelcomeView } from '../../components/Welcome';
import { usualSettings } from '../../lib/storage/settings';
import {
  dialogs,
  NOW,
  type PopupFixture,
  panels,
  popups,
  settings,
  settingsFixture,
  welcomeFixture,
  welcomes,
} from '../components/fixtures';

/** Draws the state that the address names, and another one whenever the part behind `#` does. */
const wanted = new URLSearchParams(location.search);
document.documentElement.lang = wanted.get('language') ?? 'en';
document.documentElement.dir = wanted.get('dir') ?? 'ltr';

let root: Root | undefined;

const pictureOf = async (name: string): Promise<React.ReactNode> => {
  const popup = (popups as Record<string, PopupFixture>)[name];
  const panel = (panels as Record<string, PopupFixture>)[name];
  const options = name in settings ? settingsFixture(name as keyof typeof settings) : undefined;
  const welcome = name in welcomes ? welcomeFixture(name as keyof typeof welcomes) : undefined;
  if (name in dialogs) {
    const shortcuts = dialogs[name as keyof typeof dialogs];
    return (
      <main>
        <h1>Upstack</h1>
        <KeyList shortcuts={shortcuts} onClose={() => {}} />
      </main>
    );
  }
  if (welcome) {
    await fetchWelcomeParts();
    return <WelcomeView {...welcome} now={NOW} />;
  }
  if (popup) {
    await import('../../components/popup.css');
    await fetchParts(popupState(popup.rows, popup.around));
    return <PopupView rows={popup.rows} around={popup.around} alive={popup.alive ?? true} />;
  }
  if (panel) {
    await import('../../entrypoints/sidepanel/sidepanel.css');
    await fetchPanelParts();
    await fetchParts(popupState(panel.rows, panel.around));
    return (
      <SettingsContext value={panel.settings ?? usualSettings}>
        <HistoryContext value={panel.history}>
          <SidePanelView rows={panel.rows} around={panel.around} alive />
        </HistoryContext>
      </SettingsContext>
    );
  }
  if (options) {
    return (
      <SettingsContext value={options.settings}>
        <OptionsView rows={options.rows} now={NOW} />
      </SettingsContext>
    );
  }
  throw new Error(`There is no state "${name}".`);
};

const draw = async (): Promise<void> => {
  const name = location.hash.slice(1) || (wanted.get('state') ?? 'ready');
  const picture = await pictureOf(name);
  root?.unmount();
  const element = document.getElementById('root');
  if (!element) throw new Error('No root');
  root = createRoot(element);
  root.render(picture);
  element.dataset.state = name;
};

addEventListener('hashchange', () => void draw());
await draw();
