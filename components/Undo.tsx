import { i18n } from '#i18n';
import type { Capture } from '../lib/storage/rows';
import { Button } from './Button';
import { useSpoken } from './live-regions';
import { useTime } from './RelativeTime';
import { platformName } from './texts';
import css from './Undo.module.css';
import { useCommand } from './use-command';

/** Ten seconds in which a discard can be taken back. */
export const Undo = ({ capture }: { capture: Capture }) => {
  const command = useCommand();
  const text = i18n.t('undo.discarded', { platform: platformName(capture.platform) });
  useSpoken('status', text);
  const left = Math.max(0, Math.ceil(((capture.discardAt ?? 0) - useTime()) / 1000));
  return (
    <div className={css.undo}>
      <p>
        {text} <span className={css.left}>{i18n.t('undo.left', { n: left })}</span>
      </p>
      <Button data-first onClick={() => void command({ type: 'capture.undoDiscard', captureId: capture.id })}>
        {i18n.t('undo.undo')}
      </Button>
    </div>
  );
};
