import { createHash } from 'node:crypto';
import { Secret } from '../../lib/credentials/secret';
import { createDrain } from '../../lib/deliveries/drain';
import { step } from '../../lib/deliveries/machine';
import type { Route } from '../../lib/deliveries/route';
import { createApiRoute } from '../../lib/deliveries/routes/api';
import { createSend } from '../../lib/deliveries/send';
import type { World } from '../../lib/deliveries/world';
import { destinationKey, isIll } from '../../lib/destinations/destination';
import { storeDestination } from '../../lib/destinations/refresh';
import type { Capture, Delivery, Workspace } from '../../lib/storage/rows';
import * as captures from '../../lib/vault/captures';
import { sweep } from '../../lib/vault/sweep';
import { readSecret } from '../../lib/vault/vault';
import { noteProblem } from '../../lib/workspaces/workspaces';
import { type Random, randomOf } from '../e2e/zoo/random';
import { pinterestKey } from '../sandbox/tokens';
import { rows, rowsOf, trace, useMemory } from './memory';
import { type Clock, createServer, type Traits } from './server';
import { createTurns } from './turns';

/**
 * One random story, all of which follows from its seed: tokens appear on pages, people press Send in two popups at
 * once, the worker dies, the extension is updated, keys are refused, clocks jump, the network comes and goes. The code
 * under test is the true one (captures, sweep, send, drain, machine, the API's route); the browser and Upstack are
 * played in memory. At the end all is well for long enough, and then nothing may be lost, doubled, left over or told
 * falsely.
 */

/** A defence taken away, to see that the story would notice. */
export type Sabotage = 'askFirst' | 'sweeper' | 'oneKey' | 'lock';

const START = Date.UTC(2026, 10, 22);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Few, so that captures meet at one destination. */
const IDS = [0, 1, 2].map((n) => ({
  account: String(549_755_813_999 + n),
  ids: [
    { kind: 'tagId', value: String(2_611_340_119_999 + n) },
    { kind: 'advertiserId', value: String(549_755_813_999 + n) },
  ],
}));

/** A token on the screen of an ad console, and the content script that reports it until it is heard. */
interface Screen {
  tabId: number;
  page: string;
  token: string;
  fingerprint: string;
  of: (typeof IDS)[number];
  isHeard: boolean;
  isOpen: boolean;
}

