import type { Workspace } from '../lib/storage/rows';
import css from './Dot.module.css';

/** Tells a workspace from others at a glance. Its name always stands beside it, so nothing is said by colour alone. */
export const Dot = ({ colour }: { colour: Workspace['colour'] | undefined }) =>
  colour ? <span className={css.dot} data-colour={colour} aria-hidden="true" /> : null;
