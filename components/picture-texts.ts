import { i18n } from '#i18n';
import { healthyShare, lookOf, type Slot } from '../lib/destinations/history';
import { locale, timeOfDay, written } from '../lib/terms/moment';
import { DAY, MINUTE } from '../lib/terms/time';
import { sentence, spanOf } from './texts';

/** What pictures of health say, in words. */

/** "12 Nov", for a day of the last months. */
const dayOf = (at: number): string => written(at, { day: 'numeric', month: 'short' });

/** Of a share in per cent, to a tenth. */
const percent = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(share / 100);

const timeIn = (slot: Slot, unit: 'day' | 'time'): string =>
  unit === 'day' ? dayOf(slot.from) : `${timeOfDay(slot.from)}–${timeOfDay(slot.to)}`;

/** Whole minutes, since seconds of a day say nothing. */
export const roughly = (ms: number): string =>
  ms < MINUTE || ms >= 60 * MINUTE ? spanOf(ms) : i18n.t('time.minutes', { m: Math.round(ms / MINUTE) });

/** One segment: "12 Nov: unhealthy for 2 h 10 min. The token was refused." */
export const slotSentence = (slot: Slot, unit: 'day' | 'time', type: string): string => {
  const time = timeIn(slot, unit);
  const look = lookOf(slot);
  if (look === 'healthy' || look === 'unchecked') return i18n.t(`picture.${look}`, { time });
  const cause = slot.worst?.reason ? sentence(`platforms.${type}.cause.${slot.worst.reason}`, {}, '') : '';
  return [i18n.t('picture.ill', { time, span: roughly(slot.ill) }), cause].filter(Boolean).join(' ');
};

/** All of a bar in one sentence. */
export const barSentence = (heading: string, slots: readonly Slot[], unit: 'day' | 'time'): string => {
  const looks = slots.map(lookOf);
  const count = (...some: (typeof looks)[number][]) => looks.filter((look) => some.includes(look)).length;
  const worst = slots.reduce<Slot | undefined>(
    (most, slot) => (slot.ill > (most?.ill ?? 0) ? slot : most),
    undefined,
  );
  const facts = {
    heading,
    healthy: count('healthy'),
    ill: count('ill', 'partly'),
    unchecked: count('unchecked'),
  };
  return worst
    ? i18n.t('picture.sentenceWorst', { ...facts, span: roughly(worst.ill), time: timeIn(worst, unit) })
    : i18n.t('picture.sentence', facts);
};

/**
 * "30 days: 99.2 % healthy": of the time that was checked, in as many days as it is known. Of less than a day it would
 * say more than anybody knows, and the first illness would look like the end of the world.
 */
export const shareSentence = (slots: readonly Slot[]): string => {
  const firstKnown = slots.findIndex(({ healthy, ill }) => healthy + ill > 0);
  if (firstKnown < 0) {
    return i18n.t('picture.shareUnknown', { window: i18n.t('picture.window', { n: slots.length }) });
  }
  const known = slots.slice(firstKnown);
  const checked = known.reduce((sum, { healthy, ill }) => sum + healthy + ill, 0);
  if (checked < DAY) return i18n.t('picture.shareEarly', { span: roughly(checked) });
  return i18n.t('picture.share', {
    window: i18n.t('picture.window', { n: known.length }),
    share: percent(healthyShare(known) ?? 0),
  });
};
