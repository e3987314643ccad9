import { i18n } from '#i18n';
import type { Capture } from '../lib/storage/rows';
import { Button } from './Button';
import { useSpoken } from './live-regions';
import { useTime } from './RelativeTime';
import { platformName } from './texts';
import css from './Undo.module.css';
import { useCommand } from './use-command';

interface UndoLineProps {
  text: string;
  until: number;
  /** After that nothing takes it back any more. */
  final?: boolean;
  onUndo: () => void;
}

/** What was done, and the button that takes it back for as long as that goes. */
export const UndoLine = ({ text, until, final = true, onUndo }: UndoLineProps) => {
  useSpoken('status', text);
  const left = Math.max(0, Math.ceil((until - useTime()) / 1000));
  return (
    <div className={css.undo}>
      <p>
        {text} {final && <span className={css.left}>{i18n.t('undo.left', { n: left })}</span>}
      </p>
      <Button data-first onClick={onUndo}>
        {i18n.t('undo.undo')}
      </Button>
    </div>
  );
};

/** Ten seconds in which a discard can be taken back. */
export const Undo = ({ capture: { id, platform, discardAt = 0 } }: { capture: Capture }) => {
  const command = useCommand();
  return (
    <UndoLine
      text={i18n.t('undo.discarded', { platform: platformName(platform) })}
      until={discardAt}
      onUndo={() => void command({ type: 'capture.undoDiscard', captureId: id })}
    />
  );
};
