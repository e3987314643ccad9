import { browser } from 'wxt/browser';
import { checkAll } from '../health/check-now';
import { showLastDiagnosis, tellAlerts } from '../health/tell';

/**
 * What a key of the browser's own list does, by the name that the manifest gives it. The panel opens only within the
 * very event of the key, so nothing is waited for before.
 */
export const onShortcut = async (name: string, windowId: number | undefined): Promise<void> => {
  if (name === 'open-panel' && windowId !== undefined) await browser.sidePanel.open({ windowId });
  if (name === 'check-all') await checkAll().then(tellAlerts);
  if (name === 'copy-diagnosis') await showLastDiagnosis();
};
