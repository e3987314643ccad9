import { builtReply } from './consoles';
import type { CardInfo, DashboardVariant, SaveDestination, SaveRefused } from './dashboard-api';
import { type Call, type Clock, json, parseJson, type Reply } from './exchange';
import type { PlatformApis } from './platform-apis';
import type { Upstack } from './upstack';
import { assess, isPlayed, validate } from './upstack-health';
import { type HeldDestination, newDestination, sameIds } from './upstack-state';

/**
 * Upstack's dashboard, as the guides show it: the same destinations that the API knows, changed by hand. Its built
 * pages are in two renderings, and which one is sent is `variant`'s to say.
 */
export interface Dashboard {
  readonly variant: DashboardVariant;
  /** Every save that came in, with what became of it. */
  readonly saves: { method: string; body: SaveDestination; status: number }[];
  reply(call: Call): Promise<Reply>;
}

const maskOf = ({ token }: HeldDestination): string => (token ? `••••••••${token.value.slice(-4)}` : '');

const words: Record<string, CardInfo['status']> = { healthy: 'Healthy', pending: 'Pending' };

/** The guides' own list of what to confirm. */
const CONFIRM = [
  'Confirm the token was pasted in full (no truncation, no whitespace).',
  'Confirm the token was generated for the same ad account as the ID.',
];

const cardOf = (destination: HeldDestination): CardInfo => {
  const status = words[destination.health.state] ?? 'Unhealthy';
  const { reason } = destination.health;
  return {
    id: destination.id,
    type: destination.type,
    name: destination.name,
    config: destination.config,
    tokenMask: maskOf(destination),
    status,
    reasons: status === 'Unhealthy' ? [...(reason ? [reason.message] : []), ...CONFIRM] : [],
  };
};

const headers = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

export const createDashboard = (upstack: Upstack, apis: PlatformApis, clock: Clock): Dashboard => {
  const { workspace } = upstack;
  const variant: DashboardVariant = {
    library: 'mantine',
    title: 'Event Destinations',
    save: 'Save',
    form: 'dialog',
  };
  const saves: Dashboard['saves'] = [];

  const refuse = (status: number, message: string, reasons: string[] = []): Reply =>
    json(status, { message, reasons } satisfies SaveRefused);

  /** What the guides promise on Save: a test event to the platform, and nothing kept unless it is accepted. */
  const refusalOf = async (type: string, config: Record<string, string>, token: string) => {
    if (!isPlayed(type)) return undefined;
    const { validation } = await validate(apis, type, config, token, clock.now);
    return validation.status === 'passed'
      ? undefined
      : refuse(422, 'The test event was not accepted.', CONFIRM);
  };

  const create = async ({ type, name, config, token }: SaveDestination): Promise<Reply> => {
    const note = { operation: 'dashboard', token, destinationId: undefined as string | undefined };
    upstack.received.push({ ...note, at: clock.now() });
    const received = upstack.received.at(-1);
    if (token === '') return refuse(422, 'Fill in every field.');
    if (workspace.destinations.some((one) => sameIds(one, type, config)))
      return refuse(409, 'There is a destination with these ids.');
    const refused = await refusalOf(type, config, token);
    if (refused) return refused;
    const destination = newDestination({ type, config, token, ...(name ? { name } : {}) }, clock.now());
    workspace.destinations.push(destination);
    if (received) received.destinationId = destination.id;
    return json(201, cardOf(destination));
  };

  const update = async (destination: HeldDestination, body: SaveDestination): Promise<Reply> => {
    const kept = destination.token?.value ?? '';
    const token = body.token === maskOf(destination) ? kept : body.token;
    upstack.received.push({
      operation: 'dashboard',
      token,
      destinationId: destination.id,
      at: clock.now(),
    });
    const refused = await refusalOf(destination.type, body.config, token);
    if (refused) return refused;
    const now = clock.now();
    destination.config = body.config;
    destination.name = body.name || destination.name;
    destination.version += 1;
    destination.updatedAt = now;
    if (token !== kept) {
      destination.token = { value: token, label: null, savedAt: now, delivered: false };
      destination.settlesFrom = now;
      destination.health = { ...destination.health, state: 'pending', since: now, reason: null };
    }
    return json(200, cardOf(destination));
  };

  const endpoint = async (call: Call): Promise<Reply> => {
    const [resource, id] = call.path.slice('/sandbox-api/'.length).split('/');
    if (resource === 'variant') return json(200, variant);
    if (resource !== 'destinations') return refuse(404, 'There is nothing here.');
    if (call.method === 'GET') {
      for (const destination of workspace.destinations)
        await assess(apis, workspace, destination, clock.now(), upstack.health.settleMs);
      return json(200, { destinations: workspace.destinations.map(cardOf) });
    }
    const body = parseJson(call.body) as SaveDestination;
    const destination = workspace.destinations.find((one) => one.id === id);
    if (id !== undefined && !destination) return refuse(404, 'There is no such destination.');
    const reply = destination ? await update(destination, body) : await create(body);
    saves.push({ method: call.method, body, status: reply.status });
    return reply;
  };

  return {
    variant,
    saves,
    async reply(call) {
      if (call.path.startsWith('/sandbox-api/')) return endpoint(call);
      const reply = await builtReply(`dashboard-${variant.library}`, call);
      return { ...reply, headers: { ...reply.headers, ...headers } };
    },
  };
};
