import type { Secret } from '../credentials/secret';
import { isKeyTrouble } from '../storage/key-trouble';
import type { Problem } from '../storage/rows';
import {
  type HealthListing,
  type Listing,
  type RemoteDestination,
  readAccount,
  readDestinationResponse,
  readEtag,
  readHealthList,
  readPage,
  readValidationResponse,
  type Validation,
} from './decode';
import { API_ORIGIN } from './origin';
import { problemOf } from './problem';
import { sampleNetwork } from './sample';

/**
 * The one module that calls the network, and one of the two that may open a secret. Upstack's API is spoken here as
 * `openapi.yaml` has it, and nowhere else.
 */

/** From the call to the last byte of the answer. */
const TIME_LIMIT = 15_000;
/** No honest answer is longer. */
const SIZE_LIMIT = 256 * 1024;
/** A list that goes on for longer than this is a loop. */
const PAGE_LIMIT = 50;

/** What proves us to Upstack: a key and the Upstack pixel it belongs to. */
export interface Access {
  key: Secret;
  pixelId: string;
  /** Of a sample workspace: its calls are answered here, and never reach the network. */
  sample?: true;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What Upstack made of a write. `steps`: the server's own test, in order. */
export type Saved = NonNullable<ReturnType<typeof readDestinationResponse>>;

export interface NewDestination {
  type: string;
  name?: string;
  config: Readonly<Record<string, string>>;
  token: Secret;
  label?: string;
}

export type HealthAnswer =
  /** As at the last answer, which this confirms. */
  { changed: false } | ({ changed: true; etag?: string } & HealthListing);

/** What the client needs of the world, so that tests can give it another one. */
export interface Network {
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): number;
  /** False only if the browser is certain to be offline. */
  online(): boolean;
}

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  headers?: Record<string, string>;
  /** Called at the last moment, so that an opened secret lives no longer than the call. */
  body?: () => string;
  /** Never repeated to us by an answer. */
  secret?: Secret;
  timeLimit?: number;
}

interface Reply {
  status: number;
  headers: Headers;
  body: unknown;
}

const isJson = (headers: Headers): boolean =>
  /^application\/(problem\+)?json\b/i.test(headers.get('content-type')?.trim() ?? '');

/** Reads at most `SIZE_LIMIT` bytes; undefined if there are more. */
const readText = async (response: Response, signal: AbortSignal): Promise<string | undefined> => {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // A reader that was cancelled says `done`, as if the answer were whole.
      signal.throwIfAborted();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > SIZE_LIMIT) {
        stop();
        return undefined;
      }
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

const parse = (text: string): { json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const refused = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });
const garbled = (status: number): { ok: false; problem: Problem } => refused({ kind: 'garbled', status });

const destinationPath = (id: string): string => `/accounts/api/event-destinations/${encodeURIComponent(id)}`;

