import { bad, doubt, type Match, matchesOf, type Verdict, type VerdictRule } from '../definition';

/**
 * Both ids are 64-bit numbers whose upper bits tell what they number, as far as public samples go: a hint that is
 * worth a warning, never proof. They are kept as strings, since they do not fit into a double.
 */
const TAG_SHARD = 38n;
const ADVERTISER_SHARD = 8n;

const inShard = (value: string, length: number, shard: bigint): boolean =>
  value.length === length && /^\d+$/.test(value) && BigInt(value) >> 36n === shard;

export const isTag = (value: string): boolean => inShard(value, 13, TAG_SHARD);
export const isAdvertiser = (value: string): boolean => inShard(value, 12, ADVERTISER_SHARD);

const TAG_SHAPE = /(?<![\d.,\w-])\d{13}(?![\w-]|[.,]\d)/g;
const ADVERTISER_SHAPE = /(?<![\d.,\w-])\d{12,18}(?![\w-]|[.,]\d)/g;

export const findTags = (text: string): Match[] =>
  matchesOf(text, TAG_SHAPE).filter(({ value }) => !isAdvertiser(value));

/** What is in the range of a tag is one, whatever it stands beside. */
export const findAdvertisers = (text: string): Match[] =>
  matchesOf(text, ADVERTISER_SHAPE).filter(({ value }) => !isTag(value));

const SNIPPETS = [
  /\bpintrk\(\s{0,9}["'`‘-”]load["'`‘-”]\s{0,9},\s{0,9}["'`‘-”](\d{10,20})["'`‘-”]/g,
  /[?&;]tid=(\d{10,20})(?!\d)/g,
];

export const findTagsInSnippet = (text: string): Match[] =>
  SNIPPETS.flatMap((snippet) => matchesOf(text, snippet, 1));

export const advertiserOf = (url: URL): string | undefined =>
  /^\/advertiser\/(\d{6,18})(?:\/|$)/.exec(url.pathname)?.[1];

const keyInstead: VerdictRule = (value) =>
  /^pin[ar]/i.test(value) ? { ...bad('token'), keep: false } : undefined;

const unusual = (value: string, length: number): Verdict =>
  value.length === length
    ? doubt('unusualRange')
    : doubt('unusualLength', { length: value.length, expected: length });

export const tagRules: readonly VerdictRule[] = [
  keyInstead,
  (value) => (/^\d{1,20}$/.test(value) ? undefined : bad('malformed')),
  (value) => (isAdvertiser(value) ? bad('otherKind', { belongs: 'advertiserId' }) : undefined),
  (value) => (isTag(value) ? { level: 'good', code: 'good' } : undefined),
  (value) => unusual(value, 13),
];

export const advertiserRules: readonly VerdictRule[] = [
  keyInstead,
  (value) => (/^\d{1,18}$/.test(value) ? undefined : bad('malformed')),
  (value) => (isTag(value) ? bad('otherKind', { belongs: 'tagId' }) : undefined),
  (value) => (isAdvertiser(value) ? { level: 'good', code: 'good' } : undefined),
  (value) => unusual(value, 12),
];
