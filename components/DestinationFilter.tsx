import { useRef, useState } from 'react';
import { i18n } from '#i18n';
import { Button } from './Button';
import { foundBy } from './DestinationList';
import css from './DestinationsTab.module.css';
import { isTrouble, type Watched } from './popup-state';
import { platformName } from './texts';

type Status = 'all' | 'trouble' | 'healthy' | 'unchecked';

export const isInTrouble = ({ status }: Watched): boolean => isTrouble(status) || status === 'gone';

const fits: Readonly<Record<Status, (watched: Watched) => boolean>> = {
  all: () => true,
  trouble: isInTrouble,
  healthy: ({ status }) => status === 'healthy',
  unchecked: (watched) => !isInTrouble(watched) && watched.status !== 'healthy',
};

const statuses: readonly Status[] = ['all', 'trouble', 'healthy', 'unchecked'];

interface DestinationFilter {
  found: readonly Watched[];
  /** What the person filters with. */
  bar: React.ReactNode;
  /** Instead of rows, where none was found. */
  nothing: React.ReactNode;
  focusSearch: () => void;
}

/** Finds destinations by words, status and platform. */
export const useDestinationFilter = (watched: readonly Watched[]): DestinationFilter => {
  const search = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [status, setStatus] = useState<Status>('all');
  const [type, setType] = useState('');
  const focusSearch = () => search.current?.focus();

  const types = [...new Set(watched.map(({ destination }) => destination.type))];
  const found = watched.filter(
    (one) => fits[status](one) && (type === '' || one.destination.type === type) && foundBy(one, words),
  );
  const bar = (
    <div className={css.bar}>
      <input
        ref={search}
        type="search"
        aria-label={i18n.t('destination.find')}
        placeholder={i18n.t('destination.find')}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <select
        aria-label={i18n.t('panel.status')}
        value={status}
        onChange={({ target }) => setStatus(statuses.find((one) => one === target.value) ?? 'all')}
      >
        {statuses.map((one) => (
          <option key={one} value={one}>
            {i18n.t(`panel.filter.${one}`)}
          </option>
        ))}
      </select>
      {types.length > 1 && (
        <select
          aria-label={i18n.t('panel.platform')}
          value={type}
          onChange={({ target }) => setType(target.value)}
        >
          <option value="">{i18n.t('panel.allPlatforms')}</option>
          {types.map((one) => (
            <option key={one} value={one}>
              {platformName(one)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
  const isFiltered = status !== 'all' || type !== '';
  const nothing = found.length === 0 && (
    <div className={css.none}>
      <p>{i18n.t(isFiltered ? 'panel.noneFits' : 'destination.notFound')}</p>
      <Button
        onClick={() => {
          setWords('');
          setStatus('all');
          setType('');
          focusSearch();
        }}
      >
        {i18n.t('panel.showAll')}
      </Button>
    </div>
  );
  return { found, bar, nothing, focusSearch };
};
