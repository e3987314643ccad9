import { createContext, useCallback, useContext } from 'react';
import type { Command, CommandAnswer } from '../lib/messages/commands';
import { sendCommand } from '../lib/messages/send';
import { say } from './live-regions';
import { sentence } from './texts';

export type Send = (command: Command) => Promise<CommandAnswer>;

/** How commands leave this page; the gallery and the component tests put their own here. */
export const SendContext = createContext<Send>(sendCommand);

/**
 * Sends a command; where it was not taken, says so. `expected` are answers that the caller deals with itself.
 */
export const useCommand = (): ((
  command: Command,
  expected?: readonly string[],
) => Promise<CommandAnswer>) => {
  const send = useContext(SendContext);
  return useCallback(
    async (command, expected = []) => {
      const answer = await send(command);
      if (!answer.ok && !expected.includes(answer.code)) {
        say('alert', sentence(`answer.${answer.code}`), { shown: true });
      }
      return answer;
    },
    [send],
  );
};
