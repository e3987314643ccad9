import { i18n } from '#i18n';
import type { VerdictLevel } from '../lib/platforms/definition';
import { Icon, type IconName } from './Icon';
import type { Status } from './popup-state';
import css from './StatusChip.module.css';

export type Tone = 'good' | 'doubt' | 'bad' | 'calm' | 'busy';

export const Chip = ({ tone, icon, children }: { tone: Tone; icon: IconName; children: React.ReactNode }) => (
  <span className={`${css.chip} ${css[tone]}`}>
    <Icon name={icon} />
    <span>{children}</span>
  </span>
);

const looks: Readonly<Record<Status, { tone: Tone; icon: IconName }>> = {
  healthy: { tone: 'good', icon: 'tick' },
  unhealthy: { tone: 'bad', icon: 'cross' },
  degraded: { tone: 'bad', icon: 'triangle' },
  platformTrouble: { tone: 'doubt', icon: 'clock' },
  pending: { tone: 'busy', icon: 'dashed' },
  paused: { tone: 'calm', icon: 'pause' },
  unknown: { tone: 'calm', icon: 'dashed' },
  couldNotCheck: { tone: 'calm', icon: 'dashed' },
  gone: { tone: 'doubt', icon: 'triangle' },
};

export const StatusChip = ({ status }: { status: Status }) => (
  <Chip {...looks[status]}>{i18n.t(`status.${status}`)}</Chip>
);

const levelIcons: Readonly<Record<VerdictLevel, IconName>> = {
  good: 'tick',
  doubt: 'triangle',
  bad: 'cross',
};

export const VerdictChip = ({ level, children }: { level: VerdictLevel; children: React.ReactNode }) => (
  <Chip tone={level} icon={levelIcons[level]}>
    {children}
  </Chip>
);
