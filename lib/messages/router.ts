import type { Command, CommandAnswer } from './commands';
import { type ConsoleTab, judgeSender, type Sender } from './gate';
import { perMinute } from './rate';
import { reportBug } from './report-bug';
import { type Report, type ReportAnswer, reportLimits } from './reports';
import { parseCommand, parseReport } from './schemas';

/** What content scripts may say. */
export type ReportTable = {
  [T in Report['type']]: (report: Extract<Report, { type: T }>, from: ConsoleTab) => Promise<ReportAnswer>;
};

/** What pages of ours may ask. */
export type CommandTable = {
  [T in Command['type']]: (command: Extract<Command, { type: T }>) => Promise<CommandAnswer>;
};

export interface Router {
  /** Gives true if it will answer, as `runtime.onMessage` wants it. */
  onMessage: (
    message: unknown,
    sender: Sender,
    answer: (answer: ReportAnswer | CommandAnswer) => void,
  ) => true | undefined;
  /** A closed tab's count is let go. */
  forgetTab: (tabId: number) => void;
}

/** Takes each message to the one function that its sender may reach. A stranger hears nothing at all. */
export const createRouter = (
  self: { id: string; baseUrl: string },
  tables: { reports: ReportTable; commands: CommandTable },
): Router => {
  const rate = perMinute();

  const hear = async (message: unknown, from: ConsoleTab): Promise<ReportAnswer> => {
    const report = parseReport(message);
    if (!report) return { ok: false, code: parseCommand(message) ? 'refused' : 'invalid' };
    if (report.platform !== from.platform) return { ok: false, code: 'invalid' };
    const limit = report.type === 'page.status' ? reportLimits.statusPerMinute : reportLimits.perMinute;
    if (!rate.allows(from.tabId, limit, Date.now())) return { ok: false, code: 'again' };
    try {
      const taken =
        report.type === 'capture.offer'
          ? await tables.reports['capture.offer'](report, from)
          : await tables.reports['page.status'](report, from);
      // Built anew, so that nothing more than this can ever reach a page.
      return taken.ok ? { ok: true } : { ok: false, code: taken.code };
    } catch {
      reportBug(report.type);
      return { ok: false, code: 'again' };
    }
  };

  const obey = async (message: unknown): Promise<CommandAnswer> => {
    const command = parseCommand(message);
    if (!command) return { ok: false, code: 'invalid' };
    try {
      // The table has, under each type, the function for just that type; the compiler cannot follow the pairing.
      const run = tables.commands[command.type] as (command: Command) => Promise<CommandAnswer>;
      return await run(command);
    } catch {
      reportBug(command.type);
      return { ok: false, code: 'failed' };
    }
  };

  return {
    onMessage: (message, sender, answer) => {
      const judged = judgeSender(sender, self);
      if (judged.from === 'stranger') return undefined;
      const answered = judged.from === 'console' ? hear(message, judged) : obey(message);
      answered.then(answer, () => reportBug('answer'));
      // Not a promise: Chrome understands those from 148 on only.
      return true;
    },
    forgetTab: rate.forget,
  };
};
