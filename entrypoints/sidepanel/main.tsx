import { openPage } from '../../components/page';
import { fetchPanelParts } from '../../components/parts';
import { SidePanel } from '../../components/SidePanel';

void openPage(async (rows) => {
  await fetchPanelParts();
  return <SidePanel first={rows} />;
});
