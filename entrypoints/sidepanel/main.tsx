import { openPage } from '../../components/page';
import { fetchPanelParts } from '../../components/parts';

// On their way together, while the rows are read: what the page names itself stays small.
const drawing = import('../../components/SidePanel');
const parts = fetchPanelParts();

void openPage(async (rows) => {
  const [{ SidePanel }] = await Promise.all([drawing, parts]);
  return <SidePanel first={rows} />;
});
