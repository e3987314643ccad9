import { tokenName } from '../credentials/token-name';
import { judge } from '../credentials/verdict';
import type { CredentialKind, Job, Platform, Verdict } from '../platforms/definition';
import { platformOf } from '../platforms/index';
import { isKeyTrouble } from '../storage/key-trouble';
import type {
  AccountChoice,
  Capture,
  CapturedToken,
  Destination,
  IdField,
  RefusedPaste,
  Workspace,
} from '../storage/rows';
import { DAY } from '../terms/time';
import { hasUnknownIds } from './destination';
import { choiceFor, configOf, destinationsWith, sameIds } from './matching';
import { othersFor } from './others';
import { type Freshness, freshnessOf, isConfirmed } from './rotation';

/**
 * What a capture amounts to at this moment: one pure answer that the popup draws and that the background asks again
 * before it sends, so that the two can never disagree.
 */

/** Why Send is not enabled. The sentence is `blocker.<code>`. The first is the one to deal with. */
export type Blocker =
  | { code: 'notConnected' }
  | { code: 'workspaceNotUsable'; workspaceId: string }
  | { code: 'chooseWorkspace' }
  | { code: 'tokenMissing' }
  | { code: 'chooseToken' }
  | { code: 'tokenBad' }
  | { code: 'idMissing'; kind: string }
  | { code: 'chooseId'; kind: string }
  /** The address and the page name different values. */
  | { code: 'idConflict'; kind: string }
  | { code: 'idBad'; kind: string }
  /** Two ids look as if they stood in each other's field; `capture.swapIds` mends it. */
  | { code: 'idsSwapped'; kinds: readonly [string, string] }
  | { code: 'chooseDestination' }
  /** What is to be overwritten is another client's: the ids of the page are those of a destination elsewhere. */
  | {
      code: 'otherClient';
      /** Names of the destination that was chosen and of its workspace. */
      destination: string;
      workspace: string;
      /** And of those that the page's ids belong to. */
      pageDestination: string;
      pageWorkspace: string;
    }
  /** The destination has other ids than the page. `confirmable`: they may be changed along with the token. */
  | { code: 'idMismatch'; kind: string; ours: string; theirs: string; confirmable: boolean }
  /** The destination already uses exactly this token. */
  | { code: 'alreadyInUse' }
  /** It was made before the one in use. "I checked it" is wanted. */
  | { code: 'tickOlder'; issuedAt: number; inUseIssuedAt: number }
  /** "I checked it" is wanted, for the reasons in `doubts`. */
  | { code: 'tickChecked' }
  /** "I generated this token" is wanted: not seen to appear after a gesture, or older than a day. */
  | { code: 'tickGenerated' };

export interface FieldReview {
  kind: string;
  secret: boolean;
  label: string;
  /** Of a secret: mask, length, removed and so on are in the chosen token. */
  verdict?: Verdict;
  id?: IdField;
  refused?: RefusedPaste;
}

export interface DestinationChoice {
  /** `new`, or the destination's id at Upstack. */
  value: string;
  name: string;
  /** Its ids are those of the capture. */
  matches: boolean;
  /** It already uses the chosen token. */
  sameToken: boolean;
}

interface NamedId {
  kind: string;
  label: string;
}

/** What Send would do, said before it does. The sentence is `rotation.consequence.<code>`. */
export type Consequence =
  | { code: 'creates' }
  /** The ids stay the same. */
  | { code: 'replacesToken'; ids: (NamedId & { value: string })[] }
  | { code: 'replacesTokenAndIds'; changes: (NamedId & { from: string; to: string })[] }
  /** Of a destination with ids of its own, which has used the same token so far. */
  | { code: 'replacesTokenOnly'; ids: (NamedId & { value: string })[] };

