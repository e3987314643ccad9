import { i18n } from '#i18n';
import type { Workspace } from '../lib/storage/rows';
import { Button, LinkButton } from './Button';
import { Actions, Card } from './Card';
import { UPSTACK_APP } from './links';
import { ProblemNotice } from './ProblemNotice';
import { ReplaceKey } from './ReplaceKey';
import { sentence } from './texts';
import { useCommand } from './use-command';

/** The workspace cannot be used: its key was refused, or it lacks something. */
export const KeyTrouble = ({ workspace, waiting }: { workspace: Workspace; waiting: boolean }) => {
  const command = useCommand();
  const { id, state, problem } = workspace;
  return (
    <Card
      heading={sentence(`workspace.heading.${state}`, {}, i18n.t('workspace.heading.failed'))}
      eyebrow={workspace.name}
      spoken="alert"
    >
      {state === 'failed' && problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        <p>{sentence(`workspace.about.${state}`)}</p>
      )}
      {waiting && <p>{i18n.t('workspace.sendWaits')}</p>}
      {state !== 'failed' && <ReplaceKey workspaceId={id} first />}
      <Actions>
        <Button onClick={() => void command({ type: 'workspace.test', workspaceId: id })}>
          {i18n.t('workspace.test')}
        </Button>
        <LinkButton href={UPSTACK_APP}>{i18n.t('workspace.openUpstack')}</LinkButton>
      </Actions>
    </Card>
  );
};
