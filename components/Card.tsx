import { useId } from 'react';
import css from './Card.module.css';
import { type Region, useSpoken } from './live-regions';
import type { Tone } from './StatusChip';

interface CardProps {
  heading: string;
  /** Stands above the heading and belongs to it. */
  eyebrow?: string;
  /** Stands before the heading's text, and is seen alone. */
  mark?: React.ReactNode;
  /** Stands beside the heading's text and is read with it. */
  chip?: React.ReactNode;
  tone?: Tone;
  /** Where the heading is said aloud, together with `says`, as long as the card stands. */
  spoken?: Region | undefined;
  says?: string | undefined;
  /** A region of its own among the landmarks; only what is in review is. */
  region?: boolean;
  children?: React.ReactNode;
}

export const Card = (props: CardProps) => {
  const { heading, eyebrow, mark, chip, tone, spoken, says, region = false, children } = props;
  const id = useId();
  useSpoken(spoken, [[eyebrow, heading].filter(Boolean).join(': '), says].filter(Boolean).join('. '));
  const Tag = region ? 'section' : 'article';
  return (
    <Tag aria-labelledby={id} className={tone ? `${css.card} ${css[tone]}` : css.card}>
      <h2 id={id} tabIndex={-1}>
        {eyebrow && <span className={css.eyebrow}>{eyebrow} </span>}
        <span className={css.text}>
          {mark}
          {heading}{' '}
        </span>
        {chip}
      </h2>
      {children}
    </Tag>
  );
};

export const Actions = ({ children }: { children: React.ReactNode }) => (
  <div className={css.actions}>{children}</div>
);
