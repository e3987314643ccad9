import type { PlatformSample } from '../definition';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const base32 = (bytes: Uint8Array): string => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(Number.parseInt(five, 2))).join('');
};

export const sample: PlatformSample = {
  id: 'pinterest',
  tokenKind: 'conversionToken',
  token: (now) => {
    const inner = crypto.getRandomValues(new Uint8Array(60));
    const view = new DataView(inner.buffer);
    inner.set([2, 1]); // made in Ads Manager for conversions
    view.setUint32(2, 1_479_848, true);
    view.setUint32(14, now % 2 ** 32, true);
    view.setUint16(18, Math.floor(now / 2 ** 32), true);
    inner.fill(0, 20, 23); // never expires
    inner[59] = 0;
    return `pina_${base32(inner)}`;
  },
  ids: (index) => ({
    tagId: String(2_612_345_670_000 + index),
    advertiserId: String(549_760_000_000 + index),
  }),
};
