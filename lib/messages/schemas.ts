import * as z from 'zod/mini';
import { colours } from '../terms/colours';
import { looksLikeDestinationId } from '../terms/shape';
import type { Command } from './commands';
import { type DashboardStatus, type Report, reportLimits } from './reports';

/** Strict schemas of every message: an unknown key or an overlong string is refused, not passed over. */

/** Room for a paste of far more than a token, which its verdict then answers by length. In bytes of JSON. */
const MAX_COMMAND = 64 * 1024;

const text = (max: number) => z.string().check(z.maxLength(max));
const filled = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
/** A word of ours: a kind, a platform, a code. Cannot be `__proto__`. */
const word = z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,39}$/));
/** An id of ours or of a page's script. */
const key = z.string().check(z.regex(/^[\w.:-]{1,128}$/));
/** An id of Upstack's. */
const destinationId = z.string().check(z.refine(looksLikeDestinationId));
/** Of a destination: that of its workspace, which is an id of ours, and its own. */
const destinationKey = z.string().check(
  z.refine((text) => {
    const end = text.indexOf('/');
    return (
      end > 0 && key.safeParse(text.slice(0, end)).success && looksLikeDestinationId(text.slice(end + 1))
    );
  }),
);
/** Of an ad account: that of its platform, and what the platform's address calls it. */
const account = z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,39}\/[\s\S]{1,128}$/));
const fingerprint = z.string().check(z.regex(/^sha256:[0-9a-f]{16}$/));
const tabId = z.int().check(z.gte(0));

const reasons = z
  .array(
    z.strictObject({
      code: z.enum(['address', 'label', 'snippet', 'switcher', 'table', 'page', 'typed']),
      label: z.optional(text(80)),
    }),
  )
  .check(z.maxLength(8));
const ids = z
  .array(z.strictObject({ kind: word, value: filled(128), reasons, selected: z.boolean() }))
  .check(z.maxLength(reportLimits.ids));

const reports = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('capture.offer'),
    platform: word,
    page: key,
    account: z.optional(filled(128)),
    tokens: z
      .array(
        z.strictObject({
          kind: word,
          value: filled(4096),
          gesture: z.boolean(),
          warnings: z.array(word).check(z.maxLength(8)),
        }),
      )
      .check(z.minLength(1), z.maxLength(reportLimits.tokens)),
    ids,
  }),
  z.strictObject({
    type: z.literal('page.status'),
    platform: word,
    page: key,
    account: z.optional(filled(128)),
    screen: z.optional(word),
    ids,
  }),
  z.strictObject({
    type: z.literal('page.marks'),
    platform: word,
    page: key,
    landmarks: z.array(word).check(z.maxLength(reportLimits.landmarks)),
    names: z.array(filled(80)).check(z.maxLength(reportLimits.names)),
  }),
]);

const dashboardStatus = z.strictObject({
  type: z.literal('dashboard.status'),
  page: key,
  form: z.optional(
    z.strictObject({
      platform: word,
      filled: z.boolean(),
      faults: z
        .array(z.strictObject({ code: word, kind: z.optional(word) }))
        .check(z.maxLength(reportLimits.faults)),
    }),
  ),
  act: z.optional(z.enum(['save', 'other'])),
  cards: z
    .array(
      z.strictObject({
        platform: word,
        name: filled(100),
        state: z.enum(['healthy', 'unhealthy', 'pending', 'unknown']),
      }),
    )
    .check(z.maxLength(reportLimits.cards)),
});

const minuteOfDay = z.int().check(z.gte(0), z.lt(24 * 60));
const settingsChange = z
  .strictObject({
    look: z.optional(z.enum(['system', 'light', 'dark'])),
    singleKeys: z.optional(z.boolean()),
    dense: z.optional(z.boolean()),
    tab: z.optional(z.enum(['setUp', 'destinations', 'history'])),
    badge: z.optional(z.enum(['count', 'dot', 'none'])),
    off: z.optional(z.array(word).check(z.maxLength(40))),
    keepMinutes: z.optional(z.literal([15, 60])),
    alerts: z.optional(z.boolean()),
    quiet: z.optional(z.boolean()),
    quietFrom: z.optional(minuteOfDay),
    quietTo: z.optional(minuteOfDay),
    quietWeekends: z.optional(z.boolean()),
    quietBadge: z.optional(z.boolean()),
  })
  .check(z.refine((change) => Object.keys(change).length > 0));

