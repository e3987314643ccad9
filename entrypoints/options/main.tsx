import { Options } from '../../components/Options';
import { openPage } from '../../components/open-page';

void openPage(async (rows, settings) => <Options first={rows} settings={settings} />);
