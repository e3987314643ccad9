import { useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { Workspace } from '../lib/storage/rows';
import { looksLikePixelId } from '../lib/terms/shape';
import { attemptText, isSlip } from './attempt-text';
import { Button } from './Button';
import { Card } from './Card';
import css from './ConnectForm.module.css';
import { ProblemNotice } from './ProblemNotice';
import { TrySample } from './Sample';
import { TextField } from './TextField';
import { Tick } from './Tick';
import { UseDashboard } from './UseDashboard';
import { useCommand } from './use-command';
import { usePolicy } from './use-policy';

/** Far more than any key: such a text is not even told to the background. */
const MAX_KEY = 500;

interface Errors {
  apiKey?: string;
  pixelId?: string;
}

/**
 * Connects a workspace. The key is in the field alone and in no state of this page; it stays there until it was
 * taken, so that nobody types it twice because Upstack was down.
 */
const ConnectForm = ({ attempt }: { attempt?: Workspace | undefined }) => {
  const command = useCommand();
  const hint = useId();
  const offered = useId();
  const { workspaces: prepared, rememberKeys } = usePolicy();
  const key = useRef<HTMLInputElement>(null);
  const pixel = useRef<HTMLInputElement>(null);
  const [typedPixelId, setPixelId] = useState(attempt?.pixelId);
  const [typedName, setName] = useState(attempt?.name);
  const isOffered = prepared.length > 1;
  // The only one that the organisation has prepared is filled in; of several, one is offered while typing.
  const pixelId = typedPixelId ?? (prepared.length === 1 ? prepared[0]?.pixelId : undefined) ?? '';
  const name = typedName ?? prepared.find((one) => one.pixelId === pixelId.trim().toLowerCase())?.name ?? '';
  const [remember, setRemember] = useState(attempt?.remember ?? true);
  const [errors, setErrors] = useState<Errors>({});
  const [asking, setAsking] = useState(false);
  const problem = asking ? undefined : attempt?.problem;
  const slip = problem && isSlip(problem);
  const connecting = asking || attempt?.state === 'connecting';

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const apiKey = key.current?.value.trim() ?? '';
    // Quotes and characters without a width come along when it is copied.
    const wantedPixel = pixelId.replace(/^[^\da-z]+|[^\da-z]+$/gi, '');
    const found: Errors = {
      ...(apiKey && apiKey.length <= MAX_KEY
        ? {}
        : { apiKey: i18n.t(apiKey ? 'connect.keyMalformed' : 'connect.keyMissing') }),
      ...(looksLikePixelId(wantedPixel)
        ? {}
        : { pixelId: i18n.t(pixelId.trim() ? 'connect.pixelNoUuid' : 'connect.pixelMissing') }),
    };
    setErrors(found);
    if (found.apiKey) return key.current?.focus();
    if (found.pixelId) return pixel.current?.focus();
    setAsking(true);
    const wanted = {
      type: 'workspace.connect',
      apiKey,
      pixelId: wantedPixel,
      name: name.trim(),
      remember: remember && rememberKeys,
    } as const;
    // Why something is `invalid` is told by the row of the attempt.
    const answer = await command(wanted, ['invalid', 'failed']);
    // The background may have ended half-way. To connect twice is to connect once.
    if (!answer.ok && answer.code === 'failed') await command(wanted, ['invalid']);
    setAsking(false);
  };

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate aria-describedby={hint}>
      <p id={hint}>{i18n.t('connect.where')}</p>
      {problem && !slip && <ProblemNotice problem={problem} text={attemptText(problem)} />}
      <TextField
        ref={key}
        label={i18n.t('connect.apiKey')}
        masked
        error={errors.apiKey ?? (slip ? attemptText(problem) : undefined)}
        data-first
        onInput={() => setErrors(({ pixelId: other }) => (other ? { pixelId: other } : {}))}
      />
      <TextField
        ref={pixel}
        label={i18n.t('connect.pixelId')}
        hint={i18n.t('connect.pixelHint')}
        error={errors.pixelId}
        dir="ltr"
        list={isOffered ? offered : undefined}
        value={pixelId}
        onChange={({ target }) => {
          setPixelId(target.value);
          setErrors(({ apiKey: other }) => (other ? { apiKey: other } : {}));
        }}
      />
      {isOffered && (
        <datalist id={offered}>
          {prepared.map((one) => (
            <option key={one.pixelId} value={one.pixelId} label={one.name} />
          ))}
        </datalist>
      )}
      <TextField
        label={i18n.t('connect.name')}
        hint={i18n.t('connect.nameHint')}
        maxLength={100}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Tick
        label={i18n.t('connect.remember')}
        note={i18n.t(rememberKeys ? 'connect.rememberNote' : 'connect.rememberForbidden')}
        checked={remember && rememberKeys}
        disabled={!rememberKeys}
        onChange={setRemember}
      />
      <Button
        type="submit"
        weight={problem?.kind === 'noDestinationsApi' ? 'plain' : 'primary'}
        disabled={connecting}
      >
        {i18n.t(connecting ? 'connect.connecting' : 'connect.connect')}
      </Button>
    </form>
  );
};

interface ConnectProps {
  attempt?: Workspace | undefined;
  /** Offers sample data as well. */
  sample?: boolean;
}

export const Connect = ({ attempt, sample = false }: ConnectProps) => {
  const { state, problem } = attempt ?? {};
  return (
    <Card
      heading={i18n.t('connect.heading')}
      spoken={problem ? 'alert' : 'status'}
      says={
        problem ? attemptText(problem) : state === 'connecting' ? i18n.t('connect.connecting') : undefined
      }
    >
      <ConnectForm attempt={attempt} />
      <UseDashboard instead={problem?.kind === 'noDestinationsApi'} />
      {sample && <TrySample />}
    </Card>
  );
};
