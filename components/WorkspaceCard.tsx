import { useState } from 'react';
import { i18n } from '#i18n';
import type { AccountChoice, Destination, Workspace } from '../lib/storage/rows';
import { type Colour, colours } from '../lib/terms/colours';
import { AccountChoices } from './AccountChoices';
import { Button } from './Button';
import { Actions, Card } from './Card';
import { Choice } from './Choice';
import { Confirm } from './Confirm';
import { Dot } from './Dot';
import { askForDashboard } from './dashboard-access';
import type { IconName } from './Icon';
import { say } from './live-regions';
import { ProblemNotice } from './ProblemNotice';
import { RelativeTime } from './RelativeTime';
import { ReplaceKey } from './ReplaceKey';
import { Chip, type Tone } from './StatusChip';
import { TextField } from './TextField';
import { problemText } from './texts';
import { useCommand } from './use-command';
import css from './WorkspaceCard.module.css';

const looks: Readonly<Record<Workspace['state'], { tone: Tone; icon: IconName }>> = {
  connecting: { tone: 'busy', icon: 'ring' },
  connected: { tone: 'good', icon: 'tick' },
  failed: { tone: 'calm', icon: 'dashed' },
  keyRefused: { tone: 'bad', icon: 'cross' },
  keyMissing: { tone: 'calm', icon: 'dashed' },
  scopeMissing: { tone: 'bad', icon: 'triangle' },
  pixelMismatch: { tone: 'bad', icon: 'triangle' },
};

interface RenameProps {
  workspace: Workspace;
  onEnd: (renamed: boolean) => void;
}

const Rename = ({ workspace, onEnd }: RenameProps) => {
  const command = useCommand();
  const [name, setName] = useState(workspace.name);
  const [error, setError] = useState<string>();
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return setError(i18n.t('options.nameMissing'));
    const answer = await command({ type: 'workspace.rename', workspaceId: workspace.id, name: name.trim() });
    if (answer.ok) onEnd(true);
  };
  return (
    <form className={css.form} onSubmit={(event) => void save(event)}>
      <TextField
        label={i18n.t('connect.name')}
        autoFocus
        value={name}
        error={error}
        onChange={({ target }) => setName(target.value)}
      />
      <Actions>
        <Button type="submit" weight="primary">
          {i18n.t('options.save')}
        </Button>
        <Button data-cancel onClick={() => onEnd(false)}>
          {i18n.t('workspace.cancel')}
        </Button>
      </Actions>
    </form>
  );
};

/** Chosen at once, as every setting is. */
const Colours = ({ workspace, onEnd }: { workspace: Workspace; onEnd: () => void }) => {
  const command = useCommand();
  const { id, colour: chosen } = workspace;
  const choose = async (colour: Colour) => {
    const answer = await command({ type: 'workspace.recolour', workspaceId: id, colour });
    if (answer.ok) say('status', i18n.t('options.saved'), { shown: true });
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        onEnd();
      }}
    >
      <Choice
        legend={i18n.t('options.colour')}
        value={chosen}
        of={colours.map((colour) => [
          colour,
          <span key={colour}>
            <Dot colour={colour} />
            {i18n.t(`options.colours.${colour}`)}
          </span>,
        ])}
        onChoose={(colour) => void choose(colour)}
        inLine
        autoFocus
      />
      <Actions>
        <Button type="submit" data-cancel>
          {i18n.t('options.close')}
        </Button>
      </Actions>
    </form>
  );
};

type Open = 'replaceKey' | 'rename' | 'colour' | 'confirm';

interface WorkspaceCardProps {
  workspace: Workspace;
  /** Those of this workspace. */
  destinations: readonly Destination[];
  accountChoices: readonly AccountChoice[];
}

