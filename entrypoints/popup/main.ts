import { fetchAsLastTime } from '../../components/chunks';
import { readRows, sitesOff, tabOfPopup } from '../../components/first-look';
import { nameLanguage } from '../../components/language';
import { dress } from '../../components/look';

/** Small, since it runs first: asks for everything at once, then draws when all of it is there. */
const open = async () => {
  const drawing = import('../../components/draw-popup');
  const asked = Promise.all([readRows(), tabOfPopup(), sitesOff(), dress()]);
  fetchAsLastTime();
  nameLanguage();
  const { drawPopup } = await drawing;
  const [rows, beside, off] = await asked;
  await drawPopup(rows, beside, off);
};

open().catch(async () => (await import('../../components/unopened')).tellUnopened());