export interface Review {
  captureId: string;
  platform: string;
  fields: FieldReview[];
  /** Undefined: there is none, or several and none is meant. */
  workspaceId?: string;
  /** How it was found. `only`: there is no other. */
  workspaceBy?: 'person' | 'ids' | 'remembered' | 'only';
  choices: DestinationChoice[];
  /** The value of the choice in force: the person's, or the one proposed because its ids match. */
  destination?: string;
  job: Job;
  consequence?: Consequence;
  /** The token against the one in use. */
  freshness?: Freshness;
  /** What the token is called at Upstack. */
  label: string;
  /** The ids that the destination is to have. */
  config: Record<string, string>;
  /** The change of ids is confirmed. */
  confirmedIds: boolean;
  /** Doubts that "I checked it" is about, as `kind` and verdict. */
  doubts: { kind: string; verdict: Verdict }[];
  /** Empty: Send is enabled. */
  blockers: Blocker[];
}

const NO_ID: IdField = { candidates: [], byPerson: false, conflict: false };

/** Once proven, a workspace takes part in matching even while it cannot be used: else another's would be taken. */
const takesPart = ({ state }: Workspace): boolean => state === 'connected' || isKeyTrouble(state);

const fieldsOf = (platform: Platform, capture: Capture, token: CapturedToken | undefined): FieldReview[] =>
  platform.kinds.map((kind) => {
    const id = kind.secret ? undefined : (capture.ids[kind.id] ?? NO_ID);
    // An id is judged anew, since rules may have changed since its row was written; a token cannot be, here.
    const verdict = id ? id.value && judge(kind, id.value).verdict : token?.verdict;
    return {
      kind: kind.id,
      secret: kind.secret,
      label: kind.label,
      ...(id ? { id } : {}),
      ...(verdict ? { verdict } : {}),
      ...(capture.refused?.kind === kind.id ? { refused: capture.refused } : {}),
    };
  });

const isGood = (kind: CredentialKind, value: string): boolean => judge(kind, value).verdict.level === 'good';

/** Two ids, neither good where it stands, and both good in each other's place. */
const swappedIds = (platform: Platform, capture: Capture): readonly [string, string] | undefined => {
  const filled = platform.kinds.flatMap((kind) => {
    const value = kind.secret ? undefined : capture.ids[kind.id]?.value;
    return value ? [{ kind, value }] : [];
  });
  for (const [index, one] of filled.entries()) {
    for (const other of filled.slice(index + 1)) {
      const wrong = !isGood(one.kind, one.value) && !isGood(other.kind, other.value);
      if (wrong && isGood(one.kind, other.value) && isGood(other.kind, one.value)) {
        return [one.kind.id, other.kind.id];
      }
    }
  }
  return undefined;
};

const tokenBlockers = (capture: Capture, token: CapturedToken | undefined): Blocker[] => {
  if (capture.tokens.length === 0) return [{ code: 'tokenMissing' }];
  if (!token) return [{ code: 'chooseToken' }];
  return token.verdict.level === 'bad' ? [{ code: 'tokenBad' }] : [];
};

const idBlockers = (fields: readonly FieldReview[]): Blocker[] =>
  fields.flatMap(({ kind, id, verdict }): Blocker[] => {
    if (!id) return [];
    if (id.conflict && !id.byPerson) return [{ code: 'idConflict', kind }];
    if (!id.value) return [{ code: id.candidates.length > 1 ? 'chooseId' : 'idMissing', kind }];
    return verdict?.level === 'bad' ? [{ code: 'idBad', kind }] : [];
  });

/**
 * The workspace in force: the person's choice; else the one that has a destination with these ids; else the one that
 * captures of this ad account went to before; else the only one there is. Never a guess between several, since a
 * token in a stranger's workspace diverts their events.
 */
const workspaceFor = (
  platform: Platform,
  capture: Capture,
  workspaces: readonly Workspace[],
  destinations: readonly Destination[],
  remembered: AccountChoice | undefined,
): { workspace: Workspace; by: NonNullable<Review['workspaceBy']> } | Blocker => {
  const proven = workspaces.filter(takesPart);
  const chosen = proven.find(({ id }) => id === capture.workspaceId);
  if (chosen) return { workspace: chosen, by: 'person' };
  if (proven.length === 0) return { code: 'notConnected' };
  const same = destinationsWith(platform, configOf(platform, capture), destinations);
  const matching = proven.filter(({ id }) => same.some(({ workspaceId }) => workspaceId === id));
  const candidates = matching.length > 0 ? matching : proven;
  const [only, ...others] = candidates;
  if (only && others.length === 0) return { workspace: only, by: matching.length > 0 ? 'ids' : 'only' };
  const known = candidates.find(({ id }) => id === remembered?.workspaceId);
  return known ? { workspace: known, by: 'remembered' } : { code: 'chooseWorkspace' };
};