const commands = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('capture.draft'), platform: word }),
  z.strictObject({ type: z.literal('capture.readAgain'), tabId }),
  z.strictObject({
    type: z.literal('capture.paste'),
    captureId: key,
    kind: word,
    value: text(MAX_COMMAND),
  }),
  z.strictObject({ type: z.literal('capture.setId'), captureId: key, kind: word, value: text(4096) }),
  z.strictObject({ type: z.literal('capture.swapIds'), captureId: key }),
  z.strictObject({ type: z.literal('capture.chooseToken'), captureId: key, fingerprint }),
  z.strictObject({
    type: z.literal('capture.tick'),
    captureId: key,
    tick: z.enum(['checked', 'generated', 'others']),
    on: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('capture.chooseDestination'),
    captureId: key,
    workspaceId: key,
    destination: destinationId,
  }),
  z.strictObject({
    type: z.literal('capture.confirmIds'),
    captureId: key,
    workspaceId: key,
    destination: destinationId,
    on: z.boolean(),
  }),
  z.strictObject({ type: z.literal('capture.discard'), captureId: key }),
  z.strictObject({ type: z.literal('capture.undoDiscard'), captureId: key }),
  z.strictObject({ type: z.literal('capture.dismiss'), captureId: key }),
  z.strictObject({ type: z.literal('capture.undoDismiss'), captureId: key }),
  z.strictObject({ type: z.literal('delivery.send'), captureId: key }),
  z.strictObject({ type: z.literal('delivery.retryNow'), deliveryId: key }),
  z.strictObject({ type: z.literal('delivery.dismiss'), deliveryId: key }),
  z.strictObject({ type: z.literal('delivery.undoDismiss'), deliveryId: key }),
  z.strictObject({ type: z.literal('delivery.keepIds'), deliveryId: key }),
  z.strictObject({ type: z.literal('delivery.place'), deliveryId: key, kind: word }),
  z.strictObject({ type: z.literal('delivery.saved'), deliveryId: key }),
  z.strictObject({ type: z.literal('delivery.withdraw'), deliveryId: key }),
  z.strictObject({ type: z.literal('workspace.useDashboard'), name: text(200) }),
  z.strictObject({
    type: z.literal('workspace.connect'),
    apiKey: text(512),
    pixelId: text(512),
    name: text(200),
    remember: z.boolean(),
  }),
  z.strictObject({ type: z.literal('workspace.replaceKey'), workspaceId: key, apiKey: text(512) }),
  z.strictObject({ type: z.literal('workspace.rename'), workspaceId: key, name: text(200) }),
  z.strictObject({ type: z.literal('workspace.recolour'), workspaceId: key, colour: z.enum(colours) }),
  z.strictObject({ type: z.literal('workspace.test'), workspaceId: key }),
  z.strictObject({ type: z.literal('workspace.disconnect'), workspaceId: key, force: z.boolean() }),
  z.strictObject({ type: z.literal('workspace.undoDisconnect'), workspaceId: key }),
  z.strictObject({ type: z.literal('workspace.activate'), workspaceId: key }),
  z.strictObject({ type: z.literal('workspace.addMany'), text: text(MAX_COMMAND), remember: z.boolean() }),
  z.strictObject({ type: z.literal('workspace.dismissMany'), bulkId: key }),
  z.strictObject({ type: z.literal('account.choose'), account, destination: z.optional(destinationId) }),
  z.strictObject({ type: z.literal('account.forget'), account }),
  z.strictObject({ type: z.literal('reminder.done'), workspaceId: key, destinationId }),
  z.strictObject({ type: z.literal('reminder.later'), workspaceId: key, destinationId }),
  z.strictObject({ type: z.literal('destination.dismiss'), key: destinationKey }),
  z.strictObject({ type: z.literal('destination.undoDismiss'), key: destinationKey }),
  z.strictObject({
    type: z.literal('guide.start'),
    platform: word,
    job: z.enum(['create', 'rotate']),
    workspaceId: z.optional(key),
    destinationId: z.optional(destinationId),
    reason: z.optional(word),
  }),
  z.strictObject({ type: z.literal('guide.stop'), platform: word }),
  z.strictObject({ type: z.literal('guide.follow'), tabId }),
  z.strictObject({
    type: z.literal('destination.mute'),
    keys: z.array(destinationKey).check(z.minLength(1), z.maxLength(200)),
    span: z.enum(['hour', 'tomorrow', 'healthy', 'off']),
  }),
  z.strictObject({ type: z.literal('settings.change'), change: settingsChange }),
  z.strictObject({ type: z.literal('alerts.pause'), on: z.boolean() }),
  z.strictObject({ type: z.literal('quarantine.dismiss') }),
  z.strictObject({ type: z.literal('quarantine.undoDismiss') }),
  z.strictObject({ type: z.literal('everything.delete'), force: z.boolean() }),
  z.strictObject({ type: z.literal('sample.enter') }),
  z.strictObject({ type: z.literal('sample.leave') }),
  z.strictObject({ type: z.literal('health.checkAll') }),
  z.strictObject({
    type: z.literal('health.checkNow'),
    workspaceId: key,
    destinationId: z.optional(destinationId),
  }),
]);

const encoder = new TextEncoder();

/** Firefox lets cycles and bigints through to a listener, which no message of ours has. */
const fits = (message: unknown, bytes: number): boolean => {
  try {
    return encoder.encode(JSON.stringify(message)).length <= bytes;
  } catch {
    return false;
  }
};

export const parseReport = (message: unknown): Report | undefined => {
  if (!fits(message, reportLimits.bytes)) return undefined;
  const parsed = reports.safeParse(message);
  return parsed.success ? (parsed.data as Report) : undefined;
};

export const parseDashboardStatus = (message: unknown): DashboardStatus | undefined => {
  if (!fits(message, reportLimits.bytes)) return undefined;
  const parsed = dashboardStatus.safeParse(message);
  return parsed.success ? (parsed.data as DashboardStatus) : undefined;
};

export const parseCommand = (message: unknown): Command | undefined => {
  if (!fits(message, MAX_COMMAND)) return undefined;
  const parsed = commands.safeParse(message);
  return parsed.success ? (parsed.data as Command) : undefined;
};
