import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdPlatform, PlatformId } from './ad-accounts';
import { type Call, json, parseJson, type Reply } from './exchange';

/**
 * The event APIs of the two platforms, with their documented answers. The Upstack that is played here asks them
 * through the same function that answers the network.
 *
 *   POST https://ads-api.reddit.com/api/v3/pixels/{pixel_id}/conversion_events
 *   POST https://api.pinterest.com/v5/ad_accounts/{id}/events?test=true
 */

type PlatformMode =
  | { kind: 'normal' }
  | { kind: 'outage'; status?: number }
  | { kind: 'throttled'; retryAfterSeconds?: number }
  /** Answers something that no document names. */
  | { kind: 'odd'; status: number };

/** One call as it was answered, without the token. */
interface EventCall {
  platform: PlatformId;
  target: string;
  test: boolean;
  status: number;
  at: number;
}

export interface PlatformApis {
  readonly modes: Record<PlatformId, PlatformMode>;
  readonly calls: EventCall[];
  /** How long a platform takes to answer, in ms. */
  latency: number;
  reply(call: Call): Promise<Reply>;
}

interface Api {
  host: string;
  path: RegExp;
  isTest(call: Call): boolean;
  /** Undefined: the payload is fine. */
  faultOf(body: unknown): { status: 400 | 422; message: string } | undefined;
  accepted(body: unknown): unknown;
  error(status: number, message: string): unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const eventsIn = (list: unknown): Record<string, unknown>[] | undefined =>
  Array.isArray(list) && list.length > 0 && list.every(isObject) ? list : undefined;

const redditEvents = (body: unknown) =>
  isObject(body) && isObject(body.data) ? eventsIn(body.data.events) : undefined;

const pinterestEvents = (body: unknown) => (isObject(body) ? eventsIn(body.data) : undefined);

const pinterestCodes: Record<number, number> = {
  400: 4196,
  401: 2,
  403: 29,
  404: 4162,
  422: 4196,
  429: 8,
};

const apis: Record<PlatformId, Api> = {
  reddit: {
    host: 'ads-api.reddit.com',
    path: /^\/api\/v3\/pixels\/([^/]+)\/conversion_events$/,
    isTest: (call) => call.body.includes('"test_id"'),
    faultOf(body) {
      const events = redditEvents(body);
      if (!events) return { status: 400, message: 'data.events: must be a non-empty list' };
      const good = events.every(
        (event) =>
          typeof event.event_at === 'number' &&
          isObject(event.type) &&
          typeof event.type.tracking_type === 'string',
      );
      return good
        ? undefined
        : { status: 422, message: 'data.events: event_at and type.tracking_type are needed' };
    },
    accepted: (body) => ({
      data: { message: `Successfully processed ${redditEvents(body)?.length ?? 0} conversion events.` },
    }),
    error: (status, message) => ({ error: { code: status, message } }),
  },
  pinterest: {
    host: 'api.pinterest.com',
    path: /^\/v5\/ad_accounts\/([^/]+)\/events$/,
    isTest: (call) => call.query.get('test') === 'true',
    faultOf(body) {
      const events = pinterestEvents(body);
      if (!events) return { status: 400, message: 'Invalid request: data is needed' };
      const good = events.every(
        (event) =>
          typeof event.event_name === 'string' &&
          typeof event.action_source === 'string' &&
          typeof event.event_time === 'number' &&
          typeof event.event_id === 'string' &&
          isObject(event.user_data),
      );
      return good ? undefined : { status: 422, message: 'Not all events were successfully processed' };
    },
    accepted(body) {
      const events = pinterestEvents(body) ?? [];
      return {
        num_events_received: events.length,
        num_events_processed: events.length,
        events: events.map(() => ({ status: 'processed' })),
      };
    },
    error: (status, message) => ({ code: pinterestCodes[status] ?? 4197, message }),
  },
};

const platformIds = Object.keys(apis) as PlatformId[];

export const eventHosts = platformIds.map((id) => apis[id].host);

export const createPlatformApis = (
  platforms: Record<PlatformId, AdPlatform>,
  now: () => number,
): PlatformApis => {
  const modes: Record<PlatformId, PlatformMode> = {
    reddit: { kind: 'normal' },
    pinterest: { kind: 'normal' },
  };
  const calls: EventCall[] = [];

  const answer = (id: PlatformId, call: Call, target: string): Reply => {
    const api = apis[id];
    const refuse = (status: number, message: string, headers = {}): Reply =>
      json(status, api.error(status, message), headers);

    const mode = modes[id];
    if (mode.kind === 'outage') return refuse(mode.status ?? 503, 'Service unavailable');
    if (mode.kind === 'odd') return refuse(mode.status, 'Unexpected');
    if (mode.kind === 'throttled')
      return refuse(429, 'This request exceeded a rate limit.', {
        'retry-after': String(mode.retryAfterSeconds ?? 60),
      });

    const token = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    switch (platforms[id].permission(token, target)) {
      case 'unknownToken':
        return refuse(401, 'Authentication failed.');
      case 'noSuchAccount':
        return refuse(404, 'Not found.');
      case 'notPermitted':
        return refuse(403, 'You are not permitted to access that resource.');
      case 'granted': {
        const body = parseJson(call.body);
        const fault = api.faultOf(body);
        return fault ? refuse(fault.status, fault.message) : json(200, api.accepted(body));
      }
    }
  };

  return {
    modes,
    calls,
    latency: 0,
    async reply(call) {
      const id = platformIds.find((one) => apis[one].host === call.host);
      const target = id && apis[id].path.exec(call.path)?.[1];
      if (!id || target === undefined) return json(404, { message: 'Not found.' });
      if (call.method !== 'POST') return json(405, { message: 'Method not allowed.' }, { allow: 'POST' });
      if (this.latency > 0) await sleep(this.latency);
      const reply = answer(id, call, target);
      calls.push({ platform: id, target, test: apis[id].isTest(call), status: reply.status, at: now() });
      return reply;
    },
  };
};

export type EventQuality = 'test' | 'good' | 'malformed';

/** The call by which Upstack sends one event. */
export const eventCall = (
  platform: PlatformId,
  target: string,
  token: string,
  quality: EventQuality,
  now: number,
): Call => {
  const seconds = Math.floor(now / 1000);
  const id = randomBytes(8).toString('hex');
  const event =
    quality === 'malformed'
      ? { currency: 'EUR' }
      : platform === 'reddit'
        ? { event_at: now, action_source: 'WEBSITE', type: { tracking_type: 'PAGE_VISIT' }, user: {} }
        : {
            event_name: 'page_visit',
            action_source: 'web',
            event_time: seconds,
            event_id: id,
            user_data: { client_ip_address: '192.0.2.1', client_user_agent: 'Upstack' },
          };
  const test = quality === 'test';
  const body =
    platform === 'reddit'
      ? { data: { ...(test ? { test_id: `test_${id}` } : {}), events: [event] } }
      : { data: [event] };
  return {
    method: 'POST',
    host: apis[platform].host,
    path:
      platform === 'reddit'
        ? `/api/v3/pixels/${encodeURIComponent(target)}/conversion_events`
        : `/v5/ad_accounts/${encodeURIComponent(target)}/events`,
    query: new URLSearchParams(platform === 'pinterest' && test ? 'test=true' : ''),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
};

/** What went wrong, in the platform's own code where it has one. */
export const platformCodeOf = (reply: Reply): string | null => {
  const body = parseJson(String(reply.body ?? ''));
  return isObject(body) && typeof body.code === 'number' ? String(body.code) : null;
};
