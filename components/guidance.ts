import { type GuidedStep, guideOf, type Progress } from '../lib/destinations/guide';
import type { Job, Platform } from '../lib/platforms/definition';
import type { Capture, OpenGuide, SeenPage } from '../lib/storage/rows';
import { isFruitful, type Snapshot } from './popup-state';

/** Where a person is on the way to a token of one platform. */
export interface Guidance {
  platform: Platform;
  job: Job;
  /** The guide that they have asked for; without one, the page that they are on leads them. */
  open?: OpenGuide | undefined;
  page?: SeenPage | undefined;
  progress: Progress;
  steps: GuidedStep[];
  helpUrl: string;
}

const newest = <T extends { createdAt: number }>(all: readonly T[]): T | undefined =>
  all.reduce<T | undefined>((best, one) => (best && best.createdAt >= one.createdAt ? best : one), undefined);

const captureFor = (platform: Platform, { captures }: Snapshot, since: number): Capture | undefined =>
  newest(
    captures.filter(
      ({ platform: id, tokens, state, createdAt }) =>
        id === platform.id &&
        tokens.length > 0 &&
        (state === 'open' || state === 'arriving' || (state === 'sent' && createdAt >= since)),
    ),
  );

const progressOf = (
  platform: Platform,
  open: OpenGuide | undefined,
  rows: Snapshot,
  since: number,
): Progress => {
  const capture = captureFor(platform, rows, since);
  const delivery = newest(
    rows.deliveries.filter(
      (one) =>
        one.platform === platform.id &&
        isFruitful(one) &&
        (one.captureId === capture?.id || one.createdAt >= since),
    ),
  );
  const destination = rows.destinations.find(
    ({ id, workspaceId }) => id === open?.destinationId && workspaceId === open.workspaceId,
  );
  return { capture, delivery, destination };
};

/** `since`: what was captured and sent before that belongs to an earlier round, unless a guide was asked for. */
export const guidanceOf = (
  platform: Platform,
  rows: Snapshot,
  page: SeenPage | undefined,
  now: number,
  since: number,
): Guidance => {
  const open = rows.guides.find((guide) => guide.platform === platform.id);
  const job = open?.job ?? 'create';
  const progress = progressOf(platform, open, rows, open?.startedAt ?? since);
  const here = page?.platform === platform.id ? page : undefined;
  return { platform, job, open, page: here, progress, ...guideOf(platform, job, here, progress, now) };
};
