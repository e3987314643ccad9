import type { Command, CommandAnswer } from './commands';
import { type ConsoleTab, type DashboardTab, judgeSender, type Self, type Sender } from './gate';
import { perMinute } from './rate';
import { reportBug } from './report-bug';
import { type DashboardStatus, type Report, type ReportAnswer, reportLimits } from './reports';
import { parseCommand, parseDashboardStatus, parseReport } from './schemas';

/** What content scripts may say. */
export type ReportTable = {
  [T in Report['type']]: (report: Extract<Report, { type: T }>, from: ConsoleTab) => Promise<ReportAnswer>;
};

/** What the script in Upstack's dashboard may say. */
export interface DashboardTable {
  'dashboard.status': (status: DashboardStatus, from: DashboardTab) => Promise<ReportAnswer>;
}

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

/** Built anew, so that nothing more than this can ever reach a page. */
const told = (taken: ReportAnswer): ReportAnswer =>
  taken.ok ? { ok: true } : { ok: false, code: taken.code };

const perMinuteOf: Readonly<Record<Report['type'], number>> = {
  'capture.offer': reportLimits.offersPerMinute,
  'page.status': reportLimits.statusPerMinute,
  'page.marks': reportLimits.marksPerMinute,
};

/** Takes each message to the one function that its sender may reach. A stranger hears nothing at all. */
export const createRouter = (
  self: Self,
  tables: { reports: ReportTable; dashboard: DashboardTable; commands: CommandTable },
): Router => {
  const rates = {
    'capture.offer': perMinute(),
    'page.status': perMinute(),
    'page.marks': perMinute(),
    'dashboard.status': perMinute(),
  };

  const hear = async (message: unknown, from: ConsoleTab): Promise<ReportAnswer> => {
    const report = parseReport(message);
    if (!report) return { ok: false, code: parseCommand(message) ? 'refused' : 'invalid' };
    if (report.platform !== from.platform) return { ok: false, code: 'invalid' };
    if (!rates[report.type].allows(from.tabId, perMinuteOf[report.type], Date.now())) {
      return { ok: false, code: 'again' };
    }
    try {
      // The table has, under each type, the function for just that type; the compiler cannot follow the pairing.
      const take = tables.reports[report.type] as (report: Report, from: ConsoleTab) => Promise<ReportAnswer>;
      return told(await take(report, from));
    } catch {
      reportBug(report.type);
      return { ok: false, code: 'again' };
    }
  };

  const hearDashboard = async (message: unknown, from: DashboardTab): Promise<ReportAnswer> => {
    const status = parseDashboardStatus(message);
    if (!status) return { ok: false, code: 'invalid' };
    if (!rates['dashboard.status'].allows(from.tabId, reportLimits.dashboardPerMinute, Date.now())) {
      return { ok: false, code: 'again' };
    }
    try {
      return told(await tables.dashboard[status.type](status, from));
    } catch {
      reportBug(status.type);
      return { ok: false, code: 'again' };
    }
  };

  const obey = async (message: unknown): Promise<CommandAnswer> => {
    const command = parseCommand(message);
    if (!command) return { ok: false, code: 'invalid' };
    try {
      // As above.
      const run = tables.commands[command.type] as (command: Command) => Promise<CommandAnswer>;
      return await run(command);
    } catch {
      reportBug(command.type);
      return { ok: false, code: 'failed' };
    }
  };

  const answerTo = (
    message: unknown,
    judged: ConsoleTab | DashboardTab | { from: 'ours' },
  ): Promise<ReportAnswer | CommandAnswer> => {
    switch (judged.from) {
      case 'console':
        return hear(message, judged);
      case 'dashboard':
        return hearDashboard(message, judged);
      case 'ours':
        return obey(message);
    }
  };

  return {
    onMessage: (message, sender, answer) => {
      const judged = judgeSender(sender, self);
      if (judged.from === 'stranger') return undefined;
      const answered = answerTo(message, judged);
      answered.then(answer, () => reportBug('answer'));
      // Not a promise: Chrome understands those from 148 on only.
      return true;
    },
    forgetTab: (tabId) => {
      for (const rate of Object.values(rates)) rate.forget(tabId);
    },
  };
};
