/** Whether a text can be an API key of Upstack at all: checked before any call, so that a slip costs no answer. */
export const looksLikeApiKey = (text: string): boolean => /^upstack_[\w-]{8,200}$/.test(text);

/** Whether a text is a UUID, which is what names an Upstack pixel. */
export const looksLikePixelId = (text: string): boolean =>
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
