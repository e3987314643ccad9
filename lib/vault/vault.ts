import { browser } from 'wxt/browser';
import { Secret } from '../credentials/secret';
import { isSample } from '../storage/database';

/**
 * The only home of a captured token: `storage.session`, which no browser writes to disk and no content script can
 * read. Deleting from `storage.local` or IndexedDB would leave the bytes on disk, so a token never goes there.
 */

const PREFIX = 'secret:';
/** Sample tokens lie apart: whoever works on sample data does not even see a person's own. */
const SAMPLE_PREFIX = 'sample:';

const prefix = async (): Promise<string> => ((await isSample()) ? SAMPLE_PREFIX : PREFIX);
const keyOf = async (fingerprint: string): Promise<string> => (await prefix()) + fingerprint;

interface Kept {
  value: string;
  expiresAt: number;
}

/** What lies in the area is checked before it is believed: another version of us may have put it there. */
const isKept = (item: unknown): item is Kept =>
  typeof item === 'object' &&
  item !== null &&
  typeof (item as Kept).value === 'string' &&
  Number.isFinite((item as Kept).expiresAt);

/** Puts a secret away, or gives it a new end. The promise settles when it is kept. */
export const keepSecret = async (fingerprint: string, secret: Secret, expiresAt: number): Promise<void> => {
  const kept: Kept = { value: secret.reveal(), expiresAt };
  await browser.storage.session.set({ [await keyOf(fingerprint)]: kept });
};

/** The secret, unless it is gone or past its time. */
export const readSecret = async (fingerprint: string): Promise<Secret | undefined> => {
  const key = await keyOf(fingerprint);
  const item: unknown = (await browser.storage.session.get(key))[key];
  return isKept(item) && item.expiresAt > Date.now() ? Secret.of(item.value) : undefined;
};

export const dropSecret = async (fingerprint: string): Promise<void> => {
  await browser.storage.session.remove(await keyOf(fingerprint));
};

/** Every secret that lies in the vault, past its time or not. An item that is none of ours counts as past. */
export const listSecrets = async (): Promise<{ fingerprint: string; expiresAt: number }[]> => {
  const own = await prefix();
  const items: Record<string, unknown> = await browser.storage.session.get(null);
  return Object.entries(items)
    .filter(([key]) => key.startsWith(own))
    .map(([key, item]) => ({
      fingerprint: key.slice(own.length),
      expiresAt: isKept(item) ? item.expiresAt : 0,
    }));
};
