import { i18n } from '#i18n';
import type { Delivery, Problem } from '../lib/storage/rows';
import { timeOfDay } from '../lib/terms/moment';
import { MINUTE } from '../lib/terms/time';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { CheckNow } from './CheckNow';
import css from './DeliveryProgress.module.css';
import { DestinationCard, nameOf } from './DestinationCard';
import { ProblemNotice } from './ProblemNotice';
import { Halfway, PersonsTurn } from './parts';
import type { Watched } from './popup-state';
import { useTime } from './RelativeTime';
import { Step, TestedSteps } from './TestSteps';
import { clockOf, platformName, problemText, spanOf } from './texts';
import { useCommand } from './use-command';

/** Upstack promises Healthy within this time. */
const PROMISED = 5 * MINUTE;

const isLate = ({ savedAt = Number.POSITIVE_INFINITY }: Delivery, now: number): boolean =>
  now - savedAt > PROMISED;

/** Saved → the steps of Upstack's own test → waiting for Healthy. */
const Steps = ({ delivery }: { delivery: Delivery }) => {
  const { savedAt, steps = [], createdAt } = delivery;
  const saved = savedAt !== undefined;
  const now = useTime();
  const elapsed = clockOf(now - (savedAt ?? createdAt));
  return (
    <ol className={css.steps}>
      <Step progress={saved ? 'done' : 'running'}>{i18n.t('step.saved')}</Step>
      {steps.length > 0 ? (
        <TestedSteps steps={steps} />
      ) : (
        <Step progress={saved ? 'done' : 'ahead'}>
          {i18n.t('step.tested', { platform: platformName(delivery.platform) })}
        </Step>
      )}
      <Step progress={saved ? 'running' : 'ahead'}>
        {i18n.t(isLate(delivery, now) ? 'step.waitingOn' : 'step.waiting')}{' '}
        <span className={css.elapsed}>{elapsed}</span>
      </Step>
    </ol>
  );
};

interface DeliveryProgressProps {
  delivery: Delivery;
  watched?: Watched | undefined;
}

/** A name that we made up ourselves begins with the platform already. */
const nameOfSend = ({ delivery, watched }: DeliveryProgressProps): string =>
  watched ? nameOf(watched) : (delivery.name ?? platformName(delivery.platform));

const Waiting = (props: DeliveryProgressProps & { problem: Problem }) => {
  const { delivery, problem } = props;
  const command = useCommand();
  const heading =
    problem.kind === 'offline'
      ? i18n.t('offline.heading')
      : i18n.t('delivery.tryAgain', { time: timeOfDay(delivery.until ?? delivery.createdAt) });
  return (
    <Card heading={heading} eyebrow={nameOfSend(props)} spoken="status">
      <p>{problemText(problem)}</p>
      <p>{i18n.t('turn.keeps')}</p>
      <Actions>
        <Button
          weight="primary"
          data-first
          onClick={() => void command({ type: 'delivery.retryNow', deliveryId: delivery.id })}
        >
          {i18n.t('delivery.retryNow')}
        </Button>
      </Actions>
    </Card>
  );
};

const Underway = (props: DeliveryProgressProps) => {
  const { delivery } = props;
  const { savedAt } = delivery;
  const isByForm = delivery.route === 'dashboard';
  const late = isLate(delivery, useTime());
  return (
    <Card
      heading={i18n.t('delivery.sending', { name: nameOfSend(props) })}
      spoken="status"
      says={i18n.t(savedAt === undefined ? 'step.saySaving' : 'step.sayWaiting')}
    >
      {delivery.tokenSavedAt !== undefined && savedAt === undefined && (
        <p>{i18n.t('rotation.halfway.changingIds')}</p>
      )}
      <Steps delivery={delivery} />
      <p>{i18n.t(isByForm ? 'turn.look' : late ? 'delivery.late' : 'delivery.mayClose')}</p>
      {delivery.state === 'verifying' && (
        <Actions>
          <CheckNow
            workspaceId={delivery.workspaceId}
            destinationId={delivery.destinationId}
            look={isByForm}
          />
        </Actions>
      )}
    </Card>
  );
};

const Settled = (props: DeliveryProgressProps) => {
  const { delivery, watched } = props;
  const { outcome, problem, savedAt, settledAt } = delivery;
  const command = useCommand();
  const name = nameOfSend(props);
  const done = (
    <Button onClick={() => void command({ type: 'delivery.dismiss', deliveryId: delivery.id })}>
      {i18n.t('delivery.done')}
    </Button>
  );

  if (watched && (outcome === 'healthy' || outcome === 'unhealthy')) {
    const isProof = outcome === 'healthy' && watched.status === 'healthy';
    const span = (settledAt ?? 0) - (savedAt ?? 0);
    const note = isProof ? i18n.t('delivery.verified', { span: spanOf(span) }) : undefined;
    return (
      <DestinationCard {...watched} note={note}>
        {done}
      </DestinationCard>
    );
  }
  if (outcome === 'superseded') {
    return (
      <Card heading={i18n.t('delivery.superseded')} eyebrow={name} spoken="status">
        <p>{i18n.t('delivery.supersededNote')}</p>
        <Actions>{done}</Actions>
      </Card>
    );
  }
  const heading =
    outcome === 'rejected' ? i18n.t('delivery.rejected') : i18n.t('delivery.notHealthy', { name });
  return (
    <Card heading={heading} eyebrow={name} spoken="alert">
      {problem ? <ProblemNotice problem={problem} delivery={delivery} /> : <p>{i18n.t('delivery.late')}</p>}
      <Actions>{done}</Actions>
    </Card>
  );
};

/** One send, from the click until the far end proved it. */
export const DeliveryProgress = (props: DeliveryProgressProps) => {
  const { state, problem, turn } = props.delivery;
  if (state === 'settled') return <Settled {...props} />;
  if (state === 'person') {
    return turn ? <PersonsTurn {...props} /> : <Halfway delivery={props.delivery} name={nameOfSend(props)} />;
  }
  return state === 'waiting' && problem ? <Waiting {...props} problem={problem} /> : <Underway {...props} />;
};
