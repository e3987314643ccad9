import { randomBytes } from 'node:crypto';
import type { PlatformId } from './ad-accounts';
import { type EventQuality, eventCall, type PlatformApis, platformCodeOf } from './platform-apis';
import {
  type HealthState,
  type HeldDestination,
  type HeldHealth,
  type HeldWorkspace,
  issuedAtOf,
  type ReasonCode,
  targetOf,
} from './upstack-state';

/** How Upstack learns whether a destination works: it sends an event and reads the platform's answer. */

export const isPlayed = (type: string): type is PlatformId => type === 'reddit' || type === 'pinterest';

interface Answer {
  status: number;
  platformCode: string | null;
}

const send = async (
  apis: PlatformApis,
  type: PlatformId,
  target: string,
  token: string,
  quality: EventQuality,
  now: number,
): Promise<Answer> => {
  const reply = await apis.reply(eventCall(type, target, token, quality, now));
  return { status: reply.status, platformCode: platformCodeOf(reply) };
};

const reasonOf = (status: number): ReasonCode | undefined => {
  if (status === 200) return undefined;
  if (status === 401) return 'token_invalid';
  if (status === 403) return 'account_mismatch';
  if (status === 404) return 'pixel_not_found';
  if (status === 400 || status === 422) return 'payload_rejected';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'platform_unavailable' : 'unknown';
};

const sentences: Record<ReasonCode, string> = {
  token_invalid: 'The platform does not accept the token.',
  account_mismatch: 'The token may not send events for this account.',
  pixel_not_found: 'The platform does not know this id.',
  config_incomplete: 'An id is missing.',
  payload_rejected: 'The platform refused the event data.',
  rate_limited: 'The platform is throttling.',
  platform_unavailable: 'The platform is not available.',
  no_recent_events: 'No event came in lately.',
  unknown: 'The platform gave an answer that is not understood.',
};

type StepStatus = 'passed' | 'failed' | 'warning' | 'skipped' | 'not_verifiable';
interface Step {
  name: 'format' | 'authenticate' | 'account_match' | 'test_event' | 'tag_id';
  status: StepStatus;
  code: string | null;
}
interface Validation {
  id: string;
  status: 'passed' | 'failed';
  steps: Step[];
  startedAt: string;
  finishedAt: string;
}
export interface Outcome {
  validation: Validation;
  /** The platform could not say: neither good nor bad was proven. */
  unavailable: boolean;
}

/** Which step a reason makes fail. Those before it passed, those after it were not reached. */
const failingStep: Record<ReasonCode, number> = {
  config_incomplete: 0,
  token_invalid: 1,
  account_mismatch: 2,
  pixel_not_found: 2,
  payload_rejected: 3,
  rate_limited: 3,
  platform_unavailable: 3,
  no_recent_events: 3,
  unknown: 3,
};

/** Sends one test event with these credentials. */
export const validate = async (
  apis: PlatformApis,
  type: PlatformId,
  config: Record<string, string>,
  token: string,
  now: () => number,
): Promise<Outcome> => {
  const startedAt = new Date(now()).toISOString();
  const target = targetOf(type, config);
  const answer = target ? await send(apis, type, target, token, 'test', now()) : undefined;
  const reason = answer ? reasonOf(answer.status) : 'config_incomplete';
  const failsAt = reason ? failingStep[reason] : Number.POSITIVE_INFINITY;
  const unavailable = reason === 'rate_limited' || reason === 'platform_unavailable';
  const names = ['format', 'authenticate', 'account_match', 'test_event'] as const;
  const steps: Step[] = names.map((name, index) => {
    // A platform that is down has proven nothing, also not what comes before the event.
    if (unavailable && index > 0 && index < failsAt) return { name, status: 'skipped', code: null };
    if (index === failsAt) return { name, status: 'failed', code: reason ?? null };
    if (index > failsAt) return { name, status: 'skipped', code: null };
    if (name === 'format' && issuedAtOf(type, token) === undefined)
      return { name, status: 'warning', code: 'unfamiliar_format' };
    return { name, status: 'passed', code: null };
  });
  if (type === 'pinterest') steps.push({ name: 'tag_id', status: 'not_verifiable', code: null });
  return {
    validation: {
      id: `val_${randomBytes(6).toString('hex')}`,
      status: reason ? 'failed' : 'passed',
      steps,
      startedAt,
      finishedAt: new Date(now()).toISOString(),
    },
    unavailable,
  };
};

const storeEvents: Record<HeldWorkspace['store'], EventQuality[]> = {
  flowing: ['good'],
  partlyFailing: ['good', 'malformed'],
  malformed: ['malformed'],
  silent: [],
};

type Finding = Pick<HeldHealth, 'state' | 'reason'> & Partial<Pick<HeldHealth, 'window'>>;

const ill = (state: HealthState, code: ReasonCode, answer?: Answer): Finding => ({
  state,
  reason: {
    code,
    message: sentences[code],
    ...(answer ? { httpStatus: answer.status, platformCode: answer.platformCode } : {}),
  },
});

const look = async (
  apis: PlatformApis,
  workspace: HeldWorkspace,
  destination: HeldDestination,
  now: number,
  settleMs: number,
): Promise<Finding | undefined> => {
  const { forced, type, config, token } = destination;
  if (forced)
    return forced.reasonCode ? ill(forced.state, forced.reasonCode) : { state: forced.state, reason: null };
  if (!destination.enabled) return { state: 'paused', reason: null };
  if (!isPlayed(type)) return { state: 'healthy', reason: null };
  if (now < destination.settlesFrom + settleMs) return undefined;
  const target = targetOf(type, config);
  if (!target || !token) return ill('unhealthy', 'config_incomplete');

  const events = storeEvents[workspace.store];
  if (events.length === 0) return ill('unhealthy', 'no_recent_events');
  const answers: Answer[] = [];
  for (const quality of events) answers.push(await send(apis, type, target, token.value, quality, now));
  const failed = answers.filter((answer) => answer.status !== 200);
  const window = {
    seconds: 300,
    attempted: answers.length,
    delivered: answers.length - failed.length,
    failed: failed.length,
  };
  if (window.delivered > 0) token.delivered = true;
  const first = failed[0];
  const code = first && reasonOf(first.status);
  if (!first || !code) return { state: 'healthy', reason: null, window };
  return { ...ill(window.delivered > 0 ? 'degraded' : 'unhealthy', code, first), window };
};

/** Brings a destination's health up to date by passing on what the store has sent. */
export const assess = async (
  apis: PlatformApis,
  workspace: HeldWorkspace,
  destination: HeldDestination,
  now: number,
  settleMs: number,
): Promise<void> => {
  const finding = await look(apis, workspace, destination, now, settleMs);
  if (!finding) return;
  const { health } = destination;
  const good = finding.state === 'healthy';
  const bad = finding.state === 'unhealthy' || finding.state === 'degraded';
  destination.health = {
    ...health,
    ...finding,
    since: finding.state === health.state ? health.since : now,
    lastCheckedAt: now,
    lastSuccessAt: good || finding.state === 'degraded' ? now : health.lastSuccessAt,
    lastFailureAt: bad ? now : health.lastFailureAt,
    consecutiveFailures: finding.state === 'unhealthy' ? health.consecutiveFailures + 1 : 0,
  };
};
