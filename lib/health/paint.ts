import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { matchPatterns } from '../platforms/index';
import { rows } from '../storage/database';
import { readSettings } from '../storage/settings';
import { momentOf } from '../terms/moment';
import { API_ORIGIN } from '../upstack/origin';
import { type Badge, badgeFor, type Tone, type Tooltip } from './badge';

/** Ground and text of each tone; contrast at least 6.6 to 1. */
const COLOURS: Readonly<Record<Tone, { ground: string; text: string }>> = {
  news: { ground: '#1D4ED8', text: '#FFFFFF' },
  ill: { ground: '#B42318', text: '#FFFFFF' },
  key: { ground: '#FDB022', text: '#1D1300' },
  platform: { ground: '#E4E7EC', text: '#1D2939' },
  grey: { ground: '#475467', text: '#FFFFFF' },
  none: { ground: '#475467', text: '#FFFFFF' },
};

const textOf = (tooltip: Tooltip): string => {
  switch (tooltip.key) {
    case 'badge.ill':
      return i18n.t('badge.ill', { count: tooltip.count, name: tooltip.name });
    case 'badge.platform':
      return i18n.t('badge.platform', { count: tooltip.count, name: tooltip.name });
    case 'badge.keyRefused':
    case 'badge.keyMissing':
    case 'badge.scopeMissing':
    case 'badge.pixelMismatch':
    case 'badge.sending':
    case 'badge.verifying':
    case 'badge.late':
    case 'badge.persons':
    case 'badge.look':
      return i18n.t(tooltip.key, { name: tooltip.name });
    case 'badge.couldNotCheck':
      return i18n.t('badge.couldNotCheck', { time: momentOf(tooltip.since, Date.now()) });
    case 'badge.paused':
      return i18n.t('badge.paused', { time: momentOf(tooltip.until, Date.now()) });
    case 'badge.healthy':
      return i18n.t('badge.healthy', { count: tooltip.count, time: momentOf(tooltip.checkedAt, Date.now()) });
    default:
      return i18n.t(tooltip.key);
  }
};

const paint = async ({ text, tone, tooltip }: Badge, tabId?: number): Promise<void> => {
  const where = tabId === undefined ? {} : { tabId };
  await Promise.all([
    browser.action.setBadgeText({ ...where, text }),
    browser.action.setBadgeBackgroundColor({ ...where, color: COLOURS[tone].ground }),
    browser.action.setBadgeTextColor({ ...where, color: COLOURS[tone].text }),
    browser.action.setTitle({ ...where, title: textOf(tooltip) }),
  ]);
};

const repaint = async (): Promise<void> => {
  const [captures, deliveries, destinations, workspaces, settings, siteAccess] = await Promise.all([
    rows.all('captures'),
    rows.all('deliveries'),
    rows.all('destinations'),
    rows.all('workspaces'),
    readSettings(),
    browser.permissions.contains({ origins: [...matchPatterns, `${API_ORIGIN}/*`] }),
  ]);
  const { everywhere, tabs } = badgeFor(
    { captures, deliveries, destinations, workspaces, settings },
    siteAccess,
    Date.now(),
  );
  const once = new Set(captures.flatMap(({ tabId }) => tabId ?? []));
  await Promise.all([
    paint(everywhere),
    // A tab without news of its own shows what all show. One that is closed by now cannot be painted.
    ...[...once].map((tabId) => paint(tabs.get(tabId) ?? everywhere, tabId).catch(() => undefined)),
  ]);
};

let painting: Promise<void> | undefined;
let again = false;

/** Paints the badge from the rows. Asked again while it paints, it paints once more, so that the last word counts. */
export const repaintBadge = (): Promise<void> => {
  if (painting) {
    again = true;
    return painting;
  }
  const untilSettled = async (): Promise<void> => {
    do {
      again = false;
      await repaint();
    } while (again);
  };
  painting = untilSettled().finally(() => {
    painting = undefined;
  });
  return painting;
};
