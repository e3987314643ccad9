import type { Platform, ReasonCode, Remedy } from '../platforms/definition';
import { platformOf } from '../platforms/index';
import { isKeyTrouble } from '../storage/key-trouble';
import type { Delivery, Destination, SeenPage, ValidationStep, Workspace } from '../storage/rows';
import { isPlatformTrouble, MISSES_UNTIL_TOLD } from './destination';
import { isOfItsAccount } from './token-list';

/**
 * Why a destination is ill, and the one thing to do about it. Pure. A row is passed only on evidence; what nobody can
 * know here is unknown.
 */

/** The four troubles that are never mixed up, and none. */
export type Trouble = 'none' | 'destination' | 'platform' | 'upstack' | 'key';

/** The sentence of a reason code is the platform's, that of any other `diagnosis.cause.<code>`. */
export type CauseCode =
  | ReasonCode
  | 'keyRefused'
  | 'keyMissing'
  | 'scopeMissing'
  | 'pixelMismatch'
  | 'noAnswer'
  | 'gone'
  | 'paused'
  | 'pending'
  | 'healthy';

export type RowResult = 'passed' | 'failed' | 'unknown';

/** Titles are `diagnosis.row.<id>`, details `diagnosis.detail.<detail>`. */
export interface DiagnosisRow {
  id: string;
  result: RowResult;
  detail: string;
  /** Only this platform has it: the title is `platforms.<type>.diagnosis.<id>`. */
  own?: true;
}

export interface Diagnosis {
  trouble: Trouble;
  code: CauseCode;
  rows: DiagnosisRow[];
  remedy: Remedy | 'replaceKey';
}

export interface Evidence {
  deliveries: readonly Delivery[];
  pages: readonly SeenPage[];
}

/** These are an answer of the platform itself, so it is there. */
const ANSWERED: readonly ReasonCode[] = [
  'token_invalid',
  'account_mismatch',
  'pixel_not_found',
  'payload_rejected',
];

type Verdict = Pick<DiagnosisRow, 'result' | 'detail'>;

const passed = (detail: string): Verdict => ({ result: 'passed', detail });
const failed = (detail: string): Verdict => ({ result: 'failed', detail });
const unknown = (detail: string): Verdict => ({ result: 'unknown', detail });

type Cause = Pick<Diagnosis, 'trouble' | 'code'>;

const hasNoAnswer = ({ poll }: Workspace): boolean =>
  poll.misses >= MISSES_UNTIL_TOLD || poll.lastAnsweredAt === undefined;

const causeOf = ({ goneAt, enabled, health }: Destination, workspace: Workspace | undefined): Cause => {
  if (workspace && isKeyTrouble(workspace.state)) return { trouble: 'key', code: workspace.state };
  if (goneAt !== undefined) return { trouble: 'destination', code: 'gone' };
  if (!workspace || (workspace.route === 'api' && hasNoAnswer(workspace))) {
    return { trouble: 'upstack', code: 'noAnswer' };
  }
  if (!enabled || health.state === 'paused') return { trouble: 'none', code: 'paused' };
  if (health.state === 'healthy' || health.state === 'pending') {
    return { trouble: 'none', code: health.state };
  }
  const code = health.reason?.code ?? 'unknown';
  return { trouble: isPlatformTrouble(health.reason) ? 'platform' : 'destination', code };
};

/** The delivery that brought the token which is in use now; no other says anything of it. */
const bringerOf = (
  { id, workspaceId, token }: Destination,
  deliveries: readonly Delivery[],
): Delivery | undefined =>
  deliveries
    .filter(
      (delivery) =>
        delivery.workspaceId === workspaceId &&
        delivery.destinationId === id &&
        token.fingerprint !== undefined &&
        delivery.fingerprint === token.fingerprint &&
        (delivery.savedAt ?? delivery.tokenSavedAt) !== undefined,
    )
    .sort((one, other) => other.createdAt - one.createdAt)[0];

interface Case {
  platform: Platform;
  destination: Destination;
  workspace: Workspace | undefined;
  bringer: Delivery | undefined;
  pages: readonly SeenPage[];
  /** Of an illness; what it once was tells nothing of a destination that is well or not asked about. */
  reason: ReasonCode | undefined;
  cause: Cause;
}

/** The last test event that was asked for, or the one that was made when the token in use was saved. */
const stepOf = ({ destination, bringer }: Case, name: string): ValidationStep['status'] | undefined => {
  const { check } = destination;
  const savedAt = bringer?.savedAt ?? bringer?.tokenSavedAt ?? destination.token.updatedAt ?? 0;
  const steps = check?.steps && check.startedAt >= savedAt ? check.steps : bringer?.steps;
  return steps?.find((step) => step.name === name)?.status;
};

const upstackRow = ({ cause, workspace }: Case): Verdict => {
  if (cause.trouble === 'key') return failed(cause.code);
  if (workspace?.route === 'dashboard') return unknown('notAsked');
  if (!workspace || workspace.poll.lastAnsweredAt === undefined) return unknown('notAskedYet');
  return workspace.poll.misses > 0 ? failed('noAnswer') : passed('answered');
};

