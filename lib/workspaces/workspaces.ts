import { clean } from '../credentials/clean';
import { Secret } from '../credentials/secret';
import { rows } from '../storage/database';
import { isKeyTrouble } from '../storage/key-trouble';
import type { Problem, Workspace } from '../storage/rows';
import { without } from '../storage/without';
import { looksLikeApiKey, looksLikePixelId } from '../terms/shape';
import { MINUTE } from '../terms/time';
import { type Access, upstack } from '../upstack/client';
import type { Taken } from './active';
import { freeColour } from './colours';
import { forgetKey, keepKey, keyOf } from './keys';
import { forgetLeaving, isAttempt } from './leaving';

export { activate, type Taken } from './active';
export { recolour } from './colours';
export { keyOf } from './keys';
export { disconnect, undoDisconnect } from './leaving';

/** Longer than any first call can take: whoever began it is dead. */
const ATTEMPT_LIMIT = MINUTE;

/** Problems that speak of the key, and so of one workspace alone; all others speak of the way to Upstack. */
const keyTroubleOf = ({ kind }: Problem): Workspace['state'] | undefined =>
  isKeyTrouble(kind) ? kind : undefined;

/** A field that cannot be what it should be, told before Upstack is asked. */
const malformed = (field: 'apiKey' | 'pixelId'): Problem => ({
  kind: 'invalidRequest',
  pointers: [`/${field}`],
});

/** Nobody was asked: the key was kept for one session that is over, or cannot be unsealed. */
export const NO_KEY: Problem = { kind: 'keyMissing' };

/** Proven just now: usable, due for a look at its health, and no trouble left over. */
const proven = (workspace: Workspace, now: number): Workspace => ({
  ...without(workspace, 'problem'),
  state: 'connected',
  testedAt: now,
  poll: { ...without(workspace.poll, 'problem', 'etag'), nextAt: now, misses: 0 },
});

const NO_REAL_KEY = Secret.of('sample data have no key');

/** What Upstack has to be shown to act for a workspace; undefined if its key is not to be had. */
export const accessOf = async (workspaceId: string): Promise<Access | undefined> => {
  const workspace = await rows.get('workspaces', workspaceId);
  if (workspace?.sample) return { key: NO_REAL_KEY, pixelId: workspace.pixelId, sample: true };
  const key = workspace && (await keyOf(workspaceId));
  return key && { key, pixelId: workspace.pixelId };
};

/**
 * An answer to a call that was made with the key before this one. It says nothing of the one that is there now. Told by
 * what is seen of them: of two that end alike, the next answer puts right what the last one said.
 */
export const isOfOldKey = ({ keyMask }: Workspace, problem: Problem): boolean =>
  problem.keyMask !== undefined && problem.keyMask !== keyMask;

/** Trouble with the key becomes the state of its own workspace. Any other problem changes nothing here. */
export const noteProblem = async (workspaceId: string, problem: Problem): Promise<void> => {
  const state = keyTroubleOf(problem);
  if (!state) return;
  await rows.change('workspaces', workspaceId, (row) =>
    isOfOldKey(row, problem) ? undefined : { ...row, state, problem },
  );
};

interface Wanted {
  apiKey: string;
  pixelId: string;
  name: string;
  remember: boolean;
}

const newAttempt = ({ name, pixelId, remember }: Wanted, key: Secret, now: number): Workspace => ({
  v: 1,
  id: crypto.randomUUID(),
  name,
  pixelId,
  route: 'api',
  remember,
  keyMask: key.mask,
  createdAt: now,
  state: 'connecting',
  active: false,
  poll: { nextAt: now, misses: 0 },
});

/** What was tried before is over with the next try; one that has just become a workspace is not. */
const dropAttempts = async (): Promise<void> => {
  for (const { id } of (await rows.all('workspaces')).filter(isAttempt)) {
    await rows.exchange('workspaces', id, (row) =>
      isAttempt(row) ? [{ remove: 'workspaces', key: id }] : [],
    );
  }
};

/**
 * Tries a key with its Upstack pixel, and keeps them if Upstack takes them. The attempt is a row from the start, and
 * says what became of it; connecting a pixel that is connected already replaces its key.
 */
