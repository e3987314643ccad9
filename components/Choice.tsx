import { useId } from 'react';
import css from './Choice.module.css';
import { useWish } from './use-wish';

interface ChoiceProps<T extends string | number> {
  legend: string;
  value: T | undefined;
  /** Value and word of each. */
  of: readonly (readonly [T, React.ReactNode])[];
  onChoose: (value: T) => void;
  /** Beside each other, as far as there is room. */
  inLine?: boolean;
  autoFocus?: boolean;
}

/** One of several, chosen at once. */
export const Choice = <T extends string | number>(props: ChoiceProps<T>) => {
  const { legend, value, of, onChoose, inLine = false, autoFocus = false } = props;
  const name = useId();
  const [shown, wish] = useWish(value);
  return (
    <fieldset className={inLine ? `${css.choice} ${css.inLine}` : css.choice}>
      <legend>{legend}</legend>
      {of.map(([one, word]) => (
        <label key={one}>
          <input
            type="radio"
            name={name}
            // biome-ignore lint/a11y/noAutofocus: what was pressed to come here is gone
            autoFocus={autoFocus && value === one}
            checked={shown === one}
            onChange={() => {
              wish(one);
              onChoose(one);
            }}
          />
          {word}
        </label>
      ))}
    </fieldset>
  );
};
