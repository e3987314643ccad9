import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { idsByKind } from '../lib/credentials/kinds';
import { type DiagnosisRow, diagnose, type Diagnosis as Finding } from '../lib/destinations/diagnosis';
import { supportDetails } from '../lib/destinations/support';
import type { Platform } from '../lib/platforms/definition';
import { platformOf } from '../lib/platforms/index';
import type { Destination, Workspace } from '../lib/storage/rows';
import { askAdminText } from './admin-request';
import { Button, LinkButton } from './Button';
import { Actions } from './Card';
import { CheckNow } from './CheckNow';
import { CopyButton } from './CopyButton';
import { labelOf } from './credential-texts';
import css from './Diagnosis.module.css';
import { HealthChart } from './HealthChart';
import { Icon, type IconName } from './Icon';
import { UPSTACK_APP } from './links';
import { useTime } from './RelativeTime';
import { useAllRows } from './rows-context';
import { TestSteps } from './TestSteps';
import { problemText, sentence } from './texts';
import { useCommand } from './use-command';

const icons: Readonly<Record<DiagnosisRow['result'], IconName>> = {
  passed: 'tick',
  failed: 'cross',
  unknown: 'dashed',
};

const titleOf = (platform: Platform, { id, own }: DiagnosisRow): string => {
  if (own) return sentence(`platforms.${platform.id}.diagnosis.${id}`);
  const labels = platform.kinds.flatMap((kind) => (kind.secret ? [] : [labelOf(platform, kind.id)]));
  return sentence(`diagnosis.row.${id}`, { platform: platform.name, ids: labels.join(', ') });
};

/** What was looked at, and what came of it. What nobody can know from here says so. */
const Checklist = ({ platform, rows }: { platform: Platform; rows: readonly DiagnosisRow[] }) => (
  <details className={css.checks} open>
    <summary>{i18n.t('diagnosis.heading')}</summary>
    <ul className={css.rows}>
      {rows.map((row) => (
        <li key={row.id} className={css[row.result]}>
          <Icon name={icons[row.result]} />
          <div>
            <p>{titleOf(platform, row)}</p>
            <p className={css.detail}>
              <span className={css.result}>{i18n.t(`diagnosis.result.${row.result}`)}</span>
              {' · '}
              {sentence(`diagnosis.detail.${row.detail}`)}
            </p>
          </div>
        </li>
      ))}
    </ul>
  </details>
);

interface TheOneProps {
  platform: Platform;
  destination: Destination;
  finding: Finding;
  isByForm: boolean;
}

/** The one thing to do about it. */
const TheOne = ({ platform, destination, finding: { remedy }, isByForm }: TheOneProps) => {
  const command = useCommand();
  const { workspaceId, id } = destination;
  const ids = idsByKind(platform, destination.config);
  const label = sentence(`diagnosis.button.${remedy}`);
  const link = (href: string) => (
    <LinkButton weight="primary" first href={href}>
      {label}
    </LinkButton>
  );
  switch (remedy) {
    case 'rotateToken':
      return (
        <Button
          weight="primary"
          data-first
          onClick={() =>
            void command({
              type: 'guide.start',
              platform: platform.id,
              job: 'rotate',
              workspaceId,
              destinationId: id,
              reason: 'authentication',
            })
          }
        >
          {label}
        </Button>
      );
    case 'compareAccounts':
      return link(platform.tokenPageUrl(ids));
    case 'readIdAgain':
      return link(
        platform.guides.create.steps.find(({ apart, url }) => apart && url)?.url?.(ids) ?? platform.startUrl,
      );
    case 'completeConfig':
    case 'openDashboard':
    case 'checkStorePixel':
      return link(destination.dashboardUrl ?? UPSTACK_APP);
    case 'replaceKey':
      return (
        <Button weight="primary" data-first onClick={() => void browser.runtime.openOptionsPage()}>
          {label}
        </Button>
      );
    default:
      return <CheckNow workspaceId={workspaceId} destinationId={id} primary look={isByForm} />;
  }
};

/** A test event that was asked for: while it is on its way, and what came of each of its steps. */
const Tested = ({ check }: { check: Destination['check'] }) => {
  if (!check) return null;
  if (check.endedAt === undefined) return <p>{i18n.t('check.testing')}</p>;
  return (
    <>
      {check.problem && <p>{problemText(check.problem)}</p>}
      {check.steps && check.steps.length > 0 && <TestSteps steps={check.steps} />}
    </>
  );
};

interface DiagnosisProps {
  destination: Destination;
  workspace: Workspace | undefined;
}

/** Why a destination is not well: one sentence, one thing to do, and the evidence. */
export const Diagnosis = ({ destination, workspace }: DiagnosisProps) => {
  const platform = platformOf(destination.type);
  const evidence = useAllRows();
  const now = useTime();
  if (!platform) return null;
  const finding = diagnose(destination, workspace, evidence);
  const { code, remedy, rows } = finding;
  const isByForm = workspace?.route === 'dashboard';
  const canCheck = workspace?.state === 'connected';
  const versions = {
    'Upstack Capture': browser.runtime.getManifest().version,
    Browser: navigator.userAgent,
  };
  return (
    <>
      <p>
        {sentence(`platforms.${platform.id}.cause.${code}`) ||
          sentence(`diagnosis.cause.${code}`, {}, i18n.t('cause.unknown'))}
      </p>
      <p>{sentence(`remedy.${remedy}`)}</p>
      <Actions>
        <TheOne platform={platform} destination={destination} finding={finding} isByForm={isByForm} />
        {canCheck && remedy !== 'wait' && remedy !== 'checkNow' && (
          <CheckNow workspaceId={destination.workspaceId} destinationId={destination.id} look={isByForm} />
        )}
      </Actions>
      <HealthChart destination={destination} />
      <Tested check={destination.check} />
      <Checklist platform={platform} rows={rows} />
      <p className={css.detail}>{i18n.t('diagnosis.support')}</p>
      <Actions>
        <CopyButton text={supportDetails({ destination, workspace, diagnosis: finding, versions, now })}>
          {i18n.t('diagnosis.copy')}
        </CopyButton>
        {code === 'account_mismatch' && (
          <CopyButton text={askAdminText(platform, destination)}>
            {i18n.t('diagnosis.askAdminButton')}
          </CopyButton>
        )}
      </Actions>
    </>
  );
};
