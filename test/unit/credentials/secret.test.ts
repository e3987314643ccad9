import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { maskOfHint, Secret } from '../../../lib/credentials/secret';

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

  it('says that it is one, to whoever makes text of it', () => {
    const secret = Secret.of(VALUE);
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
    expect(inspect(secret)).toBe('[secret]');
    expect(inspect({ secret })).toBe('{ secret: [secret] }');
  });

  it('is masked to bullets and its last four characters', () => {
    expect(Secret.of(VALUE).mask).toBe('••••••••k9Qd');
    expect(Secret.of(VALUE).length).toBe(VALUE.length);
  });

  it('shows nothing of a short value', () => {
    expect(Secret.of('abcdefgh').mask).toBe('••••••••');
    expect(Secret.of('x'.repeat(19)).mask).toBe('••••••••');
    expect(Secret.of(`${'x'.repeat(16)}k9Qd`).mask).toBe('••••••••k9Qd');
  });

  it('that is known by a hint alone is masked like one that is here', () => {
    expect(maskOfHint('eyJh…k9Qd')).toBe('••••••••k9Qd');
  });

  it('has the first 16 hex digits of its SHA-256 as fingerprint', async () => {
    // Among as many there is one with a leading zero in every byte.
    for (let n = 0; n < 100; n += 1) {
      const hex = createHash('sha256')
        .update(VALUE + n)
        .digest('hex');
      expect(await Secret.of(VALUE + n).fingerprint()).toBe(`sha256:${hex.slice(0, 16)}`);
    }
  });
});
