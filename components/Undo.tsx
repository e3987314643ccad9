import { i18n } from '#i18n';
import type { Command } from '../lib/messages/commands';
import { Button } from './Button';
import { useSpoken } from './live-regions';
import type { PutAway } from './popup-state';
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

const commandOf = ({ from, id }: PutAway): Command => {
  switch (from) {
    case 'discard':
      return { type: 'capture.undoDiscard', captureId: id };
    case 'capture':
      return { type: 'capture.undoDismiss', captureId: id };
    case 'delivery':
      return { type: 'delivery.undoDismiss', deliveryId: id };
    case 'destination':
      return { type: 'destination.undoDismiss', key: id };
    case 'storage':
      return { type: 'quarantine.undoDismiss' };
  }
};

/** Ten seconds in which a discarded token, or what was told, can be brought back. */
export const Undo = (what: PutAway) => {
  const command = useCommand();
  const { from, platform = '', until } = what;
  return (
    <UndoLine
      text={
        from === 'discard'
          ? i18n.t('undo.discarded', { platform: platformName(platform) })
          : i18n.t('undo.dismissed')
      }
      until={until}
      onUndo={() => void command(commandOf(what))}
    />
  );
};
