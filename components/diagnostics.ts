import { browser } from 'wxt/browser';
import type { Settings } from '../lib/storage/rows';
import type { Snapshot } from './popup-state';

const counted = (words: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ') || 'none';
};

/** What support needs to know of this install: kinds and counts, in English. No name, no id, nothing captured. */
export const diagnosticsOf = (
  { workspaces, destinations, deliveries, captures }: Snapshot,
  settings: Settings,
  now: number,
): string =>
  [
    `Upstack Capture ${browser.runtime.getManifest().version}`,
    navigator.userAgent,
    new Date(now).toISOString(),
    `Workspaces: ${counted(workspaces.map(({ route, state }) => `${route}/${state}`))}`,
    `Problems: ${counted(workspaces.flatMap(({ problem, poll }) => problem?.kind ?? poll.problem?.kind ?? []))}`,
    `Missed rounds: ${Math.max(0, ...workspaces.map(({ poll }) => poll.misses))}`,
    `Destinations: ${counted(destinations.map(({ type, health }) => `${type}/${health.state}`))}`,
    `Deliveries: ${counted(deliveries.map(({ state, outcome }) => outcome ?? state))}`,
    `Captures: ${counted(captures.map(({ state }) => state))}`,
    `Alerts: ${settings.alerts ? 'on' : 'off'}, badge: ${settings.badge}, platforms off: ${settings.off.length}`,
  ].join('\n');