/** How a call goes out and what may come back, whatever it is about. */
const openCalls = (real: Network, sample: Network) => {
  /** One call. Every way in which it can end without the wanted answer is a `Problem`; nothing is thrown. */
  const call = async (access: Access, wanted: Call): Promise<Answer<Reply>> => {
    // The one place where sample data and Upstack part.
    const network = access.sample ? sample : real;
    if (!network.online()) return refused({ kind: 'offline' });
    const signal = AbortSignal.timeout(wanted.timeLimit ?? TIME_LIMIT);
    try {
      const response = await network.fetch(API_ORIGIN + wanted.path, {
        method: wanted.method,
        headers: {
          ...wanted.headers,
          'x-api-key': access.key.reveal(),
          'x-pixel-id': access.pixelId,
        },
        ...(wanted.body ? { body: wanted.body() } : {}),
        signal,
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
      const { status, headers } = response;
      const text = await readText(response, signal);
      if (text === undefined) return refused({ kind: 'tooLarge', status });
      // An error may repeat what it was sent; nothing of it must reach a row.
      const clean = [access.key, wanted.secret].reduce(
        (left, secret) => (secret ? left.replaceAll(secret.reveal(), '') : left),
        text,
      );
      const parsed = isJson(headers) ? parse(clean) : undefined;
      if (response.ok || status === 304) {
        // Redirects are refused above; a response that was redirected all the same is not Upstack's.
        if (response.redirected || (status !== 304 && !parsed)) return garbled(status);
        return { ok: true, value: { status, headers, body: parsed?.json } };
      }
      const retryAfter = headers.get('retry-after');
      const foreign = text !== '' && !parsed;
      const problem = problemOf({ status, retryAfter, body: parsed?.json, foreign }, network.now());
      return refused(isKeyTrouble(problem.kind) ? { ...problem, keyMask: access.key.mask } : problem);
    } catch (error) {
      if (signal.aborted) return refused({ kind: 'timeout' });
      // `fetch` tells every network trouble, a redirect too, by the same TypeError. Anything else is a bug of ours.
      if (!(error instanceof TypeError)) throw error;
      return refused({ kind: network.online() ? 'unreachable' : 'offline' });
    }
  };

  /** A call whose answer must be read by `read` to count. */
  const ask = async <T>(
    access: Access,
    wanted: Call,
    read: (body: unknown, headers: Headers) => T | undefined,
  ): Promise<Answer<T>> => {
    const answer = await call(access, wanted);
    if (!answer.ok) return answer;
    if (answer.value.status !== 200 && answer.value.status !== 201) return garbled(answer.value.status);
    const value = read(answer.value.body, answer.value.headers);
    return value === undefined ? garbled(answer.value.status) : { ok: true, value };
  };

  return { call, ask };
};

/** The ETag stands in the header, and may stand in the body too. */
const readSaved = (body: unknown, headers: Headers): Saved | undefined => {
  const saved = readDestinationResponse(body);
  const etag = readEtag(headers.get('etag')) ?? saved?.destination.etag;
  return saved && { ...saved, destination: { ...saved.destination, ...(etag ? { etag } : {}) } };
};

/** What can be asked of Upstack, one function for each operation of `openapi.yaml`. */
export const createUpstackClient = (real: Network, sample: Network) => {
  const { call, ask } = openCalls(real, sample);
  return {
    /** The account's name, if this key may read it. */
    getAccount: (access: Access): Promise<Answer<{ name?: string }>> =>
      ask(access, { method: 'GET', path: '/accounts/api/account' }, readAccount),

    /** Every destination of a workspace, all pages of it or none. */
    listDestinations: async (access: Access): Promise<Answer<Listing>> => {
      const destinations = new Map<string, RemoteDestination>();
      let unreadable = 0;
      let cursor: string | undefined;
      for (let page = 0; page < PAGE_LIMIT; page += 1) {
        const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const path = `/accounts/api/event-destinations?pageSize=100${query}`;
        const answer = await ask(access, { method: 'GET', path }, readPage);
        if (!answer.ok) return answer;
        for (const one of answer.value.destinations) destinations.set(one.id, one);
        unreadable += answer.value.unreadable;
        cursor = answer.value.nextCursor;
        if (cursor === undefined) {
          return { ok: true, value: { destinations: [...destinations.values()], unreadable } };
        }
      }
      return refused({ kind: 'garbled' });
    },

    getDestination: (access: Access, id: string): Promise<Answer<Saved>> =>
      ask(access, { method: 'GET', path: destinationPath(id) }, readSaved),

    createDestination: (
      access: Access,
      { type, name, config, token, label }: NewDestination,
      idempotencyKey: string,
    ): Promise<Answer<Saved>> =>
      ask(
        access,
        {
          method: 'POST',
          path: '/accounts/api/event-destinations',
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
          body: () =>
            JSON.stringify({
              type,
              ...(name ? { name } : {}),
              config,
              credentials: { accessToken: token.reveal(), ...(label ? { label } : {}) },
            }),
          secret: token,
        },
        readSaved,
      ),

    /** Changes ids, name or the switch; never the token. */
    patchDestination: (
      access: Access,
      id: string,
      etag: string,
      patch: { name?: string; enabled?: boolean; config?: Readonly<Record<string, string>> },
    ): Promise<Answer<Saved>> =>
      ask(
        access,
        {
          method: 'PATCH',
          path: destinationPath(id),
          headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': etag },
          body: () => JSON.stringify(patch),
        },
        readSaved,
      ),

    /** Replaces the token and nothing else. */
    rotateAccessToken: (
      access: Access,
      id: string,
      etag: string,
      token: Secret,
      label?: string,
    ): Promise<Answer<Saved>> =>
      ask(
        access,
        {
          method: 'PUT',
          path: `${destinationPath(id)}/access-token`,
          headers: { 'Content-Type': 'application/json', 'If-Match': etag },
          body: () => JSON.stringify({ accessToken: token.reveal(), ...(label ? { label } : {}) }),
          secret: token,
        },
        readSaved,
      ),

    /** Has Upstack send one test event with what is saved. */
    validateDestination: (
      access: Access,
      id: string,
      idempotencyKey: string,
      timeLimit?: number,
    ): Promise<Answer<Validation>> =>
      ask(
        access,
        {
          method: 'POST',
          path: `${destinationPath(id)}/validations`,
          headers: { 'Idempotency-Key': idempotencyKey },
          ...(timeLimit === undefined ? {} : { timeLimit }),
        },
        readValidationResponse,
      ),

    /** The health of a whole workspace in one call. */
    listHealth: async (access: Access, etag?: string, timeLimit?: number): Promise<Answer<HealthAnswer>> => {
      const answer = await call(access, {
        method: 'GET',
        path: '/accounts/api/event-destination-health',
        ...(etag === undefined ? {} : { headers: { 'If-None-Match': etag } }),
        ...(timeLimit === undefined ? {} : { timeLimit }),
      });
      if (!answer.ok) return answer;
      const { status, headers, body } = answer.value;
      // "Not modified" confirms something only to who named what he has.
      if (status === 304) return etag === undefined ? garbled(304) : { ok: true, value: { changed: false } };
      const listing = status === 200 ? readHealthList(body) : undefined;
      if (!listing) return garbled(status);
      const fresh = readEtag(headers.get('etag'));
      return {
        ok: true,
        value: { changed: true, ...(fresh === undefined ? {} : { etag: fresh }), ...listing },
      };
    },
  };
};

export type UpstackClient = ReturnType<typeof createUpstackClient>;

export const upstack = createUpstackClient(
  {
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    online: () => navigator.onLine,
  },
  sampleNetwork,
);
