import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Facts } from '../lib/platforms/definition';
import type { Problem } from '../lib/storage/rows';
import { dayAndTime, locale, startOfDay, timeOfDay, written } from '../lib/terms/moment';
import { HOUR, MINUTE, SECOND } from '../lib/terms/time';

type MessageName = Parameters<typeof browser.i18n.getMessage>[0];

/**
 * The text of a key that is put together at run time, with its facts; `otherwise` where there is no such text, which
 * `i18n.t` would complain about.
 */
export const sentence = (key: string, facts: Facts = {}, otherwise = ''): string => {
  const text = browser.i18n.getMessage(key.replaceAll('.', '_') as MessageName);
  return text ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(facts[name] ?? all)) : otherwise;
};

/** Names are the same in every language, so a glance at a destination need not fetch the platforms. */
export const platformName = (id: string): string => sentence(`platforms.${id}.name`, {}, id);

/** What is wrong and what to do. A word of Upstack's that we do not know is told by its kind. */
export const problemText = ({ kind }: Problem): string =>
  sentence(`problem.${kind}`, {}, i18n.t('problem.unknown'));

/** "2,995", or "2.995", as it is written there. */
export const countOf = (n: number): string => new Intl.NumberFormat(locale()).format(n);

const pad = (value: number): string => String(value).padStart(2, '0');

/** `1:12`, for a span that runs while one looks at it. */
export const clockOf = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
};

/** "A, B and C", or "A, B or C". */
export const listed = (
  names: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => new Intl.ListFormat(locale(), { type }).format(names);

export const day = (at: number): string => written(at, { dateStyle: 'medium' });

export const exactTime = (at: number): string => written(at, { dateStyle: 'medium', timeStyle: 'short' });

/** "just now", "2 min ago", "3 h ago", "yesterday, 16:20", then the date. */
export const ago = (at: number, now: number): string => {
  const passed = now - at;
  if (passed < 45 * SECOND) return i18n.t('time.justNow');
  if (passed < 59.5 * MINUTE)
    return i18n.t('time.minutesAgo', { n: Math.max(1, Math.round(passed / MINUTE)) });
  if (startOfDay(at) === startOfDay(now)) return i18n.t('time.hoursAgo', { n: Math.round(passed / HOUR) });
  if (startOfDay(at) === startOfDay(startOfDay(now) - 1)) {
    return i18n.t('time.yesterday', { time: timeOfDay(at) });
  }
  return dayAndTime(at, now);
};

/** "1 min 40 s", "2 h 10 min". */
export const spanOf = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  if (seconds < 60) return i18n.t('time.seconds', { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60 && seconds % 60 === 0) return i18n.t('time.minutes', { m: minutes });
  if (minutes < 60) return i18n.t('time.minutesSeconds', { m: minutes, s: seconds % 60 });
  return i18n.t('time.hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 });
};
