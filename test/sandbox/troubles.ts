import type { AdPlatform, PlatformId } from './ad-accounts';
import type { PlatformApis } from './platform-apis';
import type { Upstack } from './upstack';
import { isPlayed } from './upstack-health';
import { type HeldDestination, type HeldWorkspace, type ReasonCode, targetOf } from './upstack-state';

/** Makes a destination ill by doing to the world what would make it ill, so that its health follows by itself. */
export interface Troubles {
  makeUnhealthy(destinationId: string, reason: ReasonCode): void;
  /** Everything that troubles did is undone: all tokens, roles, pixels, ids are back, platforms and stores run. */
  mend(): void;
}

export const createTroubles = (
  platforms: Record<PlatformId, AdPlatform>,
  apis: PlatformApis,
  upstack: Upstack,
): Troubles => {
  const lostConfigs = new Map<HeldDestination, Record<string, string>>();

  const workspaceOf = (destination: HeldDestination): HeldWorkspace => {
    const workspace = upstack.workspaces.find((one) => one.destinations.includes(destination));
    if (!workspace) throw new Error(`${destination.id} is in no workspace.`);
    return workspace;
  };

  return {
    makeUnhealthy(destinationId, reason) {
      const destination = upstack.destination(destinationId);
      const { type, config, token } = destination;
      if (!isPlayed(type)) throw new Error(`${type} is not played here.`);
      const platform = platforms[type];
      const issued = platform.tokens.find((one) => one.value === token?.value);
      const target = targetOf(type, config) ?? '';
      const change: Record<ReasonCode, () => void> = {
        token_invalid: () => platform.deleteToken(issued?.id ?? ''),
        account_mismatch: () => {
          for (const business of platform.businesses)
            platform.setRole(business.id, issued?.userId ?? '', 'analyst');
        },
        pixel_not_found: () => platform.close(target),
        config_incomplete: () => {
          lostConfigs.set(destination, config);
          destination.config = {};
        },
        payload_rejected: () => {
          workspaceOf(destination).store = 'malformed';
        },
        rate_limited: () => {
          apis.modes[type] = { kind: 'throttled' };
        },
        platform_unavailable: () => {
          apis.modes[type] = { kind: 'outage' };
        },
        no_recent_events: () => {
          workspaceOf(destination).store = 'silent';
        },
        unknown: () => {
          apis.modes[type] = { kind: 'odd', status: 451 };
        },
      };
      change[reason]();
    },

    mend() {
      for (const [destination, config] of lostConfigs) destination.config = config;
      lostConfigs.clear();
      for (const platform of Object.values(platforms)) {
        platform.restore();
        apis.modes[platform.id] = { kind: 'normal' };
      }
      for (const workspace of upstack.workspaces) workspace.store = 'flowing';
      for (const destination of upstack.destinations()) upstack.force(destination.id, undefined);
    },
  };
};
