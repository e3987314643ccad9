import { createHash, randomBytes } from 'node:crypto';
import { DAY } from '../../lib/terms/time';
import type { PlatformId } from './ad-accounts';
import type { Contract, Fault, Route } from './contract';
import type { Call, Clock, Reply } from './exchange';
import type { PlatformApis } from './platform-apis';
import { type ApplyOptions, createScenarios, type Scenarios } from './scenarios';
import { assess, isPlayed, validate } from './upstack-health';
import {
  type DestinationSeed,
  etagOf,
  type HealthState,
  type HeldDestination,
  type HeldKey,
  type HeldWorkspace,
  newDestination,
  newKey,
  newWorkspace,
  type ReasonCode,
  type Scope,
  sameIds,
  showDestination,
  showHealth,
  weakEtag,
} from './upstack-state';

/** The Upstack API: `lib/upstack/openapi.yaml`, played strictly. */

/** A token that came in, for a test to compare byte for byte. */
interface ReceivedToken {
  operation: string;
  token: string;
  /** Undefined: refused, nothing was saved. */
  destinationId: string | undefined;
  at: number;
}

export interface Upstack {
  readonly scenario: Scenarios;
  readonly workspaces: HeldWorkspace[];
  /** The one that is there from the start, and a key of it with every scope. */
  readonly workspace: HeldWorkspace;
  readonly apiKey: string;
  readonly pixelId: string;
  /** `settleMs`: how long health stays pending after a write of ids or token. */
  readonly health: { settleMs: number; pollAfterSeconds: number };
  readonly received: ReceivedToken[];
  /** Sentences. Where our own answer breaks the contract: a fault of the sandbox; `close()` throws on them. */
  readonly violations: string[];
  addWorkspace(accountName: string): HeldWorkspace;
  addKey(workspace: HeldWorkspace, scopes?: readonly Scope[]): HeldKey;
  /** Puts a destination there as if it had been made before. Its health is found at the first look. */
  addDestination(seed: DestinationSeed, workspace?: HeldWorkspace): HeldDestination;
  removeDestination(id: string): void;
  destination(id: string): HeldDestination;
  /** Every destination of every workspace. */
  destinations(): HeldDestination[];
  /** Says this state instead of the truth, until it is taken back with `undefined`. */
  force(id: string, health: { state: HealthState; reasonCode?: ReasonCode } | undefined): void;
  reply(call: Call, options: ApplyOptions): Promise<Reply>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const titles: Record<string, string> = {
  key_invalid: 'The API key is missing, unknown, revoked or expired.',
  scope_missing: 'The API key may not do this.',
  pixel_mismatch: 'The API key belongs to another Upstack pixel.',
  not_found: 'There is nothing here.',
  invalid_request: 'The request does not keep to the contract.',
  destination_exists: 'There is a destination with these ids.',
  credential_rejected: 'The platform refused the test event.',
  stale_version: 'The destination has changed since it was read.',
  precondition_required: 'If-Match is needed.',
  idempotency_key_missing: 'Idempotency-Key is needed.',
  idempotency_in_progress: 'The same request is still running.',
  idempotency_mismatch: 'This Idempotency-Key was used for another request.',
  rate_limited: 'Too many requests.',
  unavailable: 'Not available at the moment.',
  internal: 'The sandbox broke its own contract.',
};

const problem = (
  status: number,
  code: string,
  members: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Reply => {
  const requestId = `req_${randomBytes(8).toString('hex')}`;
  const title = titles[code] ?? code;
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...headers,
    },
    body: JSON.stringify({
      type: `/problems/${code}`,
      title,
      status,
      code,
      message: title,
      requestId,
      ...members,
    }),
  };
};

const answer = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

/** Needed by operation; writing implies reading. */
const scopeOf: Record<string, Scope | undefined> = {
  getAccount: undefined,
  listDestinations: 'destinations:read',
  getDestination: 'destinations:read',
  listHealth: 'destinations:read',
  createDestination: 'destinations:write',
  updateDestination: 'destinations:write',
  rotateAccessToken: 'destinations:write',
  validateDestination: 'destinations:write',
  validateDraft: 'destinations:write',
};

/** What a handler gets: everything has been checked against the contract by then. */
interface Asked {
  workspace: HeldWorkspace;
  params: Record<string, string>;
  query: Record<string, string | number>;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  allowDuplicates: boolean;
}

interface CreateBody {
  type: PlatformId;
  name?: string;
  config: Record<string, string>;
  credentials: { accessToken: string; label?: string };
}

