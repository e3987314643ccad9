import { i18n } from '#i18n';
import type { Delivery, Problem } from '../lib/storage/rows';
import { Button } from './Button';
import css from './ProblemNotice.module.css';
import { problemText, sentence } from './texts';
import { useCommand } from './use-command';

interface ProblemNoticeProps {
  problem: Problem;
  /** In place of what is said of it elsewhere. */
  text?: string;
  delivery?: Delivery;
  /** The capture is still there, so what Upstack offers instead can be chosen for it. */
  captureId?: string;
}

/** What Upstack said, in our words: the sentence, the steps of its test that failed, the number to quote. */
export const ProblemNotice = ({ problem, text, delivery, captureId }: ProblemNoticeProps) => {
  const command = useCommand();
  const { existingId, requestId } = problem;
  const failed = (problem.steps ?? delivery?.steps ?? []).filter(({ status }) => status === 'failed');
  return (
    <div className={css.notice}>
      <p>{text ?? problemText(problem)}</p>
      {failed.length > 0 && (
        <ul>
          {failed.map(({ name, code }) => (
            <li key={name}>
              <strong>{`${sentence(`step.${name}`, {}, name)}: ${i18n.t('step.status.failed')}.`}</strong>{' '}
              {code && delivery && sentence(`platforms.${delivery.platform}.cause.${code}`)}
            </li>
          ))}
        </ul>
      )}
      {existingId && delivery && captureId && (
        <Button
          data-first
          onClick={() =>
            void command({
              type: 'capture.chooseDestination',
              captureId,
              workspaceId: delivery.workspaceId,
              destination: existingId,
            })
          }
        >
          {i18n.t('problem.useExisting')}
        </Button>
      )}
      {requestId && (
        <p className={css.small}>
          {i18n.t('problem.requestId')} <bdi dir="ltr">{requestId}</bdi>
        </p>
      )}
    </div>
  );
};
