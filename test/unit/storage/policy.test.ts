import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { send } from '../../../lib/deliveries/deliveries';
import { closeDatabase } from '../../../lib/storage/database';
import { type Policy, policyFrom, readPolicy } from '../../../lib/storage/policy';
import { connect, keyOf } from '../../../lib/workspaces/workspaces';
import { json } from '../upstack/network';

/** T23: whatever a managed policy says, it takes away or prefills, and never gives. */

const PIXEL = '0b5f3c52-95c1-4f6e-9d5e-1a2b3c4d5e6f';
const OTHER = '1c6a4d63-a6d2-4a7f-8e6f-2b3c4d5e6f70';
const KEY = ['upstack', 'first0123456789abcd'].join('_');

const anyValue = fc.anything({ withNullPrototype: true, withBigInt: true });
/** Near to what is understood, with names that somebody may hope for. */
const anyPolicy = fc.oneof(
  anyValue,
  fc.record(
    {
      rememberKeys: fc.oneof(fc.boolean(), anyValue),
      sending: fc.oneof(fc.boolean(), anyValue),
      workspaces: fc.oneof(
        anyValue,
        fc.array(
          fc.oneof(anyValue, fc.record({ name: fc.string(), pixelId: fc.constantFrom(PIXEL, OTHER, 'x') })),
        ),
      ),
      apiOrigin: fc.webUrl(),
      apiUrl: fc.webUrl(),
      apiKey: fc.string(),
      __proto__: fc.record({ rememberKeys: fc.constant(true), apiOrigin: fc.webUrl() }),
    },
    { requiredKeys: [] },
  ),
);

const managed = (policy: unknown): void => {
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => policy as Record<string, unknown>);
};

let asked: string[];

beforeEach(() => {
  asked = [];
  const locks = { request: (_name: string, task: () => unknown) => task() };
  vi.stubGlobal('navigator', { onLine: true, locks });
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return json({ destinations: [], nextCursor: null });
  });
});

afterEach(async () => {
  await closeDatabase({ remove: true });
  await deleteDB('upstack-keys');
});

const isOnDisk = async (): Promise<boolean> => {
  const database = await openDB('upstack-keys');
  const count = database.objectStoreNames.contains('sealed') ? await database.count('sealed') : 0;
  database.close();
  return count > 0;
};

const connected = async (remember: boolean): Promise<string> => {
  const answer = await connect({ apiKey: KEY, pixelId: PIXEL, name: 'Acme', remember });
  if (!answer.ok) throw new Error(answer.code);
  return answer.id;
};

it('reads anything, and gives no more than there is without a policy', () => {
  fc.assert(
    fc.property(anyPolicy, (value) => {
      const { rememberKeys, sending, workspaces, ...rest }: Policy = policyFrom(value);
      expect(rest).toEqual({});
      expect([typeof rememberKeys, typeof sending]).toEqual(['boolean', 'boolean']);
      expect(workspaces.length).toBeLessThanOrEqual(200);
      for (const one of workspaces) {
        expect(Object.keys(one).sort()).toEqual(['name', 'pixelId']);
        expect(one.pixelId).toMatch(/^[0-9a-f-]{36}$/);
        expect(one.name.length).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 5_000 },
  );
});

it('understands what is right, and leaves out what is not', () => {
  const policy = policyFrom({
    rememberKeys: false,
    sending: 'no',
    workspaces: [{ name: ' Acme ', pixelId: PIXEL.toUpperCase() }, { name: 'x', pixelId: 'x' }, null],
  });
  expect(policy).toEqual({
    rememberKeys: false,
    sending: true,
    workspaces: [{ name: 'Acme', pixelId: PIXEL }],
  });
});

it('takes a browser without such a storage for one without a policy', async () => {
  vi.spyOn(browser.storage.managed, 'get').mockRejectedValue(new Error('Managed storage manifest not found'));
  expect(await readPolicy()).toEqual({ rememberKeys: true, sending: true, workspaces: [] });
});

it('never keeps a key that the person did not want kept, nor asks another host: 1,000 policies', async () => {
  await fc.assert(
    fc.asyncProperty(anyPolicy, async (value) => {
      managed(value);
      const id = await connected(false);
      expect(await isOnDisk()).toBe(false);
      expect((await keyOf(id))?.reveal()).toBe(KEY);
    }),
    { numRuns: 1_000 },
  );
  expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set(['https://api.upstackdata.com']));
  // The control: without a policy, a key that is wanted is kept.
  managed({});
  await connected(true);
  expect(await isOnDisk()).toBe(true);
}, 60_000);

it('keeps no key on the disk where the organisation forbids it, not even an older one', async () => {
  managed({});
  const id = await connected(true);
  expect(await isOnDisk()).toBe(true);
  managed({ rememberKeys: false });
  expect((await keyOf(id))?.reveal()).toBe(KEY);
  expect(await isOnDisk()).toBe(false);
  expect((await keyOf(id))?.reveal()).toBe(KEY);
  await connected(true);
  expect(await isOnDisk()).toBe(false);
});

it('sends nothing where the organisation forbids it', async () => {
  managed({ sending: false });
  expect(await send('any')).toEqual({ ok: false, code: 'forbidden' });
  managed({});
  expect(await send('any')).toEqual({ ok: false, code: 'gone' });
});
