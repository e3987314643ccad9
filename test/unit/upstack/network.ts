import { Secret } from '../../../lib/credentials/secret';
import { type Access, createUpstackClient, type UpstackClient } from '../../../lib/upstack/client';
import { sampleNetwork } from '../../../lib/upstack/sample';

export const NOW = Date.UTC(2026, 10, 22, 12);

export const API_KEY = ['upstack', 'k3yk3yk3yk3yk3yk3y'].join('_');

export const access: Access = { key: Secret.of(API_KEY), pixelId: '00000000-0000-4000-8000-000000000001' };

export interface Request {
  url: string;
  init: RequestInit;
}

/** A client on a network of our own; what it sent is in `requests`. */
export const clientOn = (
  reply: (request: Request, count: number) => Response | Promise<Response>,
  { online = (): boolean => true, sample = sampleNetwork } = {},
): { client: UpstackClient; requests: Request[] } => {
  const requests: Request[] = [];
  const client = createUpstackClient(
    {
      fetch: async (url, init) => {
        requests.push({ url, init });
        return reply({ url, init }, requests.length);
      },
      now: () => NOW,
      online,
    },
    sample,
  );
  return { client, requests };
};

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'Content-Type': 'application/json', ...init.headers },
  });

export const problem = (
  status: number,
  code?: string,
  more: object = {},
  headers: HeadersInit = {},
): Response =>
  new Response(
    JSON.stringify({ type: 'about:blank', title: 'x', status, ...(code ? { code } : {}), ...more }),
    {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...headers },
    },
  );

export const FINGERPRINT = 'sha256:0123456789abcdef';

/** A destination as the contract has it. */
export const destination = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'dst_1',
  type: 'reddit',
  name: 'Acme US',
  enabled: true,
  config: { pixelId: 'a2_abcdefghijkl' },
  credentials: {
    accessToken: {
      isSet: true,
      issuedAt: '2026-11-20T10:00:00Z',
      hint: 'eyJh…abcd',
      fingerprint: FINGERPRINT,
      label: null,
      updatedAt: '2026-11-21T10:00:00Z',
      previous: null,
    },
  },
  health: { state: 'healthy', reasonCode: null, since: '2026-11-21T10:00:00Z', lastCheckedAt: null },
  createdAt: '2026-11-20T10:00:00Z',
  updatedAt: '2026-11-21T10:00:00Z',
  ...changes,
});

export const health = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  destinationId: 'dst_1',
  type: 'reddit',
  state: 'healthy',
  since: '2026-11-21T10:00:00Z',
  lastCheckedAt: '2026-11-22T11:59:00Z',
  lastSuccessAt: null,
  lastFailureAt: null,
  consecutiveFailures: 0,
  reason: null,
  ...changes,
});
