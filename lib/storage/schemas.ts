import * as z from 'zod/mini';
import { reasonCodes } from '../platforms/definition';
import { colours } from '../terms/colours';
import type { RowCheck } from './database';

/**
 * What a sound row looks like, for the background alone (pages trust what it has checked). Rows of ours are checked
 * for shape, not for meaning: an unknown word in a row is refused, an unknown key is passed over.
 */

const text = z.string();
const time = z.number();
const count = z.int();
const told = { dismissed: z.optional(z.boolean()), dismissedAt: z.optional(time) };
const facts = z.record(text, z.union([text, z.number()]));
const verdict = z.object({
  level: z.enum(['good', 'doubt', 'bad']),
  code: text,
  facts: z.optional(facts),
  keep: z.optional(z.literal(false)),
});
const reason = z.object({
  code: z.enum(['address', 'label', 'snippet', 'switcher', 'table', 'page', 'typed']),
  label: z.optional(text),
});
const seen = { value: text, reasons: z.array(reason), selected: z.boolean() };

const capture = z.object({
  v: z.literal(1),
  id: text,
  platform: text,
  origin: z.enum(['page', 'paste']),
  tabId: z.optional(count),
  page: z.optional(text),
  account: z.optional(text),
  createdAt: time,
  expiresAt: time,
  tokens: z.array(
    z.object({
      fingerprint: text,
      mask: text,
      length: count,
      issuedAt: z.optional(time),
      verdict,
      removed: z.array(text),
      provenance: z.enum(['gesture', 'present', 'paste']),
      warnings: z.array(text),
      seenAt: time,
    }),
  ),
  chosen: z.optional(text),
  ids: z.record(
    text,
    z.object({
      candidates: z.array(z.object(seen)),
      value: z.optional(text),
      byPerson: z.boolean(),
      verdict: z.optional(verdict),
      conflict: z.boolean(),
    }),
  ),
  refused: z.optional(z.object({ kind: text, verdict, removed: z.array(text), at: time })),
  ticks: z.object({ checked: z.boolean(), generated: z.boolean(), others: z.boolean() }),
  workspaceId: z.optional(text),
  destination: z.optional(text),
  confirmed: z.optional(z.object({ key: text, from: z.record(text, text), to: z.record(text, text) })),
  sent: z.optional(z.array(z.object({ key: text, replaced: z.optional(text) }))),
  state: z.enum(['arriving', 'open', 'discarding', 'sent', 'discarded', 'lost', 'expired']),
  discardAt: z.optional(time),
  endedAt: z.optional(time),
  ...told,
  forgotten: z.optional(z.literal(true)),
});

const step = z.object({
  name: text,
  status: z.enum(['passed', 'failed', 'warning', 'skipped', 'not_verifiable', 'unknown']),
  code: z.optional(text),
});

const problemKinds = [
  'offline',
  'unreachable',
  'timeout',
  'unavailable',
  'garbled',
  'rateLimited',
  'keyRefused',
  'keyMissing',
  'scopeMissing',
  'pixelMismatch',
  'notFound',
  'noDestinationsApi',
  'exists',
  'rejected',
  'stale',
  'invalidRequest',
  'tooLarge',
  'unknown',
] as const;

const problem = z.object({
  kind: z.enum(problemKinds),
  status: z.optional(count),
  code: z.optional(text),
  requestId: z.optional(text),
  existingId: z.optional(text),
  pointers: z.optional(z.array(text)),
  steps: z.optional(z.array(step)),
  retryAt: z.optional(time),
  keyMask: z.optional(text),
});

const route = z.enum(['api', 'dashboard']);
const job = z.enum(['create', 'rotate']);

const faults = z.array(
  z.object({
    code: z.enum([
      'missing',
      'several',
      'closed',
      'covered',
      'short',
      'occupied',
      'differs',
      'scattered',
      'otherForm',
      'sentElsewhere',
      'changed',
      'notTaken',
      'elsewhere',
      'unreachable',
    ]),
    kind: z.optional(text),
  }),
);

const turn = z.object({
  step: z.enum(['allow', 'open', 'unfit', 'save']),
  faults: z.optional(faults),
  pressed: z.optional(z.boolean()),
  cards: z.optional(count),
  filledAt: z.optional(time),
});

