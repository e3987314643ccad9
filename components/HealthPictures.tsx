import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { lookOf, type Slot, type Stretch } from '../lib/destinations/history';
import type { HistoryEntry, Workspace } from '../lib/storage/rows';
import { Dot } from './Dot';
import css from './HealthPictures.module.css';
import { say } from './live-regions';
import { barSentence, slotSentence } from './picture-texts';

/**
 * How health went, in shapes as well as colours: full is healthy, shorter is partly unhealthy, hatched is unhealthy,
 * short and dashed was not checked. All are drawn from the slots and stretches that the numbers are made of.
 */

const WIDTH = 12;
const HEIGHT = 28;
const GAP = 2;

/** Hatching; the edge keeps it together where colours are forced. */
const Hatch = ({ id }: { id: string }) => (
  <defs>
    <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path className={css.stripe} d="M1 0v4" />
    </pattern>
  </defs>
);

/** Of the whole height: the longer it was ill, the shorter, so that a blip is a dent. */
const heightOf = (slot: Slot): number => {
  switch (lookOf(slot)) {
    case 'partly':
      return 0.9 - (0.8 * slot.ill) / (slot.healthy + slot.ill);
    case 'unchecked':
      return 0.3;
    default:
      return 1;
  }
};

const Segment = ({ slot, index, hatch }: { slot: Slot; index: number; hatch: string }) => {
  const look = lookOf(slot);
  const height = HEIGHT * heightOf(slot) - 2;
  const place = { x: index * WIDTH + 1, y: HEIGHT - height - 1, width: WIDTH - GAP, height, rx: 1.5 };
  if (look !== 'ill') return <rect className={css[look]} {...place} />;
  return (
    <>
      <rect fill={`url(#${hatch})`} {...place} />
      <rect className={css.edge} {...place} />
    </>
  );
};

interface BarProps {
  slots: readonly Slot[];
  /** One sentence that says what is drawn; without one it repeats what stands beside it. */
  label?: string | undefined;
  mini?: boolean;
  chosen?: number | undefined;
}

/** A bar of segments, oldest first. */
const Bar = ({ slots, label, mini = false, chosen }: BarProps) => {
  const hatch = useId();
  const frame = {
    className: `${css.picture} ${mini ? css.mini : css.bar}`,
    viewBox: `0 0 ${slots.length * WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
    focusable: 'false',
  } as const;
  const drawn = (
    <>
      <Hatch id={hatch} />
      {slots.map((slot, index) => (
        <Segment key={slot.from} slot={slot} index={index} hatch={hatch} />
      ))}
      {chosen !== undefined && (
        <rect className={css.chosen} x={chosen * WIDTH} y="0.75" width={WIDTH} height={HEIGHT - 1.5} />
      )}
    </>
  );
  return label === undefined ? (
    <svg {...frame} aria-hidden="true">
      {drawn}
    </svg>
  ) : (
    <svg {...frame} role="img" aria-label={label}>
      {drawn}
    </svg>
  );
};

/** A repeat of what the row says in words. */
export const MiniBar = ({ slots }: { slots: readonly Slot[] }) => <Bar slots={slots} mini />;

interface ReadableBarProps {
  slots: readonly Slot[];
  unit: 'day' | 'time';
  /** Platform, whose words a cause is told in. */
  type: string;
  heading: string;
}

/** One stop for Tab; the arrow keys go from segment to segment, each told in words under the bar. */
export const ReadableBar = ({ slots, unit, type, heading }: ReadableBarProps) => {
  const [chosen, choose] = useState<number>();
  const slot = chosen === undefined ? undefined : slots[chosen];
  const sentence = barSentence(heading, slots, unit);
  const go = (to: number) => {
    const index = Math.min(slots.length - 1, Math.max(0, to));
    const next = slots[index];
    choose(index);
    if (next) say('status', slotSentence(next, unit, type));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of drawn segments, not of fields
    <div
      role="group"
      aria-label={heading}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read it out, segment by segment
      tabIndex={0}
      className={css.stops}
      onBlur={() => choose(undefined)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        go(chosen === undefined ? slots.length - 1 : chosen + step);
      }}
      onMouseMove={({ currentTarget, clientX }) => {
        const { left, width } = currentTarget.getBoundingClientRect();
        if (width > 0) choose(Math.floor(((clientX - left) / width) * slots.length));
      }}
      onMouseLeave={() => choose(undefined)}
    >
      <Bar slots={slots} label={sentence} chosen={chosen} />
      <p className={css.told}>{slot ? slotSentence(slot, unit, type) : sentence}</p>
    </div>
  );
};

/** Marks over the band: a shape for each kind, and each is a line of the table beneath. */
const marks: Readonly<Partial<Record<HistoryEntry['what'], string>>> = {
  sent: 'M0 -5l4.5 8h-9z',
  rotated: 'M0 -5l4.5 4.5l-4.5 4.5l-4.5 -4.5z',
  muted: 'M-4 -4h8v7h-8z',
};

interface TimelineProps {
  stretches: readonly Stretch[];
  entries: readonly HistoryEntry[];
  label: string;
}

const BAND = { width: 360, top: 16, height: 22 };

/** A band of what was, with marks for what was done. */
export const Timeline = ({ stretches, entries, label }: TimelineProps) => {
  const hatch = useId();
  const from = stretches[0]?.from ?? 0;
  const to = stretches.at(-1)?.to ?? 1;
  const x = (at: number): number => ((at - from) / (to - from)) * BAND.width;
  return (
    <svg
      className={`${css.picture} ${css.band}`}
      viewBox={`0 0 ${BAND.width} 40`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      focusable="false"
    >
      <Hatch id={hatch} />
      {stretches.map((stretch) => {
        const isUnchecked = stretch.word === 'unchecked';
        const place = {
          x: x(stretch.from),
          width: Math.max(0.8, x(stretch.to) - x(stretch.from)),
          y: isUnchecked ? BAND.top + BAND.height * 0.6 : BAND.top,
          height: BAND.height * (isUnchecked ? 0.4 : 1),
        };
        return stretch.word === 'ill' ? (
          <g key={stretch.from}>
            <rect fill={`url(#${hatch})`} {...place} />
            <rect className={css.edge} {...place} />
          </g>
        ) : (
          <rect key={stretch.from} className={css[stretch.word]} {...place} />
        );
      })}
      {entries.map(({ id, at, what }) =>
        marks[what] && at >= from ? (
          <path key={id} className={css.mark} transform={`translate(${x(at)} 8)`} d={marks[what]} />
        ) : null,
      )}
    </svg>
  );
};

interface GridRow extends Pick<Workspace, 'id' | 'name' | 'colour'> {
  slots: readonly Slot[];
}

/** Workspaces down, days across: one red column is the platform, not the workspace. */
export const Grid = ({ rows }: { rows: readonly GridRow[] }) => (
  <table className={css.grid}>
    <caption className="spoken">{i18n.t('picture.grid')}</caption>
    <tbody>
      {rows.map(({ id, name, colour, slots }) => (
        <tr key={id}>
          <th scope="row" title={name}>
            {/* A name is cut at its own end, whichever way the page is written. */}
            <span dir="auto">
              {rows.length > 1 && <Dot colour={colour} />}
              {name}
            </span>
          </th>
          <td>
            <Bar slots={slots} mini label={barSentence(name, slots, 'day')} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
