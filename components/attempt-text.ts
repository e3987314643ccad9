import { i18n } from '#i18n';
import type { Problem } from '../lib/storage/rows';
import { problemText } from './texts';

/** As `problemText`, of what a person tries by hand: nothing of it goes on by itself. */
export const attemptText = (problem: Problem): string =>
  problem.kind === 'offline' || problem.kind === 'timeout'
    ? i18n.t(`connect.${problem.kind}`)
    : problemText(problem);
