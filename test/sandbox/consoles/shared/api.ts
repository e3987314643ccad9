/** The console's own back end: see `consoles-api.ts`. */
import type {
  BusinessList,
  ConsoleError,
  GeneratedToken,
  GenerateToken,
  Session,
  TokenList,
} from '../../consoles-api';

type FailureCode = ConsoleError['error']['code'];

export class Refused extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** How long a call takes at least, in ms: without it, no loading state would ever be seen. */
const LATENCY = { GET: 90, POST: 350, DELETE: 250 };

async function ask<Answer>(method: keyof typeof LATENCY, path: string, body?: unknown): Promise<Answer> {
  const slow = new Promise((resolve) => setTimeout(resolve, LATENCY[method]));
  let response: Response;
  try {
    response = await fetch(`/sandbox-api/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
  } catch {
    throw new Refused('unavailable', 'Network error');
  }
  await slow;
  const text = await response.text();
  if (response.ok) return (text ? JSON.parse(text) : undefined) as Answer;
  let error: Partial<ConsoleError['error']> = {};
  try {
    error = (JSON.parse(text) as ConsoleError).error;
  } catch {
    // Not our own words: a proxy's page, or nothing at all.
  }
  throw new Refused(error.code ?? 'unavailable', error.message ?? `Status ${response.status}`);
}

const tokensOf = (businessId: string) => `businesses/${encodeURIComponent(businessId)}/tokens`;

export const api = {
  session: () => ask<Session>('GET', 'session'),
  signIn: () => ask<Session>('POST', 'session'),
  signOut: () => ask<void>('DELETE', 'session'),
  businesses: () => ask<BusinessList>('GET', 'businesses'),
  tokens: (businessId: string) => ask<TokenList>('GET', tokensOf(businessId)),
  generate: (businessId: string, body: GenerateToken) =>
    ask<GeneratedToken>('POST', tokensOf(businessId), body),
  remove: (businessId: string, tokenId: string) =>
    ask<void>('DELETE', `${tokensOf(businessId)}/${encodeURIComponent(tokenId)}`),
};
