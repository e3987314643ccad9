import { bad, doubt, type Match, secretRules, type VerdictRule } from '../definition';

/**
 * `pina_` and 60 bytes in base32, which tell what the key is for, when it was made and how long it lives. Only keys
 * made in Ads Manager for conversions are taken from a page.
 */

const PREFIX = 'pina_';
const BODY_LENGTH = 96;
const WHOLE_LENGTH = PREFIX.length + BODY_LENGTH;
const DAY_SECONDS = 86_400;

const KIND_OAUTH = 1;
const KIND_CONVERSIONS = 2;
const KIND_DEVELOPER = 3;

const WHOLE = /pina_([A-Z2-7]{96})/g;

interface Inner {
  kind: number;
  version: number;
  issuedAt: number;
  lifeSeconds: number;
  /** The last byte, which is zero in every key seen: proof that nothing was cut off or exchanged. */
  last: number;
}

const bytesOf = (base32: string): Uint8Array => {
  const bytes = new Uint8Array(60);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < base32.length; index += 1) {
    const code = base32.charCodeAt(index);
    held = ((held << 5) | (code >= 65 ? code - 65 : code - 24)) & 0xfff; // A–Z, then 2–7
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  return bytes;
};

const little = (bytes: Uint8Array, start: number, end: number): number => {
  let value = 0;
  for (let at = end - 1; at >= start; at -= 1) value = value * 256 + (bytes[at] ?? 0);
  return value;
};

const innerOf = (body: string): Inner => {
  const bytes = bytesOf(body);
  return {
    kind: little(bytes, 0, 1),
    version: little(bytes, 1, 2),
    issuedAt: little(bytes, 14, 20),
    lifeSeconds: little(bytes, 20, 23),
    last: little(bytes, 59, 60),
  };
};

const isWhole = (inner: Inner): boolean => inner.version === 1 && inner.last === 0;

/**
 * Whole conversion keys in a text. Exactly 96 characters are taken: the next button's label may be glued to the end,
 * and its first letter may be one of the alphabet.
 */
export const findKeys = (text: string): Match[] => {
  const found: Match[] = [];
  for (const hit of text.matchAll(WHOLE)) {
    const inner = innerOf(hit[1] ?? '');
    if (inner.kind !== KIND_CONVERSIONS || !isWhole(inner)) continue;
    found.push({ value: hit[0], start: hit.index, end: hit.index + WHOLE_LENGTH });
  }
  return found;
};

const bodyOf = (value: string): string | undefined => /^pina_([A-Z2-7]{96})$/.exec(value)?.[1];

export const issuedAt = (value: string): number | undefined => {
  const body = bodyOf(value);
  return body === undefined ? undefined : innerOf(body).issuedAt;
};

const days = (seconds: number): number => Math.max(1, Math.round(seconds / DAY_SECONDS));

const refreshToken: VerdictRule = (value) =>
  /^pinr/i.test(value) ? { ...bad('refreshToken'), keep: false } : undefined;

const idInstead: VerdictRule = (value) => (/^\d{10,20}$/.test(value) ? bad('id') : undefined);

/** Some or all of the prefix is gone, and what follows is a whole key. */
const missingPrefix: VerdictRule = (value) => {
  if (value.startsWith(PREFIX)) return undefined;
  const body = /^(?:p?i?n?a?_)?([A-Z2-7]{96})$/i.exec(value)?.[1]?.toUpperCase();
  return body !== undefined && isWhole(innerOf(body)) ? bad('missingPrefix') : undefined;
};

const cut: VerdictRule = (value) =>
  value.startsWith(PREFIX) && value.length < WHOLE_LENGTH
    ? bad('cut', { length: value.length, expected: WHOLE_LENGTH })
    : undefined;

const unusualLength: VerdictRule = (value) =>
  /^pina_[A-Z2-7]{97,}$/.test(value)
    ? doubt('unusualLength', { length: value.length, expected: WHOLE_LENGTH })
    : undefined;

const unusualFormat: VerdictRule = (value) => {
  const body = bodyOf(value);
  return body === undefined || !isWhole(innerOf(body))
    ? doubt('unusualFormat', { length: value.length })
    : undefined;
};

const otherKind: VerdictRule = (value) => {
  const { kind, lifeSeconds } = innerOf(bodyOf(value) ?? '');
  if (kind === KIND_OAUTH)
    return lifeSeconds ? doubt('oauthExpires', { days: days(lifeSeconds) }) : doubt('oauth');
  if (kind === KIND_DEVELOPER) {
    return lifeSeconds ? doubt('developerExpires', { days: days(lifeSeconds) }) : doubt('developer');
  }
  if (kind !== KIND_CONVERSIONS) return doubt('unknownKind');
  return lifeSeconds ? doubt('expires', { days: days(lifeSeconds) }) : undefined;
};

// Pure, or the capture script would carry them.
export const keyRules = /* @__PURE__ */ secretRules(
  [refreshToken, idInstead, missingPrefix, cut],
  [unusualLength, unusualFormat, otherKind],
);
