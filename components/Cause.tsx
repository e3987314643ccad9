import { i18n } from '#i18n';
import type { HealthReason } from '../lib/storage/rows';
import { sentence } from './texts';

interface CauseProps {
  /** Platform of the destination. */
  type: string;
  reason: HealthReason | undefined;
}

/** One plain sentence of cause. */
export const Cause = ({ type, reason }: CauseProps) => (
  <p>{sentence(`platforms.${type}.cause.${reason?.code ?? 'unknown'}`, {}, i18n.t('cause.unknown'))}</p>
);
