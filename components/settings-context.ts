import { createContext, useContext } from 'react';
import { i18n } from '#i18n';
import type { Settings } from '../lib/storage/rows';
import { readSettings, type SettingsChange, usualSettings } from '../lib/storage/settings';
import { say } from './live-regions';
import { useCommand } from './use-command';
import { useStored } from './use-stored';

/** What the person has set, for all of a page. */
export const SettingsContext = createContext<Settings>(usualSettings);

export const useSettings = (): Settings => useContext(SettingsContext);

/** The settings as they stand, read again when they change. */
export const useStoredSettings = (first: Settings): Settings => useStored('settings', readSettings, first);

/** Saves at once, and says so. */
export const useSave = (): ((change: SettingsChange) => Promise<void>) => {
  const command = useCommand();
  return async (change) => {
    const answer = await command({ type: 'settings.change', change });
    if (answer.ok) say('status', i18n.t('options.saved'), { shown: true });
  };
};
