import { openPage } from '../../components/page';
import { fetchWelcomeParts } from '../../components/parts';
import { Welcome } from '../../components/Welcome';

void openPage(async (rows) => {
  await fetchWelcomeParts();
  return <Welcome first={rows} />;
});
