import * as z from 'zod/mini';
import { maskOfHint } from '../credentials/secret';
import { reasonCodes } from '../platforms/definition';
import { platformOf } from '../platforms/index';
import type { Destination, HealthReason, HealthState, ValidationStep } from '../storage/rows';
import { looksLikeDestinationId } from '../terms/shape';

/**
 * Upstack's answers, in our words. What we do not know is `unknown` or passed over, never taken for something good;
 * an item that cannot be read does not spoil the others. Fields that we do not use end here.
 */

/** What one answer says of a destination's health. */
export interface RemoteHealth {
  state: HealthState;
  reason?: HealthReason;
  since?: number;
  lastCheckedAt?: number;
  lastSuccessAt?: number;
}

/** A destination as one answer tells it. */
export interface RemoteDestination
  extends Pick<
    Destination,
    'id' | 'type' | 'name' | 'enabled' | 'config' | 'token' | 'etag' | 'dashboardUrl'
  > {
  health: RemoteHealth;
}

export interface Listing {
  destinations: RemoteDestination[];
  /** Items that could not be read. While there are any, what is missing here may still be at Upstack. */
  unreadable: number;
}

export interface HealthListing {
  /** By destination id, for the platforms that we know. */
  health: Map<string, RemoteHealth>;
  unreadable: number;
  paceSeconds?: number;
}

export interface Validation {
  passed: boolean;
  steps: ValidationStep[];
}

/** For what the rest is of use without: if it cannot be read, it counts as absent. */
export const ifReadable = <T extends z.core.SomeType>(schema: T) => z.catch(z.optional(schema), undefined);

/** Any other word is `unknown`; what is no word is unreadable. */
const wordOf = <const T extends string>(words: readonly T[]) =>
  z.union([
    z.enum(words),
    z.pipe(
      z.string(),
      z.transform(() => 'unknown' as const),
    ),
  ]);

/** Drops what is undefined: our rows tell absent from present. */
const present = <T extends object>(
  fields: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const time = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(40)),
    z.transform((text) => Date.parse(text)),
  ),
  z.number(), // refuses NaN
);

export const id = z.string().check(z.refine(looksLikeDestinationId));
/** Ends up on screen and in copied details: short, and in an alphabet in which no token can be spelled. */
const code = z.string().check(z.regex(/^[a-z0-9_]{1,40}$/));
export const requestId = z.string().check(z.regex(/^[\w-]{1,64}$/));
export const pointer = z.string().check(z.regex(/^[\w/-]{1,64}$/));
const fingerprint = z.string().check(z.regex(/^sha256:[0-9a-f]{16}$/));
/** Sent back as it came, so it must be fit for a header; quoted or not is the server's affair. */
const etag = z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/));

/** An address of Upstack's own: an answer must not be able to send a person anywhere else. */
const linkOn = (origin: string) =>
  z
    .string()
    .check(z.refine((text) => text.length <= 2048 && URL.canParse(text) && new URL(text).origin === origin));

const healthState = wordOf(['healthy', 'unhealthy', 'degraded', 'pending', 'paused']);
const reasonCode = wordOf(reasonCodes);

const healthItem = z.object({
  destinationId: id,
  type: z.string(),
  state: healthState,
  since: ifReadable(time),
  lastCheckedAt: ifReadable(time),
  lastSuccessAt: ifReadable(time),
  reason: ifReadable(
    z.object({
      code: reasonCode,
      httpStatus: ifReadable(z.int()),
      platformCode: ifReadable(code),
      docsUrl: ifReadable(linkOn('https://docs.upstackdata.com')),
    }),
  ),
});

const previousToken = z.object({
  hint: z.string().check(z.maxLength(40)),
  label: ifReadable(z.string().check(z.maxLength(100))),
  fingerprint: ifReadable(fingerprint),
  replacedAt: time,
  safeToRevoke: z.boolean(),
  stillUsedBy: ifReadable(z.array(id).check(z.maxLength(1000))),
});

const destinationItem = z.object({
  id,
  type: z.string(),
  name: z.string().check(z.maxLength(1000)),
  enabled: z.boolean(),
  config: z.record(z.string(), z.unknown()),
  credentials: z.object({
    accessToken: z.discriminatedUnion('isSet', [
      z.object({ isSet: z.literal(false) }),
      z.object({
        isSet: z.literal(true),
        fingerprint,
        label: ifReadable(z.string().check(z.maxLength(100))),
        issuedAt: ifReadable(time),
        updatedAt: ifReadable(time),
        previous: ifReadable(previousToken),
      }),
    ]),
  }),
  health: z.object({
    state: healthState,
    reasonCode: ifReadable(reasonCode),
    since: ifReadable(time),
    lastCheckedAt: ifReadable(time),
  }),
  etag: ifReadable(etag),
  dashboardUrl: ifReadable(linkOn('https://app.upstackdata.com')),
});

const step = z.object({
  name: code,
  status: wordOf(['passed', 'failed', 'warning', 'skipped', 'not_verifiable']),
  code: ifReadable(code),
});

const validationBody = z.object({
  status: wordOf(['passed', 'failed']),
  steps: z.array(step).check(z.maxLength(20)),
});

