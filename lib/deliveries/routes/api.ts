import { sameIds } from '../../destinations/matching';
import { platformOf } from '../../platforms/index';
import type { Delivery } from '../../storage/rows';
import type { Access, Saved, UpstackClient } from '../../upstack/client';
import { NO_KEY } from '../../workspaces/workspaces';
import type { Asked, Route } from '../route';

type Client = Pick<
  UpstackClient,
  'createDestination' | 'rotateAccessToken' | 'patchDestination' | 'listDestinations' | 'getDestination'
>;

const GARBLED = { kind: 'garbled' } as const;

/** Through Upstack's API. */
export const createApiRoute = (
  client: Client,
  accessOf: (workspaceId: string) => Promise<Access | undefined>,
): Route => {
  /** A create is known by what it would have made: type, ids and fingerprint. */
  const askForCreated = async (access: Access, delivery: Delivery): Promise<Asked> => {
    const answer = await client.listDestinations(access);
    if (!answer.ok) return { found: 'unknown', problem: answer.problem };
    const { destinations, unreadable } = answer.value;
    const platform = platformOf(delivery.platform);
    const there = destinations.filter(
      ({ type, config }) =>
        type === delivery.platform && platform && sameIds(platform, delivery.config, config),
    );
    const ours = there.find(({ token }) => token.fingerprint === delivery.fingerprint);
    if (ours) return { found: 'applied', destination: ours };
    const [other] = there;
    if (other) {
      return { found: 'taken', problem: { kind: 'exists', existingId: other.id }, destination: other };
    }
    // What could not be read may be the one we look for.
    return unreadable > 0 ? { found: 'unknown', problem: GARBLED } : { found: 'absent' };
  };

  /** The token is there; what counts is which ids are. */
  const askForIds = ({ from = {}, config: wanted, platform: type }: Delivery, saved: Saved): Asked => {
    const platform = platformOf(type);
    const { config, etag } = saved.destination;
    if (!platform) return { found: 'unknown', problem: GARBLED };
    if (sameIds(platform, wanted, config)) return { found: 'applied', ...saved };
    // Somebody else gave it a third set of ids meanwhile.
    const isUnchanged = platform.kinds.every(
      (kind) => kind.secret || (config[kind.field] ?? '') === (from[kind.field] ?? ''),
    );
    if (!isUnchanged) return { found: 'taken', problem: { kind: 'stale' } };
    return etag === undefined ? { found: 'unknown', problem: GARBLED } : { found: 'absent', etag };
  };

  /** A rotation is a PUT: what counts is which token is there now. */
  const askForRotated = async (
    access: Access,
    delivery: Delivery,
    id: string,
    ours: readonly string[],
  ): Promise<Asked> => {
    const answer = await client.getDestination(access, id);
    if (!answer.ok) {
      const found = answer.problem.kind === 'notFound' ? 'taken' : 'unknown';
      return { found, problem: answer.problem };
    }
    const { etag, token } = answer.value.destination;
    const isHalfway = delivery.from !== undefined && delivery.tokenSavedAt !== undefined;
    if (token.fingerprint === delivery.fingerprint) {
      return isHalfway ? askForIds(delivery, answer.value) : { found: 'applied', ...answer.value };
    }
    if (isHalfway) return { found: 'overtaken' };
    const expected = [delivery.replaces, ...ours];
    const isChanged = delivery.replaces !== undefined && !expected.includes(token.fingerprint ?? '');
    if (isChanged) return { found: 'overtaken' };
    // The contract wants If-Match: without an ETag there is no safe way to write.
    return etag === undefined ? { found: 'unknown', problem: GARBLED } : { found: 'absent', etag };
  };

  return {
    // Without its ETag a rotation cannot be written.
    asksFirst: ({ job, etag }) => job === 'rotate' && etag === undefined,

    save: async (delivery, secret) => {
      const access = await accessOf(delivery.workspaceId);
      if (!access) return { ok: false, problem: NO_KEY };
      const { job, platform: type, config, name, label, destinationId = '', etag = '' } = delivery;
      const answer =
        job === 'create'
          ? await client.createDestination(
              access,
              { type, config, token: secret, ...(name ? { name } : {}), ...(label ? { label } : {}) },
              delivery.idempotencyKey,
            )
          : await client.rotateAccessToken(access, destinationId, etag, secret, label);
      // An answer that names another token, or another destination, proves nothing.
      const saved = answer.ok && answer.value.destination;
      if (!saved) return answer;
      const isOurs = saved.token.fingerprint === delivery.fingerprint && saved.type === type;
      return isOurs && (job === 'create' || saved.id === destinationId)
        ? answer
        : { ok: false, problem: GARBLED };
    },

    changeIds: async (delivery) => {
      const access = await accessOf(delivery.workspaceId);
      if (!access) return { ok: false, problem: NO_KEY };
      const { config, destinationId = '', etag = '' } = delivery;
      const answer = await client.patchDestination(access, destinationId, etag, { config });
      const platform = platformOf(delivery.platform);
      const saved = answer.ok && answer.value.destination;
      if (!saved) return answer;
      const isOurs = saved.id === destinationId && saved.token.fingerprint === delivery.fingerprint;
      return isOurs && platform && sameIds(platform, config, saved.config)
        ? answer
        : { ok: false, problem: GARBLED };
    },

    ask: async (delivery, ours) => {
      const access = await accessOf(delivery.workspaceId);
      if (!access) return { found: 'unknown', problem: NO_KEY };
      return delivery.job === 'rotate' && delivery.destinationId !== undefined
        ? askForRotated(access, delivery, delivery.destinationId, ours)
        : askForCreated(access, delivery);
    },
  };
};
