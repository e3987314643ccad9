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
  children: React.ReactNode;
}

/** A place outside, opened beside what the person has open: an ad page may show a token. */
export const LinkButton = ({ href, weight = 'plain', children }: LinkProps) => (
  <a className={`${css.button} ${css[weight]}`} href={href} target="_blank" rel="noreferrer">
    {children}
    <Icon name="arrow" />
  </a>
);
