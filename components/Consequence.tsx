import { i18n } from '#i18n';
import type { Review } from '../lib/destinations/review';
import type { Destination } from '../lib/storage/rows';
import css from './CaptureReview.module.css';
import { useTime } from './RelativeTime';
import { VerdictChip } from './StatusChip';
import { ago, listed } from './texts';

/** "Replace the token. Pixel ID stays the same." */
export const consequenceText = ({ consequence }: Review): string => {
  switch (consequence?.code) {
    case undefined:
      return '';
    case 'creates':
      return i18n.t('rotation.consequence.creates');
    case 'replacesToken': {
      const ids = listed(consequence.ids.map(({ label }) => label));
      if (!ids) return i18n.t('rotation.consequence.replacesUnknown');
      return consequence.ids.length > 1
        ? i18n.t('rotation.consequence.replacesKeepsAll', { ids })
        : i18n.t('rotation.consequence.replacesToken', { ids });
    }
    case 'replacesTokenOnly':
      return i18n.t('rotation.consequence.replacesTokenOnly', {
        ids: listed(consequence.ids.map(({ label, value }) => `${label} ${value}`)),
      });
    case 'replacesTokenAndIds':
      return [
        i18n.t('rotation.consequence.replacesTokenAndIds'),
        ...consequence.changes.map(
          ({ label, from, to }) => `${label}: ${from || i18n.t('review.none')} → ${to}.`,
        ),
      ].join(' ');
  }
};

/** Which of the two tokens was made first: a token that was copied long ago is easily taken for the new one. */
export const Freshness = ({ freshness }: Review) => {
  const now = useTime();
  if (!freshness) return null;
  const facts = { ago: ago(freshness.issuedAt, now) };
  return freshness.code === 'newer' ? (
    <VerdictChip level="good">{i18n.t('rotation.freshness.newer', facts)}</VerdictChip>
  ) : (
    <VerdictChip level="doubt">{i18n.t('rotation.freshness.older', facts)}</VerdictChip>
  );
};

/** Others that the token in use serves: they go on with it, so it must not be deleted yet. */
export const AlsoUsedBy = ({ sharers }: { sharers: readonly Destination[] }) =>
  sharers.length > 0 ? (
    <p className={css.note}>
      {i18n.t('rotation.alsoUsedBy', { names: listed(sharers.map(({ name }) => name)) })}
    </p>
  ) : null;
