import type { Match, Verdict, VerdictRule } from '../definition';
import { type Inflate, inflate, inflateShort } from './inflate';

/**
 * A conversion token is a JWT whose scope is exactly `adsconversions` and that lives for a hundred years. The
 * signed-in session on the same origin wears the same header, so nothing but the decoded inside may decide.
 */

const CONVERSION_SCOPES = '["adsconversions"]';
const DAY_SECONDS = 86_400;
const YEAR_DAYS = 365;
const TYPICAL_LENGTH = 812;
const LENGTHS = { min: 700, max: 1000 };

/** RS256: 256 bytes in base64url. The last character carries two bits, hence one of four. */
const SIGNATURE_LENGTH = 342;
const SIGNATURE_ENDS = 'AQgw';

const MAX_HEADER = 400;
const MAX_PAYLOAD = 3000;

/** What the claims of a JWT say, as far as they can be read. */
interface Claims {
  /** Inflated JSON of the scopes. */
  scopes?: string;
  lifeDays?: number;
  issuedAt?: number;
}

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || // a–z
  (code >= 65 && code <= 90) || // A–Z
  (code >= 48 && code <= 57) || // 0–9
  code === 45 || // -
  code === 95; // _

const binary = (base64url: string): string | undefined => {
  try {
    return atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
};

const json = (base64url: string): Record<string, unknown> | undefined => {
  const text = binary(base64url);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Input and output are capped, so a small text cannot unfold into a large one. */
const scopesOf = (base64url: string, unpack: Inflate): string | undefined => {
  const deflated = base64url.length <= 2000 ? binary(base64url) : undefined;
  return deflated === undefined ? undefined : unpack(deflated, 4096);
};

const claimsIn = (payload: string, unpack: Inflate): Claims | undefined => {
  if (payload.length > MAX_PAYLOAD) return undefined;
  const { scp, iat, exp } = json(payload) ?? {};
  if (scp === undefined && iat === undefined && exp === undefined) return undefined;
  const scopes = typeof scp === 'string' ? scopesOf(scp, unpack) : undefined;
  return {
    ...(scopes === undefined ? {} : { scopes }),
    ...(typeof iat === 'number' ? { issuedAt: Math.floor(iat * 1000) } : {}),
    ...(typeof iat === 'number' && typeof exp === 'number' ? { lifeDays: (exp - iat) / DAY_SECONDS } : {}),
  };
};

const claimsOf = (payload: string): Claims | undefined => claimsIn(payload, inflate);

const isForConversions = (claims: Claims | undefined): boolean =>
  claims !== undefined &&
  claims.scopes === CONVERSION_SCOPES &&
  claims.lifeDays !== undefined &&
  claims.lifeDays >= YEAR_DAYS;

/** Where the run of base64url characters that ends before `end` begins; no further back than a header is long. */
const runStart = (text: string, end: number): number => {
  let at = end;
  while (at > 0 && end - at < MAX_HEADER && isWordCode(text.charCodeAt(at - 1))) at -= 1;
  return at;
};

const runEnd = (text: string, start: number, max: number): number => {
  let at = start;
  while (at < text.length && at - start < max && isWordCode(text.charCodeAt(at))) at += 1;
  return at;
};

/** A word may be glued to the front as well: the header begins at the first `eyJ` from which JSON can be read. */
const headerStart = (text: string, from: number, end: number): number | undefined => {
  for (let at = text.indexOf('eyJ', from); at !== -1 && at < end; at = text.indexOf('eyJ', at + 1)) {
    if (typeof json(text.slice(at, end))?.alg === 'string') return at;
  }
  return undefined;
};

/** Whole conversion tokens in a text. A label glued to the end is left out, since the signature's length is known. */
export const findTokens = (text: string): Match[] => {
  const found: Match[] = [];
  for (let dot = text.indexOf('.eyJ'); dot !== -1; dot = text.indexOf('.eyJ', dot + 1)) {
    const payloadEnd = runEnd(text, dot + 1, MAX_PAYLOAD);
    const end = payloadEnd + 1 + SIGNATURE_LENGTH;
    if (text[payloadEnd] !== '.' || end > text.length) continue;
    if (runEnd(text, payloadEnd + 1, SIGNATURE_LENGTH) !== end) continue;
    if (!SIGNATURE_ENDS.includes(text.charAt(end - 1))) continue;
    if (!isForConversions(claimsIn(text.slice(dot + 1, payloadEnd), inflateShort))) continue;
    const start = headerStart(text, runStart(text, dot), dot);
    if (start === undefined || end - start < LENGTHS.min || end - start > LENGTHS.max) continue;
    found.push({ value: text.slice(start, end), start, end });
  }
  return found;
};

export const issuedAt = (value: string): number | undefined => claimsOf(value.split('.')[1] ?? '')?.issuedAt;

const bad = (code: string, facts?: Verdict['facts']): Verdict => ({
  level: 'bad',
  code,
  ...(facts ? { facts } : {}),
});

const isJwt = (value: string): boolean => value.startsWith('eyJ');

const masked: VerdictRule = (value) => (/[•●∙·*]{3}/.test(value) ? bad('masked') : undefined);

/** Asked before anything else is said of a JWT: what may not be held is dropped whatever state it is in. */
const otherPurpose: VerdictRule = (value) => {
  if (!isJwt(value)) return undefined;
  const claims = claimsOf(value.split('.')[1] ?? '');
  if (claims === undefined || isForConversions(claims)) return undefined;
  if (claims.scopes?.includes('"*"')) return { ...bad('signIn'), keep: false };
  if (claims.scopes !== undefined && claims.scopes !== CONVERSION_SCOPES) {
    return { ...bad('otherScope'), keep: false };
  }
  if (claims.lifeDays === undefined || claims.lifeDays < YEAR_DAYS)
    return { ...bad('shortLived'), keep: false };
  return undefined;
};

const cut: VerdictRule = (value) => {
  const { length } = value;
  if (isJwt(value)) {
    const parts = value.split('.');
    const signature = parts[2] ?? '';
    if (parts.length <= 2 || (parts.length === 3 && claimsOf(parts[1] ?? '') === undefined)) {
      return bad('cut', { length, expected: TYPICAL_LENGTH });
    }
    if (parts.length === 3 && signature.length < SIGNATURE_LENGTH) {
      return bad('cut', { length, expected: length - signature.length + SIGNATURE_LENGTH });
    }
    return undefined;
  }
  const endsLikeOne = length > SIGNATURE_LENGTH && value.lastIndexOf('.') === length - SIGNATURE_LENGTH - 1;
  return endsLikeOne && /^[\w.-]+$/.test(value) ? bad('cutStart') : undefined;
};

const malformed: VerdictRule = (value) => {
  if (!isJwt(value)) return undefined;
  const [header = '', , signature = '', ...rest] = value.split('.');
  const whole =
    rest.length === 0 &&
    typeof json(header)?.alg === 'string' &&
    signature.length === SIGNATURE_LENGTH &&
    SIGNATURE_ENDS.includes(signature.charAt(SIGNATURE_LENGTH - 1)) &&
    /^[\w.-]+$/.test(value);
  return whole ? undefined : bad('malformed');
};

const pixelIdInstead: VerdictRule = (value) =>
  /^[at]2_[0-9a-z]{1,20}$/i.test(value) ? bad('pixelId') : undefined;

const tooShort: VerdictRule = (value) =>
  value.length < 40 ? bad('tooShort', { length: value.length }) : undefined;

const unusual: VerdictRule = (value) => {
  const { length } = value;
  if (!isJwt(value) || claimsOf(value.split('.')[1] ?? '')?.scopes === undefined) {
    return { level: 'doubt', code: 'unusualFormat', facts: { length } };
  }
  return length < LENGTHS.min || length > LENGTHS.max
    ? { level: 'doubt', code: 'unusualLength', facts: { length } }
    : undefined;
};

const good: VerdictRule = ({ length }) => ({ level: 'good', code: 'good', facts: { length } });

export const tokenRules: readonly VerdictRule[] = [
  masked,
  otherPurpose,
  pixelIdInstead,
  cut,
  malformed,
  tooShort,
  unusual,
  good,
];
