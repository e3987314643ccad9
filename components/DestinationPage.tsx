import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { entriesAbout } from '../lib/destinations/history';
import { Button } from './Button';
import { DestinationCard } from './DestinationCard';
import css from './DestinationsTab.module.css';
import { ReadableBar, Timeline } from './HealthPictures';
import { HistoryTable } from './HistoryTable';
import { daysOf, hoursOf, stretchesSince } from './health-slots';
import { Mute, type useMutes } from './Mute';
import { barSentence, shareSentence } from './picture-texts';
import type { Snapshot, Watched } from './popup-state';
import { useTime } from './RelativeTime';
import { useHistory } from './use-history';

const zooms = [1, 7, 30, 90] as const;

/** One destination: how it is, how it was, and what was done. */
export const DestinationPage = ({
  watched,
  rows,
  back,
  mute,
}: {
  watched: Watched;
  rows: Snapshot;
  back: () => void;
  mute: ReturnType<typeof useMutes>['mute'];
}) => {
  const id = useId();
  const now = useTime();
  const [zoom, setZoom] = useState<(typeof zooms)[number]>(7);
  const { destination, workspace } = watched;
  const entries = useHistory();
  const own = entries && entriesAbout(entries, destination);
  const subject = entries && { entries, destination, workspace, now };
  const days = subject && daysOf(subject);
  const window = (n: number) =>
    n === 1 ? i18n.t('picture.hours', { n: 24 }) : i18n.t('picture.days', { n });
  useEffect(() => {
    const byKey = ({ key, target }: KeyboardEvent) => {
      // What is open over the page, or in a field, is closed first.
      if (key === 'Escape' && !(target as Element).closest('dialog, select, input')) back();
    };
    addEventListener('keydown', byKey);
    return () => removeEventListener('keydown', byKey);
  }, [back]);
  // The row that led here is gone, and with it the focus.
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.querySelector('h2')?.focus(), []);
  return (
    <>
      <div className={css.bar}>
        <Button weight="quiet" onClick={back}>
          {i18n.t('panel.back')}
        </Button>
        <Mute destinations={[destination]} mute={mute} />
      </div>
      <div ref={card}>
        <DestinationCard {...watched} />
      </div>
      {subject && own && days && (
        <section className={css.pictures} aria-label={i18n.t('history.heading')}>
          <h3>{window(1)}</h3>
          <ReadableBar slots={hoursOf(subject)} unit="time" type={destination.type} heading={window(1)} />
          <h3>{window(30)}</h3>
          <ReadableBar slots={days} unit="day" type={destination.type} heading={window(30)} />
          <p>{shareSentence(days)}</p>
          <div className={css.filter}>
            <label htmlFor={id}>{i18n.t('picture.timeline')}</label>
            <select
              id={id}
              value={zoom}
              onChange={({ target }) => setZoom(zooms.find((one) => one === Number(target.value)) ?? 7)}
            >
              {zooms.map((one) => (
                <option key={one} value={one}>
                  {window(one)}
                </option>
              ))}
            </select>
          </div>
          <Timeline
            stretches={stretchesSince(subject, zoom)}
            entries={own}
            label={barSentence(window(zoom), daysOf(subject, zoom), 'day')}
          />
          <p className={css.note}>{i18n.t('picture.marks')}</p>
          <p className={css.note}>{i18n.t('picture.legend')}</p>
          <HistoryTable entries={own} names={rows} single />
        </section>
      )}
    </>
  );
};
