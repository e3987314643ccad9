import type { Job } from '../platforms/definition';
import { platformOf } from '../platforms/index';
import { rows } from '../storage/database';
import { destinationKey } from './destination';

/** Which guide a person is in: a row, so that it stays where it was after a sign-in, a reload or a closed popup. */

type Taken = { ok: true } | { ok: false; code: 'gone' | 'invalid' };

export const startGuide = async (wanted: {
  platform: string;
  job: Job;
  workspaceId?: string;
  destinationId?: string;
  reason?: string;
}): Promise<Taken> => {
  const { platform: id, job, workspaceId, destinationId, reason } = wanted;
  const platform = platformOf(id);
  if (!platform) return { ok: false, code: 'invalid' };
  if (reason !== undefined && !platform.rotation.some((known) => known === reason)) {
    return { ok: false, code: 'invalid' };
  }
  if (workspaceId !== undefined && destinationId !== undefined) {
    const target = await rows.get('destinations', destinationKey(workspaceId, destinationId));
    if (target?.type !== id) return { ok: false, code: 'gone' };
  }
  await rows.put('guides', {
    v: 1,
    platform: id,
    job,
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(destinationId === undefined ? {} : { destinationId }),
    ...(reason === undefined ? {} : { reason }),
    startedAt: Date.now(),
  });
  return { ok: true };
};

export const stopGuide = async (platform: string): Promise<Taken> => {
  await rows.remove('guides', platform);
  return { ok: true };
};