/** A connected workspace with everything that can be done to it, each result in words. */
export const WorkspaceCard = ({ workspace, destinations, accountChoices }: WorkspaceCardProps) => {
  const command = useCommand();
  const { id, state, problem } = workspace;
  const [open, setOpen] = useState<Open>();
  const isByForm = workspace.route === 'dashboard';
  // There is no key of it, and nothing to try.
  const isMade = workspace.sample === true;
  const [testing, setTesting] = useState(false);
  const [testedFrom, setTestedFrom] = useState<number>();
  const works = testedFrom !== undefined && state === 'connected' && (workspace.testedAt ?? 0) >= testedFrom;

  const test = async () => {
    setTesting(true);
    setTestedFrom(Date.now());
    await command({ type: 'workspace.test', workspaceId: id });
    setTesting(false);
  };
  const disconnect = async (force: boolean) => {
    const answer = await command({ type: 'workspace.disconnect', workspaceId: id, force }, ['busy']);
    if (!answer.ok && answer.code === 'busy') setOpen('confirm');
  };
  const end = (text?: string) => {
    setOpen(undefined);
    if (text) say('status', text, { shown: true });
  };

  return (
    <Card
      mark={<Dot colour={workspace.colour} />}
      heading={workspace.name}
      spoken={problem ? 'alert' : 'status'}
      says={problem ? problemText(problem) : i18n.t(`options.state.${state}`)}
      chip={<Chip {...looks[state]}>{i18n.t(`options.state.${state}`)}</Chip>}
    >
      {isMade && <p>{i18n.t('sample.consequence')}</p>}
      {isByForm && <p>{i18n.t('route.about')}</p>}
      {!isByForm && !isMade && (
        <dl className={css.facts}>
          <dt>{i18n.t('options.key')}</dt>
          <dd>
            <bdi dir="ltr" className="code">
              {`••••••••${workspace.keyMask.replaceAll('•', '')}`}
            </bdi>
            <p>{i18n.t(workspace.remember ? 'options.remembered' : 'options.sessionOnly')}</p>
          </dd>
          <dt>{i18n.t('options.pixel')}</dt>
          <dd>
            <bdi dir="ltr" className="code">
              {workspace.pixelId}
            </bdi>
          </dd>
          {workspace.testedAt !== undefined && (
            <>
              <dt>{i18n.t('options.tested')}</dt>
              <dd>
                <RelativeTime at={workspace.testedAt} />
              </dd>
            </>
          )}
        </dl>
      )}
      {accountChoices.length > 0 && <AccountChoices choices={accountChoices} destinations={destinations} />}
      {works && !problem && <p className={css.works}>{i18n.t('options.works')}</p>}
      {problem && <ProblemNotice problem={problem} />}
      {open === 'replaceKey' && (
        <ReplaceKey workspaceId={id} onTaken={() => end(i18n.t('options.replaced'))} onCancel={() => end()} />
      )}
      {open === 'rename' && (
        <Rename
          workspace={workspace}
          onEnd={(renamed) => end(renamed ? i18n.t('options.renamed') : undefined)}
        />
      )}
      {open === 'colour' && <Colours workspace={workspace} onEnd={() => end()} />}
      {open === 'confirm' && (
        <Confirm
          question={i18n.t('options.busyHeading')}
          note={i18n.t('options.busy')}
          back={i18n.t('options.keep')}
          onBack={() => end()}
          on={i18n.t('options.disconnectAnyway')}
          onGo={() => void disconnect(true)}
        />
      )}
      {open === undefined && !isMade && (
        <Actions>
          {isByForm ? (
            <Button onClick={askForDashboard}>{i18n.t('turn.allowButton')}</Button>
          ) : (
            <>
              <Button aria-disabled={testing || undefined} onClick={() => void (testing || test())}>
                {i18n.t(testing ? 'options.testing' : 'workspace.test')}
              </Button>
              <Button onClick={() => setOpen('replaceKey')}>{i18n.t('workspace.replaceKey')}</Button>
            </>
          )}
          <Button onClick={() => setOpen('rename')}>{i18n.t('options.rename')}</Button>
          <Button onClick={() => setOpen('colour')}>{i18n.t('options.colour')}</Button>
          <Button onClick={() => void disconnect(false)}>{i18n.t('options.disconnect')}</Button>
        </Actions>
      )}
    </Card>
  );
};
