/**
 * What a platform is. A platform folder holds data and small pure functions of these shapes and nothing else;
 * generic code reads them and never names a platform. This file imports nothing.
 */

/** `good`: nothing against it. `doubt`: sendable after the tick "I checked it". `bad`: cannot be right, not sendable. */
export type VerdictLevel = 'good' | 'doubt' | 'bad';

/** Numbers and short words for the sentence of a verdict. Never a part of a secret. */
export type Facts = Readonly<Record<string, string | number>>;

/**
 * What is said of one value. The sentence is the text `platforms.<platform>.verdict.<kind>.<code>`.
 * `keep: false` means that the value must not even be held (a sign-in token).
 */
export interface Verdict {
  level: VerdictLevel;
  code: string;
  facts?: Facts;
  keep?: false;
}

/** One rule of a credential kind. Rules are asked in order; the first that answers speaks. */
export type VerdictRule = (value: string) => Verdict | undefined;

/** A value that stands in a text, with its place, so that what surrounds it can be looked at. */
export interface Match {
  value: string;
  start: number;
  end: number;
}

/**
 * Why an id was taken. The sentence is `reason.<code>`; `label` is the page's own word where there is one. `page`: it
 * stands there without a label that we know, recognised by its shape alone.
 */
export interface Reason {
  code: 'address' | 'label' | 'snippet' | 'switcher' | 'table' | 'page' | 'typed';
  label?: string;
}

interface KindBase {
  /** `conversionToken`, `pixelId`, `tagId`, `advertiserId`, … Unique within the platform. */
  id: string;
  /** What Upstack's form calls it, in English, quoted on screen as it stands. */
  label: string;
  /** Longer input is answered by its length alone, before any rule or expression sees it. In characters. */
  maxLength: number;
  /** Ordered. The last one always answers. They get the cleaned value (see credentials/clean). */
  rules: readonly VerdictRule[];
}

/** A secret: recognised by its decoded inside, wherever it stands. */
export interface SecretKind extends KindBase {
  secret: true;
  /** A string that stands at the start of every value: searched natively before any closer look. */
  prefix: string;
  /**
   * Every value in `text` that *is* a whole credential of this kind by its decoded structure (scope, kind, life),
   * exactly cut out of whatever is glued to it. Anything else, above all a sign-in token, is not returned.
   */
  find(text: string): readonly Match[];
  /** When the platform made it, in ms since 1970, if the value tells. */
  issuedAt(value: string): number | undefined;
}

/** An id: its shape is common, so the place it stands in decides. */
export interface IdKind extends KindBase {
  secret: false;
  /** Name in the `config` object of Upstack's API. */
  field: string;
  /** A cheap test whether a text may hold one at all, whatever is glued around it. Never global. */
  hint: RegExp;
  /** Every value in `text` with the shape of this kind; several are normal. Linear in the length of the text. */
  find(text: string): readonly Match[];
  /** True where the shape proves too little: such a value counts only beside a label or in a snippet. */
  needsLabel(value: string): boolean;
  /** Values inside the platform's own base code, as text on the page shows it. */
  findInSnippet(text: string): readonly Match[];
  /** From the address of the page. `seen` are the ids of this kind on the page, whose way of writing is preferred. */
  fromAddress(url: URL, seen: readonly string[]): string | undefined;
  /** Words that stand beside the id, lower case, any language, loosely matched. */
  labels: readonly string[];
  /** Words of an account switcher, such as "viewing:", beside which the *selected* account stands. */
  switcherLabels: readonly string[];
}

export type CredentialKind = SecretKind | IdKind;

/** A recognised screen of an ad console. Every address belongs to exactly one page (tested). */
export interface PageDefinition {
  id: string;
  matches(url: URL): boolean;
  /** Credential kinds that this page may show. */
  offers: readonly string[];
  /** Addresses that this page claims. */
  examples: readonly string[];
}

export type ReasonCode =
  | 'token_invalid'
  | 'account_mismatch'
  | 'pixel_not_found'
  | 'config_incomplete'
  | 'payload_rejected'
  | 'rate_limited'
  | 'platform_unavailable'
  | 'no_recent_events'
  | 'unknown';

/** The one thing to do about a cause. The button's text is `remedy.<id>`. */
export type Remedy =
  | 'rotateToken'
  | 'compareAccounts'
  | 'readIdAgain'
  | 'completeConfig'
  | 'openDashboard'
  | 'wait'
  | 'checkStorePixel'
  | 'checkNow';

export interface Platform {
  /** Folder name, and `type` of the destination at Upstack. */
  id: string;
  /** The platform's name, the same in every language. */
  name: string;
  /** Exact origins whose pages are read. Compared as strings, never as patterns. */
  origins: readonly string[];
  /** In the order in which the review shows them. Exactly one is secret. */
  kinds: readonly CredentialKind[];
  pages: readonly PageDefinition[];
  /**
   * The ad account that an address speaks of, if it names one: what a token is bound to, since the token itself
   * does not tell. Opaque, compared for equality only.
   */
  accountOf(url: URL): string | undefined;
  /** Where a person starts, and where the token is made for a known account. */
  startUrl: string;
  tokenPageUrl(ids: Readonly<Record<string, string>>): string;
  /** Cause of ill health → remedy. The sentences are `platforms.<id>.cause.<code>`. */
  remedies: Readonly<Record<ReasonCode, Remedy>>;
}

/** Says that an object is a platform, and keeps its literal types. */
export const definePlatform = <const P extends Platform>(platform: P): P => platform;