export const connect = async (wanted: Wanted): Promise<Taken> => {
  const now = Date.now();
  const apiKey = clean(wanted.apiKey).value;
  const key = Secret.of(apiKey);
  const pixelId = clean(wanted.pixelId).value.toLowerCase();
  const name = wanted.name.trim().slice(0, 100);

  await dropAttempts();
  const attempt = newAttempt({ ...wanted, name, pixelId }, key, now);
  const fail = async (problem: Problem): Promise<void> =>
    rows.put('workspaces', { ...attempt, state: 'failed', problem });

  const wrong = !looksLikeApiKey(apiKey) ? 'apiKey' : looksLikePixelId(pixelId) ? undefined : 'pixelId';
  if (wrong) {
    await fail(malformed(wrong));
    return { ok: false, code: 'invalid' };
  }

  await rows.put('workspaces', attempt);
  const admitted = await admit(attempt, key, apiKey);
  if (admitted.ok) return admitted;
  await fail(admitted.problem);
  return { ok: true, id: attempt.id };
};

type Admitted = { ok: true; id: string } | { ok: false; problem: Problem };

/** Asks Upstack for an attempt, and settles it. */
const admit = async (attempt: Workspace, key: Secret, apiKey: string): Promise<Admitted> => {
  const { name, pixelId } = attempt;
  const access: Access = { key, pixelId };
  const answer = await upstack.listDestinations(access);
  if (!answer.ok) return { ok: false, problem: await problemWithList(access, answer.problem) };
  const account = name === '' ? await upstack.getAccount(access) : undefined;
  return alone(() => settle(attempt, apiKey, account?.ok ? account.value.name : undefined));
};

/** Two windows that connect at the same time see one another: whoever comes second finds the first one's workspace. */
const alone = <T>(task: () => Promise<T>): Promise<T> => navigator.locks.request('connect', task);

/** Upstack has taken the key: the attempt becomes a workspace, or a new key for the one that it is already. */
const settle = async (
  attempt: Workspace,
  apiKey: string,
  accountName: string | undefined,
): Promise<Admitted> => {
  const { name, pixelId, remember } = attempt;
  const others = (await rows.all('workspaces')).filter(({ id }) => id !== attempt.id);
  const known = others.find((row) => row.pixelId === pixelId && !isAttempt(row));
  const workspace: Workspace = {
    ...attempt,
    ...known,
    name: name || known?.name || accountName || `Upstack ${pixelId.slice(0, 8)}`,
    remember,
    keyMask: attempt.keyMask,
    active: known?.active || !others.some(({ active }) => active),
    colour: known?.colour ?? freeColour(others),
  };
  // One and the same is not there twice: it cannot come back beside this one.
  await forgetLeaving((row) => row.pixelId === pixelId);
  // The key first: a workspace that says it is connected has one.
  await keepKey(workspace.id, apiKey, remember);
  await rows.put('workspaces', proven(workspace, Date.now()));
  if (known) await rows.remove('workspaces', attempt.id);
  else await noteConnected(workspace.id);
  return { ok: true, id: workspace.id };
};

/** One of many: the same without a row for the attempt, whose values are known to be well formed. */
export const add = async (wanted: Wanted): Promise<Admitted> => {
  const key = Secret.of(wanted.apiKey);
  return admit(newAttempt(wanted, key, Date.now()), key, wanted.apiKey);
};

/** A list that is not there, for a key that Upstack takes elsewhere: the key is fine, and there is no API for it yet. */
const problemWithList = async (access: Access, problem: Problem): Promise<Problem> => {
  if (problem.kind !== 'notFound') return problem;
  const account = await upstack.getAccount(access);
  return !account.ok && isKeyTrouble(account.problem.kind)
    ? account.problem
    : { ...problem, kind: 'noDestinationsApi' };
};

const noteConnected = (workspaceId: string): Promise<void> =>
  rows.put('history', {
    v: 1,
    id: crypto.randomUUID(),
    at: Date.now(),
    workspaceId,
    what: 'connected',
  });

const noteRefusal = (workspaceId: string, problem: Problem): Promise<unknown> =>
  rows.change('workspaces', workspaceId, (row) =>
    isOfOldKey(row, problem) ? undefined : { ...row, state: keyTroubleOf(problem) ?? row.state, problem },
  );

