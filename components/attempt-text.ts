import { i18n } from '#i18n';
import type { Problem } from '../lib/storage/rows';
import { problemText } from './texts';

/** Told before Upstack was asked. */
export const isSlip = ({ kind, pointers }: Problem): boolean =>
  kind === 'invalidRequest' && pointers?.includes('/apiKey') === true;

/** As `problemText`, of what a person tries by hand: nothing of it goes on by itself. */
export const attemptText = (problem: Problem): string => {
  if (isSlip(problem)) return i18n.t('connect.keyMalformed');
  return problem.kind === 'offline' || problem.kind === 'timeout'
    ? i18n.t(`connect.${problem.kind}`)
    : problemText(problem);
};
