import css from './Button.module.css';
import { Icon } from './Icon';

type Weight = 'primary' | 'plain' | 'quiet';

interface ButtonProps extends Omit<React.ComponentProps<'button'>, 'className' | 'style'> {
  weight?: Weight;
}

export const Button = ({ weight = 'plain', type = 'button', ...rest }: ButtonProps) => (
  <button type={type} className={`${css.button} ${css[weight]}`} {...rest} />
);

interface LinkProps {
  href: string;
  weight?: Weight;
  /** It has the focus when the page opens. */
  first?: boolean;
  /** Beside going there. */
  onClick?: () => void;
  children: React.ReactNode;
}

/** Another place, opened beside what the person has open: an ad page may show a token. */
export const LinkButton = ({ href, weight = 'plain', first = false, onClick, children }: LinkProps) => (
  <a
    className={`${css.button} ${css[weight]}`}
    href={href}
    target="_blank"
    rel="noreferrer"
    data-first={first || undefined}
    onClick={onClick}
  >
    {children}
    <Icon name="arrow" />
  </a>
);