const fingerprintOf = (token: string): string =>
  `sha256:${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;

const workspaceRow = (): Workspace => ({
  v: 1,
  id: 'w1',
  name: 'Acme',
  pixelId: '00000000-0000-4000-8000-000000000001',
  route: 'api',
  remember: true,
  keyMask: '••••1234',
  createdAt: START,
  state: 'connected',
  testedAt: START,
  active: true,
  poll: { nextAt: START, misses: 0 },
});

/** Whose clock and chance the code under test sees. */
export const clock: Clock = { passed: 0, shown: START };
let chance: Random = randomOf(0);
/** As `crypto.randomUUID`, but of the seed. */
export const nextId = (): ReturnType<typeof crypto.randomUUID> => {
  const hex = Buffer.from(chance.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

let inTabs: readonly Screen[] = [];
/** In the place of `browser.tabs`. */
export const tabs = {
  query: async () => inTabs.filter(({ isOpen }) => isOpen).map(({ tabId }) => ({ id: tabId })),
};

export interface Told {
  /** Sentences; empty if all was well. */
  faults: string[];
  kills: number;
  turns: number;
  /** How deliveries ended. */
  outcomes: string[];
}

export const tellSchedule = async (seed: number, sabotage?: Sabotage): Promise<Told> => {
  const random = randomOf(seed);
  chance = randomOf(seed ^ 0x5bd1e995);
  Object.assign(clock, { passed: 0, shown: START } satisfies Clock);
  const turns = createTurns(random);
  const memory = useMemory(turns.pass, () => clock.shown, sabotage !== 'lock');
  const traits: Traits = { honoursKey: random.chance(0.5), refusesTwins: random.chance(0.5) };
  const server = createServer(traits, clock, random, turns.pass);
  const { state } = server;
  const screens: Screen[] = [];
  inTabs = screens;
  const keys = new Map<string, string>();
  const faults: string[] = [];
  /** All that the browser's clock has shown. */
  const shown = { first: clock.shown, last: clock.shown };
  const lookAtTheClock = (): void => {
    shown.first = Math.min(shown.first, clock.shown);
    shown.last = Math.max(shown.last, clock.shown);
  };
  let kills = 0;
  let updates = 0;

  // ── The extension ────────────────────────────────────────────────────────────────────────────────────────────

  const real = createApiRoute(
    {
      ...server.client,
      createDestination: (access, wanted, key) => {
        const known = keys.get(wanted.token.mask);
        if (known !== undefined && known !== key && isSameDelivery(wanted.token.mask))
          faults.push('I2: another Idempotency-Key at a later attempt');
        keys.set(wanted.token.mask, key);
        return server.client.createDestination(access, wanted, key);
      },
    },
    async () => ({ key: Secret.of('upstack_test'), pixelId: 'pixel' }),
  );

  /** A token has another delivery, and so another key, only after its first one was given back to the person. */
  const isSameDelivery = (mask: string): boolean =>
    rowsOf('deliveries').filter((row) => row.mask === mask).length === 1;

  const route: Route = {
    ...real,
    save: (delivery, secret) => {
      const row = rowsOf('deliveries').find(({ id }) => id === delivery.id);
      if (row?.state !== 'sending') faults.push(`I5: a call, and its row says ${row?.state}`);
      const minted = sabotage === 'oneKey' ? { ...delivery, idempotencyKey: nextId() } : delivery;
      return real.save(minted, secret);
    },
    ask: sabotage === 'askFirst' ? async () => ({ found: 'absent', etag: '"0"' }) : real.ask,
  };

  let locks = new Map<string, Promise<unknown>>();
  const exclusively: World['exclusively'] = (name, task) => {
    if (sabotage === 'lock') return task();
    const turn = (locks.get(name) ?? Promise.resolve()).then(task);
    locks.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };

  const world: World = {
    now: () => clock.shown,
    random: () => chance.next(),
    newId: nextId,
    online: () => state.isOnline,
    exclusively,
    later: () => undefined,
    rows: rows as unknown as World['rows'],
    readSecret,
    markSent: captures.markSent,
    reopen: captures.reopen,
    releaseSecret: captures.releaseSecret,
    noteProblem,
    storeDestination,
    refreshDestinations: async () => {
      for (const { key, id } of rowsOf('destinations')) {
        if (server.destinations.has(id)) continue;
        await (rows as unknown as World['rows']).change('destinations', key, (row) => ({
          ...row,
          goneAt: clock.shown,
        }));
      }
    },
    routes: { api: route, dashboard: route },
  };
  const drain = createDrain(world);
  const record = createSend(world);

  const send = async (id: string): Promise<void> => {
    const sent = await record(id);
    if (sent.ok) await drain();
    if (sent.ok || sent.code !== 'notReady') return;
    // What a popup asks for before Send is enabled.
    await captures.tick(id, 'generated', true);
    await captures.tick(id, 'checked', true);
    if ((await record(id)).ok) await drain();
  };

  /** As the poll does it: what Upstack says of health, once it has had two minutes. */
  const poll = async (): Promise<void> => {
    if (!state.isOnline || !state.keyIsGood) return;
    for (const remote of [...server.destinations.values()]) {
      const isWell = (Number(remote.etag?.replaceAll('"', '')) + seed) % 4 !== 0;
      await storeDestination('w1', remote, clock.shown);
      await (rows as unknown as World['rows']).change(
        'destinations',
        destinationKey('w1', remote.id),
        (row) => ({
          ...row,
          health: {
            state: isWell ? 'healthy' : 'unhealthy',
            confirmedAt: clock.shown,
            lastCheckedAt: clock.shown,
            ...(isWell
              ? {}
              : { illSince: isIll(row.health.state) ? (row.health.illSince ?? clock.shown) : clock.shown }),
          },
        }),
      );
    }
  };

  /** A person does not want to wait. */
  const hurry = async (id: string): Promise<void> => {
    await (rows as unknown as World['rows']).change('deliveries', id, (row) =>
      step(row, { type: 'resumed' }, clock.shown),
    );
    await drain();
  };

  const boot = async (): Promise<void> => {
    if (sabotage !== 'sweeper') await sweep();
    await drain();
    await poll();
  };

  const report = (screen: Screen) => async (): Promise<void> => {
    const { tabId, page, token, of } = screen;
    const answer = await captures.takeOffer(
      {
        type: 'capture.offer',
        platform: 'pinterest',
        page,
        account: of.account,
        tokens: [{ kind: 'conversionToken', value: token, gesture: true, warnings: [] }],
        ids: of.ids.map((id) => ({ ...id, reasons: [{ code: 'label' }], selected: false })),
      },
      tabId,
    );
    // The worker may die when all is done and nobody has been told yet.
    await turns.pass(() => undefined);
    if (answer.ok || answer.code !== 'again') screen.isHeard = true;
    if (!answer.ok) faults.push(`a true token was refused: ${answer.code}`);
  };

  // ── What happens ─────────────────────────────────────────────────────────────────────────────────────────────

  const pass = (ms: number): void => {
    clock.passed += ms;
    clock.shown += ms;
  };

  const show = (): Screen => {
    const token = pinterestKey({ issuedAt: clock.shown, bytes: chance.bytes });
    const tabId = random.whole(1, 3);
    for (const other of screens) if (other.tabId === tabId) other.isOpen = false;
    const screen = {
      tabId,
      page: nextId(),
      token,
      fingerprint: fingerprintOf(token),
      of: random.pick(IDS),
      isHeard: false,
      isOpen: true,
    };
    screens.push(screen);
    return screen;
  };

  const changeTheWorld = (): void => {
    switch (random.whole(0, 17)) {
      case 0:
        state.isOnline = !state.isOnline;
        return;
      case 1:
        state.keyIsGood = !state.keyIsGood;
        return;
      case 2:
      case 3: {
        // What was still under way arrives: a call that outlasts the jump of a clock is beyond what can be told.
        server.settleAllLate();
        const jump = random.pick([1_000, MINUTE, HOUR, DAY, 400 * DAY]) * random.pick([1, -1]);
        memory.isPutBack ||= jump < 0;
        clock.shown += jump;
        return;
      }
      case 4:
        // An update empties `storage.session`, and looks again at the pages that are open.
        memory.session.clear();
        updates += 1;
        for (const screen of screens) if (screen.isOpen) screen.isHeard = false;
        return;
      case 5:
        server.meddle();
        return;
      case 6:
        for (const screen of screens) if (screen.isHeard && random.chance(0.5)) screen.isOpen = false;
        return;
      default:
        pass(random.pick([100, 1_000, 3_500, 10_000, 30_000, 90_000, 5 * MINUTE, 20 * MINUTE]));
    }
  };

  const openCaptures = (): Capture[] => rowsOf('captures').filter((row) => row.state === 'open');

  const doings = (): (() => Promise<unknown>)[] => {
    const tasks: (() => Promise<unknown>)[] = [];
    if (random.chance(0.35)) show();
    for (const screen of screens) {
      if (screen.isOpen && !screen.isHeard && random.chance(0.8)) tasks.push(report(screen));
    }
    const [one] = random.some(openCaptures(), 1);
    if (one && random.chance(0.6)) {
      tasks.push(() => send(one.id));
      // In another window, too.
      if (random.chance(0.3)) tasks.push(() => send(one.id));
    } else if (one && random.chance(0.2)) {
      tasks.push(() => captures.discard(one.id));
    }
    const [leaving] = random.some(
      rowsOf('captures').filter((row) => row.state === 'discarding'),
      1,
    );
    if (leaving && random.chance(0.4)) tasks.push(() => captures.undoDiscard(leaving.id));
    const [waiting] = random.some(
      rowsOf('deliveries').filter((row) => row.state === 'waiting'),
      1,
    );
    if (waiting && random.chance(0.3)) tasks.push(() => hurry(waiting.id));
    if (!state.keyIsGood && random.chance(0.4)) state.keyIsGood = true;
    if (state.keyIsGood && random.chance(0.5)) tasks.push(reconnect);
    return tasks;
  };

  const reconnect = (): Promise<unknown> => rows.put('workspaces', workspaceRow());

  // ── What must hold ───────────────────────────────────────────────────────────────────────────────────────────

  const holds = ({ tokens }: Capture, wanted: string): boolean =>
    tokens.some(({ fingerprint }) => fingerprint === wanted);
  const secrets = (): string[] => [...memory.session.keys()].map((key) => key.slice('secret:'.length));

  const isLive = ({ state: is }: Capture): boolean =>
    is === 'arriving' || is === 'open' || is === 'discarding';
  const isUnsent = ({ state: is, savedAt, tokenSavedAt }: Delivery): boolean =>
    is !== 'settled' && savedAt === undefined && tokenSavedAt === undefined;

  /** After a life in which the worker did all that it does at a wake. */
  const lookForOrphans = (): void => {
    const needed = new Set([
      ...rowsOf('captures')
        .filter(isLive)
        .flatMap(({ tokens }) => tokens.map(({ fingerprint }) => fingerprint)),
      ...rowsOf('deliveries')
        .filter(isUnsent)
        .map(({ fingerprint }) => fingerprint),
    ]);
    if (secrets().some((fingerprint) => !needed.has(fingerprint)))
      faults.push('I3, I4: a secret that nobody needs any more');
  };

  const lookForTwins = (): void => {
    for (const count of server.made.values()) if (count > 1) faults.push('I2: doubled');
  };

  const lookAtTheEnd = (): void => {
    const deliveries = rowsOf('deliveries');
    const kept = rowsOf('captures');
    for (const { state: is, followUp, outcome } of deliveries) {
      if (is !== 'settled' || followUp) faults.push(`I1: a delivery is still ${is}`);
      // A clock that is put back just after the hour may have it told for the wrong reason; told it is.
      if (outcome === 'lost' && updates === 0 && !memory.isPutBack)
        faults.push('I1: lost, though the browser lost nothing');
    }
    for (const capture of kept) {
      if (isLive(capture)) faults.push(`I1: a capture is still ${capture.state}`);
      // One whose report was never answered may be lost with its page.
      const isHeard = screens.some((screen) => screen.isHeard && holds(capture, screen.fingerprint));
      // Its secret went when its hour was over; then the worker died, and the clock was put back: told it is.
      const wasOver = shown.last >= capture.expiresAt;
      if (capture.state === 'lost' && !capture.dismissed && updates === 0 && isHeard && !wasOver)
        faults.push('I1: lost, though the browser lost nothing');
      if (capture.state === 'sent' && !deliveries.some(({ captureId }) => captureId === capture.id))
        faults.push('I1: sent, and no delivery knows of it');
    }
    for (const { fingerprint, isHeard } of screens) {
      const own = kept.filter((capture) => holds(capture, fingerprint));
      const sends = deliveries.filter((row) => row.fingerprint === fingerprint);
      const isThere = [...server.destinations.values()].some(
        ({ token }) => token.fingerprint === fingerprint,
      );
      const isToldSaved = sends.some(({ savedAt }) => savedAt !== undefined);
      // What has ended, was told, and is a day old may be forgotten.
      if (isHeard && own.length === 0 && sends.length === 0 && shown.last - shown.first < DAY)
        faults.push('I1: heard, and nothing is known of it');
      if (isToldSaved && !server.taken.has(fingerprint))
        faults.push('told that it is saved, and it never was');
      if (!isToldSaved && isThere) faults.push('told that it is not saved, and it is');
    }
    if (memory.session.size > 0) faults.push('I4: a secret is left at the end');
  };

  // ── The story ────────────────────────────────────────────────────────────────────────────────────────────────

  await turns.live([reconnect]);
  const chapters = random.whole(6, 14);
  let survived = true;
  for (let chapter = 0; chapter < chapters; chapter += 1) {
    lookAtTheClock();
    // The next worker may be woken before anything else happens.
    if (survived || random.chance(0.5)) changeTheWorld();
    lookAtTheClock();
    const tasks = [boot, ...doings()];
    trace('chapter', chapter, new Date(clock.shown), state, screens);
    // Timers and alarms may meet.
    if (random.chance(0.2)) tasks.push(boot);
    survived = await turns.live(tasks, random.chance(0.4) ? random.whole(1, 120) : undefined);
    trace(survived ? 'lived' : 'died');
    if (!survived) {
      kills += 1;
      locks = new Map();
    } else if (tasks.length === 1) lookForOrphans();
    lookForTwins();
  }

  Object.assign(state, { isCalm: true, isOnline: true, keyIsGood: true });
  for (let round = 0; round < 80; round += 1) {
    pass(round < 20 ? 20_000 : 2 * MINUTE);
    const reports = screens.filter(({ isOpen, isHeard }) => isOpen && !isHeard).map(report);
    await turns.live([reconnect, ...reports]);
    await turns.live([boot]);
    lookForTwins();
    const isOver =
      memory.session.size === 0 &&
      !rowsOf('captures').some(isLive) &&
      rowsOf('deliveries').every(({ state: is, followUp }) => is === 'settled' && !followUp);
    if (isOver && round >= 4) break;
  }
  if (sabotage !== 'sweeper') lookForOrphans();
  lookAtTheEnd();
  return {
    faults: [...faults, ...memory.breaches],
    kills,
    turns: turns.taken(),
    outcomes: rowsOf('deliveries').map(({ outcome = 'none' }) => outcome),
  };
};
