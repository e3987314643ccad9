import { browser } from 'wxt/browser';
import { looksLikePixelId } from '../terms/shape';

/**
 * What an organisation lays down for its browsers, in `storage.managed` (see docs/managed-policy.md). It can take
 * away and prefill, and nothing else: whatever cannot be read changes nothing, no value gives more than there is
 * without a policy, and no secret and no address can stand in it.
 */
export interface Policy {
  /** False: an Upstack key stays in memory and is asked for again when the browser has been closed. */
  rememberKeys: boolean;
  /** False: nothing is sent to Upstack. */
  sending: boolean;
  /** Offered where a workspace is connected. Name at most 100 characters, Upstack pixel ID a UUID in lower case. */
  workspaces: readonly { name: string; pixelId: string }[];
}

const MOST_WORKSPACES = 200;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const preparedFrom = (value: unknown): Policy['workspaces'] => {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_WORKSPACES).flatMap((entry: unknown) => {
    if (!isRecord(entry) || typeof entry.pixelId !== 'string') return [];
    const pixelId = entry.pixelId.trim().toLowerCase();
    const name = typeof entry.name === 'string' ? entry.name.trim().slice(0, 100) : '';
    return looksLikePixelId(pixelId) ? [{ name, pixelId }] : [];
  });
};

/** Takes anything. */
export const policyFrom = (value: unknown): Policy => {
  const given = isRecord(value) ? value : {};
  return {
    rememberKeys: given.rememberKeys !== false,
    sending: given.sending !== false,
    workspaces: preparedFrom(given.workspaces),
  };
};

/** The policy as it stands. Firefox rejects where there is none, and some browsers have no such storage. */
export const readPolicy = async (): Promise<Policy> => {
  try {
    return policyFrom(await browser.storage.managed.get(null));
  } catch {
    return policyFrom(undefined);
  }
};
