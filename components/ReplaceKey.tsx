import { useRef, useState } from 'react';
import { i18n } from '#i18n';
import { attemptText } from './attempt-text';
import { Button } from './Button';
import { Actions } from './Card';
import css from './ConnectForm.module.css';
import { TextField } from './TextField';
import { useCommand } from './use-command';

interface ReplaceKeyProps {
  workspaceId: string;
  /** It is the main thing to do here. */
  first?: boolean;
  /** Called once the new key was taken. */
  onTaken?: () => void;
  onCancel?: () => void;
}

/** A new key for a workspace. Like in the connect form, the key is in no state of this page. */
export const ReplaceKey = ({ workspaceId, first = false, onTaken, onCancel }: ReplaceKeyProps) => {
  const command = useCommand();
  const key = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string>();
  const [asking, setAsking] = useState(false);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const apiKey = key.current?.value.trim() ?? '';
    if (!apiKey) {
      setError(i18n.t('connect.keyMissing'));
      return key.current?.focus();
    }
    setAsking(true);
    const answer = await command({ type: 'workspace.replaceKey', workspaceId, apiKey }, [
      'invalid',
      'problem',
    ]);
    setAsking(false);
    if (!answer.ok) {
      if (answer.code === 'invalid') setError(i18n.t('connect.keyMalformed'));
      if (answer.code === 'problem') setError(attemptText(answer.problem));
      return key.current?.focus();
    }
    if (key.current) key.current.value = '';
    onTaken?.();
  };

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        ref={key}
        label={i18n.t('connect.apiKey')}
        masked
        error={error}
        data-first={first || undefined}
        autoFocus={onCancel !== undefined}
        onInput={() => setError(undefined)}
      />
      <Actions>
        <Button type="submit" weight="primary" disabled={asking}>
          {i18n.t('workspace.replaceKey')}
        </Button>
        {onCancel && (
          <Button data-cancel onClick={onCancel}>
            {i18n.t('workspace.cancel')}
          </Button>
        )}
      </Actions>
    </form>
  );
};
