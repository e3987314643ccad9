import { i18n } from '#i18n';
import { isMuted, type MuteFor } from '../lib/destinations/mutes';
import type { Destination } from '../lib/storage/rows';
import css from './DestinationsTab.module.css';
import { say } from './live-regions';
import { useTime } from './RelativeTime';
import { exactTime } from './texts';
import { useCommand } from './use-command';

const spans: readonly MuteFor[] = ['hour', 'tomorrow', 'healthy'];

/** Alerts about these rest for a while. Chosen from a list, since there is more than one while. */
export const Mute = ({ destinations }: { destinations: readonly Destination[] }) => {
  const command = useCommand();
  const now = useTime();
  const muted = destinations.filter((row) => isMuted(row, now));
  const mute = async (span: MuteFor | 'off') => {
    const keys = destinations.map(({ key }) => key);
    const answer = await command({ type: 'destination.mute', keys, span });
    if (answer.ok) say('status', i18n.t(span === 'off' ? 'mute.ended' : 'mute.begun'));
  };
  const [only] = muted;
  const until = only?.mute?.until;
  return (
    <div className={css.filter}>
      <select
        aria-label={i18n.t('mute.label')}
        value=""
        onChange={({ target }) => void mute(target.value as MuteFor | 'off')}
      >
        <option value="" disabled>
          {i18n.t(muted.length > 0 ? 'mute.muted' : 'mute.label')}
        </option>
        {spans.map((span) => (
          <option key={span} value={span}>
            {i18n.t(`mute.for.${span}`)}
          </option>
        ))}
        {muted.length > 0 && <option value="off">{i18n.t('mute.end')}</option>}
      </select>
      {muted.length === 1 && destinations.length === 1 && (
        <span className={css.note}>
          {until === undefined
            ? i18n.t('mute.untilHealthy')
            : i18n.t('history.until', { time: exactTime(until) })}
        </span>
      )}
    </div>
  );
};
