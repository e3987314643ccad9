import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { withoutSecrets } from '../destinations/support';
import { rows } from '../storage/database';
import type { Notice } from '../storage/rows';
import { readSettings } from '../storage/settings';
import { MINUTE } from '../terms/time';
import { decide, emptyBook } from './alerts';

/** Shows the alerts that are due. Their words are fixed; all that is put in is a name and a number. */

/** "2 h 10 min", in the words that the pages use as well. */
const spanOf = (ms: number): string => {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  return minutes < 60
    ? i18n.t('time.minutes', { m: minutes })
    : i18n.t('time.hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 });
};

const wordsOf = ({ kind, name: named = '', count = 0, more = 0, span = 0 }: Notice) => {
  const name = withoutSecrets(named);
  switch (kind) {
    case 'recovered':
      return {
        title: i18n.t('alert.recovered', { name }),
        message: i18n.t('alert.recoveredBody', { span: spanOf(span) }),
      };
    case 'illMany':
      return {
        title: i18n.t('alert.illMany', { n: count }),
        message: i18n.t('alert.illManyBody', { n: more }),
      };
    case 'recoveredMany':
      return { title: i18n.t('alert.recoveredMany', { n: count }), message: i18n.t('alert.open') };
    case 'digest':
      return {
        title: i18n.t('alert.digest'),
        message: i18n.t('alert.digestBody', { ill: count, well: more }),
      };
    default:
      return { title: i18n.t(`alert.${kind}`, { name }), message: i18n.t(`alert.${kind}Body`) };
  }
};

/** The same notice has the same id, so that one which is shown again takes the place of the first. */
const idOf = ({ kind, about = '' }: Notice): string => `${kind}:${about}`;

/** Where a click on a notice leads: the click alone is enough, since not every browser has buttons on them. */
const placeOf = (id: string): string => {
  const kind = id.slice(0, id.indexOf(':'));
  const about = id.slice(id.indexOf(':') + 1);
  if (kind === 'keyRefused' || kind === 'keyMissing') return '/options.html#workspaces';
  return about === ''
    ? '/sidepanel.html#destinations'
    : `/sidepanel.html#destination=${encodeURIComponent(about)}`;
};

/** Opens what a notice is about. */
export const openNotice = async (id: string): Promise<void> => {
  await browser.notifications.clear(id);
  await browser.tabs.create({ url: browser.runtime.getURL(placeOf(id) as '/options.html') });
};

/** The destination that fell ill last, or the last one of all, with what can be copied of it for support. */
export const showLastDiagnosis = async (): Promise<void> => {
  const here = (await rows.all('destinations')).filter(({ goneAt }) => goneAt === undefined);
  const [last] = here.sort(
    (one, other) =>
      (other.health.illSince ?? 0) - (one.health.illSince ?? 0) ||
      other.health.confirmedAt - one.health.confirmedAt,
  );
  const place = last
    ? `/sidepanel.html#destination=${encodeURIComponent(last.key)}`
    : '/sidepanel.html#destinations';
  await browser.tabs.create({ url: browser.runtime.getURL(place as '/sidepanel.html') });
};

const show = async (notice: Notice): Promise<void> => {
  await browser.notifications.create(idOf(notice), {
    type: 'basic',
    iconUrl: browser.runtime.getURL('/icon/128.png'),
    ...wordsOf(notice),
  });
};

interface Contexts {
  getContexts?: (filter: { contextTypes: string[] }) => Promise<unknown[]>;
}

/** A page of ours is in front of the person. Firefox cannot tell, and then nobody is told twice. */
const isOpen = async (): Promise<boolean> => {
  const { getContexts } = browser.runtime as Contexts;
  const open = await getContexts?.call(browser.runtime, { contextTypes: ['POPUP', 'SIDE_PANEL'] });
  return open === undefined || open.length > 0;
};

const tell = async (): Promise<void> => {
  const [destinations, leaving, workspaces, deliveries, settings, known, popupOpen] = await Promise.all([
    rows.all('destinations'),
    rows.all('leaving'),
    rows.all('workspaces'),
    rows.all('deliveries'),
    readSettings(),
    rows.get('alerts', 'alerts'),
    isOpen(),
  ]);
  // Taken back in the browser's own settings.
  const mayShow = await browser.permissions.contains({ permissions: ['notifications'] });
  const before = known ?? emptyBook;
  const book = decide(
    {
      // Of those that may come back nothing is told, and what was told is not forgotten.
      destinations: [...destinations, ...leaving.flatMap((row) => row.destinations)],
      workspaces,
      deliveries,
      settings: { ...settings, alerts: settings.alerts && mayShow },
      book: before,
    },
    popupOpen,
    Date.now(),
  );
  if (JSON.stringify(book) !== JSON.stringify(before)) await rows.put('alerts', book);
  if (book.pending.length === 0) return;
  // Written down before it is shown, and crossed out after: whatever dies in between, it is shown, and not twice.
  for (const notice of book.pending) await show(notice);
  await rows.put('alerts', { ...book, pending: [] });
};

/** Tells what is due. Idempotent; run at each wake, after the round. */
export const tellAlerts = async (): Promise<void> => {
  await navigator.locks.request('alerts', tell);
};
