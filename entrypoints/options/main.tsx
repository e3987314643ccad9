import { Options } from '../../components/Options';
import { openPage } from '../../components/page';

void openPage(async (rows) => <Options first={rows} />);
