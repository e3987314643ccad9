/**
 * `npm start`: the main job on the embedded sandbox, by API or, with `-- --route dashboard`, without a key. With a
 * display, a window with the two ad consoles and the extension, connected and ready; it stays until it is closed.
 * Without one, or with `--headless`, the story tells itself: each step is printed as it happens, with pictures in
 * `.output/story/`, and the exit code is 0 only if all of it held.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser } from '../browser/find';
import { type Launched, launchWithExtension } from '../browser/launch';
import { buildConsoles } from '../sandbox/consoles/build';
import { type Sandbox, startSandbox } from '../sandbox/server';
import { goWithoutKey, willAllow } from './dashboard';
import { journeys } from './journeys';
import { fillConnection } from './screens';
import { type Route, tellStory } from './tell';

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const buildExtension = (): void => {
  const wxt = join('node_modules', 'wxt', 'bin', 'wxt.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [wxt, 'build'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}${stderr}\nThe extension could not be built.`);
};

/** Connects the sandbox's workspace as a person would, so that nobody has to type a key to try this. */
const connect = async ({ context, url }: Launched, { upstack }: Sandbox, route: Route): Promise<void> => {
  const page = await context.newPage();
  await page.goto(url('options.html'));
  if (route === 'api') {
    await fillConnection(page, upstack);
    await page.getByText(upstack.workspace.accountName).first().waitFor();
  } else {
    await goWithoutKey(page);
    await page.getByRole('button', { name: 'Go on without a key' }).waitFor({ state: 'detached' });
  }
  await page.close();
};

const sending: Record<Route, string> = {
  api: `Look at what was found, press Send to Upstack, and wait for Healthy.
  4. The Sandbox tab has switches that break things. Press "Check now" in the popup to see it sooner.`,
  dashboard: `Look at what was found, press Fill in Upstack, and allow access to the dashboard when you are asked.
  4. In the dashboard: + New Destination, the platform, Next. The form is filled for you; press Create Configuration.
  5. The Sandbox tab has switches that break things. Reload the dashboard and look at the popup to see it told.`,
};

const showWindow = async (sandbox: Sandbox, route: Route): Promise<void> => {
  const launched = await launchWithExtension({ hosts: sandbox, headless: false });
  const { context } = launched;
  await connect(launched, sandbox, route);
  const [first = await context.newPage()] = context.pages();
  const [reddit, pinterest] = journeys;
  await reddit?.open(first);
  await pinterest?.open(await context.newPage());
  await (await context.newPage()).goto('https://sandbox.localhost/');
  await first.bringToFront();
  console.log(`
A window is open. Everything in it is played by this computer; no token is real and nothing leaves it.

  1. In the Reddit tab: menu → Ads → Events Manager → Conversions API → + Generate Access Token.
     In the Pinterest tab: menu → Conversions → Set up API → Generate new token, then Conversions → Manage tag.
  2. The toolbar button says NEW (pin it with the puzzle piece to see it). Click it.
  3. ${sending[route]}

Close the window, or press Ctrl+C here, to end it.`);
  const closed = new Promise<void>((done) => context.once('close', () => done()));
  const interrupted = new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  await Promise.race([closed, interrupted]);
  await launched.close();
};

const wishes = (): { route: Route; headless: boolean } => {
  const { values } = parseArgs({
    options: { route: { type: 'string', default: 'api' }, headless: { type: 'boolean', default: false } },
  });
  const { route, headless } = values;
  if (route !== 'api' && route !== 'dashboard') throw new Error('The routes are "api" and "dashboard".');
  return { route, headless };
};

const main = async (): Promise<void> => {
  const { route, headless } = wishes();
  ensureBrowser();
  console.log('Building the extension and the played consoles …');
  buildExtension();
  await buildConsoles();
  const sandbox = await startSandbox();
  try {
    if (hasDisplay() && !headless) {
      await showWindow(sandbox, route);
    } else {
      const launched = await launchWithExtension({ hosts: sandbox, headless: true });
      try {
        await connect(launched, sandbox, route);
        if (route === 'dashboard') await willAllow(launched);
        await tellStory(launched, sandbox, route);
      } finally {
        await launched.close();
      }
    }
  } finally {
    await sandbox.close();
  }
};

main().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
