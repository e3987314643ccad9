import { useRef } from 'react';
import { i18n } from '#i18n';
import { othersFor, sharersOf } from '../lib/destinations/others';
import { type Blocker, type Review, reviewOf } from '../lib/destinations/review';
import type { Platform } from '../lib/platforms/definition';
import { platformOf } from '../lib/platforms/index';
import type { AccountChoice, Capture, Delivery, Destination, Workspace } from '../lib/storage/rows';
import { MINUTE } from '../lib/terms/time';
import { Button } from './Button';
import { factsOf } from './blocker-texts';
import css from './CaptureReview.module.css';
import { Actions, Card } from './Card';
import { AlsoUsedBy, Freshness } from './Consequence';
import { IdField, SecretField } from './CredentialField';
import { DestinationPicker } from './DestinationPicker';
import { IdMismatches } from './IdMismatches';
import { ProblemNotice } from './ProblemNotice';
import { chosenToken } from './popup-state';
import { useTime } from './RelativeTime';
import { SendControls } from './SendControls';
import { Tick } from './Tick';
import { TokenChoice } from './TokenChoice';
import { sentence } from './texts';
import { useCommand } from './use-command';

const LAST_CALL = 5;

/** These speak of the connection; the heading speaks of the capture. */
const OF_CONNECTION: readonly Blocker['code'][] = ['notConnected', 'workspaceNotUsable', 'chooseWorkspace'];

/** It has been sent to what is chosen at this moment. */
const isSentThere = ({ sent = [] }: Capture, blockers: Review['blockers']): boolean =>
  sent.length > 0 && blockers[0]?.code === 'alreadyInUse';

const reviewHeading = (platform: Platform, capture: Capture, { blockers }: Review): string => {
  // Sent once, and kept for the others that the person wants it for.
  if (isSentThere(capture, blockers)) return i18n.t('rotation.others.heading');
  const blocker = blockers.find(({ code }) => !OF_CONNECTION.includes(code));
  if (!blocker) return blockers.length > 0 ? i18n.t('review.captured') : i18n.t('review.ready');
  const facts = factsOf(platform, blocker);
  const early = capture.tokens.length > 0 ? sentence(`review.heading.${blocker.code}`, facts) : '';
  return early || i18n.t('review.heading.tokenMissing');
};

interface OthersProps {
  capture: Capture;
  others: readonly Destination[];
  workspaces: readonly Workspace[];
}

/** Where the token may go next. One at a time, each with a review and a click of its own. */
const Others = ({ capture, others, workspaces }: OthersProps) => {
  const command = useCommand();
  const nameOf = ({ workspaceId, name }: Destination): string =>
    [workspaces.length > 1 && workspaces.find(({ id }) => id === workspaceId)?.name, name]
      .filter(Boolean)
      .join(' · ');
  return (
    <div className={css.others}>
      <p>{i18n.t('rotation.others.body')}</p>
      <Actions>
        {others.map((other) => (
          <Button
            key={other.key}
            aria-pressed={other.workspaceId === capture.workspaceId && other.id === capture.destination}
            onClick={() =>
              void command({
                type: 'capture.chooseDestination',
                captureId: capture.id,
                workspaceId: other.workspaceId,
                destination: other.id,
              })
            }
          >
            {nameOf(other)}
          </Button>
        ))}
      </Actions>
    </div>
  );
};

/** "Kept in memory for 43 minutes. Not sent yet." */
const Countdown = ({ expiresAt }: { expiresAt: number }) => {
  const minutes = Math.max(0, Math.ceil((expiresAt - useTime()) / MINUTE));
  const late = minutes <= LAST_CALL;
  return (
    <p className={late ? css.late : css.note}>
      {late ? i18n.t('review.keptLast', minutes) : i18n.t('review.kept', minutes)}
    </p>
  );
};

/** A token in use is worth a word: a person fears for it. */
const rejectedHeading = ({ job, problem }: Delivery): string =>
  i18n.t(job === 'rotate' && problem?.kind === 'rejected' ? 'rotation.refused' : 'delivery.rejected');

interface CaptureReviewProps {
  capture: Capture;
  /** The last attempt to send this capture, if Upstack did not take it. */
  rejected?: Delivery | undefined;
  workspaces: readonly Workspace[];
  destinations: readonly Destination[];
  accountChoices: readonly AccountChoice[];
}

