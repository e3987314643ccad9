import type { Capture, Destination } from '../storage/rows';

/** The other destinations that one token may serve. Pure. */

/**
 * Where a captured token may go next, once it has gone somewhere: to those that use the token it has replaced there,
 * which proves that one token serves them all; and to those in the same workspace that have none. Nothing unless the
 * person has asked for it.
 */
export const othersFor = (capture: Capture, destinations: readonly Destination[]): Destination[] => {
  const { sent = [], ticks } = capture;
  if (!ticks.others || sent.length === 0) return [];
  const done = new Set(sent.map(({ key }) => key));
  const replaced = new Set(sent.flatMap(({ replaced: old }) => old ?? []));
  const inWorkspaces = new Set(
    destinations.filter(({ key }) => done.has(key)).map(({ workspaceId }) => workspaceId),
  );
  return destinations.filter(({ key, type, goneAt, workspaceId, token }) => {
    if (type !== capture.platform || goneAt !== undefined || done.has(key)) return false;
    return token.isSet
      ? token.fingerprint !== undefined && replaced.has(token.fingerprint)
      : inWorkspaces.has(workspaceId);
  });
};

/** Those that use the same token as this one now. */
export const sharersOf = (
  { key, type, token }: Destination,
  destinations: readonly Destination[],
): Destination[] =>
  token.fingerprint === undefined
    ? []
    : destinations.filter(
        (other) =>
          other.key !== key &&
          other.type === type &&
          other.goneAt === undefined &&
          other.token.fingerprint === token.fingerprint,
      );
