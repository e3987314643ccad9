import { openPage } from '../../components/open-page';
import { fetchWelcomeParts } from '../../components/parts';
import { readPinned } from '../../components/pinned';
import { Welcome } from '../../components/Welcome';

void openPage(async (rows) => {
  const [pinned] = await Promise.all([readPinned(), fetchWelcomeParts()]);
  return <Welcome first={rows} pinned={pinned} />;
});
