import type { BrowserContext, Page } from '@playwright/test';
import type { Capture, IdField } from '../../../lib/storage/rows';
import { type Case, platformIds } from './case';
import type { Board } from './pages/runtime';
import { addressOf, type ZooServer } from './server';
import { fingerprintOf, type Heard, type Holdings, type Watch } from './watch';

/** What came of one case. `faults` is empty if all is as it should be. */
export interface Outcome {
  seed: number;
  zooCase: Case;
  faults: Fault[];
  /** Of each value that was to be captured: from when a person could see it until the report arrived, in ms. */
  latencies: number[];
}

export type FaultKind =
  /** A token that a person could see was not captured, or not byte for byte. */
  | 'missed'
  /** Something was captured that must not be. */
  | 'captured'
  /** An id that should be offered is not, or without its reason. */
  | 'idMissed'
  /** An id is offered that is none, or a value is in force that should not be. */
  | 'idWrong'
  | 'provenance'
  | 'warnings'
  /** The page itself went wrong: says nothing of the extension. */
  | 'broken';

interface Fault {
  kind: FaultKind;
  text: string;
}

/** For what is sure to come, unless something is wrong. Generous, since machines are slow at times. */
const PATIENCE = 8_000;
/** Of the page itself: its own patience, and the longest wait that a case asks for. */
const PAGE_PATIENCE = 25_000;

const board = (page: Page): Promise<Omit<Board, 'showControl' | 'move'> | undefined> =>
  page.evaluate(() => {
    const { zoo } = window;
    return zoo && { ...JSON.parse(JSON.stringify(zoo)) };
  });

const pressButton = async (page: Page, { gesture }: Case): Promise<void> => {
  const { button } = (await board(page)) ?? {};
  if (!button) throw new Error('The page has no button to press.');
  if (gesture === 'click') await page.mouse.click(button.x, button.y);
  // The press itself counts, whatever has the focus; a click there would be another gesture.
  else await page.keyboard.press('Enter');
};

/** Opens the case in a tab, does what a person does, and waits until everything has happened on it. */
const openCase = async (page: Page, zooCase: Case): Promise<void> => {
  await page.goto(addressOf(zooCase));
  if (zooCase.framedBy) return;
  await page.waitForFunction(() => window.zoo?.ready || window.zoo?.error, undefined, {
    timeout: PAGE_PATIENCE,
  });
  if (zooCase.gesture === 'click' || zooCase.gesture === 'key') {
    if (zooCase.root === 'frame' && zooCase.gesture === 'key') {
      await page.evaluate(() => document.querySelector('iframe')?.contentWindow?.focus());
    }
    await pressButton(page, zooCase);
  }
  await page.waitForFunction(() => window.zoo?.done, undefined, { timeout: PAGE_PATIENCE });
  const { error } = (await board(page)) ?? {};
  if (error) throw new Error(error);
};

const idFaults = (
  kind: string,
  field: IdField | undefined,
  expected: Case['expect']['ids'][string],
): Fault[] => {
  const faults: Fault[] = [];
  const candidates = field?.candidates ?? [];
  const known = [...Object.keys(expected.must), ...expected.may];
  for (const [id, reasons] of Object.entries(expected.must)) {
    const found = candidates.find(({ value }) => value === id);
    if (!found)
      faults.push({ kind: 'idMissed', text: `${kind} ${id} (${reasons.join(' or ')}) is not offered` });
    // Several libraries draw a list of labelled values as a table.
    else if (
      !found.reasons.some(
        ({ code }) => reasons.includes(code) || (code === 'table' && reasons.includes('label')),
      )
    ) {
      const given = found.reasons.map(({ code }) => code).join(', ');
      faults.push({ kind: 'idMissed', text: `${kind} ${id} for "${given}", not "${reasons.join(' or ')}"` });
    }
  }
  for (const { value, reasons } of candidates) {
    if (!known.includes(value)) {
      faults.push({
        kind: 'idWrong',
        text: `${kind} ${value} is offered (${reasons.map(({ code }) => code).join(', ')})`,
      });
    }
  }
  const inForce = field?.value ?? null;
  if (!expected.value.includes(inForce)) {
    faults.push({
      kind: inForce === null ? 'idMissed' : 'idWrong',
      text: `${kind} in force: ${inForce}, not ${expected.value.join(' or ')}`,
    });
  }
  if (expected.conflict !== undefined && field && field.conflict !== expected.conflict) {
    faults.push({ kind: 'idWrong', text: `${kind}: conflict ${field.conflict}, not ${expected.conflict}` });
  }
  return faults;
};

