import { rows, stored } from './database';
import type { Settings } from './rows';

/** What holds until the person has set something else, and when what they have set cannot be read. */
export const usualSettings: Settings = {
  v: 1,
  id: 'settings',
  look: 'system',
  singleKeys: true,
  dense: false,
  tab: 'setUp',
  badge: 'count',
  off: [],
  alerts: false,
  quiet: false,
  quietFrom: 20 * 60,
  quietTo: 8 * 60,
  quietWeekends: true,
  quietBadge: false,
};

export const readSettings = async (): Promise<Settings> =>
  (await stored.get('settings', 'settings')) ?? usualSettings;

/** What a page of ours may set; the rest belongs to commands of its own. */
export type SettingsChange = Partial<Omit<Settings, 'v' | 'id' | 'pausedUntil'>>;

export const changeSettings = async (change: SettingsChange): Promise<{ ok: true }> => {
  await rows.put('settings', { ...(await readSettings()), ...change });
  return { ok: true };
};

/** Alerts rest until then; without a time they go on. */
export const pauseAlerts = async (until: number | undefined): Promise<void> => {
  const { pausedUntil: _before, ...rest } = await readSettings();
  await rows.put('settings', { ...rest, ...(until === undefined ? {} : { pausedUntil: until }) });
};