const delivery = z.object({
  v: z.literal(1),
  id: text,
  captureId: text,
  workspaceId: text,
  route,
  job,
  platform: text,
  config: z.record(text, text),
  from: z.optional(z.record(text, text)),
  tokenSavedAt: z.optional(time),
  idsKept: z.optional(z.literal(true)),
  other: z.optional(z.literal(true)),
  fingerprint: text,
  mask: text,
  issuedAt: z.optional(time),
  verdict: z.optional(z.enum(['good', 'doubt', 'bad'])),
  label: z.optional(text),
  name: z.optional(text),
  destinationId: z.optional(text),
  etag: z.optional(text),
  idempotencyKey: text,
  createdAt: time,
  state: z.enum(['queued', 'sending', 'waiting', 'needsKey', 'person', 'verifying', 'settled']),
  replaces: z.optional(text),
  attempt: count,
  attemptedAt: z.optional(time),
  cutOffAt: z.optional(time),
  ambiguous: z.boolean(),
  until: z.optional(time),
  turn: z.optional(turn),
  problem: z.optional(problem),
  steps: z.optional(z.array(step)),
  savedAt: z.optional(time),
  checkedBefore: z.optional(time),
  followUp: z.optional(z.literal(true)),
  outcome: z.optional(
    z.enum(['healthy', 'unhealthy', 'unwatched', 'rejected', 'superseded', 'withdrawn', 'expired', 'lost']),
  ),
  settledAt: z.optional(time),
  ...told,
});

const destination = z.object({
  v: z.literal(1),
  key: text,
  id: text,
  workspaceId: text,
  type: text,
  name: text,
  enabled: z.boolean(),
  config: z.record(text, text),
  token: z.object({
    isSet: z.boolean(),
    fingerprint: z.optional(text),
    label: z.optional(text),
    issuedAt: z.optional(time),
    updatedAt: z.optional(time),
    previous: z.optional(
      z.object({
        mask: text,
        label: z.optional(text),
        fingerprint: z.optional(text),
        replacedAt: time,
        safeToRevoke: z.boolean(),
        stillUsedBy: z.array(text),
        toldAt: z.optional(time),
      }),
    ),
  }),
  reminder: z.optional(z.object({ replacedAt: time, later: count, nextAt: time, doneAt: z.optional(time) })),
  check: z.optional(
    z.object({
      startedAt: time,
      endedAt: z.optional(time),
      passed: z.optional(z.boolean()),
      steps: z.optional(z.array(step)),
      problem: z.optional(problem),
    }),
  ),
  etag: z.optional(text),
  dashboardUrl: z.optional(text),
  health: z.object({
    state: z.enum(['healthy', 'unhealthy', 'degraded', 'pending', 'paused', 'unknown']),
    reason: z.optional(
      z.object({
        code: z.enum(reasonCodes),
        httpStatus: z.optional(count),
        platformCode: z.optional(text),
        docsUrl: z.optional(text),
      }),
    ),
    since: z.optional(time),
    lastCheckedAt: z.optional(time),
    lastSuccessAt: z.optional(time),
    confirmedAt: time,
    incidentAt: z.optional(time),
    illSince: z.optional(time),
    recovered: z.optional(z.object({ at: time, after: time })),
  }),
  mute: z.optional(z.object({ since: time, until: z.optional(time) })),
  goneAt: z.optional(time),
  ...told,
  seenAt: z.optional(time),
});

const workspace = z.object({
  v: z.literal(1),
  id: text,
  name: text,
  pixelId: text,
  route,
  remember: z.boolean(),
  keyMask: text,
  createdAt: time,
  state: z.enum([
    'connecting',
    'connected',
    'failed',
    'keyRefused',
    'keyMissing',
    'scopeMissing',
    'pixelMismatch',
  ]),
  problem: z.optional(problem),
  testedAt: z.optional(time),
  active: z.boolean(),
  colour: z.optional(z.enum(colours)),
  sample: z.optional(z.literal(true)),
  poll: z.object({
    etag: z.optional(text),
    nextAt: time,
    misses: count,
    lastAnsweredAt: z.optional(time),
    paceSeconds: z.optional(z.number()),
    problem: z.optional(problem),
  }),
});

const leaving = z.object({
  v: z.literal(1),
  id: text,
  until: time,
  final: z.optional(z.literal(true)),
  workspace,
  destinations: z.array(destination),
});