const rowsOf = ({ captures }: Holdings, zooCase: Case, tabs: ReadonlySet<number>): Capture[] => {
  const fingerprints = [...zooCase.expect.tokens, ...(zooCase.control ? [zooCase.control] : [])].map(
    fingerprintOf,
  );
  return captures.filter(
    ({ tabId, tokens }) =>
      (tabId !== undefined && tabs.has(tabId)) ||
      tokens.some(({ fingerprint }) => fingerprints.includes(fingerprint)),
  );
};

const positiveFaults = (zooCase: Case, rows: readonly Capture[], { secrets }: Holdings): Fault[] => {
  const { tokens, provenance, warnings, ids } = zooCase.expect;
  const faults: Fault[] = [];
  const prints = tokens.map(fingerprintOf);
  const row = rows.find((one) =>
    prints.some((print) => one.tokens.some(({ fingerprint }) => fingerprint === print)),
  );
  if (!row) return [{ kind: 'missed', text: 'no capture has the token' }];
  for (const [index, token] of tokens.entries()) {
    const print = prints[index] ?? '';
    if (!row.tokens.some(({ fingerprint }) => fingerprint === print)) {
      faults.push({ kind: 'missed', text: `token ${index} is not in the capture` });
    } else if (secrets[print] !== token) {
      faults.push({ kind: 'missed', text: `the vault does not hold token ${index} byte for byte` });
    }
  }
  for (const one of rows) {
    for (const { fingerprint, mask } of one.tokens) {
      if (!prints.includes(fingerprint)) faults.push({ kind: 'captured', text: `something else: ${mask}` });
    }
  }
  if (rows.filter((one) => one.tokens.length > 0).length > 1) {
    faults.push({ kind: 'captured', text: 'the token lies in two captures' });
  }
  const first = row.tokens.find(({ fingerprint }) => fingerprint === prints[0]);
  if (provenance && first && first.provenance !== provenance) {
    faults.push({ kind: 'provenance', text: `${first.provenance}, not ${provenance}` });
  }
  if (first && [...first.warnings].sort().join() !== [...warnings].sort().join()) {
    faults.push({ kind: 'warnings', text: `[${first.warnings}], not [${warnings}]` });
  }
  if ((tokens.length === 1) !== (row.chosen !== undefined)) {
    faults.push({ kind: 'captured', text: `chosen: ${row.chosen}, of ${tokens.length} tokens` });
  }
  for (const [kind, expected] of Object.entries(ids)) faults.push(...idFaults(kind, row.ids[kind], expected));
  return faults;
};

/** Whatever was reported or kept from this case but its control. */
const negativeFaults = (
  zooCase: Case,
  rows: readonly Capture[],
  { secrets }: Holdings,
  heard: readonly Heard[],
): Fault[] => {
  const faults: Fault[] = [];
  const control = zooCase.control ?? '';
  const lures = [
    ...zooCase.subjects.map(({ value }) => value),
    ...zooCase.litter.map(({ value }) => value),
    ...(zooCase.stranger ? [zooCase.stranger.value] : []),
    ...(zooCase.frame ? [zooCase.frame.value] : []),
  ];
  for (const { report } of heard) {
    if (report.type !== 'capture.offer') continue;
    for (const { value } of report.tokens) {
      if (value !== control) faults.push({ kind: 'captured', text: `reported: ${value.length} characters` });
    }
  }
  for (const value of Object.values(secrets)) {
    if (lures.includes(value)) faults.push({ kind: 'captured', text: 'lies in the vault' });
  }
  for (const { tokens } of rows) {
    for (const { fingerprint, mask } of tokens) {
      if (fingerprint !== fingerprintOf(control))
        faults.push({ kind: 'captured', text: `has a row: ${mask}` });
    }
  }
  return faults;
};

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Time for a report that should not come. */
const QUIET = 250;

const offersOf = (watch: Watch, seed: number, value: string): Heard | undefined =>
  watch.heard.find(
    (one) =>
      one.seed === seed &&
      one.report.type === 'capture.offer' &&
      one.report.tokens.some((token) => token.value === value),
  );

/** One browser with the extension, and what its background holds. */
export interface Bench {
  context: BrowserContext;
  server: ZooServer;
  watch: Watch;
}

const runPositive = async ({ server, watch }: Bench, page: Page, zooCase: Case): Promise<Outcome> => {
  server.put(zooCase);
  const { seed } = zooCase;
  await openCase(page, zooCase);
  const tabs = (): Set<number> =>
    new Set(watch.heard.filter((one) => one.seed === seed).map(({ tabId }) => tabId));
  const judge = (holdings: Holdings): Fault[] =>
    positiveFaults(zooCase, rowsOf(holdings, zooCase, tabs()), holdings);
  await watch.until((holdings) => judge(holdings).length === 0, PATIENCE);
  if (zooCase.moveTo) {
    await page.evaluate(() => window.zoo?.move());
    await pause(400);
  }
  await pause(QUIET / 2);
  const last = await watch.until(() => true, 1_000);
  const faults = judge(last);
  const { visibleAt = {} } = (await board(page)) ?? {};
  const latencies = zooCase.expect.tokens.flatMap((token) => {
    const offer = offersOf(watch, seed, token);
    const visible = visibleAt[token];
    return offer && visible !== undefined ? [Math.max(0, offer.at - visible)] : [];
  });
  await clean(watch, zooCase, last, tabs());
  return { seed, zooCase, faults, latencies };
};

