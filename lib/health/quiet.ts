import type { Settings } from '../storage/rows';

/** Whether the person's quiet hours are now. A time that ends before it begins goes over midnight. */
export const isQuiet = (
  {
    quiet,
    quietFrom,
    quietTo,
    quietWeekends,
  }: Pick<Settings, 'quiet' | 'quietFrom' | 'quietTo' | 'quietWeekends'>,
  now: number,
): boolean => {
  if (!quiet) return false;
  const day = new Date(now);
  if (quietWeekends && (day.getDay() === 0 || day.getDay() === 6)) return true;
  const minute = day.getHours() * 60 + day.getMinutes();
  return quietFrom <= quietTo
    ? minute >= quietFrom && minute < quietTo
    : minute >= quietFrom || minute < quietTo;
};

export const isPaused = ({ pausedUntil = 0 }: Pick<Settings, 'pausedUntil'>, now: number): boolean =>
  pausedUntil > now;
