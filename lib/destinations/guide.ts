import { tokenName } from '../credentials/token-name';
import type { GuideStep, GuideView, Job, Platform } from '../platforms/definition';
import type { Capture, Delivery, Destination, SeenPage } from '../storage/rows';
import { reminderOf } from './reminder';

/** The steps that a person is led through, from what can be seen of where they are. Pure. */

export interface GuidedStep {
  id: string;
  state: 'done' | 'now' | 'next';
  /** One of the ad console: `platforms.<id>.guide.<step>.text` and `.lost`. Else `guide.step.<id>`. */
  own: boolean;
  button?: string;
  url?: string;
  /** To be typed as it stands. */
  name?: string;
  /** It is here because of what was seen, such as five tokens. */
  branch?: true;
}

export interface Progress {
  capture?: Capture | undefined;
  /** Of that capture, or of the destination. */
  delivery?: Delivery | undefined;
  /** Of a rotation. */
  destination?: Destination | undefined;
}

/** Ids by kind, from the most certain: what is captured, then what Upstack has, then what the page shows as its own. */
const idsOf = (
  platform: Platform,
  page: SeenPage | undefined,
  { capture, destination }: Progress,
): Record<string, string> => {
  const ids: Record<string, string> = {};
  for (const kind of platform.kinds) {
    if (kind.secret) continue;
    const seen = page?.ids.filter((id) => id.kind === kind.id) ?? [];
    const only = seen.length === 1 ? seen[0]?.value : undefined;
    const value = capture?.ids[kind.id]?.value || destination?.config[kind.field] || only;
    if (value) ids[kind.id] = value;
  }
  return ids;
};

interface Step extends Omit<GuidedStep, 'state'> {
  done: boolean;
  /** See `GuideStep.apart`. */
  apart?: true;
}

const isSaved = (delivery: Delivery | undefined): boolean =>
  (delivery?.savedAt ?? delivery?.tokenSavedAt) !== undefined;

/** What is to do here, once the ad console has given the token. */
const ownSteps = (
  platform: Platform,
  job: Job,
  ids: Readonly<Record<string, string>>,
  { delivery, destination }: Progress,
  now: number,
): Step[] => {
  const { button, url } = platform.revoking;
  const old = destination && reminderOf(destination, now);
  return [
    { id: 'send', own: false, done: isSaved(delivery) },
    { id: 'healthy', own: false, done: delivery?.outcome === 'healthy' },
    ...(job === 'rotate'
      ? [
          {
            id: 'deleteOld',
            own: false,
            url: url(ids),
            done: old?.state === 'done',
            ...(button === undefined ? {} : { button }),
            ...(old?.label === undefined ? {} : { name: old.label }),
          },
        ]
      : []),
  ];
};

/** A step is done when it or a later one is; the first that is not is the one to do now. */
const withStates = (steps: readonly Step[]): GuidedStep[] => {
  const last = steps.findLastIndex(({ done, apart }) => done && !apart);
  const isDone = ({ done }: Step, index: number): boolean => done || index < last;
  const now = steps.findIndex((step, index) => !isDone(step, index));
  return steps.map((step, index): GuidedStep => {
    const { done: _done, apart: _apart, ...rest } = step;
    return { ...rest, state: isDone(step, index) ? 'done' : index === now ? 'now' : 'next' };
  });
};

export const guideOf = (
  platform: Platform,
  job: Job,
  page: SeenPage | undefined,
  progress: Progress,
  now: number,
): { steps: GuidedStep[]; helpUrl: string } => {
  const { steps, helpUrl } = platform.guides[job];
  const ids = idsOf(platform, page, progress);
  const view: GuideView = {
    ...(page?.screen === undefined ? {} : { screen: page.screen }),
    landmarks: page?.landmarks ?? [],
    ids: Object.keys(ids),
    captured: (progress.capture?.tokens.length ?? 0) > 0 || isSaved(progress.delivery),
  };
  const inConsole = (step: GuideStep): Step => ({
    id: step.id,
    own: true,
    done: step.isDone(view),
    ...(step.apart ? { apart: true as const } : {}),
    ...(step.button === undefined ? {} : { button: step.button }),
    ...(step.url ? { url: step.url(ids) } : {}),
    ...(step.named ? { name: tokenName(job, new Date(now)) } : {}),
    ...(step.isWanted ? { branch: true as const } : {}),
  });
  const wanted = steps.filter(({ isWanted }) => isWanted?.(view) ?? true);
  return {
    steps: withStates([...wanted.map(inConsole), ...ownSteps(platform, job, ids, progress, now)]),
    helpUrl,
  };
};
