import { choiceKey } from '../destinations/matching';
import { reviewOf } from '../destinations/review';
import { platformOf } from '../platforms/index';
import type { Delivery } from '../storage/rows';
import type { World } from './world';

export type Sent = { ok: true; id: string } | { ok: false; code: 'gone' | 'notReady' };

/**
 * A person pressed Send: the review is asked once more, and if nothing stands against it, a delivery takes the
 * capture over. Pressed twice, or in two windows, it is one delivery.
 */
export const createSend =
  (world: World) =>
  (captureId: string): Promise<Sent> =>
    world.exclusively('send', async () => {
      const { rows, now } = world;
      const capture = await rows.get('captures', captureId);
      const platform = capture && platformOf(capture.platform);
      if (!platform) return { ok: false, code: 'gone' };

      const deliveries = await rows.all('deliveries');
      // A capture that is open again may have one whose token is at Upstack and which is only watched: it may go elsewhere.
      const underWay = deliveries.find(
        (row) =>
          row.captureId === captureId &&
          row.state !== 'settled' &&
          (capture.state === 'sent' || (row.savedAt ?? row.tokenSavedAt) === undefined),
      );
      if (underWay) return { ok: true, id: underWay.id };
      if (capture.state !== 'open') return { ok: false, code: 'gone' };

      const destinations = await rows.all('destinations');
      const workspaces = await rows.all('workspaces');
      const review = reviewOf(capture, workspaces, destinations, now(), await rows.all('accountChoices'));
      const { workspaceId, destination: choice, job, blockers, config, consequence } = review;
      const token = capture.tokens.find(({ fingerprint }) => fingerprint === capture.chosen);
      const route = workspaces.find((row) => row.id === workspaceId)?.route;
      const isReady = blockers.length === 0 && workspaceId !== undefined && choice !== undefined && route;
      if (!isReady || !token || !(await world.readSecret(token.fingerprint))) {
        return { ok: false, code: 'notReady' };
      }
      const target = destinations.find(
        (row) => job === 'rotate' && row.workspaceId === workspaceId && row.id === choice,
      );
      // The same token may have been captured anew while its older capture was being sent.
      const isSentAlready = deliveries.some(
        (row) =>
          row.state !== 'settled' &&
          row.fingerprint === token.fingerprint &&
          row.workspaceId === workspaceId &&
          // A twin has the same ids, and may be meant to have the same token.
          (target === undefined || row.destinationId === undefined || row.destinationId === target.id) &&
          JSON.stringify(row.config) === JSON.stringify(config),
      );
      if (isSentAlready) return { ok: false, code: 'notReady' };

      const replaces = target?.token.isSet ? target.token.fingerprint : '';
      const id = world.newId();
      const delivery: Delivery = {
        v: 1,
        id,
        captureId,
        workspaceId,
        route,
        job,
        platform: platform.id,
        config,
        fingerprint: token.fingerprint,
        mask: token.mask,
        verdict: token.verdict.level,
        label: review.label,
        ...(token.issuedAt === undefined ? {} : { issuedAt: token.issuedAt }),
        ...(target
          ? {
              destinationId: target.id,
              ...(target.etag === undefined ? {} : { etag: target.etag }),
              ...(replaces === undefined ? {} : { replaces }),
              ...(consequence?.code === 'replacesTokenAndIds' ? { from: target.config } : {}),
              ...(consequence?.code === 'replacesTokenOnly' ? { other: true as const } : {}),
            }
          : { name: [platform.name, ...Object.values(config)].join(' · ').slice(0, 100) }),
        idempotencyKey: world.newId(),
        createdAt: now(),
        state: 'queued',
        attempt: 0,
        ambiguous: false,
        // That the capture is sent follows from this row, and is made good by the drain if we die here.
        followUp: true,
      };
      await rows.put('deliveries', delivery);
      const account = choiceKey(capture);
      if (account !== undefined && !delivery.other) {
        await rows.put('accountChoices', {
          v: 1,
          key: account,
          workspaceId,
          ...(target ? { destination: target.id } : {}),
          at: now(),
        });
      }
      await world.markSent(captureId);
      return { ok: true, id };
    });
