import { i18n } from '#i18n';

/** Moments as a person reads them. */

/** For dates and numbers: the person's own region if it speaks the language of our texts. */
export const locale = (): string => {
  const language = i18n.t('language');
  return navigator.language.startsWith(language) ? navigator.language : language;
};

export const written = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), options).format(at);

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;

export const timeOfDay = (at: number): string => written(at, CLOCK);

/** "12 Nov, 14:02", with the year where it is another. */
export const dayAndTime = (at: number, now: number): string =>
  written(at, {
    ...CLOCK,
    year: new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric',
    month: 'short',
    day: 'numeric',
  });

export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** "14:02", with its day where that is not today. */
export const momentOf = (at: number, now: number): string =>
  startOfDay(at) === startOfDay(now) ? timeOfDay(at) : dayAndTime(at, now);
