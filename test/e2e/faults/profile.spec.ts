import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Launched, launchWithExtension, openToolPage } from '../../browser/launch';
import { type Sandbox, startSandbox } from '../../sandbox/server';
import { newDestination } from '../../sandbox/upstack-state';
import { says } from '../../story/texts';
import { expect, test } from '../fixtures';
import { type Random, randomOf } from '../zoo/random';

/** What a disk does to the files in which the browser keeps our rows, while the browser is closed. */

const DAMAGES = Number(process.env.DAMAGED_PROFILES ?? 1);

const WATCHED = ['workspaces', 'destinations', 'history'];

/** Keys of rows by store, past our own door; nothing if the browser does not open the database. */
const keysIn = (tool: Page): Promise<string[] | undefined> =>
  tool.evaluate(
    (stores) =>
      new Promise<string[] | undefined>((done) => {
        const opening = indexedDB.open('upstack-capture');
        opening.onerror = () => done(undefined);
        opening.onsuccess = async () => {
          const database = opening.result;
          const keys = stores.map(
            (store) =>
              new Promise<string[]>((found) => {
                if (!database.objectStoreNames.contains(store)) return found([]);
                const asking = database.transaction(store).objectStore(store).getAllKeys();
                asking.onsuccess = () => found(asking.result.map((key) => `${store} ${key}`));
                asking.onerror = () => found([]);
              }),
          );
          done((await Promise.all(keys)).flat());
          database.close();
        };
      }),
    WATCHED,
  );

const filesOf = (profile: string, { extensionId }: Pick<Launched, 'extensionId'>): string[] =>
  readdirSync(profile, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes(extensionId) && /IndexedDB|Local Extension Settings/.test(name))
    .map((name) => join(profile, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size > 0)
    .sort();

const damages: Readonly<Record<string, (file: string, random: Random) => void>> = {
  removed: (file) => rmSync(file),
  cut: (file, random) => truncateSync(file, random.whole(0, statSync(file).size - 1)),
  zeroed: (file, random) => {
    const bytes = readFileSync(file);
    const start = random.whole(0, bytes.length - 1);
    writeFileSync(file, bytes.fill(0, start, random.whole(start + 1, bytes.length)));
  },
  overwritten: (file, random) => {
    const bytes = readFileSync(file);
    for (let left = random.whole(1, 64); left > 0; left -= 1) {
      bytes[random.whole(0, bytes.length - 1)] = random.whole(0, 255);
    }
    writeFileSync(file, bytes);
  },
};

/** A profile with a workspace, its destinations and their history, of a browser that was closed. */
const prepare = async (sandbox: Sandbox, profile: string) => {
  const { apiKey, pixelId, workspace } = sandbox.upstack;
  for (let n = 0; n < 5; n += 1) {
    const config = { pixelId: `a2_${String(n).padStart(12, '0')}` };
    const token = `token ${n} of a test of damage`;
    workspace.destinations.push(newDestination({ type: 'reddit', config, token }, Date.now()));
  }
  const launched = await launchWithExtension({ hosts: sandbox, headless: true, profile });
  const tool = await openToolPage(launched);
  const connect = { type: 'workspace.connect', apiKey, pixelId, name: '', remember: true };
  await tool.evaluate((command) => chrome.runtime.sendMessage(command), connect);
  await expect.poll(async () => (await keysIn(tool))?.length).toBeGreaterThan(10);
  const before = (await keysIn(tool)) ?? [];
  await launched.close();
  return { before, files: filesOf(profile, launched) };
};

const TOLD = ['unreadable.heading', 'unreadable.headingVanished', 'unopened.heading'].map(says);

/** What is missing after a start from this profile, and whether the popup says so. */
const start = async (sandbox: Sandbox, profile: string, before: readonly string[]) => {
  const launched = await launchWithExtension({ hosts: sandbox, headless: true, profile });
  try {
    const popup = await launched.context.newPage();
    await popup.goto(launched.url('popup.html'));
    await popup.locator('main h2').first().waitFor();
    const tool = await openToolPage(launched);
    // Answered once the background is awake, which looks at what is stored before anything else.
    await tool.evaluate(() => chrome.runtime.sendMessage({ type: 'ping' }));
    const kept = await keysIn(tool);
    const missing = before.filter((key) => !kept?.includes(key));
    const isTold = async (): Promise<boolean> => {
      const text = await popup.locator('main').textContent();
      return TOLD.some((told) => told.test(text ?? ''));
    };
    if (missing.length > 0) await expect.poll(isTold).toBe(true);
    return { missing, told: await isTold() };
  } finally {
    await launched.close();
  }
};

test(`${DAMAGES} damaged files of the profile: it starts, and what is missing is told`, async () => {
  test.setTimeout(60_000 + DAMAGES * 30_000);
  const seed = Number(process.env.DAMAGE_SEED ?? 1);
  const random = randomOf(seed);
  const sandbox = await startSandbox();
  const whole = mkdtempSync(join(tmpdir(), 'whole-'));
  const profile = mkdtempSync(join(tmpdir(), 'damaged-'));
  const fresh = (): void => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    cpSync(whole, profile, { recursive: true });
  };
  try {
    const { before, files } = await prepare(sandbox, whole);
    const rowsFile = files.find((file) => /IndexedDB.*\.log$/.test(file)) ?? '';
    expect(files).toContain(rowsFile);
    let lost = 0;
    for (let round = 0; round < DAMAGES; round += 1) {
      fresh();
      // Every second time the one with the rows. Its end is what a browser gives up without a word.
      const file = random.chance(0.5) ? rowsFile : random.pick(files);
      const how = round === 0 ? 'cut' : random.pick(Object.keys(damages));
      const target = join(profile, (round === 0 ? rowsFile : file).slice(whole.length));
      damages[how]?.(target, random);
      const what = `seed ${seed}, round ${round}: ${how} ${target.slice(profile.length)}`;
      const { missing } = await test.step(what, () => start(sandbox, profile, before));
      if (missing.length > 0) lost += 1;
    }
    console.log(`  ${DAMAGES} files damaged: rows were missing ${lost} times, and told each time`);
    // The control: of a profile that is whole nothing is missing, and nothing is told.
    fresh();
    expect(await start(sandbox, profile, before)).toEqual({ missing: [], told: false });
  } finally {
    await sandbox.close();
    for (const folder of [whole, profile]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