/** A row of a platform that this version does not have is passed over. */
export const CaptureReview = (props: CaptureReviewProps) => {
  const platform = platformOf(props.capture.platform);
  return platform && <ReviewOf {...props} platform={platform} />;
};

/** What was read or pasted: each value with its verdict, where it goes, and the one button that sends it. */
const ReviewOf = (props: CaptureReviewProps & { platform: Platform }) => {
  const { capture, platform, rejected, workspaces, destinations, accountChoices } = props;
  const picker = useRef<HTMLSelectElement>(null);
  const review = reviewOf(capture, workspaces, destinations, useTime(), accountChoices);
  const command = useCommand();
  const { id: captureId, tabId } = capture;
  const { workspaceId, destination } = review;
  const token = chosenToken(capture);
  const [blocker] = review.blockers;
  const mismatches = review.blockers.filter((candidate) => candidate.code === 'idMismatch');
  const target = destinations.find((row) => row.id === destination && row.workspaceId === workspaceId);
  const others = othersFor(capture, destinations);
  const chooseOther = () => {
    picker.current?.focus();
    picker.current?.scrollIntoView({ block: 'center' });
  };
  const confirmIds = (on: boolean) => {
    if (workspaceId === undefined || destination === undefined) return;
    void command({ type: 'capture.confirmIds', captureId, workspaceId, destination, on });
  };

  // The question comes first; the answer stands where it always does.
  const isAskedWhere = blocker?.code === 'chooseWorkspace';
  const where = (
    <DestinationPicker
      platform={platform}
      review={review}
      workspaces={workspaces}
      destinations={destinations}
      accountChoices={accountChoices}
      ref={picker}
    />
  );

  return (
    <Card
      region
      eyebrow={platform.name}
      heading={rejected && !blocker ? rejectedHeading(rejected) : reviewHeading(platform, capture, review)}
      spoken={rejected || mismatches.length > 0 ? 'alert' : 'status'}
    >
      {rejected?.problem && (
        <ProblemNotice delivery={rejected} problem={rejected.problem} captureId={captureId} />
      )}
      {mismatches.length > 0 && (
        <IdMismatches
          platform={platform}
          mismatches={mismatches}
          chooseOther={chooseOther}
          confirm={() => confirmIds(true)}
        />
      )}
      {isAskedWhere && where}
      {others.length > 0 && <Others capture={capture} others={others} workspaces={workspaces} />}
      {capture.tokens.length > 1 && (
        <TokenChoice
          capture={capture}
          choose={(fingerprint) => void command({ type: 'capture.chooseToken', captureId, fingerprint })}
        />
      )}
      {review.fields.map((field) =>
        field.id ? (
          <IdField
            key={field.kind}
            platform={platform}
            captureId={captureId}
            field={field}
            row={field.id}
            fromPage={capture.origin === 'page'}
          />
        ) : (
          <SecretField
            key={field.kind}
            platform={platform}
            captureId={captureId}
            field={field}
            token={token}
            undecided={capture.tokens.length > 1 && !token}
          />
        ),
      )}
      {!isAskedWhere && where}
      <Freshness {...review} />
      {target && <AlsoUsedBy sharers={sharersOf(target, destinations)} />}
      {token && (
        <Tick
          label={i18n.t('tick.others')}
          note={i18n.t('tick.othersNote')}
          checked={capture.ticks.others}
          onChange={(on) => void command({ type: 'capture.tick', captureId, tick: 'others', on })}
        />
      )}
      <SendControls
        platform={platform}
        capture={capture}
        review={review}
        workspace={workspaces.find((row) => row.id === workspaceId)}
        rejected={rejected}
        confirmIds={confirmIds}
      />
      {capture.tokens.length > 0 && <Countdown expiresAt={capture.expiresAt} />}
      <Actions>
        {tabId !== undefined && (
          <Button onClick={() => void command({ type: 'capture.readAgain', tabId })}>
            {i18n.t('review.readAgain')}
          </Button>
        )}
        <Button onClick={() => void command({ type: 'capture.discard', captureId })}>
          {i18n.t('review.discard')}
        </Button>
      </Actions>
    </Card>
  );
};
