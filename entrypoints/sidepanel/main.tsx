import { sitesOff } from '../../components/first-look';
import { openPage } from '../../components/open-page';
import { fetchPanelParts } from '../../components/parts';

// On their way together, while the rows are read: what the page names itself stays small.
const drawing = import('../../components/SidePanel');
const parts = fetchPanelParts();
const off = sitesOff();

void openPage(async (rows, settings) => {
  const [{ SidePanel }, sites] = await Promise.all([drawing, off, parts]);
  return <SidePanel first={rows} settings={settings} sitesOff={sites} />;
});
