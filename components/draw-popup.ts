import './popup.css';
import { createElement } from 'react';
import { rememberChunks } from './chunks';
import { Popup } from './Popup';
import { drawPage } from './page';
import { fetchParts } from './parts';
import { popupState, type Snapshot } from './popup-state';

/** Draws the popup's first picture with all the code that it needs, and keeps it up to date. */
export const drawPopup = async (
  rows: Snapshot,
  tabId: number | undefined,
  sitesOff: readonly string[],
): Promise<void> => {
  await fetchParts(popupState(rows, { now: Date.now(), online: navigator.onLine, tabId, sitesOff }));
  drawPage(createElement(Popup, { first: rows, tabId, sitesOff }));
  rememberChunks();
};
