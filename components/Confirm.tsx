import { Button } from './Button';
import { Actions } from './Card';
import css from './Confirm.module.css';

interface ConfirmProps {
  question: string;
  /** What would come of it. */
  note: string;
  /** Buttons: the way back, which has the focus and is what Esc does, and the way on. */
  back: string;
  onBack: () => void;
  on: string;
  onGo: () => void;
}

/** Asks before something is lost for good. */
export const Confirm = ({ question, note, back, onBack, on, onGo }: ConfirmProps) => (
  <fieldset className={css.confirm}>
    <legend>{question}</legend>
    <p>{note}</p>
    <Actions>
      <Button autoFocus data-cancel onClick={onBack}>
        {back}
      </Button>
      <Button onClick={onGo}>{on}</Button>
    </Actions>
  </fieldset>
);