interface IdChange extends NamedId {
  from: string;
  to: string;
}

/** Where the ids of the capture are not those of the destination. */
const changesOf = (platform: Platform, capture: Capture, destination: Destination): IdChange[] =>
  platform.kinds.flatMap((kind) => {
    const to = kind.secret ? undefined : capture.ids[kind.id]?.value;
    const from = kind.secret ? undefined : (destination.config[kind.field] ?? '');
    // Ids that the dashboard's form shows are compared before it is filled.
    if (!to || from === undefined || to === from || hasUnknownIds(destination)) return [];
    return [{ kind: kind.id, label: kind.label, from, to }];
  });

/** A destination of another workspace that has the page's ids, where the one that was chosen has others. */
const otherClient = (
  platform: Platform,
  capture: Capture,
  target: Destination,
  workspaces: readonly Workspace[],
  destinations: readonly Destination[],
): Blocker | undefined => {
  const nameOf = (id: string): string | undefined => workspaces.find((row) => row.id === id)?.name;
  const rightful = destinationsWith(platform, configOf(platform, capture), destinations).find(
    ({ workspaceId }) => workspaceId !== target.workspaceId && nameOf(workspaceId) !== undefined,
  );
  if (!rightful || changesOf(platform, capture, target).length === 0) return undefined;
  return {
    code: 'otherClient',
    destination: target.name,
    workspace: nameOf(target.workspaceId) ?? '',
    pageDestination: rightful.name,
    pageWorkspace: nameOf(rightful.workspaceId) ?? '',
  };
};

const idsOf = (platform: Platform, { config }: Destination): (NamedId & { value: string })[] =>
  platform.kinds.flatMap((kind) => {
    const value = kind.secret ? undefined : config[kind.field];
    return !kind.secret && value ? [{ kind: kind.id, label: kind.label, value }] : [];
  });

const consequenceOf = (
  platform: Platform,
  target: Destination | undefined,
  changes: IdChange[],
  isOther: boolean,
): Consequence => {
  if (!target) return { code: 'creates' };
  const ids = idsOf(platform, target);
  if (isOther) return { code: 'replacesTokenOnly', ids };
  return changes.length > 0 ? { code: 'replacesTokenAndIds', changes } : { code: 'replacesToken', ids };
};

const doubtsOf = (fields: readonly FieldReview[], token: CapturedToken | undefined): Review['doubts'] =>
  fields.flatMap(({ kind, secret, verdict }) => [
    ...(verdict?.level === 'doubt' ? [{ kind, verdict }] : []),
    // How the token stood on the page (such as in the colour of its ground) is as much to be checked as its form.
    ...(secret && token
      ? token.warnings.map((code) => ({ kind, verdict: { level: 'doubt' as const, code } }))
      : []),
  ]);

const tickBlockers = (
  capture: Capture,
  token: CapturedToken | undefined,
  doubts: Review['doubts'],
  now: number,
): Blocker[] => {
  const old = token?.issuedAt !== undefined && now - token.issuedAt > DAY;
  const unvouched = token !== undefined && (token.provenance === 'present' || old);
  return [
    ...(doubts.length > 0 && !capture.ticks.checked ? [{ code: 'tickChecked' } as const] : []),
    ...(unvouched && !capture.ticks.generated ? [{ code: 'tickGenerated' } as const] : []),
  ];
};

