import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, json, parseJson, pathMatches, type Reply } from './exchange';

/**
 * Troubles on the wire, switched while the sandbox runs: for the next so many matching requests, or until cleared.
 * Several may meet in one request: delays add up, and of those that decide the answer the first one does.
 */

/** Which requests. Of `api.upstackdata.com` unless another host is given. */
export interface Match {
  method?: string;
  host?: string;
  /** A path, or the start of one followed by `*`. */
  path?: string;
}

/** With `applied`, what was asked for is done first and the trouble replaces the answer alone. */
export type Effect =
  | { kind: 'delay'; ms: number; applied?: boolean }
  | {
      kind: 'problem';
      status: number;
      code?: string;
      /** Seconds, or an HTTP date, or whatever a broken server says. */
      retryAfter?: string;
      /** Further members, such as `existingId`. */
      members?: Record<string, unknown>;
      applied?: boolean;
    }
  /** Never answers. */
  | { kind: 'never'; applied?: boolean }
  /** The connection breaks. */
  | { kind: 'reset'; applied?: boolean }
  /** A captive portal or a proxy answers in our server's place. */
  | { kind: 'html'; status?: number; applied?: boolean }
  | { kind: 'garbled'; applied?: boolean }
  | { kind: 'huge'; bytes?: number; applied?: boolean }
  | { kind: 'redirect'; to: string; status?: number; applied?: boolean }
  /** The true answer, with a word for health that the contract does not know. */
  | { kind: 'unknownHealth'; word: string }
  /** The server has forgotten what the key was for; with `duplicates` it also makes the same destination twice. */
  | { kind: 'ignoreIdempotencyKey'; duplicates?: boolean };

interface Scenario {
  readonly id: number;
  readonly match: Match;
  readonly effect: Effect;
  /** `Infinity`: until cleared. */
  left: number;
  /** How many requests it has met. */
  hits: number;
}

export interface Scenarios {
  readonly active: readonly Scenario[];
  next(times: number, match: Match, effect: Effect): Scenario;
  always(match: Match, effect: Effect): Scenario;
  /** All of them, unless one is named. */
  clear(id?: number): void;
  /** Those that this request meets; each counts as used. */
  take(call: Call): Effect[];
}

export const createScenarios = (): Scenarios => {
  let active: Scenario[] = [];
  let lastId = 0;
  const add = (left: number, match: Match, effect: Effect): Scenario => {
    lastId += 1;
    const scenario = { id: lastId, match, effect, left, hits: 0 };
    active.push(scenario);
    return scenario;
  };
  const meets = ({ method, host = 'api.upstackdata.com', path = '/*' }: Match, call: Call): boolean =>
    host === call.host && (method ?? call.method) === call.method && pathMatches(path, call.path);

  return {
    get active() {
      return active;
    },
    next: add,
    always: (match, effect) => add(Number.POSITIVE_INFINITY, match, effect),
    clear(id) {
      active = id === undefined ? [] : active.filter((scenario) => scenario.id !== id);
    },
    take(call) {
      const met = active.filter((scenario) => meets(scenario.match, call));
      for (const scenario of met) {
        scenario.hits += 1;
        scenario.left -= 1;
      }
      active = active.filter((scenario) => scenario.left > 0);
      return met.map((scenario) => scenario.effect);
    },
  };
};

const codeOfStatus: Record<number, string> = {
  400: 'invalid_request',
  401: 'key_invalid',
  403: 'scope_missing',
  404: 'not_found',
  409: 'destination_exists',
  412: 'stale_version',
  422: 'credential_rejected',
  428: 'precondition_required',
  429: 'rate_limited',
  503: 'unavailable',
};

/** The answer that an effect puts in place of the true one; `never` and `reset` are of the connection. */
const falseReply = (effect: Effect): Reply | 'never' | 'reset' | undefined => {
  switch (effect.kind) {
    case 'problem': {
      const code = effect.code ?? codeOfStatus[effect.status] ?? 'internal';
      return json(
        effect.status,
        {
          type: `/problems/${code}`,
          title: code.replaceAll('_', ' '),
          status: effect.status,
          code,
          requestId: 'req_scenario',
          ...effect.members,
        },
        {
          'content-type': 'application/problem+json',
          ...(effect.retryAfter === undefined ? {} : { 'retry-after': effect.retryAfter }),
        },
      );
    }
    case 'never':
    case 'reset':
      return effect.kind;
    case 'html':
      return {
        status: effect.status ?? 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!doctype html><title>Welcome</title><h1>Sign in to the guest network</h1>',
      };
    case 'garbled':
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"destinations": [{"id": "dst_',
      };
    case 'huge':
      return json(200, {
        destinations: [],
        nextCursor: null,
        padding: 'x'.repeat(effect.bytes ?? 1_000_000),
      });
    case 'redirect':
      return { status: effect.status ?? 307, headers: { location: effect.to } };
    default:
      return undefined;
  }
};

/** Every `state` of a health in the answer reads `word`. */
const renameHealth = (reply: Reply, word: string): Reply => {
  const rename = (value: unknown, isHealth: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => rename(item, isHealth));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) =>
        isHealth && key === 'state' ? [key, word] : [key, rename(inner, key === 'health' || key === 'items')],
      ),
    );
  };
  const body = parseJson(String(reply.body ?? ''));
  const headers = { ...reply.headers };
  delete headers.etag; // it spoke of the true answer, and a 304 would hide the word
  return body === undefined ? reply : { ...reply, headers, body: JSON.stringify(rename(body, false)) };
};

export interface ApplyOptions {
  ignoreIdempotencyKey: boolean;
  allowDuplicates: boolean;
  /** No 304: the answer is wanted whole. */
  whole: boolean;
}

/** Lets `apply` do what was asked, and lets the effects spoil it. */
export const answerUnder = async (
  effects: readonly Effect[],
  apply: (options: ApplyOptions) => Promise<Reply>,
  signal: AbortSignal,
): Promise<Reply | 'never' | 'reset'> => {
  const wait = async (applied: boolean): Promise<void> => {
    const ms = effects
      .filter((effect) => effect.kind === 'delay' && (effect.applied ?? false) === applied)
      .reduce((sum, effect) => sum + (effect.kind === 'delay' ? effect.ms : 0), 0);
    if (ms > 0) await sleep(ms, undefined, { signal });
  };
  const deciding = effects.find((effect) => falseReply(effect) !== undefined);
  const instead = deciding && falseReply(deciding);

  await wait(false);
  if (instead && !('applied' in deciding && deciding.applied)) return instead;
  const has = (kind: Effect['kind']): boolean => effects.some((effect) => effect.kind === kind);
  const truth = await apply({
    ignoreIdempotencyKey: has('ignoreIdempotencyKey'),
    allowDuplicates: effects.some((effect) => effect.kind === 'ignoreIdempotencyKey' && effect.duplicates),
    whole: has('unknownHealth'),
  });
  await wait(true);
  if (instead) return instead;
  return effects.reduce<Reply>(
    (reply, effect) => (effect.kind === 'unknownHealth' ? renameHealth(reply, effect.word) : reply),
    truth,
  );
};
