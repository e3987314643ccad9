import { useState } from 'react';
import { i18n } from '#i18n';
import type { Platform } from '../lib/platforms/definition';
import { platformOf } from '../lib/platforms/index';
import type { Delivery, Fault, Turn } from '../lib/storage/rows';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { CopyButton } from './CopyButton';
import { labelOf } from './credential-texts';
import { askForDashboard } from './dashboard-access';
import css from './PersonsTurn.module.css';
import type { Watched } from './popup-state';
import { platformName, sentence } from './texts';
import { useCommand } from './use-command';

interface PersonsTurnProps {
  delivery: Delivery;
  watched?: Watched | undefined;
}

const factsOf = ({ delivery, watched }: PersonsTurnProps) => ({
  platform: platformName(delivery.platform),
  name: watched?.destination.name ?? platformName(delivery.platform),
});

const Faults = ({ platform, faults }: { platform: Platform; faults: readonly Fault[] }) => (
  <ul>
    {faults.map(({ code, kind }) => (
      <li key={`${code} ${kind}`}>
        {sentence(`turn.fault.${code}`, {
          label: kind === undefined ? '' : labelOf(platform, kind),
          platform: platform.name,
        })}
      </li>
    ))}
  </ul>
);

/**
 * One value after the other, by the person's own hand. The token goes straight into the field that they have clicked
 * into: it is never on the clipboard, which every program reads, nor in this page.
 */
const ByHand = ({ delivery, platform }: { delivery: Delivery; platform: Platform }) => {
  const command = useCommand();
  const [told, setTold] = useState<{ kind: string; ok: boolean }>();
  const place = async (kind: string) => {
    const answer = await command({ type: 'delivery.place', deliveryId: delivery.id, kind }, ['notReady']);
    setTold({ kind, ok: answer.ok });
  };
  // The ids of a rotation stay as they are.
  const kinds = platform.kinds.filter(({ secret }) => secret || delivery.job === 'create');
  return (
    <div className={css.byHand}>
      <p>{i18n.t('turn.byHand')}</p>
      <ul>
        {kinds.map((kind) => (
          <li key={kind.id}>
            <Button onClick={() => void place(kind.id)}>{i18n.t('turn.place', { label: kind.label })}</Button>
            {!kind.secret && (
              <CopyButton text={delivery.config[kind.field] ?? ''}>
                {i18n.t('turn.copy', { label: kind.label })}
              </CopyButton>
            )}
            <span role="status">
              {told?.kind === kind.id && i18n.t(told.ok ? 'turn.placed' : 'turn.notPlaced')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

const instruction = (turn: Turn, props: PersonsTurnProps): string => {
  const facts = factsOf(props);
  const isCreate = props.delivery.job === 'create';
  switch (turn.step) {
    case 'allow':
      return i18n.t('turn.allow');
    case 'open':
      return isCreate ? i18n.t('turn.openCreate', facts) : i18n.t('turn.openRotate', facts);
    case 'unfit':
      return i18n.t('turn.unfit');
    case 'save':
      if (turn.pressed) return i18n.t('turn.pressed');
      return i18n.t(isCreate ? 'turn.saveCreate' : 'turn.saveRotate');
  }
};

/** A send that goes on when the person has done their part in Upstack's dashboard: what that is, and nothing else. */
export const PersonsTurn = (props: PersonsTurnProps) => {
  const { delivery } = props;
  const command = useCommand();
  const platform = platformOf(delivery.platform);
  const { turn } = delivery;
  if (!platform || !turn) return null;
  const deliveryId = delivery.id;
  const mayBeSaved = turn.step === 'save' || turn.step === 'unfit';
  return (
    <Card
      eyebrow={platform.name}
      heading={sentence(`turn.heading.${turn.step}`)}
      spoken={turn.step === 'unfit' ? 'alert' : 'status'}
      says={instruction(turn, props)}
    >
      <p>{instruction(turn, props)}</p>
      {turn.step === 'unfit' && <Faults platform={platform} faults={turn.faults ?? []} />}
      {turn.step === 'unfit' && <ByHand delivery={delivery} platform={platform} />}
      <p className={css.note}>{i18n.t('turn.keeps')}</p>
      <Actions>
        {turn.step === 'allow' ? (
          <Button weight="primary" data-first onClick={askForDashboard}>
            {i18n.t('turn.allowButton')}
          </Button>
        ) : (
          <Button
            weight="primary"
            data-first
            onClick={() => void command({ type: 'delivery.retryNow', deliveryId })}
          >
            {i18n.t(turn.step === 'unfit' ? 'turn.again' : 'turn.show')}
          </Button>
        )}
        {mayBeSaved && (
          <Button onClick={() => void command({ type: 'delivery.saved', deliveryId })}>
            {i18n.t('turn.saved')}
          </Button>
        )}
        <Button onClick={() => void command({ type: 'delivery.withdraw', deliveryId })}>
          {i18n.t('turn.withdraw')}
        </Button>
      </Actions>
    </Card>
  );
};
