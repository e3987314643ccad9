import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { Card } from './Card';
import { DestinationCard, DestinationRow, nameOf } from './DestinationCard';
import css from './DestinationList.module.css';
import { isTrouble, type Watched } from './popup-state';
import { countOf } from './texts';
import { useMore } from './use-more';

/** From here on one cannot see them all at a glance. */
const WORTH_A_SEARCH = 6;

/** So many rows at first; the rest on demand. */
const AT_ONCE = 100;

/** By its name, its workspace's, or one of its ids. */
export const foundBy = (watched: Watched, words: string): boolean => {
  const { destination, workspace } = watched;
  const text = [nameOf(watched), workspace?.name ?? '', ...Object.values(destination.config)].join(' ');
  return text.toLowerCase().includes(words.trim().toLowerCase());
};

const Rows = ({ of }: { of: readonly Watched[] }) => {
  const { most, button } = useMore(of.length, AT_ONCE);
  return (
    <>
      <ul className={css.list}>
        {of.slice(0, most).map((one) => (
          <DestinationRow key={one.destination.key} {...one} />
        ))}
      </ul>
      {button}
    </>
  );
};

/** One destination is a card; several are a list, trouble first, the healthy folded away. */
export const DestinationList = ({ watched }: { watched: readonly Watched[] }) => {
  const id = useId();
  const [words, setWords] = useState('');
  const [unfolded, setUnfolded] = useState(false);
  const isUnfolded = unfolded || words !== '';
  const [only] = watched;
  if (only && watched.length === 1) return <DestinationCard {...only} />;

  const found = watched.filter((one) => foundBy(one, words));
  const open = found.filter(({ status }) => status !== 'healthy');
  const healthy = found.filter(({ status }) => status === 'healthy');
  const ill = watched.filter(({ status }) => isTrouble(status)).length;
  return (
    <Card
      heading={ill > 0 ? i18n.t('destination.needAttention', ill) : i18n.t('destination.heading')}
      spoken={ill > 0 ? 'alert' : 'status'}
    >
      {watched.length >= WORTH_A_SEARCH && (
        <div className={css.search}>
          <label htmlFor={id}>{i18n.t('destination.find')}</label>
          <input
            id={id}
            type="search"
            data-first
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </div>
      )}
      {open.length > 0 && <Rows of={open} />}
      {healthy.length > 0 && (
        <details
          className={css.healthy}
          open={isUnfolded}
          onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}
        >
          <summary>{i18n.t('destination.healthy', { n: countOf(healthy.length) })}</summary>
          {/* Drawing two hundred rows that nobody sees would hold up the few that matter. */}
          {isUnfolded && <Rows of={healthy} />}
        </details>
      )}
      {found.length === 0 && <p>{i18n.t('destination.notFound')}</p>}
    </Card>
  );
};
