import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { Settings } from '../lib/storage/rows';
import { SECOND } from '../lib/terms/time';
import { DestinationsTab } from './DestinationsTab';
import { Header } from './Header';
import { HistoryTab } from './HistoryTab';
import { CardView } from './Popup';
import { BackgroundDead, SampleBar } from './parts';
import { isSample, type Snapshot, type Surroundings, tokenWaits } from './popup-state';
import { NowContext } from './RelativeTime';
import { RowsContext } from './rows-context';
import { SetUp } from './SetUp';
import css from './SidePanel.module.css';
import { SettingsContext, useSettings, useStoredSettings } from './settings-context';
import { useSitesOff } from './site-access';
import { useCommand } from './use-command';
import { HistoryContext, useStoredHistory } from './use-history';
import { useRows } from './use-rows';
import { useBackgroundAlive, useNow, useOnline, useTabBeside } from './use-surroundings';

interface PanelProps {
  rows: Snapshot;
  around: Surroundings;
}

interface Tab {
  /** Its word is `panel.<id>`. */
  id: Settings['tab'];
  Panel: React.ComponentType<PanelProps>;
}

/** In their order. A tab is one line here, and its word in the texts. */
const tabs: readonly [Tab, ...Tab[]] = [
  { id: 'setUp', Panel: SetUp },
  { id: 'destinations', Panel: DestinationsTab },
  { id: 'history', Panel: HistoryTab },
];

/** The address names a tab, or a destination, where a notice led here; else it is the one that was open last. */
const tabAtFirst = ({ tab }: Settings): Tab => {
  const word = /^#(\w+)/.exec(location.hash)?.[1];
  const id = word === 'destination' ? 'destinations' : word;
  return tabs.find((one) => one.id === id) ?? tabs.find((one) => one.id === tab) ?? tabs[0];
};

interface TabListProps {
  chosen: Tab;
  choose: (tab: Tab) => void;
  /** Ids of the tabs and of what they show begin with this. */
  prefix: string;
}

/** Arrow keys move between the tabs, of which only the chosen one is in the order of Tab. */
const TabList = ({ chosen, choose, prefix }: TabListProps) => (
  <div role="tablist" aria-label={i18n.t('panel.tabs')} className={css.tabs}>
    {tabs.map((tab, index) => (
      <button
        key={tab.id}
        type="button"
        role="tab"
        id={`${prefix}-${tab.id}`}
        aria-selected={tab === chosen}
        aria-controls={`${prefix}-panel`}
        tabIndex={tab === chosen ? 0 : -1}
        onClick={() => choose(tab)}
        onKeyDown={({ key, currentTarget }) => {
          const forward = currentTarget.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
          const step = key === forward ? 1 : key === 'ArrowRight' || key === 'ArrowLeft' ? -1 : 0;
          const next = step === 0 ? undefined : tabs.at((index + step) % tabs.length);
          if (!next) return;
          choose(next);
          document.getElementById(`${prefix}-${next.id}`)?.focus();
        }}
      >
        {i18n.t(`panel.${tab.id}`)}
      </button>
    ))}
  </div>
);

interface SidePanelViewProps extends PanelProps {
  alive: boolean;
}

/** The side panel as a picture of rows and surroundings. */
export const SidePanelView = ({ rows, around, alive }: SidePanelViewProps) => {
  const prefix = useId();
  const command = useCommand();
  const settings = useSettings();
  const [picked, pick] = useState<Tab>();
  const chosen = picked ?? tabAtFirst(settings);
  const choose = (tab: Tab) => {
    pick(tab);
    history.replaceState(undefined, '', `#${tab.id}`);
    void command({ type: 'settings.change', change: { tab: tab.id } });
  };
  return (
    <RowsContext value={rows}>
      <NowContext value={around.now}>
        <Header workspaces={rows.workspaces} />
        {isSample(rows) && <SampleBar />}
        <main>
          <TabList chosen={chosen} choose={choose} prefix={prefix} />
          {!alive && <BackgroundDead tokenWaits={tokenWaits(rows)} />}
          {!around.online && chosen.id !== 'setUp' && <CardView card={{ kind: 'offline' }} rows={rows} />}
          <div id={`${prefix}-panel`} role="tabpanel" aria-labelledby={`${prefix}-${chosen.id}`}>
            <chosen.Panel rows={rows} around={around} />
          </div>
        </main>
      </NowContext>
    </RowsContext>
  );
};

interface SidePanelProps {
  first: Snapshot;
  settings: Settings;
  sitesOff: readonly string[];
}

export const SidePanel = ({ first, settings, ...surroundings }: SidePanelProps) => {
  const rows = useRows(first);
  const now = useNow(SECOND);
  const online = useOnline();
  const alive = useBackgroundAlive();
  const beside = useTabBeside();
  const sitesOff = useSitesOff(surroundings.sitesOff);
  return (
    <SettingsContext value={useStoredSettings(settings)}>
      <HistoryContext value={useStoredHistory()}>
        <SidePanelView rows={rows} around={{ now, online, ...beside, sitesOff }} alive={alive} />
      </HistoryContext>
    </SettingsContext>
  );
};
