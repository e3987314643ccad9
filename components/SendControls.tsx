import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { Blocker, Review } from '../lib/destinations/review';
import type { Platform } from '../lib/platforms/definition';
import type { Capture, Delivery, Workspace } from '../lib/storage/rows';
import { Button } from './Button';
import { blockerText } from './blocker-texts';
import css from './CaptureReview.module.css';
import { askForDashboard } from './dashboard-access';
import { Tick } from './Tick';
import { useCommand } from './use-command';

/** A key that is still held down from opening the popup must not send. */
const DEAF_MS = 300;

interface SendButtonProps {
  enabled: boolean;
  /** It has the focus when the page opens. */
  first: boolean;
  describedBy: string;
  label: string;
  /** Answers whether it was taken. */
  onSend: () => Promise<boolean>;
}

const SendButton = ({ enabled, first, describedBy, label, onSend }: SendButtonProps) => {
  const since = useRef(0);
  const [sending, setSending] = useState(false);
  useEffect(() => {
    if (enabled) since.current = performance.now();
  }, [enabled]);
  return (
    <Button
      weight="primary"
      disabled={!enabled || sending}
      aria-describedby={describedBy}
      data-first={(enabled && first) || undefined}
      onKeyDown={(event) => {
        const early = performance.now() - since.current < DEAF_MS;
        if (event.key === 'Enter' && (event.repeat || early)) event.preventDefault();
      }}
      onKeyUp={({ key }) => {
        // Who comes here by Tab, however fast, means what they press next.
        if (key === 'Tab') since.current = Number.NEGATIVE_INFINITY;
      }}
      onClick={() => {
        setSending(true);
        // Once it is taken, the row that says so takes this button away: no second click in between.
        void onSend().then(setSending);
      }}
    >
      {label}
    </Button>
  );
};

interface SendControlsProps {
  platform: Platform;
  capture: Capture;
  review: Review;
  /** Where it goes, once that is decided. */
  workspace: Workspace | undefined;
  /** The last attempt, if Upstack did not take it. */
  rejected: Delivery | undefined;
  confirmIds: (on: boolean) => void;
}

/** What Send does or waits for, what the person has to say first, and Send itself. */
export const SendControls = (props: SendControlsProps) => {
  const { platform, capture, review, workspace, rejected, confirmIds } = props;
  const { id: captureId, ticks } = capture;
  const command = useCommand();
  const id = useId();
  const [blocker] = review.blockers;
  const isBlockedBy = (wanted: Blocker['code']) => review.blockers.some(({ code }) => code === wanted);
  const isByForm = workspace?.route === 'dashboard';
  const consequence = workspace?.sample
    ? 'sample.consequence'
    : isByForm
      ? 'route.consequence'
      : 'review.consequence';
  const tick = (name: 'checked' | 'generated') => (on: boolean) =>
    void command({ type: 'capture.tick', captureId, tick: name, on });
  const send = async () => {
    if (isByForm) askForDashboard();
    return (await command({ type: 'delivery.send', captureId })).ok;
  };
  return (
    <div className={css.send}>
      <p id={id} className={blocker ? css.reason : css.note}>
        {blocker ? blockerText(platform, blocker) : i18n.t(consequence)}
      </p>
      {review.confirmedIds && (
        <Button weight="quiet" onClick={() => confirmIds(false)}>
          {i18n.t('rotation.keepIds')}
        </Button>
      )}
      {isBlockedBy('idsSwapped') && (
        <Button onClick={() => void command({ type: 'capture.swapIds', captureId })}>
          {i18n.t('review.swap')}
        </Button>
      )}
      {(ticks.checked || review.doubts.length > 0 || isBlockedBy('tickOlder')) && (
        <Tick label={i18n.t('tick.checked')} checked={ticks.checked} onChange={tick('checked')} />
      )}
      {(ticks.generated || isBlockedBy('tickGenerated')) && (
        <Tick
          label={i18n.t('tick.generated')}
          note={i18n.t('tick.generatedNote')}
          checked={ticks.generated}
          onChange={tick('generated')}
        />
      )}
      <SendButton
        key={rejected?.id}
        enabled={!blocker}
        first={!rejected}
        describedBy={id}
        label={i18n.t(isByForm ? 'route.fill' : 'review.send')}
        onSend={send}
      />
    </div>
  );
};
