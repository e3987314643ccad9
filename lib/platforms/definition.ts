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
  /**
   * A string that stands at the start of every value: searched natively before any closer look. Empty where values have
   * none, which makes every look at a page dearer.
   */
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
  /**
   * Words that stand beside the id, any language, loosely matched. Global; sought in lower case with blanks for hyphens,
   * from left to right, so of words within words the longer ones come first.
   */
  labels: RegExp;
  /** Words of an account switcher, such as "viewing:", beside which the *selected* account stands. */
  switcherLabels?: RegExp;
}

/** A recognised screen of an ad console. Every address belongs to exactly one page (tested). */
export interface PageReading {
  id: string;
  matches(url: URL): boolean;
  /** The platform shows its secret there: `PageDescription.offers` says the same. Looked at oftener than others. */
  showsSecret?: boolean;
}

/** A mark of a screen that a person can see, such as the heading of a dialog: what guide steps tick by. */
export interface Landmark {
  id: string;
  /** Lower case, any language, loosely matched: one of them stands on the screen. */
  words: readonly string[];
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

interface PageDescription {
  /** Credential kinds that this page may show. */
  offers: readonly string[];
  /** Addresses that this page claims. */
  examples: readonly string[];
}

export interface PageDefinition extends PageReading, PageDescription {}

/** Why a destination is ill, in the words of Upstack's contract. */
export const reasonCodes = [
  'token_invalid',
  'account_mismatch',
  'pixel_not_found',
  'config_incomplete',
  'payload_rejected',
  'rate_limited',
  'platform_unavailable',
  'no_recent_events',
  'unknown',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

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

/** To make a destination, or to replace the token of one and nothing else. */
export type Job = 'create' | 'rotate';

/** What a step of a guide may go by: where the person is, and what has been captured so far. */
export interface GuideView {
  /** `PageDefinition.id`, if the person is on a page of the platform. */
  screen?: string;
  landmarks: readonly string[];
  /** Kinds of ids that are known by now. */
  ids: readonly string[];
  /** A token of this platform is captured, or on its way. */
  captured: boolean;
}

/**
 * One step in the ad console. Its texts are `platforms.<id>.guide.<step>.text` and, for "I can't see this",
 * `platforms.<id>.guide.<step>.lost`.
 */
export interface GuideStep {
  id: string;
  /** What the console's own button says, in English, quoted as it stands. */
  button?: string;
  /** The name to type is shown here, with a button that copies it. */
  named?: true;
  /** Where it is done, as far as an address is known. */
  url?(ids: Readonly<Record<string, string>>): string;
  /** True as soon as this step, or one after it, is done for all that can be seen. */
  isDone(view: GuideView): boolean;
  /** Stands for itself: an id may be known long before the steps that lead to the token are done. */
  apart?: true;
  /** Only while this holds; else the step is left out. */
  isWanted?(view: GuideView): boolean;
}

export interface Guide {
  steps: readonly GuideStep[];
  /** The guide's page at Upstack. */
  helpUrl: string;
}

/** Why a token is replaced, in the words of Upstack's guide. The sentences are `platforms.<id>.rotation.<reason>`. */
export type RotationReason = 'exposed' | 'revoked' | 'consolidating' | 'authentication';

/** What is known of the token that a destination uses, if it was sent from here. */
export interface SentToken {
  verdict: VerdictLevel;
}

/** A row of the diagnosis that only this platform has: `platforms.<id>.diagnosis.<row>`. */
export interface OwnRow {
  id: string;
  result(sent: SentToken | undefined): 'passed' | 'failed' | 'unknown';
}

export interface Platform extends PlatformReading {
  /** The platform's name, the same in every language. */
  name: string;
  guides: Readonly<Record<Job, Guide>>;
  /** Looked for only where a guide leads, or tokens are listed. */
  landmarks: readonly Landmark[];
  /** Reasons to rotate. Where none applies: `platforms.<id>.rotation.none`. */
  rotation: readonly RotationReason[];
  /** Where an old token is deleted, and what the console's own button for it says, if that is known. */
  revoking: { button?: string; url(ids: Readonly<Record<string, string>>): string };
  /** Where tokens are listed under the names that people gave them: the screen, and the landmark that shows it. */
  tokenList?: { screen: string; landmark: string };
  ownRows: readonly OwnRow[];
  kinds: readonly CredentialKind[];
  pages: readonly PageDefinition[];
  /** Where a person starts, and where the token is made for a known account. */
  startUrl: string;
  tokenPageUrl(ids: Readonly<Record<string, string>>): string;
  /** Cause of ill health → remedy. The sentences are `platforms.<id>.cause.<code>`. */
  remedies: Readonly<Record<ReasonCode, Remedy>>;
}

/** What a global expression, or one group of it, finds in a text. */
export const matchesOf = (text: string, expression: RegExp, group = 0): Match[] =>
  Array.from(text.matchAll(expression), (hit) => {
    const value = hit[group] ?? '';
    const start = hit.index + hit[0].lastIndexOf(value);
    return { value, start, end: start + value.length };
  });

/** A verdict that a value will not do. */
export const bad = (code: string, facts?: Facts): Verdict =>
  facts ? { level: 'bad', code, facts } : { level: 'bad', code };

/** A verdict that a value may do, but is not what is usual. */
export const doubt = (code: string, facts?: Facts): Verdict =>
  facts ? { level: 'doubt', code, facts } : { level: 'doubt', code };

/** What a console shows instead of a secret. */
const masked: VerdictRule = (value) => (/[•●∙·*]{3}/.test(value) ? bad('masked') : undefined);

/** Less than any of them. */
const tooShort: VerdictRule = ({ length }) => (length < 40 ? bad('tooShort', { length }) : undefined);

/** The key of the service that it would be sent to. */
const upstackKey: VerdictRule = (value) =>
  /^upstack_/i.test(value) ? { ...bad('upstackKey'), keep: false } : undefined;

/** An address, a sentence. All of them are of base64url or base32, joined by dots. */
const noToken: VerdictRule = (value) => (/[^\w.-]/.test(value) ? bad('noToken') : undefined);

const good: VerdictRule = ({ length }) => ({ level: 'good', code: 'good', facts: { length } });

/** The rules of a secret, with those of every secret among them: what is `wrong` is asked before what is `unusual`. */
export const secretRules = (
  wrong: readonly VerdictRule[],
  unusual: readonly VerdictRule[],
): readonly VerdictRule[] => [masked, upstackKey, ...wrong, tooShort, noToken, ...unusual, good];

/** Says that an object is the reading of a platform, and keeps its literal types. */
export const defineReading = <const R extends PlatformReading>(reading: R): R => reading;

/** What is said of the kinds and pages of a reading, by their id. */
type Judgings<Reading extends PlatformReading> = {
  [Kind in Reading['kinds'][number] as Kind['id']]: Kind extends SecretReading ? SecretJudging : IdJudging;
};
type Descriptions<Reading extends PlatformReading> = {
  [Page in Reading['pages'][number] as Page['id']]: PageDescription;
};

/** A platform from its reading and everything else that is known of it. */
export const definePlatform = <const R extends PlatformReading>(
  reading: R,
  {
    kinds,
    pages,
    ...rest
  }: Omit<Platform, keyof PlatformReading> & { kinds: Judgings<R>; pages: Descriptions<R> },
): Platform => ({
  ...reading,
  ...rest,
  kinds: reading.kinds.map((kind) => ({ ...kind, ...kinds[kind.id as keyof Judgings<R>] }) as CredentialKind),
  pages: reading.pages.map(
    (page) => ({ ...page, ...(pages as Record<string, PageDescription>)[page.id] }) as PageDefinition,
  ),
});

/** What sample data show of a platform: nothing of it was ever in use. */
export interface PlatformSample {
  /** Id of the platform. */
  id: string;
  /** The credential kind of its token. */
  tokenKind: string;
  /** With the true inner structure, made at run time, since no whole token may lie in the source. Opens nothing. */
  token(now: number): string;
  /** The ids of an ad account, by kind; another one for each number. */
  ids(index: number): Readonly<Record<string, string>>;
}
