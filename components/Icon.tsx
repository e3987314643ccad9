import css from './Icon.module.css';

/** Shapes differ as well as colours: tick in a circle, cross in an octagon, triangle, dashed ring. */
export type IconName =
  | 'tick'
  | 'cross'
  | 'triangle'
  | 'ring'
  | 'dashed'
  | 'pause'
  | 'clock'
  | 'gear'
  | 'check'
  | 'arrow';

const ROUND = 'M14.5 8a6.5 6.5 0 1 1-13 0 6.5 6.5 0 1 1 13 0';

/** One line of drawing each: a glance at the popup waits for all of them. */
const shapes: Readonly<Record<IconName, string>> = {
  tick: `${ROUND}M5.2 8.2l2 2 3.8-4.2`,
  cross: 'M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3zM5.9 5.9l4.2 4.2m0-4.2-4.2 4.2',
  triangle: 'M8 2 14.6 13.7H1.4zM8 6.6v3.2m0 1.6v.4',
  ring: 'M8 1.5A6.5 6.5 0 1 1 1.5 8',
  dashed: ROUND,
  pause: `${ROUND}M6.4 5.8v4.4m3.2-4.4v4.4`,
  clock: `${ROUND}M8 4.4V8l2.4 1.6`,
  gear: 'M10.1 8a2.1 2.1 0 1 1-4.2 0 2.1 2.1 0 1 1 4.2 0M12.7 8a4.7 4.7 0 1 1-9.4 0 4.7 4.7 0 1 1 9.4 0M8 1v2.3M8 12.7V15M1 8h2.3M12.7 8H15M3.05 3.05l1.6 1.6m6.7 6.7 1.6 1.6m0-9.9-1.6 1.6m-6.7 6.7-1.6 1.6',
  check: 'M3 8.6l3.2 3.2L13 4.6',
  arrow: 'M6 3h7v7m0-7L3.5 12.5',
};

/** Decoration: the word always stands beside it. */
export const Icon = ({ name, turning = false }: { name: IconName; turning?: boolean }) => (
  <svg
    className={`${css.icon} ${turning ? css.turning : name === 'arrow' ? css.outward : ''}`}
    viewBox="0 0 16 16"
    aria-hidden="true"
    focusable="false"
  >
    <path d={shapes[name]} strokeDasharray={name === 'dashed' ? '2.6 2.5' : undefined} />
  </svg>
);
