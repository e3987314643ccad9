import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as the played hosts see it: read whole, before anything is decided. */
export interface Call {
  method: string;
  /** Without port, lower case. */
  host: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export type Responder = (call: Call) => Reply | Promise<Reply>;

/** Real time plus what a test has skipped, so that 24 hours or a settling time need not be waited for. */
export interface Clock {
  now(): number;
  advance(ms: number): void;
}

export const createClock = (): Clock => {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    advance: (ms) => {
      skipped += ms;
    },
  };
};

const LARGEST_BODY = 1_000_000;

export const readCall = async (request: IncomingMessage): Promise<Call> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY)
      throw new Error('The request body is larger than anything that a client may send.');
    chunks.push(chunk);
  }
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const url = new URL(`https://${host}${request.url ?? '/'}`);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  return {
    method: request.method ?? 'GET',
    host,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
};

export const writeReply = (response: ServerResponse, { status, headers = {}, body }: Reply): void => {
  response.writeHead(status, headers);
  response.end(body);
};

export const json = (status: number, value: unknown, headers: Reply['headers'] = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

export const html = (body: string, headers: Reply['headers'] = {}): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
});

/** `pattern` is a path, or the start of one followed by `*`. */
export const pathMatches = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

/** The JSON value of a body, or undefined where it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
