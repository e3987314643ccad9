const SHOWN = 4;
const BULLETS = '•'.repeat(8);

/** The mask of a value of which only a hint is known that ends like it. */
export const maskOfHint = (hint: string): string => BULLETS + hint.slice(-SHOWN);

/** Bullets and the last four characters; too short a value shows nothing of itself. */
const maskOf = (value: string): string => (value.length < 20 ? BULLETS : BULLETS + value.slice(-SHOWN));

/**
 * A captured token. Whatever turns an object into text gets `[secret]`; the value itself is given out by `reveal()`
 * alone, which only the vault and the API client may call (see the architecture test).
 */
export class Secret {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
  }

  static of(value: string): Secret {
    return new Secret(value);
  }

  reveal(): string {
    return this.#value;
  }

  get mask(): string {
    return maskOf(this.#value);
  }

  get length(): number {
    return this.#value.length;
  }

  /** As Upstack's API speaks it: `sha256:` and the first 16 hex digits. */
  async fingerprint(): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(this.#value));
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return `sha256:${hex.slice(0, 16)}`;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
