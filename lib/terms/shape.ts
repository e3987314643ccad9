/** Whether a text can be an API key of Upstack at all: checked before any call, so that a slip costs no answer. */
export const looksLikeApiKey = (text: string): boolean => /^upstack_[\w-]{8,200}$/.test(text);

/** Whether a text is a UUID, which is what names an Upstack pixel. */
export const looksLikePixelId = (text: string): boolean =>
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);

/**
 * Whether a text can be the id of a destination, which is Upstack's to choose: the contract only says how long it is. What
 * cannot be printed is refused, and what would be another place in the path of a call, however it is written.
 */
export const looksLikeDestinationId = (text: string): boolean =>
  /^[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u.test(text) && text !== '.' && text !== '..';