/** A type that we know is one whose folder is in the registry. */
const isKnown = (item: unknown): boolean => {
  const type = (item as { type?: unknown } | null | undefined)?.type;
  return typeof type !== 'string' || platformOf(type) !== undefined;
};

/** The ids that the platform asks for. One that is there and is no text (a number has lost digits) spoils the item. */
const configOf = (type: string, raw: Record<string, unknown>): Record<string, string> | undefined => {
  const config: Record<string, string> = {};
  for (const kind of platformOf(type)?.kinds ?? []) {
    if (kind.secret || !Object.hasOwn(raw, kind.field)) continue;
    const value = raw[kind.field] ?? '';
    if (typeof value !== 'string' || value.length > 100) return undefined;
    if (value !== '') config[kind.field] = value;
  }
  return config;
};

type ToldToken = z.output<typeof destinationItem>['credentials']['accessToken'];

const tokenOf = (told: ToldToken): RemoteDestination['token'] => {
  if (!told.isSet) return told;
  const { previous, ...token } = told;
  if (!previous) return present(token);
  const { hint, stillUsedBy = [], ...rest } = previous;
  return { ...present(token), previous: { ...present(rest), mask: maskOfHint(hint), stillUsedBy } };
};

const readDestination = (item: unknown): RemoteDestination | undefined => {
  const parsed = destinationItem.safeParse(item);
  if (!parsed.success) return undefined;
  const { credentials, health, config: raw, ...rest } = parsed.data;
  const config = configOf(rest.type, raw);
  if (config === undefined) return undefined;
  const { reasonCode: why, ...state } = health;
  return {
    ...present(rest),
    config,
    token: tokenOf(credentials.accessToken),
    health: { ...present(state), ...(why === undefined ? {} : { reason: { code: why } }) },
  };
};

/** One page of the list, or undefined if it is none. */
export const readPage = (body: unknown): (Listing & { nextCursor?: string }) | undefined => {
  const page = z
    .object({ destinations: z.array(z.unknown()), nextCursor: z.nullable(z.string()) })
    .safeParse(body);
  if (!page.success) return undefined;
  const known = page.data.destinations.filter(isKnown).map(readDestination);
  const destinations = known.filter((destination) => destination !== undefined);
  return {
    destinations,
    unreadable: known.length - destinations.length,
    // The empty cursor would ask for the first page again, for ever.
    ...(page.data.nextCursor ? { nextCursor: page.data.nextCursor } : {}),
  };
};

export const readSteps = (body: unknown): ValidationStep[] | undefined => readValidation(body)?.steps;

const readValidation = (body: unknown): Validation | undefined => {
  const parsed = validationBody.safeParse(body);
  if (!parsed.success) return undefined;
  const steps: ValidationStep[] = parsed.data.steps.map((one) => present(one));
  return { passed: parsed.data.status === 'passed', steps };
};

const member = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? (body as Record<string, unknown>)[name]
    : undefined;

/** The answer to a write, or to a question for one destination; with the server's test, if it made one. */
export const readDestinationResponse = (
  body: unknown,
): { destination: RemoteDestination; steps?: ValidationStep[] } | undefined => {
  const item = member(body, 'destination');
  const destination = isKnown(item) ? readDestination(item) : undefined;
  const steps = readSteps(member(body, 'validation'));
  return destination && { destination, ...(steps ? { steps } : {}) };
};

export const readValidationResponse = (body: unknown): Validation | undefined =>
  readValidation(member(body, 'validation'));

/** The account's name, if the key may read it. */
export const readAccount = (body: unknown): { name?: string } => {
  const name = ifReadable(z.string().check(z.minLength(1), z.maxLength(100))).parse(
    member(member(body, 'account'), 'name'),
  );
  return name === undefined ? {} : { name };
};

export const readHealthList = (body: unknown): HealthListing | undefined => {
  const list = z
    .object({ items: z.array(z.unknown()), pollAfterSeconds: ifReadable(z.number()) })
    .safeParse(body);
  if (!list.success) return undefined;
  const health = new Map<string, RemoteHealth>();
  let unreadable = 0;
  for (const item of list.data.items.filter(isKnown)) {
    const parsed = healthItem.safeParse(item);
    if (!parsed.success) {
      unreadable += 1;
      const whose = id.safeParse(member(item, 'destinationId'));
      if (whose.success) health.set(whose.data, { state: 'unknown' });
      continue;
    }
    const { destinationId, type: _type, reason, ...rest } = parsed.data;
    // Told twice, and not the same: then we do not know.
    const before = health.get(destinationId);
    const state = before && before.state !== rest.state ? 'unknown' : rest.state;
    health.set(destinationId, {
      ...present({ ...rest, state }),
      ...(reason ? { reason: present(reason) } : {}),
    });
  }
  const pace = list.data.pollAfterSeconds;
  return { health, unreadable, ...(pace === undefined ? {} : { paceSeconds: pace }) };
};

/** An ETag header that can be sent back as it came. */
export const readEtag = (header: string | null): string | undefined =>
  ifReadable(etag).parse(header ?? undefined);
