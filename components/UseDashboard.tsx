import { i18n } from '#i18n';
import { Button } from './Button';
import css from './UseDashboard.module.css';
import { useCommand } from './use-command';

/** The way without a key, in plain words. `instead`: the other way was tried and is not open yet. */
export const UseDashboard = ({ instead }: { instead: boolean }) => {
  const command = useCommand();
  return (
    <section className={css.way} aria-labelledby="without-key">
      <h3 id="without-key">{i18n.t('route.heading')}</h3>
      <p>{i18n.t('route.body')}</p>
      <Button
        weight={instead ? 'primary' : 'plain'}
        onClick={() => void command({ type: 'workspace.useDashboard', name: '' })}
      >
        {i18n.t('route.use')}
      </Button>
    </section>
  );
};