/** Says what is there, what is wanted, and where it would go. Pure: the same rows give the same answer. */
export const reviewOf = (
  capture: Capture,
  workspaces: readonly Workspace[],
  destinations: readonly Destination[],
  now: number,
  accountChoices: readonly AccountChoice[] = [],
): Review => {
  const platform = platformOf(capture.platform);
  if (!platform) throw new Error(`No platform called ${capture.platform}`);

  const token = capture.tokens.find(({ fingerprint }) => fingerprint === capture.chosen);
  const fields = fieldsOf(platform, capture, token);
  const swapped = swappedIds(platform, capture);
  const doubts = doubtsOf(
    fields.filter(({ kind }) => !swapped?.includes(kind)),
    token,
  );

  const remembered = choiceFor(capture, accountChoices);
  const found = workspaceFor(platform, capture, workspaces, destinations, remembered);
  const workspace = 'code' in found ? undefined : found.workspace;
  const there = destinations.filter(
    ({ workspaceId, type, goneAt }) =>
      workspaceId === workspace?.id && type === platform.id && goneAt === undefined,
  );
  const config = configOf(platform, capture);
  const same = destinationsWith(platform, config, there);

  // The choice counts only for the workspace it was made in.
  const choice = capture.workspaceId === workspace?.id ? capture.destination : undefined;
  // One whose ids we cannot know may be the very one, so the person says which.
  const unsure = same.length > 1 || (same.length === 0 && there.some(hasUnknownIds));
  const before = same.find(
    ({ id, workspaceId }) => workspaceId === remembered?.workspaceId && id === remembered.destination,
  );
  const proposal = unsure ? before?.id : (same[0]?.id ?? 'new');
  const value = choice ?? proposal;
  const target = there.find(({ id }) => id === value);
  const known = value === 'new' || target !== undefined;

  // One of those that the person wants this token for as well keeps its own ids.
  const isOther = target !== undefined && othersFor(capture, destinations).includes(target);
  const changes = target && !isOther ? changesOf(platform, capture, target) : [];
  const confirmedIds = target !== undefined && changes.length > 0 && isConfirmed(capture, target, config);
  const stranger =
    target && !isOther ? otherClient(platform, capture, target, workspaces, destinations) : undefined;
  const mismatches = changes.map(
    ({ kind, from, to }): Blocker => ({
      code: 'idMismatch',
      kind,
      ours: to,
      theirs: from,
      confirmable: workspace?.route === 'api' && stranger === undefined,
    }),
  );
  const freshness = target && token ? freshnessOf(token, target) : undefined;
  const isInUse = token !== undefined && target?.token.fingerprint === token.fingerprint;
  const job: Job = target ? 'rotate' : 'create';

  return {
    captureId: capture.id,
    platform: platform.id,
    fields,
    ...('code' in found ? {} : { workspaceId: found.workspace.id, workspaceBy: found.by }),
    choices: workspace
      ? [
          { value: 'new', name: '', matches: false, sameToken: false },
          ...there.map((destination) => ({
            value: destination.id,
            name: destination.name,
            matches: sameIds(platform, config, destination.config),
            sameToken: token !== undefined && destination.token.fingerprint === token.fingerprint,
          })),
        ]
      : [],
    ...(workspace && value !== undefined && known ? { destination: value } : {}),
    job,
    ...(workspace && value !== undefined && known
      ? { consequence: consequenceOf(platform, target, changes, isOther) }
      : {}),
    ...(freshness ? { freshness } : {}),
    label: tokenName(job, new Date(now)),
    config: target && isOther ? target.config : config,
    confirmedIds,
    doubts,
    blockers: [
      ...('code' in found ? [found] : []),
      ...(workspace && workspace.state !== 'connected'
        ? [{ code: 'workspaceNotUsable', workspaceId: workspace.id } as const]
        : []),
      ...tokenBlockers(capture, token),
      ...(swapped ? [{ code: 'idsSwapped', kinds: swapped } as const] : []),
      ...idBlockers(fields.filter(({ kind }) => !swapped?.includes(kind))),
      ...(workspace && !known ? [{ code: 'chooseDestination' } as const] : []),
      ...(stranger ? [stranger] : []),
      ...(stranger || !confirmedIds ? mismatches : []),
      ...(isInUse ? [{ code: 'alreadyInUse' } as const] : []),
      ...(freshness?.code === 'older' && !capture.ticks.checked
        ? [{ ...freshness, code: 'tickOlder' } as const]
        : []),
      ...tickBlockers(capture, token, doubts, now),
    ],
  };
};
