import { platformOfOrigin } from '../platforms/index';

/**
 * The one file that judges who sent a message. It believes what the browser stamps on it (id, origin, frame, tab)
 * and nothing that the message says. Match patterns are no proof: `https://ads.example.com/*` also injects into
 * another port and into a host with a trailing dot, and `sender.url` of a sandboxed frame names a site that the
 * frame does not belong to (all measured).
 */

/** The parts of `runtime.MessageSender` that count. */
export interface Sender {
  id?: string | undefined;
  origin?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  documentLifecycle?: string | undefined;
  tab?: { id?: number | undefined; url?: string | undefined } | undefined;
}

/** A content script in the top frame of an ad console. */
export interface ConsoleTab {
  from: 'console';
  tabId: number;
  platform: string;
}

/** Our script in the top frame of Upstack's dashboard. */
export interface DashboardTab {
  from: 'dashboard';
  tabId: number;
}

/** What we are, and where Upstack's dashboard is, by exact origin. */
export interface Self {
  id: string;
  baseUrl: string;
  dashboardOrigin: string;
}

/** `ours` is a page of ours, wherever it is shown: one that is opened in a tab has a `tab`, too. */
export type Judged = ConsoleTab | DashboardTab | { from: 'ours' } | { from: 'stranger' };

const STRANGER: Judged = { from: 'stranger' };

/**
 * Scheme and host with port. Not `URL.origin`, which gives a `blob:` address the origin of its maker, and `null`,
 * the origin of every sandboxed frame, where a parser does not know the scheme of extensions.
 */
export const originOf = (address: string | undefined): string | undefined => {
  if (!address || !URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return host === '' ? undefined : `${protocol}//${host}`;
};

/** What the browser says of a click in a menu of ours, and of the tab that it was made in. */
export interface Click {
  frameId?: number | undefined;
  pageUrl?: string | undefined;
}

/** By the same rules: the top frame of an ad console, on its exact origin. The selected text proves nothing. */
export const judgeClick = ({ frameId, pageUrl }: Click, tab: Sender['tab']): Judged => {
  const origin = originOf(tab?.url);
  const platform = origin === undefined ? undefined : platformOfOrigin(origin);
  if (!platform || frameId !== 0 || tab?.id === undefined || tab.id < 0) return STRANGER;
  return originOf(pageUrl) === origin ? { from: 'console', tabId: tab.id, platform: platform.id } : STRANGER;
};

export const judgeSender = (sender: Sender, self: Self): Judged => {
  if (sender.id !== self.id) return STRANGER;
  if (sender.documentLifecycle !== undefined && sender.documentLifecycle !== 'active') return STRANGER;

  // Firefox before 126 stamps no origin; the address is then the best there is.
  const origin = sender.origin ?? originOf(sender.url);
  if (origin === undefined || originOf(sender.url) !== origin) return STRANGER;

  if (origin === originOf(self.baseUrl)) {
    return sender.frameId === undefined || sender.frameId === 0 ? { from: 'ours' } : STRANGER;
  }

  const platform = platformOfOrigin(origin);
  const { frameId, tab } = sender;
  const isDashboard = origin === self.dashboardOrigin;
  if ((!platform && !isDashboard) || frameId !== 0 || tab?.id === undefined || tab.id < 0) return STRANGER;
  // A frame that a stranger's page holds has the right origin; its tab has not.
  if (originOf(tab.url) !== origin) return STRANGER;
  return platform
    ? { from: 'console', tabId: tab.id, platform: platform.id }
    : { from: 'dashboard', tabId: tab.id };
};