/**
 * The new key takes the place of the old one only after Upstack has taken it. What is wrong with the new one says
 * nothing of the old one, so it is answered and not written down.
 */
export const replaceKey = async (workspaceId: string, typed: string): Promise<Taken> => {
  const workspace = await rows.get('workspaces', workspaceId);
  if (!workspace) return { ok: false, code: 'gone' };
  const apiKey = clean(typed).value;
  if (!looksLikeApiKey(apiKey)) return { ok: false, code: 'invalid' };
  const key = Secret.of(apiKey);
  const answer = await upstack.listDestinations({ key, pixelId: workspace.pixelId });
  if (!answer.ok) return { ok: false, code: 'problem', problem: answer.problem };
  await keepKey(workspaceId, apiKey, workspace.remember);
  const renewed = (row: Workspace): Workspace => ({ ...proven(row, Date.now()), keyMask: key.mask });
  const replaced = await rows.change('workspaces', workspaceId, renewed);
  if (replaced) return { ok: true, id: workspaceId };
  // It was disconnected while Upstack was asked. As long as that can be undone, it comes back with this key.
  const left = await rows.change('leaving', workspaceId, (row) =>
    row.final ? undefined : { ...row, workspace: renewed(row.workspace) },
  );
  // Or everything was deleted.
  if (!left || left.final) await forgetKey(workspaceId);
  return { ok: false, code: 'gone' };
};

/** Asks Upstack whether the key we have still does. */
export const test = async (workspaceId: string): Promise<Taken> => {
  const workspace = await rows.get('workspaces', workspaceId);
  if (!workspace) return { ok: false, code: 'gone' };
  if (workspace.route !== 'api') return { ok: true, id: workspaceId };
  const access = await accessOf(workspaceId);
  const answer = access && (await upstack.listDestinations(access));
  if (answer?.ok) await rows.change('workspaces', workspaceId, (row) => proven(row, Date.now()));
  else {
    const problem = access && answer ? await problemWithList(access, answer.problem) : NO_KEY;
    await noteRefusal(workspaceId, problem);
  }
  return { ok: true, id: workspaceId };
};

export const rename = async (workspaceId: string, typed: string): Promise<Taken> => {
  const name = typed.trim().slice(0, 100);
  if (name === '') return { ok: false, code: 'invalid' };
  const row = await rows.change('workspaces', workspaceId, (workspace) => ({ ...workspace, name }));
  return row ? { ok: true, id: workspaceId } : { ok: false, code: 'gone' };
};

/**
 * Works without a key, through the form of Upstack's dashboard. There is one such workspace: which of Upstack's own
 * workspaces it is about is the person's to choose, in the dashboard.
 */
export const useDashboard = (typed: string): Promise<Taken> =>
  alone(async () => {
    const others = await rows.all('workspaces');
    const known = others.find(({ route }) => route === 'dashboard');
    if (known) return { ok: true, id: known.id };
    await dropAttempts();
    await forgetLeaving(({ route }) => route === 'dashboard');
    const now = Date.now();
    const id = crypto.randomUUID();
    await rows.put('workspaces', {
      v: 1,
      id,
      name: typed.trim().slice(0, 100) || 'Upstack',
      pixelId: '',
      route: 'dashboard',
      remember: true,
      keyMask: '',
      createdAt: now,
      state: 'connected',
      testedAt: now,
      active: !others.some(({ active }) => active),
      colour: freeColour(others),
      // Nothing is polled on this route.
      poll: { nextAt: 0, misses: 0 },
    });
    await noteConnected(id);
    return { ok: true, id };
  });

/** An attempt whose worker died is not still going on. */
export const endDeadAttempts = async (now: number): Promise<void> => {
  for (const { id, state, createdAt } of await rows.all('workspaces')) {
    if (state !== 'connecting' || now - createdAt < ATTEMPT_LIMIT) continue;
    await rows.change('workspaces', id, (row) =>
      row.state === 'connecting' ? { ...row, state: 'failed', problem: { kind: 'timeout' } } : undefined,
    );
  }
};
