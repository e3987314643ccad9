import css from './Tick.module.css';

interface TickProps {
  label: string;
  /** What ticking it does. */
  note?: string;
  checked: boolean;
  onChange: (on: boolean) => void;
}

export const Tick = ({ label, note, checked, onChange }: TickProps) => (
  <div className={css.tick}>
    <label>
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
    {note && <p>{note}</p>}
  </div>
);