const wholeRow = (one: Case): Verdict => {
  const format = stepOf(one, 'format');
  if (format === 'failed') return failed('formatRefused');
  if (!one.bringer) return unknown('notSentFromHere');
  // Upstack named the fingerprint of the token that we had read whole, so it has the same one.
  return one.bringer.verdict === 'good' ? passed('sentWhole') : unknown('sentInDoubt');
};

const listedRow = ({ destination, pages, reason }: Case): Verdict => {
  const { label, updatedAt = 0 } = destination.token;
  const lists = pages
    .filter((page) => (page.names?.length ?? 0) > 0 && isOfItsAccount(destination, page))
    .sort((one, other) => (other.namesAt ?? 0) - (one.namesAt ?? 0));
  const [list] = lists;
  if (!list) return unknown('listNotSeen');
  if (label === undefined) return unknown('nameNotKnown');
  if (list.names?.includes(label)) return passed('nameListed');
  // By itself it proves nothing: a person may have given it another name.
  return reason === 'token_invalid' && (list.namesAt ?? 0) > updatedAt
    ? failed('nameNotListed')
    : unknown('nameNotListed');
};

const idsRow = ({ platform, destination, bringer, reason, pages }: Case): Verdict => {
  const { config } = destination;
  const kinds = platform.kinds.flatMap((kind) => (kind.secret ? [] : [kind]));
  if (reason === 'config_incomplete') return failed('incomplete');
  if (reason === 'pixel_not_found') return failed('notFound');
  if (kinds.some(({ field }) => !config[field])) return unknown('idsNotKnown');
  if (bringer && !bringer.other) {
    const sent = bringer.config;
    return kinds.every(({ field }) => sent[field] === config[field])
      ? passed('asSent')
      : failed('changedSince');
  }
  const isSeen = pages.some(
    ({ platform: id, ids }) =>
      id === platform.id &&
      kinds.every((kind) => ids.some((seen) => seen.kind === kind.id && seen.value === config[kind.field])),
  );
  return isSeen ? passed('seenOnPage') : unknown('notCompared');
};

const accountRow = (one: Case): Verdict => {
  const { reason } = one;
  if (reason === 'account_mismatch') return failed('refusedForAccount');
  const step = stepOf(one, 'account_match');
  if (step === 'failed') return failed('refusedForAccount');
  // Any test that is older than an illness of the token itself proves nothing of now.
  if (reason === 'token_invalid') return unknown('tokenRefusedFirst');
  // The platform went as far as to look at an event's content.
  if (reason === 'payload_rejected' || one.cause.code === 'healthy') return passed('acceptedByPlatform');
  return step === 'passed' ? passed('testedByUpstack') : unknown('notTested');
};

const platformRow = ({ cause, reason }: Case): Verdict => {
  if (cause.trouble === 'platform') return failed(cause.code);
  if (cause.code === 'healthy') return passed('platformAnswers');
  return reason && ANSWERED.includes(reason) ? passed('platformAnswers') : unknown('platformNotAsked');
};

const rowsOf = (one: Case): DiagnosisRow[] => {
  const { platform, bringer } = one;
  const sent = bringer?.verdict === undefined ? undefined : { verdict: bringer.verdict };
  const own = platform.ownRows.map(({ id, result }): DiagnosisRow => {
    const outcome = result(sent);
    const detail = { passed: 'sentWhole', failed: 'sentInDoubt', unknown: 'notSentFromHere' }[outcome];
    return { id, result: outcome, detail, own: true };
  });
  return [
    { id: 'upstack', ...upstackRow(one) },
    { id: 'tokenWhole', ...wholeRow(one) },
    ...(platform.tokenList ? [{ id: 'tokenListed', ...listedRow(one) }] : []),
    { id: 'idsMatch', ...idsRow(one) },
    { id: 'account', ...accountRow(one) },
    ...own,
    { id: 'admin', ...unknown('askAdmin') },
    { id: 'platform', ...platformRow(one) },
  ];
};

/** Exactly one; a new token only where the platform's table says so, which is for `token_invalid` alone. */
const remedyOf = (platform: Platform | undefined, { trouble, code }: Cause): Diagnosis['remedy'] => {
  if (trouble === 'key') return 'replaceKey';
  return platform?.remedies[code as ReasonCode] ?? 'checkNow';
};

export const diagnose = (
  destination: Destination,
  workspace: Workspace | undefined,
  { deliveries, pages }: Evidence,
): Diagnosis => {
  const cause = causeOf(destination, workspace);
  const platform = platformOf(destination.type);
  const isIll = cause.trouble === 'destination' || cause.trouble === 'platform';
  const reason = isIll ? destination.health.reason?.code : undefined;
  const bringer = bringerOf(destination, deliveries);
  return {
    ...cause,
    rows: platform ? rowsOf({ platform, destination, workspace, bringer, pages, reason, cause }) : [],
    remedy: remedyOf(platform, cause),
  };
};
