import { i18n } from '#i18n';
import { Button } from './Button';
import css from './Sample.module.css';
import { useCommand } from './use-command';

/** On every screen that shows sample data, with the way out. The page is loaded anew when other rows hold. */
export const SampleBar = () => {
  const command = useCommand();
  return (
    <aside className={css.bar} aria-label={i18n.t('sample.name')}>
      <p>
        <strong>{i18n.t('sample.name')}</strong> {i18n.t('sample.about')}
      </p>
      <Button onClick={() => void command({ type: 'sample.leave' })}>{i18n.t('sample.leave')}</Button>
    </aside>
  );
};

interface TrySampleProps {
  /** Beside going there. */
  onEnter?: (() => unknown) | undefined;
  weight?: 'plain' | 'quiet';
}

export const TrySample = ({ onEnter, weight = 'quiet' }: TrySampleProps) => {
  const command = useCommand();
  return (
    <Button
      weight={weight}
      onClick={() => {
        onEnter?.();
        void command({ type: 'sample.enter' });
      }}
    >
      {i18n.t('sample.try')}
    </Button>
  );
};
