import type { Facts, Job, Reason, ReasonCode, Verdict, VerdictLevel } from '../platforms/definition';
import type { Colour } from '../terms/colours';

/**
 * The rows of our IndexedDB, which pages of ours watch. No row holds a secret. Times are ms since 1970.
 * Rows carry a version and are read singly; one that cannot be read is quarantined, never deleted.
 */

/** What tells the person something, until they have read it. */
interface Told {
  dismissed?: boolean;
  /** By the person, who may take it back for a while. */
  dismissedAt?: number;
}

/** A captured token without the token. */
export interface CapturedToken {
  /** `sha256:` and the first 16 hex digits, as the API speaks it. Also the key of the secret in the vault. */
  fingerprint: string;
  /** Bullets and the last four characters. */
  mask: string;
  length: number;
  issuedAt?: number;
  verdict: Verdict;
  /** What cleaning took away, see credentials/clean. */
  removed: string[];
  provenance: 'gesture' | 'present' | 'paste';
  warnings: string[];
  seenAt: number;
}

export interface IdCandidate {
  value: string;
  reasons: Reason[];
  /** The page itself says that this one is in use. */
  selected: boolean;
}

/** One id field of a review. */
export interface IdField {
  candidates: IdCandidate[];
  /** The value in force: the only candidate, the one the page marks as selected, or what the person typed or chose. */
  value?: string;
  byPerson: boolean;
  verdict?: Verdict;
  /** The address and the page name different values: nothing is chosen for the person. */
  conflict: boolean;
}

/** A paste that was not kept, with the reason, for the field it was pasted into. */
export interface RefusedPaste {
  kind: string;
  verdict: Verdict;
  removed: string[];
  at: number;
}

/** One review: what was read or pasted, for one platform, one page and one ad account. */
export interface Capture extends Told {
  v: 1;
  id: string;
  platform: string;
  origin: 'page' | 'paste';
  /** Where it was seen. Provenance only: any page of ours may confirm it. */
  tabId?: number;
  page?: string;
  account?: string;
  createdAt: number;
  /** The secret is dropped then, 60 minutes after it was last seen to appear. */
  expiresAt: number;
  tokens: CapturedToken[];
  /** Fingerprint of the one to send; set by itself while there is only one. */
  chosen?: string;
  /** By kind. Every id kind of the platform has a field. */
  ids: Record<string, IdField>;
  refused?: RefusedPaste;
  ticks: { checked: boolean; generated: boolean; others: boolean };
  /** The person's choice; without it the review proposes one. */
  workspaceId?: string;
  destination?: string;
  /** The person wants this destination to get the ids of this capture; counts for exactly these values. */
  confirmed?: { key: Destination['key']; from: Record<string, string>; to: Record<string, string> };
  /** Destinations that have this token by now, each with the fingerprint that it replaced there. */
  sent?: { key: Destination['key']; replaced?: string }[];
  /**
   * `arriving`: row written, secret not yet. `open`: in review. `discarding`: undo runs until `discardAt`.
   * `sent`: a delivery has taken over. `discarded`, `lost`, `expired`: ends; the last two are shown as tombstones
   * until dismissed.
   */
  state: 'arriving' | 'open' | 'discarding' | 'sent' | 'discarded' | 'lost' | 'expired';
  discardAt?: number;
  /** When the end was reached. */
  endedAt?: number;
  /** An ended capture whose tokens may be taken again, since the person asked to look at the page again. */
  forgotten?: true;
}

export interface ValidationStep {
  name: string;
  status: 'passed' | 'failed' | 'warning' | 'skipped' | 'not_verifiable' | 'unknown';
  code?: string;
}

/** Why a call did not do what was wanted. Decided from status and `code`, never from text. */
export type ProblemKind =
  | 'offline'
  | 'unreachable'
  | 'timeout'
  | 'unavailable'
  | 'garbled'
  | 'rateLimited'
  | 'keyRefused'
  /** It is not here any more: kept for one session that is over, or not to be unsealed. */
  | 'keyMissing'
  | 'scopeMissing'
  | 'pixelMismatch'
  | 'notFound'
  /** The key is fine, and Upstack has no destinations API for it. */
  | 'noDestinationsApi'
  | 'exists'
  | 'rejected'
  | 'stale'
  | 'invalidRequest'
  | 'tooLarge'
  | 'unknown';

