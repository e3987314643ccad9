import type { ValidationStep } from '../lib/storage/rows';
import css from './DeliveryProgress.module.css';
import { Icon, type IconName } from './Icon';
import { sentence } from './texts';

type Progress = 'done' | 'running' | 'ahead' | 'failed' | 'open';

const icons: Readonly<Record<Progress, IconName>> = {
  done: 'tick',
  running: 'ring',
  ahead: 'dashed',
  failed: 'cross',
  open: 'triangle',
};

const progressOf: Readonly<Record<ValidationStep['status'], Progress>> = {
  passed: 'done',
  failed: 'failed',
  warning: 'open',
  not_verifiable: 'open',
  skipped: 'ahead',
  unknown: 'open',
};

export const Step = ({ progress, children }: { progress: Progress; children: React.ReactNode }) => (
  <li className={css[progress]}>
    <Icon name={icons[progress]} turning={progress === 'running'} />
    <span>{children}</span>
  </li>
);

const nameOfStep = ({ name, status }: ValidationStep): string => {
  const text = sentence(`step.${name}`, {}, name);
  return status === 'passed' ? text : `${text}: ${sentence(`step.status.${status}`)}`;
};

/** What Upstack's own test did, in its order. */
export const TestedSteps = ({ steps }: { steps: readonly ValidationStep[] }) =>
  steps.map((step) => (
    <Step key={step.name} progress={progressOf[step.status]}>
      {nameOfStep(step)}
    </Step>
  ));

export const TestSteps = ({ steps }: { steps: readonly ValidationStep[] }) => (
  <ol className={css.steps}>
    <TestedSteps steps={steps} />
  </ol>
);
