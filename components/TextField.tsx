import { useId } from 'react';
import css from './TextField.module.css';

interface TextFieldProps extends Omit<React.ComponentProps<'input'>, 'id' | 'type' | 'className' | 'style'> {
  label: string;
  hint?: string | undefined;
  /** What is wrong with it. */
  error?: string | undefined;
  /** Not to be read over a shoulder. By style, since password managers would offer to keep a password field. */
  masked?: boolean;
}

export const TextField = ({ label, hint, error, masked = false, ...input }: TextFieldProps) => {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        className={masked ? css.masked : undefined}
        aria-describedby={`${id}-note`}
        aria-invalid={error !== undefined || undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...input}
      />
      <p id={`${id}-note`} className={error ? css.error : css.hint}>
        {error ?? hint}
      </p>
    </div>
  );
};
