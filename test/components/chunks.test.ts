import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chunk, fetchAsLastTime, rememberChunks } from '../../components/chunks';

describe('what was wanted last time', () => {
  beforeEach(() => localStorage.clear());

  it('is remembered by name and nothing else', async () => {
    expect((await chunk('card')).Connect).toBeTypeOf('function');
    rememberChunks();
    expect({ ...localStorage }).toEqual({ chunks: 'card' });
    localStorage.setItem('chunks', 'card gone-since-the-update');
    expect(fetchAsLastTime).not.toThrow();
  });

  it('may be kept from us by the browser: the popup opens all the same', () => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const asked = vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(refuse);
    expect(fetchAsLastTime).not.toThrow();
    expect(rememberChunks).not.toThrow();
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
