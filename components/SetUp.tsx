import { CardView, keyOf } from './Popup';
import { Guide, Start } from './parts';
import { type CardState, guideCard, popupState, type Snapshot, type Surroundings } from './popup-state';

/** These have tabs or places of their own here. */
const ELSEWHERE: readonly CardState['kind'][] = ['sample', 'destinations', 'guide', 'start'];

/** The page beside this one; where none is known, the one that was last seen. */
const pageBeside = ({ pages }: Snapshot, { tabId }: Surroundings): Snapshot['pages'][number] | undefined =>
  tabId === undefined
    ? pages.reduce<Snapshot['pages'][number] | undefined>(
        (last, page) => (last && last.at >= page.at ? last : page),
        undefined,
      )
    : pages.find((page) => page.tabId === tabId);

/** What the popup says, and under it all steps of the guide: it stays while the page beside it is clicked. */
export const SetUp = ({ rows, around }: { rows: Snapshot; around: Surroundings }) => {
  const page = pageBeside(rows, around);
  const cards = popupState(rows, around).filter(({ kind }) => !ELSEWHERE.includes(kind));
  const led = [
    ...new Set([...(page ? [page.platform] : []), ...rows.guides.map(({ platform }) => platform)]),
  ];
  return (
    <>
      {cards.map((card) => (
        <CardView key={keyOf(card)} card={card} rows={rows} />
      ))}
      {led.map((platform) => (
        <Guide key={platform} {...guideCard(platform, rows, page)} rows={rows} whole />
      ))}
      {led.length === 0 && <Start led origin={around.origin} tabId={around.tabId} />}
    </>
  );
};
