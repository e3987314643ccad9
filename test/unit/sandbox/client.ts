import { afterEach, beforeEach } from 'vitest';
import type { PlatformId } from '../../sandbox/ad-accounts';
import { type CallAnswer, type CallInit, call } from '../../sandbox/call';
import { type Sandbox, startSandbox } from '../../sandbox/server';

export const API = 'https://api.upstackdata.com';
export const DESTINATIONS = '/accounts/api/event-destinations';
export const HEALTH = '/accounts/api/event-destination-health';

export const configs: Record<PlatformId, Record<string, string>> = {
  reddit: { pixelId: 'a2_f7k2m9x4q1zt' },
  pinterest: { tagId: '2613947205861', advertiserId: '549761482039' },
};

export interface Asking extends CallInit {
  key?: string;
  pixel?: string;
  /** Sent as JSON. */
  value?: unknown;
}

/** A fresh sandbox for each test of the file, and calls to it in the form of a client of Upstack. */
export const sandboxPerTest = () => {
  let running: Sandbox | undefined;
  const sandbox = (): Sandbox => {
    if (!running) throw new Error('The sandbox runs inside tests only.');
    return running;
  };
  beforeEach(async () => {
    running = await startSandbox();
  });
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });

  const ask = (path: string, asking: Asking = {}): Promise<CallAnswer> => {
    const { key = sandbox().upstack.apiKey, pixel = sandbox().upstack.pixelId, value, ...init } = asking;
    return call(sandbox(), API + path, {
      ...init,
      headers: {
        'x-api-key': key,
        'x-pixel-id': pixel,
        ...(value === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
      },
      ...(value === undefined ? {} : { body: JSON.stringify(value) }),
    });
  };

  const createBody = (type: PlatformId, token: string, more = {}) => ({
    type,
    config: configs[type],
    credentials: { accessToken: token },
    ...more,
  });

  const create = (value: unknown, idempotencyKey: string = crypto.randomUUID()): Promise<CallAnswer> =>
    ask(DESTINATIONS, { method: 'POST', value, headers: { 'idempotency-key': idempotencyKey } });

  return { sandbox, ask, create, createBody };
};

export interface Shown {
  id: string;
  etag: string;
  name: string;
  enabled: boolean;
  config: Record<string, string>;
  credentials: {
    accessToken: {
      fingerprint: string;
      issuedAt: string | null;
      label: string | null;
      previous: {
        fingerprint: string;
        label: string | null;
        safeToRevoke: boolean;
        stillUsedBy: string[];
      } | null;
    };
  };
  health: { state: string; reasonCode: string | null };
}

export const destinationIn = (answer: CallAnswer): Shown =>
  (answer.json() as { destination: Shown }).destination;

export interface ShownProblem {
  code: string;
  requestId: string;
  existingId?: string;
  errors?: { pointer: string; code: string }[];
  validation?: { status: string; steps: { name: string; status: string; code: string | null }[] };
}

export const problemIn = (answer: CallAnswer): ShownProblem => answer.json() as ShownProblem;

export const stepsIn = (answer: CallAnswer): string[] =>
  ((answer.json() as ShownProblem).validation?.steps ?? []).map((step) => `${step.name} ${step.status}`);
