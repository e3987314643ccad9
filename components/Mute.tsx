import { useState } from 'react';
import { i18n } from '#i18n';
import { isMuted, type MuteFor } from '../lib/destinations/mutes';
import type { Destination } from '../lib/storage/rows';
import { UNDO_TIME } from '../lib/storage/undo-time';
import css from './DestinationsTab.module.css';
import { say } from './live-regions';
import { useTime } from './RelativeTime';
import { exactTime } from './texts';
import { UndoLine } from './Undo';
import { useCommand } from './use-command';

const spans: readonly MuteFor[] = ['hour', 'tomorrow', 'healthy'];

type Mutes = (destinations: readonly Destination[], span: MuteFor | 'off') => Promise<void>;

/** Mutes, and offers for a while to take it back from those that were not muted before. */
export const useMutes = (): { mute: Mutes; undo: React.ReactNode } => {
  const command = useCommand();
  const now = useTime();
  const [begun, setBegun] = useState<{ of: readonly Destination[]; until: number }>();
  const mute: Mutes = async (destinations, span) => {
    const keys = destinations.map(({ key }) => key);
    const answer = await command({ type: 'destination.mute', keys, span });
    if (!answer.ok) return;
    if (span === 'off') {
      setBegun(undefined);
      say('status', i18n.t('mute.ended'));
    } else setBegun({ of: destinations.filter((row) => !isMuted(row, now)), until: now + UNDO_TIME });
  };
  const undo = begun && begun.until > now && (
    <UndoLine
      text={i18n.t('mute.begun')}
      until={begun.until}
      final={false}
      onUndo={() => void mute(begun.of, 'off')}
    />
  );
  return { mute, undo };
};

interface MuteProps {
  destinations: readonly Destination[];
  mute: Mutes;
}

/** Alerts about these rest for a while. Chosen from a list, since there is more than one while. */
export const Mute = ({ destinations, mute }: MuteProps) => {
  const now = useTime();
  const muted = destinations.filter((row) => isMuted(row, now));
  const [only] = muted;
  const until = only?.mute?.until;
  return (
    <div className={css.filter}>
      <select
        aria-label={i18n.t('mute.label')}
        value=""
        onChange={({ target }) => void mute(destinations, target.value as MuteFor | 'off')}
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
