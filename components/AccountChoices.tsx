import { useId } from 'react';
import { i18n } from '#i18n';
import type { AccountChoice, Destination } from '../lib/storage/rows';
import css from './AccountChoices.module.css';
import { Button } from './Button';
import { say } from './live-regions';
import { platformName } from './texts';
import { useCommand } from './use-command';
import { useWish } from './use-wish';

/** `<platform>/<account>`. */
const partsOf = (key: string): [type: string, account: string] => {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
};

interface LineProps {
  choice: AccountChoice;
  /** Those of its workspace. */
  destinations: readonly Destination[];
}

const Line = ({ choice: { key, destination: chosen = '' }, destinations }: LineProps) => {
  const command = useCommand();
  const id = useId();
  const [shown, wish] = useWish(chosen);
  const [type, account] = partsOf(key);
  const there = destinations.filter((row) => row.type === type && row.goneAt === undefined);
  const choose = async (destination: string) => {
    wish(destination);
    const answer = await command({
      type: 'account.choose',
      account: key,
      ...(destination === '' ? {} : { destination }),
    });
    if (answer.ok) say('status', i18n.t('options.saved'), { shown: true });
  };
  const forget = async () => {
    const answer = await command({ type: 'account.forget', account: key });
    if (answer.ok) say('status', i18n.t('account.forgotten'), { shown: true });
  };
  return (
    <li>
      <label htmlFor={id}>
        {platformName(type)}{' '}
        <bdi dir="ltr" className="code">
          {account}
        </bdi>
      </label>
      <div className={css.choice}>
        <select
          id={id}
          value={there.some((row) => row.id === shown) ? shown : ''}
          onChange={({ target }) => void choose(target.value)}
        >
          <option value="">{i18n.t('account.byIds')}</option>
          {there.map((row) => (
            <option key={row.id} value={row.id}>
              {row.name}
            </option>
          ))}
        </select>
        <Button aria-label={i18n.t('account.forgetNamed', { account })} onClick={() => void forget()}>
          {i18n.t('account.forget')}
        </Button>
      </div>
    </li>
  );
};

interface AccountChoicesProps {
  /** All of one workspace. */
  choices: readonly AccountChoice[];
  destinations: readonly Destination[];
}

/** Where captures of each ad account go: learned from what was sent, and here to be changed or forgotten. */
export const AccountChoices = ({ choices, destinations }: AccountChoicesProps) => (
  <details className={css.accounts}>
    <summary>{i18n.t('account.heading', { n: choices.length })}</summary>
    <p>{i18n.t('account.about')}</p>
    <ul>
      {choices.map((choice) => (
        <Line key={choice.key} choice={choice} destinations={destinations} />
      ))}
    </ul>
  </details>
);
