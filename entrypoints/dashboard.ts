import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { type Dashboard, startDashboard } from '../lib/dashboard/dashboard';
import { isAt } from '../lib/dashboard/fill';
import type { DashboardStatus, ReportAnswer } from '../lib/messages/reports';
import { platforms } from '../lib/platforms/index';
import { DASHBOARD_ORIGIN } from '../lib/upstack/origin';

/** The little of the extension API that this script needs. */
declare const chrome: {
  runtime?: {
    id?: string;
    sendMessage(report: DashboardStatus): Promise<ReportAnswer | undefined>;
  };
};

/** Where the background finds it when it fills. Invisible to the page: another world. */
const slot = globalThis as { upstackDashboard?: Dashboard };

export default defineUnlistedScript(() => {
  if (!isAt(DASHBOARD_ORIGIN)) return;
  const { runtime } = chrome;
  slot.upstackDashboard?.stop();
  slot.upstackDashboard = startDashboard({
    definitions: platforms.map(({ id, name, kinds }) => ({
      platform: id,
      name,
      fields: kinds.map((kind) => ({ kind: kind.id, label: kind.label, secret: kind.secret })),
    })),
    origin: DASHBOARD_ORIGIN,
    send: async (status) => runtime?.sendMessage(status),
    isOrphan: () => !runtime?.id,
  });
});