export const createUpstack = (contract: Contract, apis: PlatformApis, clock: Clock): Upstack => {
  const now = clock.now;
  const workspaces = [newWorkspace('Northwind Outfitters')];
  const [first] = workspaces as [HeldWorkspace];
  const health = { settleMs: 2_000, pollAfterSeconds: 30 };
  const received: ReceivedToken[] = [];
  const violations: string[] = [];
  const remembered = new Map<string, { bodyHash: string; at: number; reply: Reply | undefined }>();

  const siblings = (workspace: HeldWorkspace): HeldDestination[] =>
    workspaces.filter((one) => one.accountName === workspace.accountName).flatMap((one) => one.destinations);
  const show = (workspace: HeldWorkspace, destination: HeldDestination) =>
    showDestination(destination, siblings(workspace));
  const look = (workspace: HeldWorkspace, destination: HeldDestination): Promise<void> =>
    assess(apis, workspace, destination, now(), health.settleMs);
  const showOne = async (
    workspace: HeldWorkspace,
    destination: HeldDestination,
    more: Record<string, unknown> = {},
  ): Promise<Reply> => {
    await look(workspace, destination);
    const body = { destination: show(workspace, destination), ...more };
    return answer(200, body, { etag: etagOf(destination) });
  };
  const find = ({ workspace, params }: Asked): HeldDestination | undefined =>
    workspace.destinations.find((destination) => destination.id === params.id);
  const unlessKnown = (etag: string, headers: Asked['headers'], reply: Reply): Reply =>
    (headers['if-none-match'] ?? '').split(/\s*,\s*/).includes(etag)
      ? { status: 304, headers: { etag, 'cache-control': 'no-store' } }
      : { ...reply, headers: { ...reply.headers, etag } };
  const isStale = (destination: HeldDestination, headers: Asked['headers']): boolean =>
    headers['if-match'] !== '*' && headers['if-match'] !== etagOf(destination);
  const touch = (destination: HeldDestination): void => {
    destination.version += 1;
    destination.updatedAt = now();
  };
  const settle = (destination: HeldDestination): void => {
    destination.settlesFrom = now();
    destination.health = {
      ...destination.health,
      state: 'pending',
      since: now(),
      lastCheckedAt: null,
      reason: null,
    };
  };
  /** The answer when a test event was not accepted; undefined when it was. */
  const refusal = ({ validation, unavailable }: Awaited<ReturnType<typeof validate>>): Reply | undefined => {
    if (validation.status === 'passed') return undefined;
    return unavailable
      ? problem(503, 'unavailable', { validation }, { 'retry-after': '30' })
      : problem(422, 'credential_rejected', { validation });
  };

  const handlers: Record<string, (asked: Asked) => Promise<Reply> | Reply> = {
    getAccount: ({ workspace }) => answer(200, { account: { name: workspace.accountName } }),

    async listDestinations({ workspace, query, headers }) {
      const all = workspace.destinations.filter(
        (destination) => (query.type ?? destination.type) === destination.type,
      );
      const after =
        query.cursor === undefined ? '' : Buffer.from(String(query.cursor), 'base64url').toString();
      const start = after === '' ? 0 : all.findIndex((destination) => destination.id === after) + 1;
      if (after !== '' && start === 0)
        return problem(400, 'invalid_request', {
          errors: [{ pointer: 'query:cursor', code: 'unknown', detail: 'is not a cursor of this list' }],
        });
      const page = all.slice(start, start + Number(query.pageSize));
      for (const destination of page) await look(workspace, destination);
      const last = page.at(-1);
      const more = last !== undefined && all.at(-1) !== last;
      const body = {
        destinations: page.map((destination) => show(workspace, destination)),
        nextCursor: more ? Buffer.from(last.id).toString('base64url') : null,
      };
      return unlessKnown(weakEtag(body), headers, answer(200, body));
    },

    async createDestination({ workspace, body, allowDuplicates }) {
      const { type, name, config, credentials } = body as CreateBody;
      const taken = (): Reply | undefined => {
        if (allowDuplicates) return undefined;
        const existing = workspace.destinations.find((destination) => sameIds(destination, type, config));
        return existing && problem(409, 'destination_exists', { existingId: existing.id });
      };
      const note: ReceivedToken = {
        operation: 'createDestination',
        token: credentials.accessToken,
        destinationId: undefined,
        at: now(),
      };
      received.push(note);
      const exists = taken();
      if (exists) return exists;
      const outcome = await validate(apis, type, config, credentials.accessToken, now);
      // Another request may have made it while the platform was being asked.
      const refused = refusal(outcome) ?? taken();
      if (refused) return refused;
      const seed: DestinationSeed = { type, config, token: credentials.accessToken };
      if (name !== undefined) seed.name = name;
      if (credentials.label !== undefined) seed.label = credentials.label;
      const destination = newDestination(seed, now());
      workspace.destinations.push(destination);
      note.destinationId = destination.id;
      // Without a look at its health: it starts as pending.
      return answer(
        201,
        { destination: show(workspace, destination), validation: outcome.validation },
        { etag: etagOf(destination), location: `/accounts/api/event-destinations/${destination.id}` },
      );
    },

    getDestination(asked) {
      const destination = find(asked);
      return destination ? showOne(asked.workspace, destination) : problem(404, 'not_found');
    },

    updateDestination(asked) {
      const destination = find(asked);
      if (!destination) return problem(404, 'not_found');
      if (isStale(destination, asked.headers)) return problem(412, 'stale_version');
      const patch = asked.body as { name?: string; enabled?: boolean; config?: Record<string, string> };
      const config = { ...destination.config, ...patch.config };
      if (patch.config && isPlayed(destination.type)) {
        const faults = contract.checkConfig(destination.type, config);
        if (faults.length > 0) return problem(400, 'invalid_request', { errors: faults });
      }
      const clash = asked.workspace.destinations.find(
        (other) => other !== destination && sameIds(other, destination.type, config),
      );
      if (patch.config && clash) return problem(409, 'destination_exists', { existingId: clash.id });
      destination.name = patch.name ?? destination.name;
      destination.enabled = patch.enabled ?? destination.enabled;
      destination.config = config;
      touch(destination);
      if (patch.config || patch.enabled) settle(destination);
      return showOne(asked.workspace, destination);
    },

    async rotateAccessToken(asked) {
      const destination = find(asked);
      const { accessToken, label } = asked.body as { accessToken: string; label?: string };
      const note: ReceivedToken = {
        operation: 'rotateAccessToken',
        token: accessToken,
        destinationId: undefined,
        at: now(),
      };
      received.push(note);
      if (!destination || !isPlayed(destination.type)) return problem(404, 'not_found');
      if (isStale(destination, asked.headers)) return problem(412, 'stale_version');
      const outcome = await validate(apis, destination.type, destination.config, accessToken, now);
      const refused = refusal(outcome);
      if (refused) return refused;
      if (isStale(destination, asked.headers)) return problem(412, 'stale_version');
      const old = destination.token;
      if (old && old.value !== accessToken) destination.previous = { token: old, replacedAt: now() };
      if (old?.value !== accessToken) {
        destination.token = { value: accessToken, label: label ?? null, savedAt: now(), delivered: false };
        settle(destination);
      } else if (label !== undefined) old.label = label;
      touch(destination);
      note.destinationId = destination.id;
      return showOne(asked.workspace, destination, { validation: outcome.validation });
    },

    async validateDestination(asked) {
      const destination = find(asked);
      if (!destination || !isPlayed(destination.type)) return problem(404, 'not_found');
      const { type, config, token } = destination;
      const { validation } = await validate(apis, type, config, token?.value ?? '', now);
      return answer(200, { validation });
    },

    async validateDraft({ body }) {
      const { type, config, credentials } = body as CreateBody;
      const { validation } = await validate(apis, type, config, credentials.accessToken, now);
      return answer(200, { validation });
    },

    async listHealth({ workspace, headers }) {
      for (const destination of workspace.destinations) await look(workspace, destination);
      const body = {
        items: workspace.destinations.map(showHealth),
        checkedAt: new Date(now()).toISOString(),
        pollAfterSeconds: health.pollAfterSeconds,
      };
      return unlessKnown(weakEtag(body), headers, answer(200, body));
    },
  };

  const authorise = (operationId: string, headers: Asked['headers']): HeldWorkspace | Reply => {
    const given = headers['x-api-key'] ?? '';
    const owner = workspaces.find((candidate) => candidate.keys.some((key) => key.value === given));
    const key = owner?.keys.find((candidate) => candidate.value === given);
    if (!owner || !key || key.revoked || (key.expiresAt ?? Number.POSITIVE_INFINITY) <= now())
      return problem(401, 'key_invalid');
    const scope = scopeOf[operationId];
    const allowed = scope
      ? key.scopes.has(scope) || (scope === 'destinations:read' && key.scopes.has('destinations:write'))
      : key.readsAccount;
    if (!allowed) return problem(403, 'scope_missing');
    const pixelId = headers['x-pixel-id'] ?? '';
    if (!UUID.test(pixelId))
      return problem(400, 'invalid_request', {
        errors: [{ pointer: 'header:x-pixel-id', code: 'format', detail: 'must be a UUID' }],
      });
    return pixelId.toLowerCase() === owner.pixelId ? owner : problem(403, 'pixel_mismatch');
  };

  const refuseFaults = (faults: readonly Fault[]): Reply => {
    const missing = (name: string) =>
      faults.some((fault) => fault.pointer === `header:${name}` && fault.code === 'required');
    if (missing('If-Match')) return problem(428, 'precondition_required');
    if (missing('Idempotency-Key')) return problem(400, 'idempotency_key_missing');
    return problem(400, 'invalid_request', { errors: faults });
  };

  /** The first answer again for the same key and body, for 24 hours. Troubles that pass are not kept. */
  const once = async (
    route: Route,
    asked: Asked,
    bodyText: string,
    run: () => Promise<Reply>,
  ): Promise<Reply> => {
    const key = asked.headers['idempotency-key'];
    if (key === undefined || !contract.takesIdempotencyKey(route)) return run();
    const name = JSON.stringify([asked.workspace.pixelId, route, key]);
    const bodyHash = createHash('sha256').update(bodyText).digest('hex');
    const before = remembered.get(name);
    if (before && now() - before.at < DAY) {
      if (before.bodyHash !== bodyHash) return problem(422, 'idempotency_mismatch');
      return before.reply ?? problem(409, 'idempotency_in_progress');
    }
    const entry = { bodyHash, at: now(), reply: undefined as Reply | undefined };
    remembered.set(name, entry);
    const reply = await run();
    if (reply.status < 500 && reply.status !== 429) entry.reply = reply;
    else remembered.delete(name);
    return reply;
  };

  /** A broken promise of ours must not pass for a fault of the client's. */
  const keptToContract = (route: Route, call: Call, reply: Reply): Reply => {
    const sentences = contract.checkReply(route, reply);
    const text = String(reply.body ?? '');
    const secrets = [...call.body.matchAll(/"accessToken"\s*:\s*"([^"]{8,})"/g)].map(
      (match) => match[1] ?? '',
    );
    if (secrets.some((secret) => text.includes(secret)))
      sentences.push(`${route.operationId} ${reply.status} echoes a token.`);
    if (sentences.length === 0) return reply;
    violations.push(...sentences);
    console.error(`The sandbox breaks the contract:\n  ${sentences.join('\n  ')}`);
    return problem(500, 'internal', { detail: sentences.join(' ') });
  };

  return {
    scenario: createScenarios(),
    workspaces,
    workspace: first,
    apiKey: first.keys[0]?.value ?? '',
    pixelId: first.pixelId,
    health,
    received,
    violations,

    addWorkspace(accountName) {
      const added = newWorkspace(accountName);
      workspaces.push(added);
      return added;
    },
    addKey(to, scopes) {
      const key = newKey(scopes);
      to.keys.push(key);
      return key;
    },
    addDestination(seed, to = first) {
      const destination = newDestination(seed, now());
      destination.settlesFrom = Number.NEGATIVE_INFINITY;
      to.destinations.push(destination);
      return destination;
    },
    removeDestination(id) {
      for (const workspace of workspaces)
        workspace.destinations = workspace.destinations.filter((destination) => destination.id !== id);
    },
    destinations: () => workspaces.flatMap((workspace) => workspace.destinations),
    destination(id) {
      const destination = this.destinations().find((held) => held.id === id);
      if (!destination) throw new Error(`There is no destination ${id}.`);
      return destination;
    },
    force(id, forced) {
      const destination = this.destination(id);
      if (forced) destination.forced = forced;
      else delete destination.forced;
    },

    async reply(call, { ignoreIdempotencyKey, allowDuplicates, whole }) {
      // The API is not for pages: a preflight is answered, and allows nothing.
      if (call.method === 'OPTIONS')
        return { status: 204, headers: { allow: contract.methodsOf(call.path).join(', ') } };
      const route = contract.routeOf(call.method, call.path);
      if (!route) {
        const methods = contract.methodsOf(call.path);
        return methods.length === 0
          ? problem(404, 'not_found')
          : problem(405, 'invalid_request', {}, { allow: methods.join(', ') });
      }
      const workspace = authorise(route.operationId, call.headers);
      if ('status' in workspace) return keptToContract(route, call, workspace);
      const { faults, body, query } = contract.checkRequest(route, call);
      if (faults.length > 0) return keptToContract(route, call, refuseFaults(faults));
      const headers = whole ? { ...call.headers, 'if-none-match': '' } : call.headers;
      const asked: Asked = { workspace, params: route.params, query, headers, body, allowDuplicates };
      const run = async (): Promise<Reply> => {
        const reply = await handlers[route.operationId]?.(asked);
        if (!reply) throw new Error(`The contract has ${route.operationId}, and the sandbox does not.`);
        return keptToContract(route, call, reply);
      };
      return ignoreIdempotencyKey ? run() : once(route, asked, call.body, run);
    },
  };
};
