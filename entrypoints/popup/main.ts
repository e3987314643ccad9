import { fetchAsLastTime } from '../../components/chunks';
import { readRows, tabOfPopup } from '../../components/first-look';
import { nameLanguage } from '../../components/language';

/** Small, since it runs first: asks for everything at once, then draws when all of it is there. */
const open = async () => {
  const drawing = import('../../components/draw-popup');
  const asked = Promise.all([readRows(), tabOfPopup()]);
  fetchAsLastTime();
  nameLanguage();
  const { drawPopup } = await drawing;
  await drawPopup(...(await asked));
};

void open();
