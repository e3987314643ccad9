import css from './Tick.module.css';
import { useWish } from './use-wish';

interface TickProps {
  label: string;
  /** What ticking it does. */
  note?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

export const Tick = ({ label, note, checked, disabled, onChange }: TickProps) => {
  const [shown, wish] = useWish(checked);
  return (
    <div className={css.tick}>
      <label>
        <input
          type="checkbox"
          checked={shown}
          disabled={disabled}
          onChange={({ target }) => {
            wish(target.checked);
            onChange(target.checked);
          }}
        />
        {label}
      </label>
      {note && <p>{note}</p>}
    </div>
  );
};
