import { browser } from 'wxt/browser';
import type { Command, CommandAnswer } from './commands';

/** Asks the background. A background that does not answer is `failed`, never an exception. */
export const sendCommand = async (command: Command): Promise<CommandAnswer> => {
  try {
    const answer: CommandAnswer | undefined = await browser.runtime.sendMessage(command);
    return answer ?? { ok: false, code: 'failed' };
  } catch {
    return { ok: false, code: 'failed' };
  }
};

/** False when the background has not said a word within half a second: it did not start. */
export const backgroundAnswers = async (): Promise<boolean> => {
  const silence = new Promise<false>((resolve) => {
    setTimeout(() => resolve(false), 500);
  });
  return Promise.race([sendCommand({ type: 'ping' }).then((answer) => answer.ok), silence]);
};
