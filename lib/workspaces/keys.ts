import { type DBSchema, openDB } from 'idb';
import { browser } from 'wxt/browser';
import { Secret } from '../credentials/secret';
import { readPolicy } from '../storage/policy';

/**
 * Where Upstack keys lie. One that is not to be remembered lies in `storage.session`, in memory, and is gone with the
 * browser. One that is lies in IndexedDB, sealed with AES-GCM under a key that scripts cannot export. That keeps it
 * from a casual look, from a search through the profile and from a script of ours gone astray, and no further: the
 * browser stores the sealing key beside it in the clear, so who has the profile has the API key (measured).
 */

interface KeyStore extends DBSchema {
  sealed: { key: string; value: { iv: Uint8Array<ArrayBuffer>; text: ArrayBuffer } };
  sealing: { key: 'key'; value: CryptoKey };
}

const open = () =>
  openDB<KeyStore>('upstack-keys', 1, {
    upgrade: (database) => {
      database.createObjectStore('sealed');
      database.createObjectStore('sealing');
    },
  });

/** Opened for each use and closed again: keys are read seldom, and an open database would hold up its removal. */
const withStore = async <T>(use: (database: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> => {
  const database = await open();
  try {
    return await use(database);
  } finally {
    database.close();
  }
};

const sessionKey = (workspaceId: string): string => `apiKey:${workspaceId}`;

const keepSealed = (workspaceId: string, apiKey: string): Promise<void> =>
  withStore(async (database) => {
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    // Two at once agree on one key: whoever comes second finds the first one's.
    const transaction = database.transaction('sealing', 'readwrite');
    const key = (await transaction.store.get('key')) ?? fresh;
    await transaction.store.put(key, 'key');
    await transaction.done;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(apiKey));
    await database.put('sealed', { iv, text }, workspaceId);
  });

const readSealed = (workspaceId: string): Promise<string | undefined> =>
  withStore(async (database) => {
    const sealed = await database.get('sealed', workspaceId);
    const key = await database.get('sealing', 'key');
    if (!sealed || !key) return undefined;
    // What cannot be unsealed is as good as gone: the person is asked for the key again.
    const text = await crypto.subtle
      .decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.text)
      .catch(() => undefined);
    return text && new TextDecoder().decode(text);
  });

/** Puts a workspace's key away, in place of the one before. */
export const keepKey = async (workspaceId: string, apiKey: string, remember: boolean): Promise<void> => {
  if (remember && (await readPolicy()).rememberKeys) {
    await keepSealed(workspaceId, apiKey);
    await browser.storage.session.remove(sessionKey(workspaceId));
  } else {
    await browser.storage.session.set({ [sessionKey(workspaceId)]: apiKey });
    await withStore((database) => database.delete('sealed', workspaceId));
  }
};

/** The key of a workspace, unless it was not to be remembered and the browser has been closed since. */
export const keyOf = async (workspaceId: string): Promise<Secret | undefined> => {
  const name = sessionKey(workspaceId);
  const held: unknown = (await browser.storage.session.get(name))[name];
  if (typeof held === 'string') return Secret.of(held);
  const apiKey = await readSealed(workspaceId);
  if (apiKey === undefined) return undefined;
  // It was kept before a policy forbade it.
  if (!(await readPolicy()).rememberKeys) await keepKey(workspaceId, apiKey, false);
  return Secret.of(apiKey);
};

/** Of every workspace, and of those that nobody knows any more. */
export const forgetAllKeys = async (): Promise<void> => {
  const names = Object.keys(await browser.storage.session.get(null));
  await browser.storage.session.remove(names.filter((name) => name.startsWith(sessionKey(''))));
  await withStore(async (database) => {
    await database.clear('sealed');
    await database.clear('sealing');
  });
};

export const forgetKey = async (workspaceId: string): Promise<void> => {
  await browser.storage.session.remove(sessionKey(workspaceId));
  await withStore((database) => database.delete('sealed', workspaceId));
};