export interface Problem {
  kind: ProblemKind;
  status?: number;
  /** Upstack's own code, if it gave one that we know. */
  code?: string;
  requestId?: string;
  /** With `exists`: the destination to update instead. */
  existingId?: string;
  /** Fields that the server refused, as JSON pointers. */
  pointers?: string[];
  steps?: ValidationStep[];
  /** Not before, from Retry-After. */
  retryAt?: number;
  /** With trouble of the key: the mask of the one that was asked with. */
  keyMask?: string;
}

/**
 * How a delivery reaches Upstack: through its API, or through the form of its dashboard, which we fill and the person
 * saves.
 */
export type RouteName = 'api' | 'dashboard';

/**
 * Why nothing was filled into the dashboard. `missing`, `several`: fields of that name. `closed`: it cannot be written
 * to. `covered`: something lies over it. `short`: it is too short for the value. `occupied`: something else stands in
 * it. `differs`: it shows another id than the destination that was meant. `scattered`: the fields are not of one form.
 * `otherForm`: the form does not say that it is this platform's. `sentElsewhere`: it is sent to another site.
 * `changed`: it changed between reading and filling. `notTaken`: the page did not keep what was put in. `elsewhere`:
 * not Upstack's page. `unreachable`: the page could not be asked.
 */
export type FaultCode =
  | 'missing'
  | 'several'
  | 'closed'
  | 'covered'
  | 'short'
  | 'occupied'
  | 'differs'
  | 'scattered'
  | 'otherForm'
  | 'sentElsewhere'
  | 'changed'
  | 'notTaken'
  | 'elsewhere'
  | 'unreachable';

export interface Fault {
  code: FaultCode;
  /** Credential kind whose field it is about. */
  kind?: string;
}

/** What a delivery waits for that only the person can do. */
export interface Turn {
  /**
   * `allow`: give access to the dashboard. `open`: bring the form up. `unfit`: it is there and was not filled, see
   * `faults`. `save`: it is filled; press the dashboard's own button.
   */
  step: 'allow' | 'open' | 'unfit' | 'save';
  faults?: Fault[];
  /** With `save`: that button was the last one that they pressed. */
  pressed?: boolean;
  /** With `save`: how many cards of this platform there were before. */
  cards?: number;
  /** With `save`: it was filled by then. What the dashboard showed before says nothing of it. */
  filledAt?: number;
}

/** One send, from the click until it is settled. Durable, without the secret. */
export interface Delivery extends Told {
  v: 1;
  id: string;
  captureId: string;
  workspaceId: string;
  route: RouteName;
  job: Job;
  platform: string;
  /** By API field name: what the destination has, or is to have. */
  config: Record<string, string>;
  /** Of a rotation that changes the ids, too: those before. The token comes first, then they are changed. */
  from?: Record<string, string>;
  /** With `from`: the token was replaced then. In state `person` after that, the change of ids was refused. */
  tokenSavedAt?: number;
  /** With `from`: the person has left the ids as they were. */
  idsKept?: true;
  /** It went to a destination with ids of its own, which they keep. */
  other?: true;
  fingerprint: string;
  mask: string;
  issuedAt?: number;
  /** What the token's form was like when it was sent. */
  verdict?: VerdictLevel;
  label?: string;
  name?: string;
  /** Of a rotation, and of a create once the server has answered. */
  destinationId?: string;
  etag?: string;
  /** Minted once, with the row. */
  idempotencyKey: string;
  createdAt: number;
  state: 'queued' | 'sending' | 'waiting' | 'needsKey' | 'person' | 'verifying' | 'settled';
  /** Fingerprint that the destination used when the person decided to rotate; empty if it had no token. */
  replaces?: string;
  /** Calls that were begun. Written before the call, so a row in `sending` may have been applied. */
  attempt: number;
  attemptedAt?: number;
  /** The last call ended by then, without an answer. */
  cutOffAt?: number;
  /** The last attempt ended without an answer that settles whether it was applied: ask before sending again. */
  ambiguous: boolean;
  /** With `waiting`. */
  until?: number;
  /** With `person`, on the dashboard's route. */
  turn?: Turn;
  /** With `waiting`, `needsKey`, `settled`, and `person` on the way by API. */
  problem?: Problem;
  /** The server's test, in order, once it has answered. */
  steps?: ValidationStep[];
  /** The destination was saved at. Healthy is promised within 5 minutes from here. */
  savedAt?: number;
  /** Of a rotation: Upstack's last check before it. Only a later one speaks of the new token. */
  checkedBefore?: number;
  /** What follows from the state (history, secret, capture) is still to be done. */
  followUp?: true;
  /** `unwatched`: its token is at Upstack, and its workspace was disconnected before it was known to be healthy. */
  outcome?:
    | 'healthy'
    | 'unhealthy'
    | 'unwatched'
    | 'rejected'
    | 'superseded'
    | 'withdrawn'
    | 'expired'
    | 'lost';
  settledAt?: number;
}

