import { createContext, useContext, useEffect, useState } from 'react';
import { i18n } from '#i18n';
import type { Settings } from '../lib/storage/rows';
import { readSettings, type SettingsChange, usualSettings } from '../lib/storage/settings';
import { onRowsChanged } from '../lib/storage/signal';
import { say } from './live-regions';
import { useCommand } from './use-command';

/** What the person has set, for all of a page. */
export const SettingsContext = createContext<Settings>(usualSettings);

export const useSettings = (): Settings => useContext(SettingsContext);

/** The settings as they stand, read again when they change. */
export const useStoredSettings = (): Settings => {
  const [settings, setSettings] = useState(usualSettings);
  useEffect(() => {
    let watching = true;
    const read = async () => {
      const fresh = await readSettings();
      if (watching) setSettings(fresh);
    };
    void read();
    const stop = onRowsChanged((store) => {
      if (store === 'settings') void read();
    });
    return () => {
      watching = false;
      stop();
    };
  }, []);
  return settings;
};

/** Saves at once, and says so. */
export const useSave = (): ((change: SettingsChange) => Promise<void>) => {
  const command = useCommand();
  return async (change) => {
    const answer = await command({ type: 'settings.change', change });
    if (answer.ok) say('status', i18n.t('options.saved'), { shown: true });
  };
};
