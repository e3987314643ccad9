import { Secret } from '../credentials/secret';
import { rows } from '../storage/database';
import type { Destination } from '../storage/rows';
import { HOUR } from '../terms/time';
import type { Network } from './client';

/**
 * Upstack for sample data: answers the calls of the contract from the rows of the sample's own database, and has no
 * way to the network. What was written is pending for a few seconds, then healthy.
 */

/** As long as a good answer takes. */
const LATENCY = 400;
const SETTLES_AFTER = 8_000;
/** What was written in this session; everything else is as it was made up. */
const FRESH = 2 * HOUR;

const iso = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

const savedAgo = ({ token }: Destination, now: number): number => now - (token.updatedAt ?? 0);
const isFresh = (row: Destination, now: number): boolean => savedAgo(row, now) < FRESH;

const healthOf = (row: Destination, now: number) => {
  const { state, reason, since } = row.health;
  if (!isFresh(row, now)) return { state, reason, since: iso(since) };
  return {
    state: savedAgo(row, now) < SETTLES_AFTER ? 'pending' : 'healthy',
    since: iso(row.token.updatedAt),
  };
};

const destinationItem = (row: Destination, now: number) => {
  const { id, type, name, enabled, config, etag, token } = row;
  const { previous } = token;
  const { state, reason, since } = healthOf(row, now);
  return {
    id,
    type,
    name,
    enabled,
    config,
    etag,
    credentials: {
      accessToken: {
        isSet: token.isSet,
        fingerprint: token.fingerprint,
        label: token.label,
        issuedAt: iso(token.issuedAt),
        updatedAt: iso(token.updatedAt),
        previous: previous && {
          hint: previous.mask.slice(-4),
          label: previous.label,
          fingerprint: previous.fingerprint,
          replacedAt: iso(previous.replacedAt),
          safeToRevoke: state === 'healthy',
          stillUsedBy: [],
        },
      },
    },
    health: { state, reasonCode: reason?.code, since, lastCheckedAt: iso(now) },
  };
};

const healthItem = (row: Destination, now: number) => ({
  destinationId: row.id,
  type: row.type,
  lastCheckedAt: iso(now),
  ...healthOf(row, now),
});

/** The test fails where the cause of the illness lies, and goes no further. */
const STEPS = ['format', 'authenticate', 'account_match', 'test_event'] as const;
const failsAt: Readonly<Record<string, (typeof STEPS)[number]>> = {
  token_invalid: 'authenticate',
  account_mismatch: 'account_match',
};

const validationOf = (row: Destination, now: number) => {
  const { reason } = healthOf(row, now);
  const failed = reason ? STEPS.indexOf(failsAt[reason.code] ?? 'test_event') : STEPS.length;
  return {
    status: failed < STEPS.length ? 'failed' : 'passed',
    steps: STEPS.map((name, index) => ({
      name,
      status: index < failed ? 'passed' : index === failed ? 'failed' : 'skipped',
    })),
  };
};

interface Credentials {
  accessToken: string;
  label?: string;
}

const tokenOf = async ({ accessToken, label }: Credentials, now: number): Promise<Destination['token']> => ({
  isSet: true,
  fingerprint: await Secret.of(accessToken).fingerprint(),
  ...(label === undefined ? {} : { label }),
  updatedAt: now,
});

type Body = Partial<Pick<Destination, 'type' | 'name' | 'config'>> &
  Partial<Credentials> & { credentials?: Credentials };

const created = async (workspaceId: string, body: Body, now: number): Promise<Destination | undefined> => {
  const { type, name = '', config = {}, credentials } = body;
  if (!type || !credentials) return undefined;
  const id = `sample-${crypto.randomUUID()}`;
  const token = await tokenOf(credentials, now);
  const health = { state: 'pending', confirmedAt: now } as const;
  const etag = `sample-${now}`;
  return {
    v: 1,
    key: `${workspaceId}/${id}`,
    id,
    workspaceId,
    type,
    name,
    enabled: true,
    config,
    token,
    etag,
    health,
  };
};

const rotated = async (row: Destination, body: Body, now: number): Promise<Destination | undefined> => {
  const { accessToken, label } = body;
  if (!accessToken) return undefined;
  const { label: before, fingerprint } = row.token;
  const previous = {
    mask: '••••••••Zp3w',
    ...(before === undefined ? {} : { label: before }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    replacedAt: now,
    safeToRevoke: false,
    stillUsedBy: [],
  };
  const token = await tokenOf({ accessToken, ...(label === undefined ? {} : { label }) }, now);
  return { ...row, token: { ...token, previous }, etag: `sample-${now}` };
};

const answer = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const NOT_FOUND = () => answer(404, { code: 'not_found' });

const respond = async (url: URL, { method, headers, body }: RequestInit): Promise<Response> => {
  const now = Date.now();
  const pixelId = new Headers(headers).get('x-pixel-id');
  const workspace = (await rows.all('workspaces')).find((row) => row.sample && row.pixelId === pixelId);
  if (!workspace) return NOT_FOUND();
  const here = (await rows.all('destinations')).filter(
    ({ workspaceId, goneAt }) => workspaceId === workspace.id && goneAt === undefined,
  );
  const sent: Body = typeof body === 'string' ? JSON.parse(body) : {};
  const [, , what = '', id, part] = url.pathname.slice(1).split('/');
  const row = here.find((one) => one.id === id);
  const tell = (saved: Destination | undefined, status = 200): Response =>
    saved
      ? answer(status, { destination: destinationItem(saved, now), validation: validationOf(saved, now) })
      : NOT_FOUND();

  switch (`${method} ${what}${id === undefined ? '' : '/id'}${part === undefined ? '' : `/${part}`}`) {
    case 'GET account':
      return answer(200, { account: { name: workspace.name } });
    case 'GET event-destinations':
      return answer(200, { destinations: here.map((one) => destinationItem(one, now)), nextCursor: null });
    case 'GET event-destination-health':
      return answer(200, { items: here.map((one) => healthItem(one, now)), pollAfterSeconds: 300 });
    case 'POST event-destinations':
      return tell(await created(workspace.id, sent, now), 201);
    case 'GET event-destinations/id':
      return tell(row);
    case 'PATCH event-destinations/id':
      return tell(row && { ...row, config: sent.config ?? row.config, etag: `sample-${now}` });
    case 'PUT event-destinations/id/access-token':
      return tell(row && (await rotated(row, sent, now)));
    case 'POST event-destinations/id/validations':
      return row ? answer(200, { validation: validationOf(row, now) }) : NOT_FOUND();
    default:
      return NOT_FOUND();
  }
};

export const sampleNetwork: Network = {
  fetch: async (url, init) => {
    await new Promise((done) => setTimeout(done, LATENCY));
    return respond(new URL(url), init);
  },
  now: () => Date.now(),
  online: () => true,
};