export type HealthState = 'healthy' | 'unhealthy' | 'degraded' | 'pending' | 'paused' | 'unknown';

export interface HealthReason {
  code: ReasonCode;
  httpStatus?: number;
  platformCode?: string;
  docsUrl?: string;
}

/** The token that was in use before, as Upstack tells of it. */
export interface PreviousToken {
  /** Bullets and the last four characters. */
  mask: string;
  /** The name to look for. */
  label?: string;
  fingerprint?: string;
  replacedAt: number;
  /** Only Upstack can say: it sees whether the new one delivers, and who else uses the old one. */
  safeToRevoke: boolean;
  /** Ids of other destinations of the account. */
  stillUsedBy: string[];
  /** When Upstack last said so, as far as that matters: it is not asked again once it is safe. */
  toldAt?: number;
}

/** A test event that the person asked for. */
export interface Check {
  startedAt: number;
  endedAt?: number;
  passed?: boolean;
  steps?: ValidationStep[];
  problem?: Problem;
}

/** What has become of the wish that the old token be deleted. Of the replacement at `replacedAt` alone. */
export interface Reminder {
  replacedAt: number;
  /** How often it was put off. */
  later: number;
  nextAt: number;
  doneAt?: number;
}

/** A destination as Upstack last told it, with its health. */
export interface Destination extends Told {
  v: 1;
  /** `<workspaceId>/<id at Upstack>`. */
  key: string;
  id: string;
  workspaceId: string;
  /** Platform id; destinations of platforms that we do not know are passed over. */
  type: string;
  name: string;
  enabled: boolean;
  config: Record<string, string>;
  token: {
    isSet: boolean;
    fingerprint?: string;
    label?: string;
    issuedAt?: number;
    updatedAt?: number;
    previous?: PreviousToken;
  };
  reminder?: Reminder;
  check?: Check;
  etag?: string;
  dashboardUrl?: string;
  health: {
    state: HealthState;
    reason?: HealthReason;
    since?: number;
    /** When Upstack looked. */
    lastCheckedAt?: number;
    lastSuccessAt?: number;
    /** When we last had this confirmed by Upstack. */
    confirmedAt: number;
    /** Set when a check in a row of at least a minute later says ill again; cleared on recovery. */
    incidentAt?: number;
    /** First check of the present illness. */
    illSince?: number;
    /** The last incident is over: when that was seen, and how long it was ill (ms). */
    recovered?: { at: number; after: number };
  };
  /** No alerts for it until then; without `until`, until it is healthy. */
  mute?: { since: number; until?: number };
  /** It was in the list before and is no more; dismissed once the person has read that. */
  goneAt?: number;
  /** Known from the dashboard alone, where it was last seen then. `config` is then what we put there ourselves, or empty. */
  seenAt?: number;
}

