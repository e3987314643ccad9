import { request } from 'node:https';
import type { Sandbox } from './server';

export interface CallAnswer {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  text: string;
  /** Throws where the answer is no JSON. */
  json(): unknown;
}

export interface CallInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs?: number;
}

/** Calls a played host from Node, by its real name and with its certificate checked. Follows no redirect. */
export const call = (
  sandbox: Pick<Sandbox, 'port' | 'certificate'>,
  address: string,
  { method = 'GET', headers = {}, body, timeoutMs = 5_000 }: CallInit = {},
): Promise<CallAnswer> =>
  new Promise((resolve, reject) => {
    const url = new URL(address);
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: sandbox.port,
        servername: url.hostname,
        ca: sandbox.certificate,
        method,
        path: url.pathname + url.search,
        headers: { host: url.host, ...headers },
        signal: AbortSignal.timeout(timeoutMs),
        agent: false,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers as Record<string, string | undefined>,
            text,
            json: () => JSON.parse(text) as unknown,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
