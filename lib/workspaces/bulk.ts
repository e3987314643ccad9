import { browser } from 'wxt/browser';
import { rows } from '../storage/database';
import type { BulkAdd } from '../storage/rows';
import { MINUTE } from '../terms/time';
import { type ReadLine, readLines } from './lines';
import { add, type Taken } from './workspaces';

/**
 * Many workspaces at once. What became of each line is in a row, which is written as it goes, so a page that was
 * closed finds it again. Keys stay in memory: a worker that dies in between leaves lines that say so.
 */

/** Longer than any line takes: whoever wrote last is dead. */
const PATIENCE = 2 * MINUTE;

type Sound = Extract<ReadLine, { apiKey: string }>;
type Refused = BulkAdd['refused'][number];

const isSound = (line: ReadLine): line is Sound => 'apiKey' in line;

const noteOutcome = (id: string, refused: Refused | undefined): Promise<unknown> =>
  rows.change('bulkAdds', id, (row) =>
    refused
      ? { ...row, refused: [...row.refused, refused].sort((one, other) => one.line - other.line) }
      : { ...row, added: row.added + 1 },
  );

const addLine = async (id: string, { line, name, ...rest }: Sound, remember: boolean): Promise<void> => {
  const known = (await rows.all('workspaces')).some(
    ({ pixelId, testedAt }) => pixelId === rest.pixelId && testedAt !== undefined,
  );
  if (known) {
    await noteOutcome(id, { line, name, code: 'alreadyConnected' });
    return;
  }
  const added = await add({ name, ...rest, remember });
  await noteOutcome(id, added.ok ? undefined : { line, name, code: added.problem.kind });
};

const end = (id: string, now: number): Promise<unknown> =>
  rows.change('bulkAdds', id, (row) => (row.endedAt ? undefined : { ...row, endedAt: now }));

/** One after the other: which one is in front is decided by what is there already. */
const addAll = async (id: string, lines: readonly Sound[], remember: boolean): Promise<void> => {
  for (const line of lines) {
    // A call to the browser keeps the worker awake for the next of them.
    await browser.runtime.getPlatformInfo();
    await addLine(id, line, remember);
  }
  await end(id, Date.now());
};

/** Adds what the lines say. Answers when they are read; `done` when they are all tried. */
export const addMany = async (
  text: string,
  remember: boolean,
): Promise<{ taken: Taken; done: Promise<void> }> => {
  const read = readLines(text);
  if (read.length === 0) return { taken: { ok: false, code: 'invalid' }, done: Promise.resolve() };
  const id = crypto.randomUUID();
  await rows.put('bulkAdds', {
    v: 1,
    id,
    startedAt: Date.now(),
    lines: read.length,
    added: 0,
    refused: read.filter((line) => !isSound(line)) as Refused[],
  });
  return { taken: { ok: true, id }, done: addAll(id, read.filter(isSound), remember) };
};

/** The person has seen what became of the lines. */
export const dismissMany = async (id: string): Promise<Taken> => {
  await rows.remove('bulkAdds', id);
  return { ok: true, id };
};

/** Lines whose worker died are not still being tried: they are neither added nor refused, and never will be. */
export const endDeadBulks = async (now: number): Promise<void> => {
  for (const { id, startedAt, endedAt, lines } of await rows.all('bulkAdds')) {
    if (endedAt !== undefined || now - startedAt < PATIENCE + lines * 20_000) continue;
    await end(id, now);
  }
};
