import { useId } from 'react';
import { i18n } from '#i18n';
import type { Capture } from '../lib/storage/rows';
import css from './CaptureReview.module.css';
import { RelativeTime } from './RelativeTime';
import { useWish } from './use-wish';

interface TokenChoiceProps {
  capture: Capture;
  choose: (fingerprint: string) => void;
}

/** Several tokens were shown: none is preselected. */
export const TokenChoice = ({ capture, choose }: TokenChoiceProps) => {
  const id = useId();
  const [chosen, wish] = useWish(capture.chosen);
  return (
    <div role="radiogroup" aria-labelledby={id} className={css.tokens}>
      <span id={id} className={css.question}>
        {i18n.t('review.whichToken')}
      </span>
      {capture.tokens.map((token) => (
        <label key={token.fingerprint}>
          <input
            type="radio"
            name={id}
            checked={chosen === token.fingerprint}
            onChange={() => {
              wish(token.fingerprint);
              choose(token.fingerprint);
            }}
          />
          <span>
            <bdi dir="ltr" className="code">
              {token.mask}
            </bdi>{' '}
            <span className={css.note}>
              · {i18n.t('field.characters', token.length)} · {i18n.t('field.issued')}{' '}
              <RelativeTime at={token.issuedAt ?? token.seenAt} />
            </span>
          </span>
        </label>
      ))}
    </div>
  );
};
