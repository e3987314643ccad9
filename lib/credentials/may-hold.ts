import type { Platform, SecretReading } from '../platforms/definition';

/**
 * True where a value of this kind could stand in a text that is about to be stored or copied: the start of one is
 * there, or, of a kind whose values have no start of their own, a whole one.
 */
export const mayHold = ({ prefix, find }: SecretReading, text: string): boolean =>
  prefix === '' ? find(text).length > 0 : text.includes(prefix);

/** The same for a value of any kind that this platform has. */
export const mayHoldSecret = (platform: Platform, text: string): boolean =>
  platform.kinds.some((kind) => kind.secret && mayHold(kind, text));
