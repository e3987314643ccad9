import { bad, doubt, type Match, secretRules, type VerdictRule } from '../definition';
import { type Inflate, inflate, inflateShort } from './inflate';

/**
 * A conversion token is a JWT whose scope is exactly `adsconversions` and that lives for a hundred years. The
 * signed-in session on the same origin wears the same header, so nothing but the decoded inside may decide.
 */

const CONVERSION_SCOPES = '["adsconversions"]';
const DAY_SECONDS = 86_400;
const YEAR_DAYS = 365;
const TYPICAL_LENGTH = 812;

const isUsualLength = ({ length }: string): boolean => length >= 700 && length <= 1000;

/** RS256: 256 bytes in base64url. The last character carries two bits, hence one of four: A, Q, g, w. */
const SIGNATURE_LENGTH = 342;

const MAX_HEADER = 400;

/**
 * From the dot on: a payload, which begins as all JSON does, and a signature. Looked at without taking it, since what
 * looks like a payload may be the header of the next one.
 */
const REST = /\.(?=(eyJ[\w-]{0,2997})\.[\w-]{341}[AQgw])/g;

/** What the claims of a JWT say, as far as they can be read. */
interface Claims {
  /** Inflated JSON of the scopes. */
  scopes: string | undefined;
  issuedAt: number | undefined;
  /** 0 if they do not tell. */
  lifeDays: number;
}

const binary = (base64url: string): string | undefined => {
  try {
    return atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
};

/** What is no object has none of the members that are asked for. */
const json = (base64url: string): Record<string, unknown> | null => {
  try {
    return JSON.parse(binary(base64url) ?? '');
  } catch {
    return null;
  }
};

/** Input and output are capped, so a small text cannot unfold into a large one. */
const scopesOf = (base64url: string, unpack: Inflate): string | undefined => {
  const deflated = base64url.length <= 2000 ? binary(base64url) : undefined;
  return deflated === undefined ? undefined : unpack(deflated, 4096);
};

const claimsIn = (payload: string, unpack: Inflate): Claims | undefined => {
  const { scp, iat, exp } = json(payload) ?? {};
  if (scp === undefined && iat === undefined && exp === undefined) return undefined;
  return {
    scopes: typeof scp === 'string' ? scopesOf(scp, unpack) : undefined,
    issuedAt: typeof iat === 'number' ? Math.floor(iat * 1000) : undefined,
    lifeDays: typeof iat === 'number' && typeof exp === 'number' ? (exp - iat) / DAY_SECONDS : 0,
  };
};

const claimsOf = (payload: string): Claims | undefined => claimsIn(payload, inflate);

const livesLong = ({ lifeDays }: Claims): boolean => lifeDays >= YEAR_DAYS;

const isForConversions = (claims: Claims | undefined): boolean =>
  claims?.scopes === CONVERSION_SCOPES && livesLong(claims);

const isHeader = (text: string): boolean => /^[\w-]+$/.test(text) && json(text)?.alg === 'RS256';

/** A word may be glued to the front as well: the header begins at the first `eyJ` from which JSON can be read. */
const headerBefore = (dot: number, text: string): string | undefined => {
  const before = text.slice(Math.max(0, dot - MAX_HEADER), dot);
  for (const { index } of before.matchAll(/eyJ/g)) {
    const header = before.slice(index);
    if (isHeader(header)) return header;
  }
  return undefined;
};

/** Whole conversion tokens in a text. A label glued to the end is left out, since the signature's length is known. */
export const findTokens = (text: string): Match[] => {
  const found: Match[] = [];
  for (const { index: dot, 1: payload = '' } of text.matchAll(REST)) {
    if (!isForConversions(claimsIn(payload, inflateShort))) continue;
    const header = headerBefore(dot, text);
    if (header === undefined) continue;
    const start = dot - header.length;
    const end = dot + 1 + payload.length + 1 + SIGNATURE_LENGTH;
    const value = text.slice(start, end);
    if (isUsualLength(value)) found.push({ value, start, end });
  }
  return found;
};

export const issuedAt = (value: string): number | undefined => claimsOf(value.split('.')[1] ?? '')?.issuedAt;

const isJwt = (value: string): boolean => value.startsWith('eyJ');

/** Asked before anything else is said of a JWT: what may not be held is dropped whatever state it is in. */
const otherPurpose: VerdictRule = (value) => {
  if (!isJwt(value)) return undefined;
  const claims = claimsOf(value.split('.')[1] ?? '');
  if (claims === undefined || isForConversions(claims)) return undefined;
  if (claims.scopes?.includes('"*"')) return { ...bad('signIn'), keep: false };
  if (claims.scopes !== undefined && claims.scopes !== CONVERSION_SCOPES) {
    return { ...bad('otherScope'), keep: false };
  }
  return livesLong(claims) ? undefined : { ...bad('shortLived'), keep: false };
};

const cut: VerdictRule = (value) => {
  const { length } = value;
  if (isJwt(value)) {
    const [, payload = '', signature, ...rest] = value.split('.');
    if (rest.length > 0) return undefined;
    if (signature === undefined || claimsOf(payload) === undefined) {
      return bad('cut', { length, expected: TYPICAL_LENGTH });
    }
    const missing = SIGNATURE_LENGTH - signature.length;
    return missing > 0 ? bad('cut', { length, expected: length + missing }) : undefined;
  }
  const endsLikeOne = length > SIGNATURE_LENGTH && value.lastIndexOf('.') === length - SIGNATURE_LENGTH - 1;
  return endsLikeOne && /^[\w.-]+$/.test(value) ? bad('cutStart') : undefined;
};

const malformed: VerdictRule = (value) => {
  if (!isJwt(value)) return undefined;
  const [header = ''] = value.split('.');
  const isWhole = /^[\w-]+\.[\w-]+\.[\w-]{341}[AQgw]$/.test(value) && isHeader(header);
  return isWhole ? undefined : bad('malformed');
};

const pixelIdInstead: VerdictRule = (value) =>
  /^[at]2_[0-9a-z]{1,20}$/i.test(value) ? bad('pixelId') : undefined;

const unusual: VerdictRule = (value) => {
  const { length } = value;
  if (!isJwt(value) || claimsOf(value.split('.')[1] ?? '')?.scopes === undefined) {
    return doubt('unusualFormat', { length });
  }
  return isUsualLength(value) ? undefined : doubt('unusualLength', { length });
};

// Pure, or the capture script would carry them.
export const tokenRules = /* @__PURE__ */ secretRules(
  [otherPurpose, pixelIdInstead, cut, malformed],
  [unusual],
);
