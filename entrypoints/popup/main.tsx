import { Popup } from '../../components/Popup';
import { openPage } from '../../components/page';
import { fetchParts } from '../../components/parts';
import { popupState } from '../../components/popup-state';
import { tabOfPopup } from '../../components/use-surroundings';

void openPage(async (rows) => {
  const tabId = await tabOfPopup();
  await fetchParts(popupState(rows, { now: Date.now(), online: navigator.onLine, tabId }));
  return <Popup first={rows} tabId={tabId} />;
});
