import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/credentials/secret';

const VALUE = 'a-secret-that-nobody-may-see-k9Qd';

describe('Secret', () => {
  it('gives its value only when asked to reveal it', () => {
    const secret = Secret.of(VALUE);
    expect(secret.reveal()).toBe(VALUE);
    for (const text of [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect(secret, { depth: 9, showHidden: true }),
      JSON.stringify(structuredClone({ ...secret })),
      Object.keys(secret).join(),
    ]) {
      expect(text).not.toContain('secret-that');
    }
    expect(String(secret)).toBe('[secret]');
  });

  it('is masked to bullets and its last four characters', () => {
    expect(Secret.of(VALUE).mask).toBe('••••••••k9Qd');
    expect(Secret.of(VALUE).length).toBe(VALUE.length);
  });

  it('shows nothing of a short value', () => {
    expect(Secret.of('abcdefgh').mask).toBe('••••••••');
  });

  it('has the first 16 hex digits of its SHA-256 as fingerprint', async () => {
    const hex = createHash('sha256').update(VALUE).digest('hex');
    expect(await Secret.of(VALUE).fingerprint()).toBe(`sha256:${hex.slice(0, 16)}`);
  });
});
