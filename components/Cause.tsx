import { i18n } from '#i18n';
import { platformOf } from '../lib/platforms/index';
import type { HealthReason } from '../lib/storage/rows';
import { sentence } from './texts';

interface CauseProps {
  /** Platform of the destination. */
  type: string;
  reason: HealthReason | undefined;
  /** Without what to do about it. */
  brief: boolean;
}

/** One plain sentence of cause, and what to do about it. */
export const Cause = ({ type, reason, brief }: CauseProps) => {
  const code = reason?.code ?? 'unknown';
  const remedy = platformOf(type)?.remedies[code] ?? 'checkNow';
  return (
    <>
      <p>{sentence(`platforms.${type}.cause.${code}`, {}, i18n.t('cause.unknown'))}</p>
      {!brief && <p>{sentence(`remedy.${remedy}`)}</p>}
    </>
  );
};
