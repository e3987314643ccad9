import './popup.css';
import { createElement } from 'react';
import { rememberChunks } from './chunks';
import type { Beside } from './first-look';
import { Popup } from './Popup';
import { drawPage } from './page';
import { fetchParts } from './parts';
import { popupState, type Snapshot } from './popup-state';

/** Draws the popup's first picture with all the code that it needs, and keeps it up to date. */
export const drawPopup = async (rows: Snapshot, beside: Beside, off: readonly string[]): Promise<void> => {
  await fetchParts(popupState(rows, { now: Date.now(), online: navigator.onLine, ...beside, sitesOff: off }));
  drawPage(createElement(Popup, { first: rows, beside, off }));
  rememberChunks();
};
