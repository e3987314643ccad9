import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { othersFor, sharersOf } from '../lib/destinations/others';
import { type Blocker, type Review, reviewOf } from '../lib/destinations/review';
import type { Platform } from '../lib/platforms/definition';
import { platformOf } from '../lib/platforms/index';
import type {
  AccountChoice,
  Capture,
  CapturedToken,
  Delivery,
  Destination,
  Workspace,
} from '../lib/storage/rows';
import { MINUTE } from '../lib/terms/time';
import { Button } from './Button';
import css from './CaptureReview.module.css';
import { Actions, Card } from './Card';
import { AlsoUsedBy, Freshness } from './Consequence';
import { IdField, SecretField } from './CredentialField';
import { labelOf } from './credential-texts';
import { DestinationPicker } from './DestinationPicker';
import { askForDashboard } from './dashboard-access';
import { differenceOf } from './difference';
import { ProblemNotice } from './ProblemNotice';
import { chosenToken } from './popup-state';
import { RelativeTime, useTime } from './RelativeTime';
import { Tick } from './Tick';
import { listed, sentence } from './texts';
import { useCommand } from './use-command';
import { useWish } from './use-wish';

const LAST_CALL = 5;

/** These speak of the connection; the heading speaks of the capture. */
const OF_CONNECTION: readonly Blocker['code'][] = ['notConnected', 'workspaceNotUsable', 'chooseWorkspace'];

const factsOf = (platform: Platform, blocker: Blocker): Record<string, string> => {
  if (blocker.code === 'otherClient') return { ...blocker };
  if ('kinds' in blocker) {
    const [one, other] = blocker.kinds;
    return { one: labelOf(platform, one), other: labelOf(platform, other) };
  }
  if ('kind' in blocker) return { label: labelOf(platform, blocker.kind) };
  return { platform: platform.name };
};

const blockerText = (platform: Platform, blocker: Blocker): string =>
  blocker.code === 'otherClient'
    ? sentence('rotation.otherClient', factsOf(platform, blocker))
    : sentence(`blocker.${blocker.code}`, factsOf(platform, blocker));

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

const Marked = ({ value, other }: { value: string; other: string }) => {
  const { start, fromEnd } = differenceOf(value, other);
  const end = value.length - fromEnd;
  return (
    <bdi dir="ltr" className="code">
      {value.slice(0, start)}
      <mark>{value.slice(start, end)}</mark>
      {value.slice(end)}
    </bdi>
  );
};

/** Both ids one above the other, with what is different in them marked, and the two ways out. */
const Mismatch = ({ ours, theirs }: { ours: string; theirs: string }) => (
  <dl className={css.mismatch}>
    <dt>{i18n.t('review.ours')}</dt>
    <dd>
      <Marked value={ours} other={theirs} />
    </dd>
    <dt>{i18n.t('review.theirs')}</dt>
    <dd>{theirs ? <Marked value={theirs} other={ours} /> : i18n.t('review.none')}</dd>
  </dl>
);

interface TokenChoiceProps {
  capture: Capture;
  choose: (fingerprint: string) => void;
}

const TokenChoice = ({ capture, choose }: TokenChoiceProps) => {
  const id = useId();
  const [chosen, wish] = useWish(capture.chosen);
  const description = (token: CapturedToken) => (
    <span>
      <bdi dir="ltr" className="code">
        {token.mask}
      </bdi>{' '}
      <span className={css.note}>
        · {i18n.t('field.characters', token.length)} · {i18n.t('field.issued')}{' '}
        <RelativeTime at={token.issuedAt ?? token.seenAt} />
      </span>
    </span>
  );
  return (
    <div role="radiogroup" aria-labelledby={id} className={css.tokens}>
      <span id={id} className={css.question}>
        {i18n.t('review.whichToken')}
      </span>
      {capture.tokens.map((token) => (
        <label key={token.fingerprint}>
          <input
            type="radio"
            name={id}
            checked={chosen === token.fingerprint}
            onChange={() => {
              wish(token.fingerprint);
              choose(token.fingerprint);
            }}
          />
          {description(token)}
        </label>
      ))}
    </div>
  );
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
  const id = useId();
  const captureId = capture.id;
  const token = chosenToken(capture);
  const [blocker] = review.blockers;
  const mismatches = review.blockers.filter((candidate) => candidate.code === 'idMismatch');
  const target = destinations.find(
    ({ id, workspaceId }) => id === review.destination && workspaceId === review.workspaceId,
  );
  const others = othersFor(capture, destinations);
  const chooseOther = () => {
    picker.current?.focus();
    picker.current?.scrollIntoView({ block: 'center' });
  };
  const swapped = review.blockers.some(({ code }) => code === 'idsSwapped');
  const tick = (name: 'checked' | 'generated' | 'others') => (on: boolean) =>
    void command({ type: 'capture.tick', captureId, tick: name, on });
  const wantsGenerated =
    capture.ticks.generated || review.blockers.some(({ code }) => code === 'tickGenerated');
  const wantsChecked =
    capture.ticks.checked ||
    review.doubts.length > 0 ||
    review.blockers.some(({ code }) => code === 'tickOlder');
  const { tabId } = capture;
  const { workspaceId, destination } = review;
  const confirmIds = (on: boolean) => () => {
    if (workspaceId === undefined || destination === undefined) return;
    void command({ type: 'capture.confirmIds', captureId, workspaceId, destination, on });
  };
  const chosen = workspaces.find((row) => row.id === review.workspaceId);
  const isByForm = chosen?.route === 'dashboard';
  const goes = isByForm ? 'route.consequence' : 'review.consequence';
  const send = async () => {
    if (isByForm) askForDashboard();
    return (await command({ type: 'delivery.send', captureId })).ok;
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
        <>
          {mismatches.map(({ kind, ours, theirs }) => (
            <Mismatch key={kind} ours={ours} theirs={theirs} />
          ))}
          <Actions>
            <Button data-first onClick={chooseOther}>
              {i18n.t('rotation.chooseOther')}
            </Button>
            {mismatches.every(({ confirmable }) => confirmable) && (
              <Button onClick={confirmIds(true)}>
                {i18n.t('rotation.confirmIds', {
                  label: listed(mismatches.map(({ kind }) => labelOf(platform, kind))),
                })}
              </Button>
            )}
          </Actions>
        </>
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
          onChange={tick('others')}
        />
      )}
      <div className={css.send}>
        <p id={id} className={blocker ? css.reason : css.note}>
          {blocker ? blockerText(platform, blocker) : i18n.t(chosen?.sample ? 'sample.consequence' : goes)}
        </p>
        {review.confirmedIds && (
          <Button weight="quiet" onClick={confirmIds(false)}>
            {i18n.t('rotation.keepIds')}
          </Button>
        )}
        {swapped && (
          <Button onClick={() => void command({ type: 'capture.swapIds', captureId })}>
            {i18n.t('review.swap')}
          </Button>
        )}
        {wantsChecked && (
          <Tick label={i18n.t('tick.checked')} checked={capture.ticks.checked} onChange={tick('checked')} />
        )}
        {wantsGenerated && (
          <Tick
            label={i18n.t('tick.generated')}
            note={i18n.t('tick.generatedNote')}
            checked={capture.ticks.generated}
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
