import { browser } from 'wxt/browser';
import { mayHoldSecret } from '../credentials/may-hold';
import { drain } from '../deliveries/deliveries';
import { cardId, destinationKey, isIll } from '../destinations/destination';
import { patienceWith } from '../destinations/history';
import { logChange } from '../destinations/log';
import { noteFirst } from '../destinations/refresh';
import type { DashboardStatus, ReportAnswer } from '../messages/reports';
import { platformOf, platforms } from '../platforms/index';
import { rows } from '../storage/database';
import type { Delivery, Destination, SeenCard, Workspace } from '../storage/rows';
import { without } from '../storage/without';

/**
 * Health without an API: what the dashboard's cards say while the person has them open, and when. Nothing is asked
 * for, and nothing is fresher than its sighting.
 */

/** A name is stored and shown, so a text that could hold a token is none. */
const isSound = ({ platform, name }: SeenCard): boolean =>
  platformOf(platform) !== undefined && !platforms.some((one) => mayHoldSecret(one, name));

const soundCards = (cards: readonly SeenCard[]): SeenCard[] => {
  const told = new Map<string, SeenCard>();
  for (const card of cards) {
    if (!isSound(card)) continue;
    const id = cardId(card.platform, card.name);
    const same = told.get(id);
    // Two with one name, and not alike: then we do not know.
    told.set(id, same && same.state !== card.state ? { ...card, state: 'unknown' } : card);
  }
  return [...told.values()];
};

const healthOf = (
  before: Destination['health'] | undefined,
  state: SeenCard['state'],
  now: number,
): Destination['health'] => {
  const same = before?.state === state;
  const since = same ? before.since : now;
  const base = { state, confirmedAt: now, lastCheckedAt: now, ...(since === undefined ? {} : { since }) };
  if (!isIll(state)) return base;
  // The person has seen it with their own eyes, so there is nothing to confirm.
  return { ...base, illSince: before?.illSince ?? now, incidentAt: before?.incidentAt ?? now };
};

/** While the dashboard was closed nobody knew. */
const noteUnseen = async (
  { key, id, seenAt, health: { confirmedAt } }: Destination,
  workspace: Workspace,
  now: number,
): Promise<void> => {
  const since = seenAt ?? confirmedAt;
  if (now - since <= patienceWith(workspace)) return;
  const of = { v: 1 as const, workspaceId: workspace.id, destinationId: id };
  const facts = { problem: 'unseen', since };
  await rows.put('history', { ...of, id: `${key}.unseen.${since}`, at: since, what: 'couldNotCheck', facts });
  await rows.put('history', { ...of, id: `${key}.seen.${now}`, at: now, what: 'checkedAgain' });
};

const storeCard = async (workspace: Workspace, card: SeenCard, now: number): Promise<void> => {
  const id = cardId(card.platform, card.name);
  const key = destinationKey(workspace.id, id);
  const before = await rows.get('destinations', key);
  const known: Omit<Destination, 'health'> = before ?? {
    v: 1,
    key,
    id,
    workspaceId: workspace.id,
    type: card.platform,
    name: card.name,
    enabled: true,
    config: {},
    token: { isSet: true },
  };
  const health = healthOf(before?.health, card.state, now);
  // Whatever was told of its going, it is here.
  const after = { ...without(known, 'goneAt', 'dismissed', 'dismissedAt'), health, seenAt: now };
  await rows.put('destinations', after);
  if (!before) await noteFirst(after, now);
  else await noteUnseen(before, workspace, now);
  if (before && before.health.state !== card.state) {
    await logChange(before, 'health', now, { from: before.health.state, to: card.state });
  }
};

/**
 * A save that we have only by the person's word was given a name of ours. When its card shows itself, as the one card
 * of its platform that nobody knew, they are the same.
 */
const adopt = async (
  delivery: Delivery,
  cards: readonly SeenCard[],
  known: readonly Destination[],
): Promise<void> => {
  const key = destinationKey(delivery.workspaceId, delivery.destinationId ?? '');
  const placeholder = known.find((row) => row.key === key && row.seenAt === undefined);
  const fresh = cards.filter(
    ({ platform, name }) =>
      platform === delivery.platform && !known.some(({ id }) => id === cardId(platform, name)),
  );
  const [card] = fresh;
  if (!placeholder || !card || fresh.length > 1) return;
  const id = cardId(card.platform, card.name);
  await rows.put('destinations', {
    ...placeholder,
    id,
    key: destinationKey(delivery.workspaceId, id),
    name: card.name,
  });
  await rows.change('deliveries', delivery.id, (row) => ({ ...row, destinationId: id }));
  await rows.remove('destinations', placeholder.key);
};

/** Takes what the dashboard shows. The forms first: a card may be the outcome of one. */
export const takeDashboardStatus = async (status: DashboardStatus, tabId: number): Promise<ReportAnswer> => {
  const now = Date.now();
  const cards = soundCards(status.cards);
  const { page, form, act } = status;
  await rows.put('dashboards', {
    v: 1,
    tabId,
    page,
    ...(form ? { form } : {}),
    ...(act ? { act } : {}),
    cards: status.cards.filter(isSound),
    at: now,
  });
  await drain();

  const workspace = (await rows.all('workspaces')).find(({ route }) => route === 'dashboard');
  if (!workspace || cards.length === 0) return { ok: true };
  const known = (await rows.all('destinations')).filter(({ workspaceId }) => workspaceId === workspace.id);
  for (const delivery of await rows.all('deliveries')) {
    if (delivery.workspaceId === workspace.id && delivery.state === 'verifying') {
      await adopt(delivery, cards, known);
    }
  }
  for (const card of cards) await storeCard(workspace, card, now);
  await rows.change('workspaces', workspace.id, (row) => ({
    ...row,
    poll: { ...row.poll, lastAnsweredAt: now },
  }));
  await drain();
  return { ok: true };
};

/** A closed tab shows nothing any more. */
export const forgetDashboard = (tabId: number): Promise<void> => rows.remove('dashboards', tabId);

/** Tabs close while the worker sleeps, and after a restart of the browser their numbers mean other tabs. */
export const dropClosedDashboards = async (): Promise<void> => {
  const seen = await rows.all('dashboards');
  if (seen.length === 0) return;
  const open = new Set((await browser.tabs.query({})).map(({ id }) => id));
  for (const { tabId } of seen) if (!open.has(tabId)) await forgetDashboard(tabId);
};
