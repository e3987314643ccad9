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

interface KindReading {
  /** `conversionToken`, `pixelId`, `tagId`, `advertiserId`, … Unique within the platform. */
  id: string;
  /** Longer input is answered by its length alone, before any rule or expression sees it. In characters. */
  maxLength: number;
}

/** A secret: recognised by its decoded inside, wherever it stands. */
export interface SecretReading extends KindReading {
  secret: true;
  /** A string that stands at the start of every value: searched natively before any closer look. */
  prefix: string;
  /**
   * Every value in `text` that *is* a whole credential of this kind by its decoded structure (scope, kind, life),
   * exactly cut out of whatever is glued to it. Anything else, above all a sign-in token, is not returned.
   */
  find(text: string): readonly Match[];
}

/** An id: its shape is common, so the place it stands in decides. */
export interface IdReading extends KindReading {
  secret: false;
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

/** A recognised screen of an ad console. Every address belongs to exactly one page (tested). */
export interface PageReading {
  id: string;
  matches(url: URL): boolean;
  /** Credential kinds that this page may show. */
  offers: readonly string[];
}

/** All that is needed to read a platform's pages: what the capture script carries, hence apart from the rest. */
export interface PlatformReading {
  /** Folder name, and `type` of the destination at Upstack. */
  id: string;
  /** Exact origins whose pages are read. Compared as strings, never as patterns. */
  origins: readonly string[];
  /** In the order in which the review shows them. Exactly one is secret. */
  kinds: readonly (SecretReading | IdReading)[];
  pages: readonly PageReading[];
  /**
   * The ad account that an address speaks of, if it names one: what a token is bound to, since the token itself
   * does not tell. Opaque, compared for equality only.
   */
  accountOf(url: URL): string | undefined;
}

interface KindJudging {
  /** What Upstack's form calls it, in English, quoted on screen as it stands. */
  label: string;
  /** Ordered. The last one always answers. They get the cleaned value (see credentials/clean). */
  rules: readonly VerdictRule[];
}

interface SecretJudging extends KindJudging {
  /** When the platform made it, in ms since 1970, if the value tells. */
  issuedAt(value: string): number | undefined;
}

interface IdJudging extends KindJudging {
  /** Name in the `config` object of Upstack's API. */
  field: string;
}

export type SecretKind = SecretReading & SecretJudging;
export type IdKind = IdReading & IdJudging;
export type CredentialKind = SecretKind | IdKind;

export interface PageDefinition extends PageReading {
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

export interface Platform extends PlatformReading {
  /** The platform's name, the same in every language. */
  name: string;
  kinds: readonly CredentialKind[];
  pages: readonly PageDefinition[];
  /** Where a person starts, and where the token is made for a known account. */
  startUrl: string;
  tokenPageUrl(ids: Readonly<Record<string, string>>): string;
  /** Cause of ill health → remedy. The sentences are `platforms.<id>.cause.<code>`. */
  remedies: Readonly<Record<ReasonCode, Remedy>>;
}

/** Says that an object is the reading of a platform, and keeps its literal types. */
export const defineReading = <const R extends PlatformReading>(reading: R): R => reading;

/** What is said of the kinds and pages of a reading, by their id. */
type Judgings<Reading extends PlatformReading> = {
  [Kind in Reading['kinds'][number] as Kind['id']]: Kind extends SecretReading ? SecretJudging : IdJudging;
};
type Examples<Reading extends PlatformReading> = {
  [Page in Reading['pages'][number] as Page['id']]: readonly string[];
};

/** A platform from its reading and everything else that is known of it. */
export const definePlatform = <const R extends PlatformReading>(
  reading: R,
  {
    kinds,
    examples,
    ...rest
  }: Omit<Platform, keyof PlatformReading> & { kinds: Judgings<R>; examples: Examples<R> },
): Platform => ({
  ...reading,
  ...rest,
  kinds: reading.kinds.map((kind) => ({ ...kind, ...kinds[kind.id as keyof Judgings<R>] }) as CredentialKind),
  pages: reading.pages.map((page) => ({
    ...page,
    examples: (examples as Record<string, readonly string[]>)[page.id] ?? [],
  })),
});
