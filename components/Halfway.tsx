import { i18n } from '#i18n';
import type { Delivery } from '../lib/storage/rows';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { ProblemNotice } from './ProblemNotice';
import { useCommand } from './use-command';

interface HalfwayProps {
  delivery: Delivery;
  name: string;
}

/** The token is replaced, the ids are not: Upstack refused the second of the two steps. */
export const Halfway = ({ delivery, name }: HalfwayProps) => {
  const command = useCommand();
  const deliveryId = delivery.id;
  return (
    <Card eyebrow={name} heading={i18n.t('rotation.halfway.heading')} spoken="alert">
      <p>{i18n.t('rotation.halfway.idsRefused')}</p>
      {delivery.problem && <ProblemNotice problem={delivery.problem} delivery={delivery} />}
      <Actions>
        <Button
          weight="primary"
          data-first
          onClick={() => void command({ type: 'delivery.retryNow', deliveryId })}
        >
          {i18n.t('rotation.retryIds')}
        </Button>
        <Button onClick={() => void command({ type: 'delivery.keepIds', deliveryId })}>
          {i18n.t('rotation.keepIds')}
        </Button>
      </Actions>
    </Card>
  );
};
