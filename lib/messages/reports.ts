import type { Reason } from '../platforms/definition';
import type { SeenCard, SeenForm } from '../storage/rows';

/**
 * What a content script may say: three things in an ad console, one in Upstack's dashboard, and nothing else. Plain
 * types, since the scripts carry no schema library; the router parses them strictly (see schemas).
 */

/** What one report may hold, and how many a tab may send. Beyond it the answer is `invalid` or `again`. */
export const reportLimits = {
  /** Of its JSON in UTF-8. */
  bytes: 8192,
  tokens: 6,
  ids: 60,
  landmarks: 20,
  names: 20,
  offersPerMinute: 10,
  /**
   * Counted apart, so that a page which changes all the time cannot keep a token from being heard. A person who
   * clicks quickly through a console comes close to it.
   */
  statusPerMinute: 30,
  marksPerMinute: 30,
  /** Of the dashboard's script, which has one thing to say and says it at each change. */
  dashboardPerMinute: 60,
  faults: 8,
  cards: 60,
} as const;

/** An id seen on a page. `selected` is true only if the page itself says that this is the one in use. */
export interface SeenId {
  kind: string;
  value: string;
  reasons: Reason[];
  selected: boolean;
}

/** A secret seen on a page. The only message that carries one. */
export interface SeenToken {
  kind: string;
  value: string;
  /** It appeared within 120 s after a trusted click or key press on that page. */
  gesture: boolean;
  /** What a person should know about how it stands there, such as `lowContrast`. */
  warnings: string[];
}

/** Everything of the page that matters for a capture, at one moment. */
export interface CaptureOffer {
  type: 'capture.offer';
  platform: string;
  /** Random id of this document's script: survives route changes, not navigations. */
  page: string;
  /** `Platform.accountOf` the address at this moment. */
  account?: string;
  tokens: SeenToken[];
  ids: SeenId[];
}

/** What the page shows besides tokens: ids for a waiting capture, and where the person is. No secret. */
export interface PageStatus {
  type: 'page.status';
  platform: string;
  page: string;
  account?: string;
  /** `PageDefinition.id`, if the address is recognised. */
  screen?: string;
  ids: SeenId[];
}

/** By what a person sees where they are; from a script that is there only while that is of use. No secret. */
export interface PageMarks {
  type: 'page.marks';
  platform: string;
  /** As the capture script calls this document. */
  page: string;
  /** `Landmark.id` of those that are visible. */
  landmarks: string[];
  /** Names of ours that stand there, see credentials/token-name. */
  names: string[];
}

export type Report = CaptureOffer | PageStatus | PageMarks;

/** What Upstack's dashboard shows. Comes from its own origin alone, and an ad console cannot say it. No value. */
export interface DashboardStatus {
  type: 'dashboard.status';
  /** Random id of this document's script. */
  page: string;
  form?: SeenForm;
  act?: 'save' | 'other';
  cards: SeenCard[];
}

/** All that a content script ever hears back. `again`: not stored, report once more later. */
export type ReportAnswer = { ok: true } | { ok: false; code: 'refused' | 'invalid' | 'again' };