/** An Upstack key and the Upstack pixel it belongs to. The key itself is elsewhere (see workspaces). */
export interface Workspace {
  v: 1;
  id: string;
  name: string;
  /** UUID of the Upstack pixel. Empty on the dashboard's route, as is the mask of the key. */
  pixelId: string;
  route: RouteName;
  remember: boolean;
  /** Last four characters of the key. */
  keyMask: string;
  createdAt: number;
  /** `connecting`: being tried for the first time. `failed`: it could not be tried, see `problem`. */
  state:
    | 'connecting'
    | 'connected'
    | 'failed'
    | 'keyRefused'
    | 'keyMissing'
    | 'scopeMissing'
    | 'pixelMismatch';
  problem?: Problem;
  /** Last answer of any kind that proved the key. */
  testedAt?: number;
  active: boolean;
  /** Of the dot beside its name. None in a row of an older version until the next wake. */
  colour?: Colour;
  /** Made up: no call about it leaves the browser. */
  sample?: true;
  poll: {
    etag?: string;
    /** Due then; the alarm looks for the earliest. */
    nextAt: number;
    /** Rounds in a row without an answer. Three make the state "could not check". */
    misses: number;
    lastAnsweredAt?: number;
    paceSeconds?: number;
    problem?: Problem;
  };
}

/**
 * A workspace that the person has disconnected, whole, for as long as that can be undone. It has left the stores that
 * everything else reads, so nothing shows it, asks about it or sends with it meanwhile.
 */
export interface LeavingWorkspace {
  v: 1;
  /** That of the workspace. */
  id: string;
  until: number;
  /** It is being forgotten, whatever the time is. */
  final?: true;
  workspace: Workspace;
  destinations: Destination[];
}

/** A change, not a sample. Kept for 90 days. */
export interface HistoryEntry {
  v: 1;
  id: string;
  at: number;
  workspaceId: string;
  destinationId?: string;
  what:
    | 'sent'
    | 'rotated'
    | 'rejected'
    | 'health'
    | 'couldNotCheck'
    | 'lost'
    | 'expired'
    | 'gone'
    | 'connected'
    | 'disconnected'
    | 'late'
    | 'oldTokenDeleted'
    | 'checkedAgain'
    | 'muted'
    | 'unmuted';
  facts?: Facts;
}

/** What the person has set. One row, `settings`; what it does not say is as in `storage/settings`. */
export interface Settings {
  v: 1;
  id: 'settings';
  look: 'system' | 'light' | 'dark';
  /** Single keys do something in pages of ours. */
  singleKeys: boolean;
  /** Lists in the side panel stand closer. */
  dense: boolean;
  tab: 'setUp' | 'destinations' | 'history';
  badge: 'count' | 'dot' | 'none';
  /** Ids of platforms whose pages are left alone. */
  off: string[];
  /** How long a captured token is kept at most. */
  keepMinutes?: 15 | 60;
  alerts: boolean;
  /** No alerts, and no badge for what they are about, until then. */
  pausedUntil?: number;
  quiet: boolean;
  /** In minutes from midnight. */
  quietFrom: number;
  quietTo: number;
  quietWeekends: boolean;
  /** The badge is quiet in these hours, too. */
  quietBadge: boolean;
}

/** An alert in words that are fixed but for the name of a destination or workspace. */
export interface Notice {
  kind:
    | 'ill'
    | 'late'
    | 'verified'
    | 'recovered'
    | 'switching'
    | 'keyRefused'
    | 'keyMissing'
    | 'illMany'
    | 'recoveredMany'
    | 'digest';
  /** Key of the destination, or id of the workspace, that it is about; none if it is about several. */
  about?: string;
  name?: string;
  count?: number;
  /** With `illMany`: of so many workspaces. With `digest`: so many are healthy again. */
  more?: number;
  /** With `recovered`: ms of the illness. */
  span?: number;
}

