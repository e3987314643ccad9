/**
 * Where bugs end. It names the message or the moment and nothing else: an error's text may quote what it choked
 * on, and a payload may be a token.
 */
export const reportBug = (where: string): void => {
  // biome-ignore lint/suspicious/noConsole: the one place that may, with a name that is ours.
  console.error(`Upstack Capture: ${where} failed`);
};
