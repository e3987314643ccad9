import '../../components/page.css';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import chart from '../../components/HealthChart.module.css';
import { KeyList } from '../../components/KeyList';
import { OptionsView } from '../../components/Options';
import { PopupView } from '../../components/Popup';
import { fetchPanelParts, fetchParts, fetchWelcomeParts, OpenSidePanel } from '../../components/parts';
import { popupState } from '../../components/popup-state';
import { SidePanelView } from '../../components/SidePanel';
import { SettingsContext } from '../../components/settings-context';
import { sentence } from '../../components/texts';
import { SendContext } from '../../components/use-command';
import { HistoryContext } from '../../components/use-history';
import { WelcomeView } from '../../components/Welcome';
import { SEEN } from '../../components/WhatsNew';
import popupHtml from '../../entrypoints/popup/index.html?raw';
import panelHtml from '../../entrypoints/sidepanel/index.html?raw';
import { rows } from '../../lib/storage/database';
import type { HistoryEntry } from '../../lib/storage/rows';
import { usualSettings } from '../../lib/storage/settings';
import {
  dialogs,
  historyOf,
  NOW,
  type PopupFixture,
  panels,
  popups,
  settings,
  settingsFixture,
  skeletons,
  welcomeFixture,
  welcomes,
} from '../components/fixtures';

/** Draws the state that the address names, and another one whenever the part behind `#` does. */
const wanted = new URLSearchParams(location.search);
document.documentElement.lang = wanted.get('language') ?? 'en';
document.documentElement.dir = wanted.get('dir') ?? 'ltr';

let root: Root | undefined;

let kept: readonly HistoryEntry[] | undefined;
/** The popup reads it after its first picture. */
const keepHistory = async (entries: readonly HistoryEntry[]): Promise<void> => {
  if (entries === kept) return;
  kept = entries;
  for (const { id } of await rows.all('history')) await rows.remove('history', id);
  for (const entry of entries) await rows.put('history', entry);
};

const pictureOf = async (name: string): Promise<React.ReactNode> => {
  const popup = (popups as Record<string, PopupFixture>)[name];
  const panel = (panels as Record<string, PopupFixture>)[name];
  const options = name in settings ? settingsFixture(name as keyof typeof settings) : undefined;
  const welcome = name in welcomes ? welcomeFixture(name as keyof typeof welcomes) : undefined;
  if (name in dialogs) {
    const shortcuts = dialogs[name as keyof typeof dialogs].map(({ keys, text }) => ({
      keys,
      text: sentence(text),
    }));
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
    document.documentElement.dataset.page = 'popup';
    await import('../../components/popup.css');
    await keepHistory(historyOf(popup));
    await Promise.all([fetchParts(popupState(popup.rows, popup.around)), OpenSidePanel.bring()]);
    localStorage.setItem(SEEN, popup.versionSeen ?? '0.0.0');
    return <PopupView rows={popup.rows} around={popup.around} alive={popup.alive ?? true} />;
  }
  if (panel) {
    await import('../../entrypoints/sidepanel/sidepanel.css');
    if (panel.opened) {
      history.replaceState(undefined, '', `#destination=${encodeURIComponent(panel.opened)}`);
    }
    await fetchPanelParts();
    await fetchParts(popupState(panel.rows, panel.around));
    return (
      <SettingsContext value={panel.settings ?? usualSettings}>
        <HistoryContext value={panel.history}>
          <SidePanelView rows={panel.rows} around={panel.around} alive={panel.alive ?? true} />
        </HistoryContext>
      </SettingsContext>
    );
  }
  if (options) {
    return (
      <SendContext value={async () => options.answer ?? { ok: true }}>
        <SettingsContext value={options.settings}>
          <OptionsView rows={options.rows} leaving={options.leaving} now={NOW} />
        </SettingsContext>
      </SendContext>
    );
  }
  throw new Error(`There is no state "${name}".`);
};

const htmlOf: Readonly<Record<(typeof skeletons)[keyof typeof skeletons], string>> = {
  popup: popupHtml,
  sidepanel: panelHtml,
};

/** What stands in the static HTML of a page. */
const skeletonOf = async (entrypoint: keyof typeof htmlOf): Promise<readonly Node[]> => {
  if (entrypoint === 'popup') document.documentElement.dataset.page = entrypoint;
  await import('../../components/popup.css');
  const { body } = new DOMParser().parseFromString(htmlOf[entrypoint], 'text/html');
  return [...(body.querySelector('#root')?.childNodes ?? [])];
};

/** As if it had been typed or chosen: what React has set itself is no news to it. */
const enter = (field: HTMLElement, value: string): void => {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
};

/** Presses what a person would see as this text, or what the selector finds, or enters a value there. */
const press = (what: string): void => {
  const [start = ''] = sentence(what).split('{');
  const [selector = '', value] = what.split(' := ');
  const found = what.startsWith('[')
    ? document.querySelector<HTMLElement>(selector)
    : [...document.querySelectorAll<HTMLElement>('button, summary')].find(({ textContent }) =>
        textContent?.trim().startsWith(start.trim()),
      );
  if (!found) throw new Error(`There is nothing to press that says "${what}".`);
  if (value === undefined) found.click();
  else enter(found, value);
};

const pressesOf = (name: string): readonly string[] => {
  const fixture =
    (popups as Record<string, PopupFixture>)[name] ?? (panels as Record<string, PopupFixture>)[name];
  return (
    fixture?.press ??
    (name in settings ? settingsFixture(name as keyof typeof settings).press : undefined) ??
    []
  );
};

const draw = async (): Promise<void> => {
  const name = location.hash.slice(1) || (wanted.get('state') ?? 'ready');
  const element = document.getElementById('root');
  if (!element) throw new Error('No root');
  const nodes = name in skeletons ? await skeletonOf(skeletons[name as keyof typeof skeletons]) : undefined;
  const picture = nodes ? undefined : await pictureOf(name);
  root?.unmount();
  root = undefined;
  for (const region of document.querySelectorAll('.spoken')) region.textContent = '';
  for (const note of document.querySelectorAll('.shown')) note.remove();
  element.replaceChildren(...(nodes ?? []));
  if (picture) {
    const drawn = createRoot(element);
    flushSync(() => drawn.render(picture));
    root = drawn;
  }
  for (const what of pressesOf(name)) {
    press(what);
    await new Promise((drawn) => setTimeout(drawn));
  }
  while (document.querySelector(`.${chart.chart}:empty`)) {
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
  element.dataset.state = name;
};

addEventListener('hashchange', () => void draw());
await draw();