/** What was told by alerts. One row, `alerts`. Times are when. */
export interface AlertBook {
  v: 1;
  id: 'alerts';
  /** By key of destination: the illness that was told. Without `incidentAt`, by word of a send that was late. */
  told: Record<string, { incidentAt?: number; since: number }>;
  /** By key of destination: changes that were told or would have been, of the last hours. */
  changes: Record<string, number[]>;
  /** By key of destination: it keeps switching, and nothing is said before then. */
  switching: Record<string, number>;
  /** By id: sends of which the end was told. */
  deliveries: Record<string, number>;
  /** By id of workspace: its key was refused. */
  keys: Record<string, number>;
  /** Kept back in quiet hours. */
  held: Notice[];
  /** Decided and not yet shown: a worker that dies in between shows them when it wakes. */
  pending: Notice[];
}

/** Where captures of an ad account went: the person's choice, made by sending. */
export interface AccountChoice {
  v: 1;
  /** `<platform>/<account>`. */
  key: string;
  workspaceId: string;
  /** Id at Upstack. */
  destination?: string;
  at: number;
}

/** Steps that a person is being led through. One for each platform; it stays over sign-ins and reloads. */
export interface OpenGuide {
  v: 1;
  platform: string;
  job: Job;
  /** Of a rotation. */
  workspaceId?: string;
  destinationId?: string;
  /** Why, in the guide's words: see `Platform.rotation`. */
  reason?: string;
  startedAt: number;
}

/** Why a pasted line was not added: see workspaces/bulk, or how Upstack answered. */
export type LineRefusal =
  | 'columns'
  | 'nameMissing'
  | 'keyMalformed'
  | 'pixelMalformed'
  | 'twice'
  | 'alreadyConnected'
  | ProblemKind;

/**
 * Workspaces that were pasted as lines, and what became of each. Holds no key. Ended with fewer outcomes than lines: the
 * others were not tried, since the worker died.
 */
export interface BulkAdd {
  v: 1;
  id: string;
  startedAt: number;
  endedAt?: number;
  lines: number;
  added: number;
  refused: { line: number; name: string; code: LineRefusal }[];
}

/** The page that the person is on, as its content script last reported it. One row per tab. */
export interface SeenPage {
  v: 1;
  tabId: number;
  platform: string;
  page: string;
  account?: string;
  screen?: string;
  ids: { kind: string; value: string; reasons: Reason[]; selected: boolean }[];
  /** Marks of this screen that are visible, see `Landmark`; told only while somebody asks. */
  landmarks?: string[];
  /** Names of ours that tokens are listed under. Only with a landmark that shows that there is a list. */
  names?: string[];
  /** When they were read. */
  namesAt?: number;
  at: number;
}

/** A destination card of the dashboard. */
export interface SeenCard {
  platform: string;
  name: string;
  state: 'healthy' | 'unhealthy' | 'pending' | 'unknown';
}

/** The form that the dashboard shows. */
export interface SeenForm {
  platform: string;
  /** We have filled it, and it is still there. */
  filled: boolean;
  faults: Fault[];
}

/** What Upstack's dashboard last showed in a tab. One row per tab. */
export interface SeenDashboard {
  v: 1;
  tabId: number;
  /** Random id of the document. */
  page: string;
  form?: SeenForm;
  /** The last button that the person pressed since a form was filled there: the one that saves it, or another. */
  act?: 'save' | 'other';
  cards: SeenCard[];
  at: number;
}

/** A row that could not be read. Kept as it was found. */
export interface QuarantinedRow extends Told {
  store: string;
  key: string;
  at: number;
  raw: unknown;
}

/** Stores by name, each with its key path. */
export interface Rows {
  captures: Capture;
  deliveries: Delivery;
  destinations: Destination;
  workspaces: Workspace;
  leaving: LeavingWorkspace;
  history: HistoryEntry;
  pages: SeenPage;
  dashboards: SeenDashboard;
  accountChoices: AccountChoice;
  guides: OpenGuide;
  bulkAdds: BulkAdd;
  settings: Settings;
  alerts: AlertBook;
  quarantine: QuarantinedRow;
}