const history = z.object({
  v: z.literal(1),
  id: text,
  at: time,
  workspaceId: text,
  destinationId: z.optional(text),
  what: z.enum([
    'sent',
    'rotated',
    'rejected',
    'health',
    'couldNotCheck',
    'lost',
    'expired',
    'gone',
    'connected',
    'disconnected',
    'late',
    'oldTokenDeleted',
    'checkedAgain',
    'muted',
    'unmuted',
  ]),
  facts: z.optional(facts),
});

const minuteOfDay = z.int().check(z.gte(0), z.lt(24 * 60));

const settings = z.strictObject({
  v: z.literal(1),
  id: z.literal('settings'),
  look: z.enum(['system', 'light', 'dark']),
  singleKeys: z.boolean(),
  dense: z.boolean(),
  tab: z.enum(['setUp', 'destinations', 'history']),
  badge: z.enum(['count', 'dot', 'none']),
  off: z.array(text),
  alerts: z.boolean(),
  quiet: z.boolean(),
  quietFrom: minuteOfDay,
  quietTo: minuteOfDay,
  quietWeekends: z.boolean(),
  quietBadge: z.boolean(),
  keepMinutes: z.optional(z.literal([15, 60])),
  pausedUntil: z.optional(time),
});

const notices = z.array(
  z.object({
    kind: z.enum([
      'ill',
      'late',
      'verified',
      'recovered',
      'switching',
      'keyRefused',
      'keyMissing',
      'illMany',
      'recoveredMany',
      'digest',
    ]),
    about: z.optional(text),
    name: z.optional(text),
    count: z.optional(count),
    more: z.optional(count),
    span: z.optional(time),
  }),
);

const alerts = z.object({
  v: z.literal(1),
  id: z.literal('alerts'),
  told: z.record(text, z.object({ incidentAt: z.optional(time), since: time })),
  changes: z.record(text, z.array(time)),
  switching: z.record(text, time),
  deliveries: z.record(text, time),
  keys: z.record(text, time),
  held: notices,
  pending: notices,
});

const page = z.object({
  v: z.literal(1),
  tabId: count,
  platform: text,
  page: text,
  account: z.optional(text),
  screen: z.optional(text),
  ids: z.array(z.object({ kind: text, ...seen })),
  landmarks: z.optional(z.array(text)),
  names: z.optional(z.array(text)),
  namesAt: z.optional(time),
  at: time,
});

const accountChoice = z.object({
  v: z.literal(1),
  key: text,
  workspaceId: text,
  destination: z.optional(text),
  at: time,
});

const guide = z.object({
  v: z.literal(1),
  platform: text,
  job,
  workspaceId: z.optional(text),
  destinationId: z.optional(text),
  reason: z.optional(text),
  startedAt: time,
});

const bulkAdd = z.object({
  v: z.literal(1),
  id: text,
  startedAt: time,
  endedAt: z.optional(time),
  lines: count,
  added: count,
  refused: z.array(
    z.object({
      line: count,
      name: text,
      code: z.enum([
        'columns',
        'nameMissing',
        'keyMalformed',
        'pixelMalformed',
        'twice',
        'alreadyConnected',
        ...problemKinds,
      ]),
    }),
  ),
});

const dashboard = z.object({
  v: z.literal(1),
  tabId: count,
  page: text,
  form: z.optional(z.object({ platform: text, filled: z.boolean(), faults })),
  act: z.optional(z.enum(['save', 'other'])),
  cards: z.array(
    z.object({
      platform: text,
      name: text,
      state: z.enum(['healthy', 'unhealthy', 'pending', 'unknown']),
    }),
  ),
  at: time,
});

/** By store. A test holds them and the types of `rows.ts` together. */
export const rowSchemas = {
  captures: capture,
  deliveries: delivery,
  destinations: destination,
  workspaces: workspace,
  leaving,
  history,
  pages: page,
  dashboards: dashboard,
  accountChoices: accountChoice,
  guides: guide,
  bulkAdds: bulkAdd,
  settings,
  alerts,
  quarantine: z.object({
    store: text,
    key: text,
    at: time,
    raw: z.unknown(),
    ...told,
  }),
};

export const isSoundRow: RowCheck = (store, row) => rowSchemas[store].safeParse(row).success;
