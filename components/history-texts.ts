import { i18n } from '#i18n';
import { fullName, isIll } from '../lib/destinations/destination';
import { withoutSecrets } from '../lib/destinations/support';
import type { Destination, HistoryEntry, Workspace } from '../lib/storage/rows';
import { exactTime, platformName, sentence } from './texts';

/** Entries of the log in words, for the table and for the file that is exported. */

export interface Names {
  destinations: readonly Destination[];
  workspaces: readonly Workspace[];
}

const destinationOf = (entry: HistoryEntry, { destinations }: Names): Destination | undefined =>
  destinations.find(({ id, workspaceId }) => id === entry.destinationId && workspaceId === entry.workspaceId);

export const whatOf = ({ what, facts }: HistoryEntry): string => {
  if (what !== 'health') return i18n.t(`history.what.${what}`);
  if (facts?.from === undefined) return i18n.t('history.found', { status: sentence(`status.${facts?.to}`) });
  if (isIll(facts.to as 'unhealthy')) return i18n.t('history.turnedIll');
  return facts.to === 'healthy' && isIll(facts.from as 'unhealthy')
    ? i18n.t('history.recovered')
    : i18n.t('history.turned', { status: sentence(`status.${facts.to}`) });
};

export const detailOf = (entry: HistoryEntry, names: Names): string => {
  const { reason, until, mask } = entry.facts ?? {};
  const type = destinationOf(entry, names)?.type;
  return [
    reason === undefined ? '' : sentence(`platforms.${type}.cause.${reason}`, {}, i18n.t('cause.unknown')),
    typeof until === 'number' ? i18n.t('history.until', { time: exactTime(until) }) : '',
    mask === undefined ? '' : i18n.t('history.token', { mask }),
  ]
    .filter(Boolean)
    .join(' ');
};

export const whereOf = (
  entry: HistoryEntry,
  names: Names,
): { workspace: Workspace | undefined; destination: string } => {
  const row = destinationOf(entry, names);
  return {
    workspace: names.workspaces.find(({ id }) => id === entry.workspaceId),
    destination: row ? fullName(platformName(row.type), row.name) : '',
  };
};

/** A cell that a spreadsheet would take for a formula is made a text, and one that could hold a token is left out. */
const cell = (value: string): string => {
  const text = withoutSecrets(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** One line for each entry, newest first, as RFC 4180 has it. */
export const csvOf = (entries: readonly HistoryEntry[], names: Names): string => {
  const head = (['when', 'workspace', 'destination', 'action', 'detail'] as const).map((name) =>
    i18n.t(`history.${name}`),
  );
  const lines = entries.toReversed().map((entry) => {
    const { workspace, destination } = whereOf(entry, names);
    return [
      new Date(entry.at).toISOString(),
      workspace?.name ?? '',
      destination,
      whatOf(entry),
      detailOf(entry, names),
    ];
  });
  return [head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n');
};

/** Hands a file to the person. The mark in front lets spreadsheets read it as UTF-8. */
export const saveCsv = (text: string): void => {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `upstack-history-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(address);
};
