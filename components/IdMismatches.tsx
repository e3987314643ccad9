import { i18n } from '#i18n';
import type { Blocker } from '../lib/destinations/review';
import type { Platform } from '../lib/platforms/definition';
import { Button } from './Button';
import css from './CaptureReview.module.css';
import { Actions } from './Card';
import { labelOf } from './credential-texts';
import { differenceOf } from './difference';
import { listed } from './texts';

type IdMismatch = Extract<Blocker, { code: 'idMismatch' }>;

const Marked = ({ value, other }: { value: string; other: string }) => {
  const { start, fromEnd } = differenceOf(value, other);
  const end = value.length - fromEnd;
  return (
    <bdi dir="ltr" className="code">
      {value.slice(0, start)}
      <mark>{value.slice(start, end)}</mark>
      {value.slice(end)}
    </bdi>
  );
};

/** Both ids one above the other, with what is different in them marked. */
const Compared = ({ ours, theirs }: { ours: string; theirs: string }) => (
  <dl className={css.mismatch}>
    <dt>{i18n.t('review.ours')}</dt>
    <dd>
      <Marked value={ours} other={theirs} />
    </dd>
    <dt>{i18n.t('review.theirs')}</dt>
    <dd>{theirs ? <Marked value={theirs} other={ours} /> : i18n.t('review.none')}</dd>
  </dl>
);

interface IdMismatchesProps {
  platform: Platform;
  mismatches: readonly IdMismatch[];
  chooseOther: () => void;
  confirm: () => void;
}

/** The ids of this page are not those of the destination: which, and the two ways out. */
export const IdMismatches = ({ platform, mismatches, chooseOther, confirm }: IdMismatchesProps) => (
  <>
    {mismatches.map(({ kind, ours, theirs }) => (
      <Compared key={kind} ours={ours} theirs={theirs} />
    ))}
    <Actions>
      <Button data-first onClick={chooseOther}>
        {i18n.t('rotation.chooseOther')}
      </Button>
      {mismatches.every(({ confirmable }) => confirmable) && (
        <Button onClick={confirm}>
          {i18n.t('rotation.confirmIds', {
            label: listed(mismatches.map(({ kind }) => labelOf(platform, kind))),
          })}
        </Button>
      )}
    </Actions>
  </>
);