const clean = (watch: Watch, zooCase: Case, holdings: Holdings, tabs: ReadonlySet<number>): Promise<void> => {
  const rows = rowsOf(holdings, zooCase, tabs);
  return watch.forget(
    rows.map(({ id }) => id),
    rows.flatMap(({ tokens }) => tokens.map(({ fingerprint }) => fingerprint)),
  );
};

/** The same page where it belongs: that it is captured there proves that its address was all that kept it. */
const twinOf = (zooCase: Case): Case => {
  const { framedBy: _, ...rest } = zooCase;
  const host = zooCase.platform === 'reddit' ? 'ads.reddit.com' : 'ads.pinterest.com';
  return { ...rest, url: `https://${host}${new URL(zooCase.url).pathname}` };
};

const runNegative = async (
  { context, server, watch }: Bench,
  page: Page,
  zooCase: Case,
): Promise<Outcome> => {
  server.put(zooCase);
  const { seed, control } = zooCase;
  const isElsewhere = zooCase.framedBy !== undefined || zooCase.theme.startsWith('host: ');
  await openCase(page, zooCase);
  await pause(isElsewhere ? 3 * QUIET : QUIET);
  const tabs = (): Set<number> =>
    new Set(watch.heard.filter((one) => one.seed === seed).map(({ tabId }) => tabId));
  const isTaken = (value: string) => (holdings: Holdings) =>
    offersOf(watch, seed, value) !== undefined && holdings.secrets[fingerprintOf(value)] === value;
  const judge = (holdings: Holdings): Fault[] =>
    negativeFaults(
      zooCase,
      rowsOf(holdings, zooCase, tabs()),
      holdings,
      watch.heard.filter((one) => one.seed === seed),
    );
  if (isElsewhere) {
    const faults = judge(await watch.until(() => true, 1_000));
    const twin = twinOf(zooCase);
    server.put(twin);
    const other = await context.newPage();
    await openCase(other, twin);
    const value = zooCase.subjects[0]?.value ?? '';
    const last = await watch.until(isTaken(value), PATIENCE);
    if (!isTaken(value)(last)) faults.push({ kind: 'missed', text: 'not captured where it belongs either' });
    await other.close();
    await clean(watch, { ...zooCase, expect: { ...zooCase.expect, tokens: [value] } }, last, tabs());
    return { seed, zooCase, faults, latencies: [] };
  }
  await page.evaluate((value) => window.zoo?.showControl(value), control ?? '');
  const seen = await watch.until(isTaken(control ?? ''), PATIENCE);
  const faults: Fault[] = [];
  if (!isTaken(control ?? '')(seen)) faults.push({ kind: 'missed', text: 'nor is the control captured' });
  await pause(QUIET / 2);
  const last = await watch.until(() => true, 1_000);
  faults.push(...judge(last));
  await clean(watch, zooCase, last, tabs());
  return { seed, zooCase, faults, latencies: [] };
};

/**
 * Runs cases, each in a tab of its own, and tells each outcome as it comes. In one browser one case of each platform
 * runs at a time: what a person has open in two tabs of the same console is read together, and that is meant.
 */
export const runCases = async (
  benches: readonly Bench[],
  cases: readonly Case[],
  tell: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const work = async (bench: Bench, queue: Case[]): Promise<void> => {
    for (let zooCase = queue.shift(); zooCase; zooCase = queue.shift()) {
      const outcome = await runCase(bench, zooCase);
      outcomes.push(outcome);
      tell(outcome);
    }
  };
  const queues = platformIds.map((platform) => cases.filter((zooCase) => zooCase.platform === platform));
  await Promise.all(benches.flatMap((bench) => queues.map((queue) => work(bench, queue))));
  return outcomes.sort((one, other) => one.seed - other.seed);
};

const runCase = async (bench: Bench, zooCase: Case): Promise<Outcome> => {
  let page: Page | undefined;
  try {
    page = await bench.context.newPage();
    return await (zooCase.polarity === 'positive' ? runPositive : runNegative)(bench, page, zooCase);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { seed: zooCase.seed, zooCase, faults: [{ kind: 'broken', text }], latencies: [] };
  } finally {
    await page?.close();
    bench.server.take(zooCase);
  }
};
